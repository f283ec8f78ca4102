/** Where the outbox survives a reload: IndexedDB, or memory when the browser blocks it. */

import { databases } from "#lib/shelf.js";

/**
 * @typedef {import("#live/outbox.js").Item} Item
 * @typedef {{all: (person: string, room: string) => Promise<Item[]>, put: (item: Item) => Promise<void>, remove: (cid: string) => Promise<void>}} OutboxDb
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** What is kept of nobody is nobody's. @param {Item[]} items @param {string} person @param {string} room */
const of = (items, person, room) => items.filter((item) => person && item.person === person && item.room === room);

/** @returns {OutboxDb} */
export function inMemory() {
  /** @type {Map<string, Item>} */ const kept = new Map();
  return {
    all: async (person, room) => of([...kept.values()], person, room),
    put: async (item) => void kept.set(item.cid, { ...item }),
    remove: async (cid) => void kept.delete(cid),
  };
}

/** Never rejects. @param {IDBFactory|undefined} factory @returns {Promise<OutboxDb>} */
export async function openDb(factory = globalThis.indexedDB) {
  try {
    const opening = /** @type {IDBFactory} */ (factory).open(databases.outbox, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { keyPath: "cid" });
    const db = await done(opening);
    const store = (/** @type {IDBTransactionMode} */ mode) => db.transaction("outbox", mode).objectStore("outbox");
    return {
      all: async (person, room) => of(await done(store("readonly").getAll()), person, room),
      put: async (item) => void (await done(store("readwrite").put({ ...item }))),
      remove: async (cid) => void (await done(store("readwrite").delete(cid))),
    };
  } catch {
    return inMemory();
  }
}
