/** Where the outbox survives a reload: IndexedDB, or memory when the browser blocks it. */

/**
 * @typedef {import("#live/outbox.js").Item} Item
 * @typedef {{all: (room: string) => Promise<Item[]>, put: (item: Item) => Promise<void>, remove: (cid: string) => Promise<void>}} OutboxDb
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @returns {OutboxDb} */
export function inMemory() {
  /** @type {Map<string, Item>} */ const kept = new Map();
  return {
    all: async (room) => [...kept.values()].filter((item) => item.room === room),
    put: async (item) => void kept.set(item.cid, { ...item }),
    remove: async (cid) => void kept.delete(cid),
  };
}

/** Never rejects. @param {IDBFactory|undefined} factory @returns {Promise<OutboxDb>} */
export async function openDb(factory = globalThis.indexedDB) {
  try {
    const opening = /** @type {IDBFactory} */ (factory).open("anfiteatro", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { keyPath: "cid" });
    const db = await done(opening);
    const store = (/** @type {IDBTransactionMode} */ mode) => db.transaction("outbox", mode).objectStore("outbox");
    return {
      all: async (room) => (await done(store("readonly").getAll())).filter((/** @type {Item} */ item) => item.room === room),
      put: async (item) => void (await done(store("readwrite").put({ ...item }))),
      remove: async (cid) => void (await done(store("readwrite").delete(cid))),
    };
  } catch {
    return inMemory();
  }
}
