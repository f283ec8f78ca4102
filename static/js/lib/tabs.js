// Tabs by the book: one stop in the tab order, arrows move, the panel follows.

const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** Select one tab of a list and show its panel alone; the list hears a `tab-select` event. */
export function select(tab) {
  const list = tab.closest('[role="tablist"]');
  for (const other of list.querySelectorAll('[role="tab"]')) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    const panel = document.getElementById(other.getAttribute("aria-controls"));
    if (panel) panel.hidden = !chosen;
  }
  list.dispatchEvent(new CustomEvent("tab-select", { bubbles: true, detail: tab.id }));
}

/** Wire a `[role=tablist]`. */
export function tabs(list) {
  list.addEventListener("click", (event) => {
    const tab = event.target.closest('[role="tab"]');
    if (tab) select(tab);
  });
  list.addEventListener("keydown", (event) => {
    const all = [...list.querySelectorAll('[role="tab"]')];
    const step = STEPS[event.key];
    const to = { Home: 0, End: all.length - 1 }[event.key] ?? (step && (all.indexOf(event.target) + step + all.length) % all.length);
    if (to === undefined) return;
    event.preventDefault();
    select(all[to]);
    all[to].focus();
  });
}
