// Rows of recommendations that come as they are asked for, numbered as Django expects them.
import { renumbered } from "#programme/register/licences.js";

/** @param {Document} page */
export function itemRows(page) {
  const list = page.querySelector("[data-items]");
  const pattern = page.querySelector("template#review-item");
  const add = page.querySelector("[data-add]");
  const total = page.querySelector("[name='items-TOTAL_FORMS']");
  if (!(list instanceof HTMLElement && pattern instanceof HTMLTemplateElement && add instanceof HTMLElement && total instanceof HTMLInputElement)) return;
  add.hidden = false;
  add.addEventListener("click", () => {
    const row = document.importNode(pattern.content, true);
    for (const element of row.querySelectorAll("*")) {
      for (const [name, value] of renumbered([...element.attributes], total.value)) element.setAttribute(name, value);
    }
    list.append(row);
    total.value = String(Number(total.value) + 1);
    list.lastElementChild?.querySelector("textarea")?.focus();
  });
}
