// Tabs by the book: one stop in the tab order, arrows move, the panel follows.

/** @type {Record<string, number>} */ const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** Select one tab of a list and show its panel alone; the list hears a `tab-select` event. @param {HTMLElement} tab */
export function select(tab) {
  const list = tab.closest('[role="tablist"]');
  for (const other of tabsOf(list)) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls") ?? "");
    if (panel) panel.hidden = !chosen;
  }
  list?.dispatchEvent(new CustomEvent("tab-select", { bubbles: true, detail: tab.id }));
}

/** @param {Element|null} list @returns {HTMLElement[]} */
const tabsOf = (list) => [...(list?.querySelectorAll('[role="tab"]') ?? [])].filter((tab) => tab instanceof HTMLElement);

/** Wire a `[role=tablist]`. @param {HTMLElement} list */
export function tabs(list) {
  list.addEventListener("click", (event) => {
    const tab = event.target instanceof Element ? event.target.closest('[role="tab"]') : null;
    if (tab instanceof HTMLElement) select(tab);
  });
  list.addEventListener("keydown", (event) => {
    const all = tabsOf(list);
    const at = all.findIndex((tab) => tab === event.target);
    /** @type {Record<string, number>} */ const ends = { Home: 0, End: all.length - 1 };
    const step = STEPS[event.key];
    const tab = all[ends[event.key] ?? (step ? (at + step + all.length) % all.length : -1)];
    if (!tab) return;
    event.preventDefault();
    select(tab);
    tab.focus();
  });
}
