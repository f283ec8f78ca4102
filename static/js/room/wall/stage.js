/** Stage, elapsed time, hands and connection, along the edge of the wall; hold and stop across it. */

import { one, say, show } from "#lib/dom.js";
import { clockface, hour } from "#lib/moments.js";
import { text } from "#lib/texts.js";
import { everySecond } from "#live/page.js";
import { fillStagePill } from "#room/strip.js";

/** @param {import("#live/page.js").Page} page */
export function stage(page) {
  const { client, config } = page;
  const link = one("#link");

  everySecond(() => {
    const { state } = client;
    const isRunning = !!state?.live_at && state.stage !== "ended";
    show(one("#elapsed"), isRunning);
    if (isRunning) say(one("#elapsed"), clockface(client.now() - Date.parse(/** @type {string} */ (state.live_at))));
    say(one("#clock"), hour(new Date(client.now()).toISOString(), config.language, config.time_zone));
  });

  client.subscribe(() => {
    const { state } = client;
    const isOpen = client.link.state === "open";
    link.dataset.mood = isOpen ? "open" : "lost";
    say(link, text(isOpen ? "wall.connected" : client.code >= 4500 ? `close.${client.code}` : "wall.lost"));
    if (!state) return;
    fillStagePill(one("#stage-pill"), page);
    document.body.dataset.state = state.stopped ? "stopped" : state.stage;
    show(one("#held"), state.stage === "hold" && !state.stopped);
    show(one("#stopped"), state.stopped);
    show(one("#over"), state.stage === "ended");
    const { hands = 0, ...here } = state.presence;
    show(one("#hands"), hands > 0);
    say(one("#hands"), text("people.hands", { count: hands }));
    say(one("#here"), text("people.here", { count: Object.values(here).reduce((sum, count) => sum + count, 0) }));
  });
}
