/** Sends what could not be taken once more, after the time the page says and a little more, so that not all come at once. */

const form = /** @type {HTMLFormElement|null} */ (document.querySelector("form[data-again]"));
if (form) {
  const seconds = Number(form.dataset.again) * (1 + Math.random() / 2);
  setTimeout(() => HTMLFormElement.prototype.submit.call(form), seconds * 1000);
}
