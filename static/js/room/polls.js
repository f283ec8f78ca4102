/** Polls: one press votes, another press changes it, the bars show how the room stands. */

import { List, one, say, show, stamp } from "#lib/dom.js";
import { text } from "#lib/texts.js";

/** @typedef {import("#live/store.js").Poll} Poll */

/** @param {import("#live/page.js").Page} page @param {{onClose?: (poll: string) => void}} [desk] */
export function polls({ client }, desk) {
  const list = new List(one("#polls-list"), "t-poll", ({ slot }, id) => {
    slot.close?.addEventListener("click", () => desk?.onClose?.(id));
  });

  /** @param {string} poll */
  function choice(poll) {
    const last = client.unseen("poll.vote").filter((item) => item.fields.poll === poll).at(-1);
    return last ? last.fields.option : client.me?.poll_votes[poll];
  }

  /** @param {import("#lib/dom.js").Stamp} made @param {Poll} poll */
  function fill({ slot }, poll) {
    const { text: words, options, state, close } = /** @type {Record<string, HTMLElement>} */ (slot);
    const sums = poll.results ?? client.state?.poll_tallies[poll.id] ?? poll.options.map(() => 0);
    const total = sums.reduce((sum, count) => sum + count, 0);
    const ownChoice = choice(poll.id);
    const isOpen = !poll.closed_at;
    say(words, poll.text);
    say(state, text(isOpen ? "poll.votes" : "poll.over", { count: total }));
    if (close) show(close, isOpen && client.can.has("poll.close"));
    if (!options.childElementCount) poll.options.forEach((label, option) => options.append(button(poll.id, label, option)));
    [...options.children].forEach((element, option) => {
      const share = total ? Math.round((100 * (sums[option] ?? 0)) / total) : 0;
      const isVisible = !isOpen || ownChoice !== undefined || desk !== undefined;
      const press = /** @type {HTMLButtonElement} */ (element);
      press.disabled = !isOpen;
      press.setAttribute("aria-pressed", String(ownChoice === option));
      press.style.setProperty("--share", isVisible ? `${share}%` : "0%");
      say(one("[data-slot=share]", press), isVisible ? text("poll.share", { count: sums[option] ?? 0, share }) : "");
    });
  }

  /** @param {string} poll @param {string} label @param {number} option */
  function button(poll, label, option) {
    const { root, slot } = stamp("t-option");
    say(/** @type {HTMLElement} */ (slot.label), label);
    root.addEventListener("click", () => client.send("poll.vote", { poll, option }));
    return root;
  }

  client.subscribe(() => {
    const all = client.state?.polls ?? [];
    const open = all.filter((poll) => !poll.closed_at);
    const shown = open.length || desk ? [...open, ...(desk ? all.filter((poll) => poll.closed_at).reverse() : [])] : all.slice(-1);
    show(one("#polls"), shown.length > 0);
    list.show(shown, (poll) => poll.id, fill);
  });
}
