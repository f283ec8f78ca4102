// The door of the auditorium: a new code whenever the last one's time is up, and a word when none comes.

import { renew } from "#attendance/code.js";
import { askJson } from "#lib/ask.js";
import { one } from "#lib/dom.js";

const door = one("[data-door]");
const parts = {
  image: /** @type {HTMLImageElement} */ (one("img", door)),
  spoken: one("[data-spoken]", door),
  late: one("[data-late]", door),
};

async function refresh() {
  setTimeout(refresh, await renew(parts, () => askJson(door.dataset.door ?? "")));
}

setTimeout(refresh, Number(door.dataset.nextMs));
document.addEventListener("visibilitychange", () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {}));
navigator.wakeLock?.request("screen").catch(() => {});
