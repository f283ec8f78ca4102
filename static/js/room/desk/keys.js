/** The desk from the keyboard. */

import { inClosedDialog, one } from "#lib/dom.js";

const KEYS = new Set([..."jk?madtpew", "Escape"]);

/**
 * @param {import("#live/page.js").Page} page
 * @param {{current: () => import("#live/store.js").Question|null, move: (step: number) => void}} board
 * @param {import("#room/desk/acts.js").Acts} acts @param {import("#room/desk/merge.js").Merging} merging
 */
export function keys(page, board, acts, merging) {
  const help = /** @type {HTMLDialogElement} */ (one("#help"));
  one("#help-open").addEventListener("click", () => help.showModal());

  /** @param {string} key */
  function press(key) {
    const question = board.current();
    if (key === "j" || key === "k") return board.move(key === "j" ? 1 : -1);
    if (key === "?") return help.showModal();
    if (key === "Escape") return merging.mark(null);
    if (!question) return;
    if (key === "m") {
      if (merging.source) merging.into(question);
      else if (merging.canStart(question)) merging.mark(question);
      return;
    }
    const act = acts.all.find((one) => one.key === key);
    if (act && acts.fits(act, question)) act.run(question);
  }

  addEventListener("keydown", (event) => {
    const { target } = event;
    const isTyping = target instanceof HTMLElement && target.matches("input, textarea, select") && !inClosedDialog(target);
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector("dialog[open]")) return;
    if (!KEYS.has(event.key)) return;
    event.preventDefault();
    press(event.key);
  });
}
