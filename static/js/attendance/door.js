// The door of the auditorium: a new code whenever the last one's time is up, and a word when none comes.

import { one } from "#lib/dom.js";

const RETRY_MS = 3_000;
const door = one("[data-door]");
const image = /** @type {HTMLImageElement} */ (one("img", door));
const spoken = one("[data-spoken]", door);
const late = one("[data-late]", door);

async function refresh() {
  let wait = RETRY_MS;
  try {
    const answer = await fetch(door.dataset.door ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { image: picture, spoken: letters, next_ms: next } = await answer.json();
    image.src = picture;
    spoken.textContent = letters;
    late.hidden = true;
    wait = next;
  } catch {
    late.hidden = false;
  }
  setTimeout(refresh, wait);
}

setTimeout(refresh, Number(door.dataset.nextMs));
document.addEventListener("visibilitychange", () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {}));
navigator.wakeLock?.request("screen").catch(() => {});
