// One more recommendation without leaving the page.
import { addRow } from "#lib/form_rows.js";

/** @param {Document} page */
export function itemRows(page) {
  const list = page.querySelector("[data-items]");
  const pattern = page.querySelector("template#review-item");
  const add = page.querySelector("[data-add]");
  const total = page.querySelector("[name='items-TOTAL_FORMS']");
  if (!(list instanceof HTMLElement && pattern instanceof HTMLTemplateElement && add instanceof HTMLElement && total instanceof HTMLInputElement)) return;
  add.hidden = false;
  add.addEventListener("click", () => {
    addRow(list, pattern, total);
    list.lastElementChild?.querySelector("textarea")?.focus();
  });
}
