// What was tapped and not sent yet, kept on this device for its person alone.
import { Shelf } from "#lib/shelf.js";

/** @typedef {[string, string][]} Entries */

const LAST = "trauma-last";

/** @param {HTMLFormElement} form */
export function keepDraft(form) {
  const shelf = new Shelf(form.dataset.trauma ?? "");
  const name = `trauma:${form.dataset.fresh ?? ""}`;
  if (form.dataset.done) return forget(shelf, form.dataset.done);
  if (!form.dataset.fresh) return;
  const began = entries(shelf.recall(name));
  const resumed = form.querySelector("[data-resumed]");
  if (began.length && resumed instanceof HTMLElement) {
    fill(form, began);
    resumed.hidden = false;
    resumed.querySelector("[data-anew]")?.addEventListener("click", () => {
      shelf.keep(name, "");
      location.reload();
    });
  }
  const save = () => {
    shelf.keep(name, JSON.stringify(answersOf(new FormData(form))));
    shelf.keep(LAST, name);
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
}

/** A record that was saved is no draft any more. @param {Shelf} shelf @param {string} key */
function forget(shelf, key) {
  const last = shelf.recall(LAST);
  if (!last || !entries(shelf.recall(last)).some(([name, value]) => name === "key" && value === key)) return;
  shelf.keep(last, "");
  shelf.keep(LAST, "");
}

/** What is worth keeping of a form. @param {Iterable<[string, FormDataEntryValue]>} data @returns {Entries} */
export function answersOf(data) {
  /** @type {Entries} */ const all = [];
  for (const [name, value] of data) {
    if (typeof value === "string" && value && name !== "csrfmiddlewaretoken") all.push([name, value]);
  }
  return all;
}

/** @param {string} text @returns {Entries} nothing where it is no draft of ours */
export function entries(text) {
  try {
    const read = JSON.parse(text);
    return Array.isArray(read) ? read.filter((pair) => Array.isArray(pair) && pair.length === 2) : [];
  } catch {
    return [];
  }
}

/** @param {HTMLFormElement} form @param {Entries} began */
function fill(form, began) {
  const values = new Map(began);
  for (const control of form.elements) {
    if (control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox")) {
      control.checked = values.get(control.name) === control.value;
    } else if ((control instanceof HTMLInputElement || control instanceof HTMLSelectElement) && control.name !== "csrfmiddlewaretoken" && control.name) {
      control.value = values.get(control.name) ?? "";
    }
  }
}
