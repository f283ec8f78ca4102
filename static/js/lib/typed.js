/**
 * What was typed in a form and is not with the server yet. It outlives a switch of language, a sign-in in between, a page that was
 * refused and a reload; a form that was left on purpose comes back empty.
 */

import { text } from "#lib/texts.js";

/** @typedef {[string, string|boolean][]} Entries name and value; for boxes: `name=value` and whether it is ticked */
/** @typedef {"sent"|"switched"|"left"} Why */
/** @typedef {{why: Why, at: number, entries: Entries}} Kept */

const KEPT_MS = 30 * 60_000;
/** Somebody nobody knows: the next one at this computer is not to see it. */
const NOBODYS_MS = 10 * 60_000;
const SKIPPED = new Set(["password", "file", "submit", "button", "image", "reset"]);
const isBox = (/** @type {any} */ control) => control.type === "checkbox" || control.type === "radio";

/** What a form's controls hold beyond what the page brought. @param {{elements: Iterable<any>}} form @returns {Entries} */
export function entriesOf(form) {
  /** @type {Entries} */ const all = [];
  for (const control of form.elements) {
    if (!control.name || SKIPPED.has(control.type) || (control.type === "hidden" && control.name !== "key")) continue;
    if (isBox(control)) {
      if (control.checked !== control.defaultChecked) all.push([`${control.name}=${control.value}`, control.checked]);
    } else if (control.type === "hidden" || control.value !== defaultOf(control)) all.push([control.name, control.value]);
  }
  return all.some(([name]) => name !== "key") ? all : [];
}

/** @param {any} control @returns {string} */
function defaultOf(control) {
  if (!control.options) return control.defaultValue ?? "";
  const brought = [...control.options].find(({ defaultSelected }) => defaultSelected) ?? control.options[0];
  return brought?.value ?? "";
}

/** The store of one person's typing on this tab. */
export class Typed {
  /** @param {string} person @param {() => Storage} [storage] @param {() => number} [now] */
  constructor(person, storage = () => sessionStorage, now = Date.now) {
    this.prefix = `anfiteatro/${person}/typed:`;
    this.lasts = person ? KEPT_MS : NOBODYS_MS;
    this.storage = storage;
    this.now = now;
  }

  /** @param {string} name @param {Entries} entries @param {Why} why */
  keep(name, entries, why) {
    try {
      if (entries.length) this.storage().setItem(this.prefix + name, JSON.stringify({ why, at: this.now(), entries }));
      else this.storage().removeItem(this.prefix + name);
    } catch {
      // Blocked or full: it lasts as long as the page.
    }
  }

  /** What is kept under the name, once; null where there is nothing or it is too old. @param {string} name @returns {Kept|null} */
  take(name) {
    const kept = this.look(name);
    this.keep(name, [], "left");
    return kept;
  }

  /** @param {string} name @returns {Kept|null} */
  look(name) {
    try {
      const kept = JSON.parse(this.storage().getItem(this.prefix + name) ?? "null");
      return kept && Array.isArray(kept.entries) && this.now() - kept.at < this.lasts ? kept : null;
    } catch {
      return null;
    }
  }

  /** Forget what is kept under names that fit. @param {(name: string) => boolean} [fits] */
  forget(fits = () => true) {
    for (const name of this.names()) if (fits(name)) this.take(name);
  }

  /** @returns {string[]} */
  names() {
    try {
      return Object.keys(this.storage()).flatMap((name) => (name.startsWith(this.prefix) ? [name.slice(this.prefix.length)] : []));
    } catch {
      return [];
    }
  }
}

/**
 * Put back what was typed, where nobody typed meanwhile. `more` makes one more row for a name that is not there yet.
 * @param {{elements: any}} form @param {Entries} entries @param {() => boolean} [more] @returns {boolean} whether anything changed
 */
export function fill(form, entries, more = () => false) {
  let isChanged = false;
  for (const [name, value] of entries) {
    const found = () => [...form.elements].find((control) => (isBox(control) ? `${control.name}=${control.value}` : control.name) === name);
    while (!found() && /-\d+-/.test(name) && more());
    const control = found();
    if (!control) continue;
    if (isBox(control)) {
      if (control.checked === value) continue;
      control.checked = value;
    } else {
      if (control.value === value || control.value !== defaultOf(control)) continue;
      control.value = value;
      if (control.value !== value && control.options) whenThere(control, String(value));
      if (control.type === "hidden") continue;
    }
    isChanged = true;
    for (const event of ["input", "change"]) control.dispatchEvent?.(new Event(event, { bubbles: true }));
  }
  return isChanged;
}

/** Choose it once it can be chosen: the provinces come after their country. @param {HTMLSelectElement} select @param {string} value */
function whenThere(select, value) {
  const watch = new MutationObserver(() => {
    if (![...select.options].some((option) => option.value === value)) return;
    watch.disconnect();
    setTimeout(() => (select.value = value), 0);
  });
  watch.observe(select, { childList: true });
}

/** Forms whose typing is worth keeping: not those that keep it themselves, nor those of signing in. @param {Document} page */
function formsOf(page) {
  const forms = /** @type {HTMLFormElement[]} */ ([...page.querySelectorAll("form[method=post]:not(.languages, [data-draft], [data-fresh])")]);
  return forms.filter((form) => !new URL(form.action).pathname.startsWith("/accounts/"));
}

/** @param {HTMLFormElement} form @param {HTMLFormElement[]} all */
function nameOf(form, all) {
  const action = new URL(form.action).pathname;
  const place = all.filter((other) => other.action === form.action).indexOf(form);
  return `${location.pathname}|${action}|${place}`;
}

/** Somebody else is about to take the page's place: what is typed stays its person's. */
export const LEAVING = "typed-leaving";

/** @param {Document} page @param {string} person whom the page was made for */
export function keepTyped(page, person) {
  const typed = new Typed(person);
  const taken = takenPath(page);
  const isReload = /** @type {PerformanceNavigationTiming|undefined} */ (performance.getEntriesByType("navigation")[0])?.type === "reload";
  if (taken) typed.forget((name) => name.split("|")[1] === taken);
  const forms = formsOf(page);
  for (const form of forms) {
    const kept = typed.take(nameOf(form, forms));
    if (kept && (kept.why !== "left" || isReload) && fill(form, kept.entries, () => more(form))) tell(form);
  }
  if (!page.documentElement.dataset.unsent) typed.forget((name) => !person || name.split("|")[1] === location.pathname);
  else offerBack(page, typed);
  const keep = (/** @type {Why} */ why) => formsOf(page).forEach((form, _, all) => typed.keep(nameOf(form, all), entriesOf(form), why));
  /** @type {Why} */ let why = "left";
  page.addEventListener("submit", ({ target, defaultPrevented }) => {
    if (!(target instanceof HTMLFormElement) || defaultPrevented) return;
    why = target.classList.contains("languages") ? "switched" : "sent";
    const next = target.elements.namedItem("next");
    if (why === "switched" && next instanceof HTMLInputElement) next.value = location.pathname + location.search;
    keep(why);
  });
  page.addEventListener("htmx:afterRequest", (event) => {
    const { target, detail } = /** @type {CustomEvent<{successful: boolean, xhr: XMLHttpRequest}>} */ (event);
    why = "left";
    if (target instanceof HTMLFormElement && detail.successful && !detail.xhr.getResponseHeader("HX-Redirect")) {
      typed.forget((name) => name.split("|")[1] === new URL(target.action).pathname);
    }
  });
  addEventListener(LEAVING, () => {
    why = "sent";
    keep(why);
  });
  addEventListener("pagehide", () => why === "left" && person && keep("left"));
}

/** The address whose form the server took a moment ago, told once. @param {Document} page @returns {string} */
function takenPath(page) {
  const found = /(?:^|; )taken=([^;]+)/.exec(page.cookie)?.[1] ?? "";
  if (found) page.cookie = "taken=; Max-Age=0; Path=/; SameSite=Lax";
  return decodeURIComponent(found);
}

/** @param {HTMLFormElement} form @returns {boolean} */
function more(form) {
  const button = /** @type {HTMLElement|null} */ (form.querySelector("[data-more-rows]:not([hidden])"));
  const before = form.elements.length;
  button?.click();
  return form.elements.length > before;
}

/** @param {HTMLFormElement} form */
function tell(form) {
  const said = document.createElement("p");
  Object.assign(said, { className: "notice", textContent: `${text("typed.again")} ` });
  said.setAttribute("role", "status");
  const anew = Object.assign(document.createElement("button"), { type: "button", className: "button-bare", textContent: text("typed.anew") });
  anew.addEventListener("click", () => {
    form.reset();
    said.remove();
  });
  said.append(anew);
  form.prepend(said);
}

/** A page that says no leads back to the form it was about. @param {Document} page @param {Typed} typed */
function offerBack(page, typed) {
  const link = page.querySelector("[data-back]");
  const sent = typed.names().map((name) => ({ name, ...typed.look(name) })).filter(({ why }) => why === "sent");
  const { name } = sent.sort((a, b) => Number(a.at) - Number(b.at)).at(-1) ?? {};
  if (!(link instanceof HTMLAnchorElement) || !name) return;
  link.href = name.split("|")[0] ?? "";
  link.hidden = false;
}
