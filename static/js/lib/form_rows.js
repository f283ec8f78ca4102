/** Rows of a Django formset that come as they are asked for, numbered as Django expects them. */

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

/**
 * One more row at the end of the list; the form's total counts it.
 * @param {Element} list @param {HTMLTemplateElement} pattern @param {HTMLInputElement} total
 */
export function addRow(list, pattern, total) {
  const row = document.importNode(pattern.content, true);
  for (const element of row.querySelectorAll("*")) {
    for (const [name, value] of renumbered([...element.attributes], total.value)) element.setAttribute(name, value);
  }
  list.append(row);
  total.value = String(Number(total.value) + 1);
}
