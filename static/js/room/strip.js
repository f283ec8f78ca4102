/** The thin strip: stage, elapsed time, delay, bytes used, profile. */

import { one, say, show } from "#lib/dom.js";
import { clockface, weight } from "#lib/moments.js";
import { text } from "#lib/texts.js";
import { everySecond } from "#live/page.js";

const PILLS = /** @type {Record<string, string>} */ ({ live: "pill-live", hold: "pill-hold", open: "pill-open" });

/** @param {HTMLElement} pill @param {import("#live/page.js").Page} page */
export function fillStagePill(pill, { client }) {
  const { state } = client;
  if (!state) return;
  const name = state.stopped ? "stopped" : state.stage;
  pill.className = `pill ${state.stopped ? "pill-stop" : (PILLS[state.stage] ?? "")}`;
  say(pill, text(`stage.${name}`));
}

/** @param {import("#live/page.js").Page} page */
export function strip(page) {
  const { client, config } = page;
  const [pill, elapsed, delay, used] = ["#stage-pill", "#elapsed", "#delay", "#bytes"].map((name) => one(name));
  const profile = /** @type {HTMLSelectElement|null} */ (document.querySelector("#profile"));
  if (profile) choosing(profile, client);

  everySecond(() => {
    const { state, link } = client;
    const isRunning = !!state?.live_at && state.stage !== "ended";
    show(/** @type {HTMLElement} */ (elapsed), isRunning);
    if (isRunning) say(/** @type {HTMLElement} */ (elapsed), clockface(client.now() - Date.parse(/** @type {string} */ (state.live_at))));
    show(/** @type {HTMLElement} */ (delay), link.roundTrip !== null);
    say(/** @type {HTMLElement} */ (delay), text("strip.delay", { ms: link.roundTrip ?? 0 }));
    say(/** @type {HTMLElement} */ (used), weight(link.received + link.sent, config.language));
  });
  client.subscribe(() => fillStagePill(/** @type {HTMLElement} */ (pill), page));
}

/** @param {HTMLSelectElement} profile @param {import("#live/page.js").Page["client"]} client */
function choosing(profile, client) {
  profile.value = document.body.dataset.profile = client.profile;
  profile.addEventListener("change", () => {
    client.shelf.keep("profile", profile.value);
    client.profile = document.body.dataset.profile = profile.value;
    client.link.drop();
    client.link.connect();
  });
}
