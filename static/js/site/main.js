// Every page: the viewer's time zone, and the small things a page may have, each fetched only where it is.
import { rememberZone, tellTimes } from "#lib/time.js";

rememberZone(document);
tellTimes(document);

const all = (selector) => [...document.querySelectorAll(selector)];

if (all("dialog").length) import("#lib/dialog.js").then(({ dialogs }) => dialogs(document));
if (all("table[data-sortable]").length) import("#lib/sheet.js").then(({ sortable }) => all("table[data-sortable]").forEach(sortable));
if (all("[data-tabs] [role=tablist]").length) import("#lib/tabs.js").then(({ tabs }) => all("[data-tabs] [role=tablist]").forEach(tabs));
