/** Dialogs that ask for one thing before something is done. */

import { one, say } from "#lib/dom.js";

/**
 * Ask for a text. Resolves with it, or with null when the person thought better of it. What is typed waits on the shelf: left by the
 * Escape key it is there the next time; a press on Cancel or the answer itself takes it away.
 * @param {string} id of the `<dialog>`, which has a form with a `textarea` or `input` @param {string} [about] shown in its `[data-slot=about]`
 * @param {{shelf: import("#lib/shelf.js").Shelf, name: string}} [kept] @returns {Promise<string|null>}
 */
export function askText(id, about = "", kept) {
  const dialog = /** @type {HTMLDialogElement} */ (one(`dialog#${id}`));
  const field = /** @type {HTMLTextAreaElement|null} */ (dialog.querySelector("textarea, input"));
  const place = dialog.querySelector("[data-slot=about]");
  if (place) say(place, about);
  if (field) {
    field.value = kept?.shelf.recall(kept.name) ?? "";
    field.oninput = () => kept?.shelf.keep(kept.name, field.value);
  }
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    const close = () => {
      if (dialog.returnValue) kept?.shelf.keep(kept.name, "");
      resolve(dialog.returnValue === "yes" ? (field?.value.trim() ?? "") : null);
    };
    dialog.addEventListener("close", close, { once: true });
  });
}
