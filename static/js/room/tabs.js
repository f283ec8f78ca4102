/** Questions, chat, people: one at a time, with counts on the tabs. */

import { one, say } from "#lib/dom.js";
import { isOpen } from "#live/question_order.js";
import { tabs as wire } from "#lib/tabs.js";

/** @typedef {{chat: {unread: () => number, shown: () => void}, onChoose: (name: string) => void}} Wiring */

/** @param {import("#live/page.js").Page} page @param {Wiring} wiring */
export function tabs({ client }, { chat, onChoose }) {
  const bar = one("#tabs");
  const buttons = /** @type {HTMLButtonElement[]} */ ([...bar.querySelectorAll("[role=tab]")]);

  function refresh() {
    const { state } = client;
    if (!state) return;
    const { hands: _, ...here } = state.presence;
    const counts = /** @type {Record<string, number>} */ ({
      "tab-questions": state.questions.filter(isOpen).length,
      "tab-chat": chat.unread(),
      "tab-people": Object.values(here).reduce((sum, count) => sum + count, 0),
    });
    for (const button of buttons) say(one("[data-slot=count]", button), counts[button.id] || "");
  }

  wire(bar);
  bar.addEventListener("tab-select", (event) => {
    const { detail } = /** @type {CustomEvent<string>} */ (event);
    if (detail === "tab-chat") chat.shown();
    onChoose(detail);
    refresh();
  });
  client.subscribe(refresh);
  return { refresh };
}
