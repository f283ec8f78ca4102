/** What a mentor still waits for: the same list the server checks. */

import { one, say, show, stamp } from "#lib/dom.js";

/** @typedef {{name: string, label: string}} Needed */

/** Needed fields without an answer, in the order of the form. @param {Needed[]} needed @param {(name: string) => string} answer */
export function missingAnswers(needed, answer) {
  return needed.filter(({ name }) => !answer(name).trim());
}

/** @param {Needed[]} needed @param {(name: string) => string} answer */
export function showMissingAnswers(needed, answer) {
  const left = missingAnswers(needed, answer);
  const filled = needed.length - left.length;
  /** @type {HTMLProgressElement} */ (one("#progress")).value = filled;
  say(one("#progress-count"), `${filled}/${needed.length}`);
  show(one("#complete"), !left.length);
  const list = one("#missing");
  const wanted = left.map(({ name }) => `#id_${name}`);
  if (wanted.join() === [...list.querySelectorAll("a")].map((link) => link.getAttribute("href")).join()) return;
  list.replaceChildren(
    ...left.map(({ name, label }) => {
      const { root, slot } = stamp("missing-row");
      const link = /** @type {HTMLAnchorElement} */ (slot.link);
      link.href = `#id_${name}`;
      link.textContent = label[0]?.toUpperCase() + label.slice(1);
      return root;
    }),
  );
}
