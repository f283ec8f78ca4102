/**
 * What this browser keeps, and under whose name. Several people use one computer: everything is filed under the public id of
 * the person a page was made for, and a page made for nobody keeps nothing beyond its own life.
 */

const PREFIX = "anfiteatro/";
const HERE = `${PREFIX}here`;
/** What earlier releases kept without a person: nobody's, and therefore neither shown nor sent. */
const UNNAMED = /^(device|profile|cases-author|draft:.*|marks:.*|trauma:.*)$/;

/** IndexedDB databases; each row in them bears its person. */
export const databases = { outbox: "anfiteatro-outbox", answers: "anfiteatro-cases", files: "anfiteatro-media" };
const UNNAMED_DATABASE = "anfiteatro";

/** Where storage is blocked, and for pages that are nobody's. @type {Map<string, string>} */ const meanwhile = new Map();

/** What the browser keeps for one person. */
export class Shelf {
  /** @param {string} person public id; empty: nobody @param {() => Storage} [storage] */
  constructor(person, storage = () => localStorage) {
    this.person = person;
    this.storage = storage;
  }

  /** @param {string} name @returns {string} empty when nothing is kept */
  recall(name) {
    const full = this.#full(name);
    try {
      return (this.person ? this.storage().getItem(full) : null) ?? meanwhile.get(full) ?? "";
    } catch {
      return meanwhile.get(full) ?? "";
    }
  }

  /** @param {string} name @param {string} value empty: forget it */
  keep(name, value) {
    const full = this.#full(name);
    meanwhile.delete(full);
    try {
      if (!this.person) throw new Error("nobody's");
      if (value) this.storage().setItem(full, value);
      else this.storage().removeItem(full);
    } catch {
      meanwhile.set(full, value);
    }
  }

  /** @param {string} name */
  #full(name) {
    return `${PREFIX}${this.person}/${name}`;
  }
}

/** Whom the page was made for; empty for a stranger. @returns {string} */
export const pagePerson = () => document.documentElement.dataset.person ?? "";

/** The shelf of the page's person. */
export const ownShelf = () => new Shelf(pagePerson());

/** Who was signed in on the last page of this browser: for pages that open without a network. @returns {string} */
export function lastHere() {
  try {
    return localStorage.getItem(HERE) ?? "";
  } catch {
    return "";
  }
}

/** This page was made for this person, or after a sign-out for nobody. @param {string} person */
export function nowHere(person) {
  try {
    if (person) localStorage.setItem(HERE, person);
    else localStorage.removeItem(HERE);
  } catch {
    // Blocked: pages without a network know nobody.
  }
}

/** Another page of this browser tells that somebody else is signed in, or nobody. @param {() => void} action */
export function whenSomebodyElse(action) {
  const person = pagePerson();
  addEventListener("pageshow", ({ persisted }) => persisted && person && lastHere() !== person && action()); // the way back
  addEventListener("storage", ({ key, newValue }) => key === HERE && person && (newValue ?? "") !== person && action());
}

/** Throw away what earlier releases kept without a person. */
export function forgetUnnamed() {
  try {
    for (const name of Object.keys(localStorage)) if (UNNAMED.test(name)) localStorage.removeItem(name);
    indexedDB.deleteDatabase(UNNAMED_DATABASE);
  } catch {
    // Blocked: nothing was kept.
  }
}
