// Every page: the viewer's time zone, and the small things a page may have, each fetched only where it is.
import { rememberZone, tellTimes } from "#lib/time.js";

rememberZone(document);
tellTimes(document);

/** @param {string} selector @returns {HTMLElement[]} */
const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);

if (all("dialog").length) import("#lib/dialog.js").then(({ dialogs }) => dialogs(document));
const sheets = all("table[data-sortable]").filter((table) => table instanceof HTMLTableElement);
if (sheets.length) import("#lib/sheet.js").then(({ sortable }) => sheets.forEach(sortable));
if (all("[data-tabs] [role=tablist]").length) import("#lib/tabs.js").then(({ tabs }) => all("[data-tabs] [role=tablist]").forEach(tabs));
