// Rows of complications that come as they are asked for, numbered as Django expects them.
import { isFull, renumbered } from "#programme/register/licences.js";

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
    const row = document.importNode(pattern.content, true);
    for (const element of row.querySelectorAll("*")) {
      for (const [name, value] of renumbered([...element.attributes], total.value)) element.setAttribute(name, value);
    }
    list.append(row);
    total.value = String(Number(total.value) + 1);
    settle();
    list.lastElementChild?.querySelector("select")?.focus();
  });
  settle();
}
