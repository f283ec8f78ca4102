// Every page: the viewer's time zone, and the small things a page may have, each fetched only where it is.
import { forgetUnnamed, nowHere, pagePerson, whenSomebodyElse } from "#lib/shelf.js";
import { rememberZone, tellTimes } from "#lib/time.js";

rememberZone(document);
tellTimes(document);
forgetUnnamed();
const root = document.documentElement;
if (root.dataset.person !== undefined) {
  nowHere(pagePerson());
  whenSomebodyElse(() => {
    dispatchEvent(new Event("typed-leaving"));
    location.reload();
  });
}

/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);

if (all("dialog").length) import("#lib/dialog.js").then(({ dialogs }) => dialogs(document));
const sheets = all("table[data-sortable]").filter((table) => table instanceof HTMLTableElement);
if (sheets.length) import("#lib/sheet.js").then(({ sortable }) => sheets.forEach(sortable));
if (all("[data-tabs] [role=tablist]").length) import("#lib/tabs.js").then(({ tabs }) => all("[data-tabs] [role=tablist]").forEach(tabs));
const hasForms = all("form[method=post]:not(.languages)").length > 0;
if (hasForms || root.dataset.unsent) {
  const begin = () => import("#lib/typed.js").then(({ keepTyped }) => keepTyped(document, pagePerson()));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true }); // rows that other scripts make can be made then
}
