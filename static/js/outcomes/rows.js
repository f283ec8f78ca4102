// Complications, up to the most there may be.
import { addRow, isFull } from "#lib/form_rows.js";

/** @param {Document} page */
export function complicationRows(page) {
  const list = page.querySelector("[data-rows]");
  const pattern = page.querySelector("template[data-row-pattern]");
  const add = page.querySelector("[data-row-add]");
  if (!(list instanceof HTMLElement && pattern instanceof HTMLTemplateElement && add instanceof HTMLElement)) return;
  const total = page.querySelector(`[name='${list.dataset.total}']`);
  if (!(total instanceof HTMLInputElement)) return;
  const settle = () => { add.hidden = isFull(total.value, Number(list.dataset.max)); };

  add.addEventListener("click", () => {
    addRow(list, pattern, total);
    settle();
    list.lastElementChild?.querySelector("select")?.focus();
  });
  settle();
}
