/** Who is here: seats by channel, and the team by name. */

import { one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { seating } from "#live/seating.js";

/** @param {import("#live/page.js").Page} page */
export function people(page) {
  const { client } = page;
  seating(page, one("#house .theatre-figure"));
  const figures = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-channel]")]);
  client.subscribe(() => {
    const { state } = client;
    if (!state) return;
    const { hands = 0, ...here } = state.presence;
    const count = Object.values(here).reduce((sum, number) => sum + number, 0);
    for (const figure of figures) say(figure, here[figure.dataset.channel ?? ""] ?? 0);
    say(one("#house-count"), text("people.here", { count }));
    show(one("#hands-count"), hands > 0);
    say(one("#hands-count"), text("people.hands", { count: hands }));
  });
}
