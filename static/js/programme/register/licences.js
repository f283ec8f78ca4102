// One more licence, one less. An emptied row counts as none.
import { addRow, isFull } from "#lib/form_rows.js";

/** @param {Document} page */
export function licenceRows(page) {
  const list = page.querySelector("[data-licences]");
  const pattern = page.querySelector("template[data-licence-row]");
  const add = page.querySelector("[data-licence-add]");
  const total = page.querySelector("[name='licences-TOTAL_FORMS']");
  if (!(list instanceof HTMLElement && pattern instanceof HTMLTemplateElement)) return;
  if (!(add instanceof HTMLElement && total instanceof HTMLInputElement)) return;
  const most = Number(list.dataset.max);

  const settle = () => {
    add.hidden = isFull(total.value, most);
    list.querySelectorAll("[data-licence-remove]").forEach((button) => { if (button instanceof HTMLElement) button.hidden = false; });
  };

  add.addEventListener("click", () => {
    addRow(list, pattern, total);
    settle();
    list.lastElementChild?.querySelector("select")?.focus();
  });

  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-licence-remove]") : null;
    const row = button?.closest("[data-licence]");
    if (!(row instanceof HTMLElement)) return;
    row.querySelectorAll("input, select").forEach((control) => {
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = "";
    });
    row.hidden = true;
    add.focus();
  });

  settle();
}
