/** The three columns: pending, live, answered. One card is the current one; buttons and keys act on it. */

import { List, isFocusFree, one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { ago, placeOf } from "#live/people.js";
import { answered, inOrder } from "#live/question_order.js";

/**
 * @typedef {import("#live/store.js").Question} Question
 * @param {import("#live/page.js").Page} page @param {import("#room/desk/acts.js").Acts} acts @param {import("#room/desk/merge.js").Merging} merging
 */
export function questions(page, acts, merging) {
  const { client, config } = page;
  /** @type {Map<string, Question>} */ const shown = new Map();
  let current = "";
  /** Where the current card stood: its column and its place there. */ let stood = { column: -1, place: 0 };
  const columns = ["pending", "live", "answered"].map((name) => ({
    name,
    list: new List(one(`#${name}-list`), "t-card", wire),
    empty: one(`#${name}-empty`),
    count: one(`#${name}-count`),
  }));

  /** @param {import("#lib/dom.js").Stamp} made @param {string} id */
  function wire({ root, slot }, id) {
    const question = () => shown.get(id);
    for (const act of acts.all)
      slot[act.name]?.addEventListener("click", () => {
        const it = question();
        if (it) act.run(it);
      });
    slot.merge?.addEventListener("click", () => merging.mark(question() ?? null));
    slot.join?.addEventListener("click", () => {
      const it = question();
      if (it) merging.into(it);
    });
    const assign = /** @type {HTMLSelectElement} */ (slot.assign);
    for (const { id: value, name, role } of config.team) if (role !== "advocate") assign.add(new Option(name, value));
    assign.addEventListener("change", () => acts.assign(id, assign.value));
    root.addEventListener("focusin", () => choose(id));
    root.addEventListener("dragstart", (event) => {
      event.dataTransfer?.setData("text/plain", id);
      root.dataset.dragged = "";
      setTimeout(() => merging.mark(question() ?? null), 0); // a drag whose element changes at its start is given up by browsers
    });
    root.addEventListener("dragend", () => {
      delete root.dataset.dragged;
      merging.mark(null);
    });
    root.addEventListener("dragover", (event) => {
      const it = question();
      if (it && merging.fits(it)) event.preventDefault();
    });
    root.addEventListener("drop", (event) => {
      event.preventDefault();
      const it = question();
      if (it) merging.into(it);
    });
  }

  /** @param {import("#lib/dom.js").Stamp} made @param {Question} question */
  function fill({ root, slot }, question) {
    const parts = /** @type {Record<string, HTMLElement>} */ (slot);
    const assigned = client.state?.desk?.assigned?.[question.id];
    const isOpen = !["answered", "dismissed"].includes(question.status);
    root.className = `card card-${question.status}${merging.source?.id === question.id ? " card-marked" : ""}`;
    root.ariaCurrent = question.id === current ? "true" : null;
    root.draggable = merging.canStart(question);
    say(parts.text, question.text);
    say(parts.who, question.asker.name);
    say(parts.place, placeOf(page, question.asker));
    say(parts.wait, isOpen ? ago(page, question.asked_at, "desk.waits") : "");
    const votes = client.state?.tallies[question.id] ?? 0;
    say(parts.votes, votes ? text("desk.votes", { count: votes }) : "");
    show(parts.pinned, question.pinned);
    say(parts.assigned, assigned ? text("desk.assigned", { name: assigned.name }) : "");
    say(parts.note, question.status === "dismissed" ? (question.reason ?? "") : (question.answer?.text ?? ""));
    for (const act of acts.all) show(/** @type {HTMLElement} */ (parts[act.name]), acts.fits(act, question));
    parts.pin?.setAttribute("aria-pressed", String(question.pinned));
    show(parts.merge, merging.canStart(question) && !merging.source);
    show(parts.join, merging.fits(question));
    show(parts.assignRow, isOpen && acts.canAssign());
    const select = /** @type {HTMLSelectElement} */ (parts.assign);
    if (document.activeElement !== select) select.value = assigned?.id ?? "";
  }

  /** @returns {Question[][]} */
  function sorted() {
    const { state } = client;
    if (!state) return [[], [], []];
    const waiting = state.desk?.questions ?? [];
    const byAge = [...waiting].sort((a, b) => a.asked_at.localeCompare(b.asked_at));
    const dismissed = byAge.filter((question) => question.status === "dismissed").reverse();
    return [
      byAge.filter((question) => question.status === "pending"),
      inOrder(state.questions, state.tallies),
      [...answered(state.questions), ...dismissed],
    ];
  }

  function draw() {
    const parts = sorted();
    shown.clear();
    for (const question of parts.flat()) shown.set(question.id, question);
    columns.forEach(({ list, empty, count }, at) => {
      const those = parts[at] ?? [];
      list.show(those, (question) => question.id, fill);
      show(empty, those.length === 0);
      say(count, those.length);
    });
    show(one("#joining"), !!merging.source);
    document.body.toggleAttribute("data-joining", !!merging.source);
    goOn(parts);
  }

  /** The current card left its column: the next one there takes its place, so that the queue is worked down. @param {Question[][]} parts */
  function goOn(parts) {
    const column = parts.findIndex((those) => those.some((question) => question.id === current));
    if (stood.column >= 0 && column !== stood.column && isFocusFree()) {
      const those = parts[stood.column] ?? [];
      const heir = those[Math.min(stood.place, those.length - 1)];
      if (heir) return one(`.card[data-key="${heir.id}"]`).focus();
    }
    stood = { column, place: parts[column]?.findIndex((question) => question.id === current) ?? 0 };
  }

  /** @param {string} id */
  function choose(id) {
    if (id === current) return;
    current = id;
    draw();
  }

  client.subscribe(draw);
  merging.onChange(draw);
  return {
    current: () => shown.get(current) ?? null,
    /** To the next or previous card, across the columns. @param {number} step */
    move(step) {
      const order = [...shown.keys()];
      if (!order.length) return;
      const at = order.indexOf(current);
      const next = at < 0 ? 0 : Math.min(order.length - 1, Math.max(0, at + step));
      one(`.card[data-key="${order[next]}"]`).focus();
    },
  };
}
