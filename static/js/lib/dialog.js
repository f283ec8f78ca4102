// Dialogues: the browser's own element, opened by any button that names it.

/** Open `<dialog id=…>` modally on a press of `[data-opens=…]`; a press beside it closes it. @param {Document|HTMLElement} root */
export function dialogs(root) {
  root.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest("[data-opens]");
    const dialog = opener && document.getElementById(opener.getAttribute("data-opens") ?? "");
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });
}

/**
 * Show a dialogue and wait: the value of the button it was closed with, empty when it was left.
 * @param {HTMLDialogElement} dialog @returns {Promise<string>}
 */
export function ask(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}
