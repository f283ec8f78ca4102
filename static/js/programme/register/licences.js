// One more licence, one less. The rows keep the numbering Django expects; an emptied row counts as none.

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
    const row = numbered(pattern.content, total.value);
    list.append(row);
    total.value = String(Number(total.value) + 1);
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

/**
 * @param {DocumentFragment} pattern
 * @param {string} number
 * @returns {DocumentFragment} a copy whose names, ids and labels carry the row's number
 */
function numbered(pattern, number) {
  const copy = document.importNode(pattern, true);
  for (const element of copy.querySelectorAll("*")) {
    for (const [name, value] of renumbered([...element.attributes], number)) element.setAttribute(name, value);
  }
  return copy;
}

/**
 * What a new row's attributes become: Django writes `__prefix__` where the row's number belongs.
 * @param {{name: string, value: string}[]} attributes @param {string} number @returns {[string, string][]} those that change
 */
export function renumbered(attributes, number) {
  const open = attributes.filter(({ value }) => value.includes("__prefix__"));
  return open.map(({ name, value }) => [name, value.replaceAll("__prefix__", number)]);
}

/** Emptied rows keep their number, so they count. @param {string} rows as the form's total says @param {number} most */
export const isFull = (rows, most) => Number(rows) >= most;
