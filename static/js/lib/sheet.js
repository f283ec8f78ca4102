// Sortable sheets: a press on a head sorts by its column; another turns it round.

/** @typedef {{textContent: string|null, dataset: Record<string, string|undefined>}} Cell */

/** What a cell sorts by: its `data-value`, else its text; numbers as numbers. @param {Cell} cell @returns {string|number} */
export function valueOf(cell) {
  const text = cell.dataset.value ?? (cell.textContent ?? "").trim();
  const number = Number(text);
  return text !== "" && Number.isFinite(number) ? number : text;
}

/**
 * Numbers before words, words as the reader's language orders them.
 * @param {string|number} a @param {string|number} b @param {string} language
 */
export function compare(a, b, language) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a.localeCompare(b, language, { numeric: true });
  return typeof a === "number" ? -1 : 1;
}

/** Make every head of `table[data-sortable]` a button, except those with `data-fixed`. @param {HTMLTableElement} table */
export function sortable(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  for (const [column, head] of heads.entries()) {
    if ("fixed" in head.dataset) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...table.tBodies[0].rows];
      const language = document.documentElement.lang;
      rows.sort((a, b) => compare(valueOf(a.cells[column]), valueOf(b.cells[column]), language) * (down ? -1 : 1));
      table.tBodies[0].append(...rows);
    });
  }
}
