/** Where answers wait until the server has them: IndexedDB, or memory when the browser blocks it. */

import { databases } from "#lib/shelf.js";

/**
 * One unsent answer. `at` is when it was typed (ms), `case` the public id once the server gave one.
 * @typedef {{id: string, who: string, key: string, case: string, name: string, value: string, at: number}} Answer
 * @typedef {{isLasting: boolean, all: (who: string, key?: string) => Promise<Answer[]>, put: (answer: Answer) => Promise<void>,
 *   settle: (id: string, at: number) => Promise<void>}} DraftDb
 */

const STORE = "answers";

/** @param {string} who @param {string} key @param {string} name */
export const answerId = (who, key, name) => `${who}/${key}/${name}`;

/** @param {Answer[]} answers @param {string} who @param {string} [key] */
const of = (answers, who, key) => answers.filter((answer) => answer.who === who && (!key || answer.key === key));

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @returns {DraftDb} */
export function inMemory() {
  /** @type {Map<string, Answer>} */ const kept = new Map();
  return {
    isLasting: false,
    all: async (who, key) => of([...kept.values()], who, key),
    put: async (answer) => void kept.set(answer.id, { ...answer }),
    settle: async (id, at) => {
      if (kept.get(id)?.at === at) kept.delete(id);
    },
  };
}

/** Never rejects. @param {IDBFactory|undefined} factory @returns {Promise<DraftDb>} */
export async function openDraftDb(factory = globalThis.indexedDB) {
  try {
    const opening = /** @type {IDBFactory} */ (factory).open(databases.answers, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    const db = await done(opening);
    const store = (/** @type {IDBTransactionMode} */ mode) => db.transaction(STORE, mode).objectStore(STORE);
    return {
      isLasting: true,
      all: async (who, key) => of(await done(store("readonly").getAll()), who, key),
      put: async (answer) => void (await done(store("readwrite").put({ ...answer }))),
      // Only the words that were sent: newer ones, typed here or in another tab meanwhile, stay.
      settle: async (id, at) => {
        const answers = store("readwrite");
        if ((await done(answers.get(id)))?.at === at) await done(answers.delete(id));
      },
    };
  } catch {
    return inMemory();
  }
}
