/** Where files wait until they are sent: IndexedDB, or memory when the browser blocks it. */

import { databases } from "#lib/shelf.js";

/**
 * @typedef {{key: string, person: string, case: string, label: string, size: number, added: number, state: string,
 *   paused: boolean, upload: string, way: string, part_bytes: number, parts: number, have: number[], fails: number,
 *   medium: string, message: string, replaces: string}} Item `label` is the file's own name, which stays here
 * @typedef {{all: () => Promise<Item[]>, put: (item: Item) => Promise<void>, bytes: (key: string) => Promise<Blob|undefined>,
 *   add: (item: Item, bytes: Blob) => Promise<void>, remove: (key: string) => Promise<void>, isLasting: boolean}} UploadsDb
 */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const committed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/** @returns {UploadsDb} */
export function inMemory() {
  /** @type {Map<string, Item>} */ const items = new Map();
  /** @type {Map<string, Blob>} */ const blobs = new Map();
  return {
    isLasting: false,
    all: async () => [...items.values()].map((item) => ({ ...item })),
    put: async (item) => void (items.has(item.key) && items.set(item.key, { ...item })),
    bytes: async (key) => blobs.get(key),
    add: async (item, bytes) => {
      items.set(item.key, { ...item });
      blobs.set(item.key, bytes);
    },
    remove: async (key) => {
      items.delete(key);
      blobs.delete(key);
    },
  };
}

/**
 * Never rejects; `add` may, when the device is full. The bytes lie beside the items, so that a progress note does not
 * write them again; the browser copies them, so that the file itself may go.
 * @param {IDBFactory|undefined} factory @returns {Promise<UploadsDb>}
 */
export async function openDb(factory = globalThis.indexedDB) {
  try {
    const opening = /** @type {IDBFactory} */ (factory).open(databases.files, 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("items", { keyPath: "key" });
      opening.result.createObjectStore("bytes");
    };
    const db = await done(opening);
    const both = () => db.transaction(["items", "bytes"], "readwrite");
    return {
      isLasting: true,
      all: async () => done(db.transaction("items").objectStore("items").getAll()),
      put: async (item) => {
        const writing = db.transaction("items", "readwrite");
        const items = writing.objectStore("items");
        const known = items.getKey(item.key);
        known.onsuccess = () => known.result !== undefined && items.put({ ...item }); // what was removed stays removed
        await committed(writing);
      },
      bytes: async (key) => done(db.transaction("bytes").objectStore("bytes").get(key)),
      add: async (item, bytes) => {
        const writing = both();
        writing.objectStore("items").put({ ...item });
        writing.objectStore("bytes").put(new Blob([bytes]), item.key);
        await committed(writing);
      },
      remove: async (key) => {
        const writing = both();
        writing.objectStore("items").delete(key);
        writing.objectStore("bytes").delete(key);
        await committed(writing);
      },
    };
  } catch {
    return inMemory();
  }
}
