/** A wall does not sleep, and it does not give up: the screen stays lit, a broken page is loaded again. */

const RELOAD_MS = 30_000;
/** Closed for good with these, a fresh page may still get in (a new ticket, a new version). */
const WORTH_RELOADING = new Set([4500, 4501, 4502, 4504, 4505, 4508]);

/** @param {import("#live/page.js").Page} page */
export function awake({ client }) {
  const hold = () => navigator.wakeLock?.request("screen").catch(() => {});
  hold();
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && hold());

  let isPlanned = false;
  client.subscribe(() => {
    if (isPlanned || client.link.state !== "closed" || !WORTH_RELOADING.has(client.code)) return;
    isPlanned = true;
    setTimeout(() => location.reload(), RELOAD_MS);
  });
}
