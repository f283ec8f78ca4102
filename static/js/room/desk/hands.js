/** Raised hands, the longest raised first. */

import { List, one, say, show } from "#lib/dom.js";
import { ago, placeOf } from "#live/people.js";

/** @param {import("#live/page.js").Page} page */
export function hands(page) {
  const { client } = page;
  const list = new List(one("#hands-list"), "t-hand", ({ slot }, person) => {
    slot.lower?.addEventListener("click", () => client.send("hand.lower", { person }));
  });
  client.subscribe(() => {
    const up = client.state?.desk?.hands ?? [];
    show(one("#hands"), up.length > 0);
    say(one("#hands-total"), up.length);
    list.show(up, ({ person }) => person.id, ({ slot }, { person, raised_at }) => {
      const { who, place, wait } = /** @type {Record<string, HTMLElement>} */ (slot);
      say(who, person.name);
      say(place, placeOf(page, person));
      say(wait, ago(page, raised_at, "asked"));
    });
  });
}
