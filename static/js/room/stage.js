/** What holds for the whole room: on hold, stopped, over; and the one button that stops. */

import { csrfToken } from "#lib/config.js";
import { one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";

const FINAL = new Set([4501, 4503, 4504, 4505, 4506, 4508]);

/** @param {import("#live/page.js").Page} page */
export function curtains(page) {
  const { client } = page;
  const stop = one("#stop");
  const clear = one("#clear");
  const back = one("#come-back");
  stop.addEventListener("click", () => client.send("safety.stop"));
  clear.addEventListener("click", () => client.send("safety.clear"));
  back.addEventListener("click", () => {
    client.code = 0;
    client.link.connect();
  });

  client.subscribe(() => {
    const { state } = client;
    const isClosed = client.link.state === "closed" && client.code >= 4500;
    const isOver = state?.stage === "ended" || client.code === 4506;
    document.body.dataset.state = state?.stopped ? "stopped" : isOver ? "over" : isClosed ? "closed" : (state?.stage ?? "");
    show(stop, !!state && !state.stopped && !isOver && client.can.has("safety.stop"));
    show(clear, client.can.has("safety.clear"));
    show(one("#stopped"), !!state?.stopped && !isOver);
    show(one("#over"), isOver);
    if (isOver) awaitReopening(page);
    show(one("#closed"), isClosed && !isOver);
    if (isClosed) say(one("#closed-why"), text(FINAL.has(client.code) ? `close.${client.code}` : "close.other"));
    show(back, client.code === 4508);
  });
}

/** Staff read that the planned end has passed; nobody else has the line. @param {import("#live/page.js").Page} page */
export function overdue({ client }) {
  const line = document.querySelector("#overdue");
  client.subscribe(({ state }) => line && show(line, !!state?.desk?.overdue && ["live", "hold"].includes(state.stage)));
}

/** The word that the operation has a critical moment. @param {import("#live/page.js").Page} page */
export function hold({ client }) {
  client.subscribe(({ state }) => show(one("#held"), state?.stage === "hold" && !state.stopped));
}

const waiting = new Set();

/** An end that came by mistake may be taken back: ask now and then, not all at once, and no longer than it may be. */
async function awaitReopening(/** @type {import("#live/page.js").Page} */ { client, config }) {
  if (waiting.has(config.room)) return;
  waiting.add(config.room);
  const until = client.now() + config.reopen_ms + 60_000;
  while (client.now() < until) {
    await new Promise((next) => setTimeout(next, 30_000 + Math.random() * 45_000));
    const asked = await fetch(config.urls.ticket, { method: "POST", headers: { "X-CSRFToken": csrfToken() } }).catch(() => null);
    if (asked?.ok && (await asked.json()).over === false) return location.reload();
  }
}
