/** What holds for the whole room: on hold, stopped, over; and the one button that stops. */

import { one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";

const FINAL = new Set([4501, 4503, 4504, 4505, 4506, 4508]);

/** @param {import("#live/page.js").Page} page */
export function curtains({ client }) {
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
    show(one("#closed"), isClosed && !isOver);
    if (isClosed) say(one("#closed-why"), text(FINAL.has(client.code) ? `close.${client.code}` : "close.other"));
    show(back, client.code === 4508);
  });
}

/** The word that the operation has a critical moment. @param {import("#live/page.js").Page} page */
export function hold({ client }) {
  client.subscribe(({ state }) => show(one("#held"), state?.stage === "hold" && !state.stopped));
}
