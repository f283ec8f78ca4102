/** What the form needs when it opens without a network: who writes here, for which courses, under which keys. */

import { Shelf } from "#lib/shelf.js";
import { uuid } from "#lib/ids.js";

/**
 * No words of a case are in it. @typedef {{who: string, courses: [string, string][], keys: [string, string][]}} Author
 * @typedef {import("#cases/draft_db.js").DraftDb} DraftDb
 */

const NAME = "cases-author";
const KEYS_KEPT = 30;

/** @param {string} who @returns {Author|null} null where this person never wrote here */
export function author(who) {
  try {
    return JSON.parse(new Shelf(who).recall(NAME) || "null");
  } catch {
    return null;
  }
}

/**
 * For the next time: a draft's key by its public id.
 * @param {string} who @param {[string, string][]} courses @param {string} id @param {string} key
 */
export function remember(who, courses, id, key) {
  const keys = (author(who)?.keys ?? []).filter(([known]) => known !== id);
  if (id) keys.push([id, key]);
  new Shelf(who).keep(NAME, JSON.stringify({ who, courses, keys: keys.slice(-KEYS_KEPT) }));
}

/**
 * Which draft an address without a network is about; null where it is none, or none known here.
 * @param {{pathname: string, search: string}} address @param {Author} known @param {DraftDb} db
 * @returns {Promise<{key: string, case: string}|null>}
 */
export async function draftAt({ pathname, search }, known, db) {
  if (pathname.endsWith("/cases/new/")) return { key: new URLSearchParams(search).get("key") || uuid(), case: "" };
  const id = /\/cases\/([0-9a-z]{12})\/edit\/$/.exec(pathname)?.[1];
  if (!id) return null;
  const answers = await db.all(known.who).catch(() => []);
  const key = known.keys.find(([kept]) => kept === id)?.[1] ?? answers.find((answer) => answer.case === id)?.key;
  return key ? { key, case: id } : null;
}

/**
 * Let the form open without a network, where browsers can. It waits until the page is there: links are thin.
 * @param {string} worker @param {string} language
 */
export function openOffline(worker, language) {
  const scope = worker.replace(/[^/]*$/, "");
  const register = () => navigator.serviceWorker?.register(`${worker}?language=${language}`, { scope }).catch(() => {});
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
}
