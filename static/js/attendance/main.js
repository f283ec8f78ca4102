// The sheet of a live session: who is here now, asked again every ten seconds while somebody looks.

import { recount } from "#attendance/headcount.js";
import { askJson } from "#lib/ask.js";
import { one } from "#lib/dom.js";

const EVERY_MS = 10_000;
const section = one("[data-headcount]");

function refresh() {
  /** @type {NodeListOf<HTMLElement>} */ const places = section.querySelectorAll("[data-count]");
  if (!document.hidden) recount(places, () => askJson(section.dataset.headcount ?? ""));
}

setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
