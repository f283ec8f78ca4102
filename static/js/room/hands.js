/** Raising a hand. */

import { one, say } from "#lib/dom.js";
import { text } from "#lib/texts.js";

/** @param {import("#live/page.js").Page} page */
export function hands({ client }) {
  const button = /** @type {HTMLButtonElement} */ (one("#hand"));
  const isUp = () => {
    const last = client.unseen("hand.raise", "hand.lower").filter((item) => !item.fields.person).at(-1);
    return last ? last.do === "hand.raise" : !!client.me?.hand;
  };
  button.addEventListener("click", () => client.send(isUp() ? "hand.lower" : "hand.raise"));
  client.subscribe(() => {
    button.setAttribute("aria-pressed", String(isUp()));
    button.title = text(isUp() ? "hand.up" : "hand.raise");
    say(one("[data-slot=label]", button), button.title);
  });
}
