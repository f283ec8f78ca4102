/** A busy chat is not read aloud to those who ask for silence; it stays to be read line by line. */

import { one } from "#lib/dom.js";

const NAME = "quiet";

/** @param {import("#live/page.js").Page} page */
export function quiet({ client }) {
  const button = one("#chat-quiet");
  const draw = () => {
    const isQuiet = client.shelf.recall(NAME) !== "";
    button.setAttribute("aria-pressed", String(isQuiet));
    one("#chat-list").setAttribute("aria-live", isQuiet ? "off" : "polite");
  };
  button.addEventListener("click", () => {
    client.shelf.keep(NAME, client.shelf.recall(NAME) ? "" : "yes");
    draw();
  });
  draw();
}
