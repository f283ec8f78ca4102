/** Dialogs that ask for one thing before something is done. */

import { one, say } from "#lib/dom.js";

/**
 * Ask for a text. Resolves with it, or with null when the person thought better of it.
 * @param {string} id of the `<dialog>`, which has a form with a `textarea` or `input` @param {string} [about] shown in its `[data-slot=about]`
 * @returns {Promise<string|null>}
 */
export function askText(id, about = "") {
  const dialog = /** @type {HTMLDialogElement} */ (one(`dialog#${id}`));
  const field = /** @type {HTMLTextAreaElement|null} */ (dialog.querySelector("textarea, input"));
  const place = dialog.querySelector("[data-slot=about]");
  if (place) say(place, about);
  if (field) field.value = "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? (field?.value.trim() ?? "") : null), { once: true }),
  );
}
