/** Taking a person's right to write, or to be here; giving it back. A press on a name opens the choice. */

import { List, one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { placeOf } from "#live/people.js";

/** @param {import("#live/page.js").Page} page */
export function people(page) {
  const { client } = page;
  const dialog = /** @type {HTMLDialogElement} */ (one("dialog#person"));
  const reason = /** @type {HTMLInputElement} */ (one("input", dialog));
  let person = "";

  document.addEventListener("click", (event) => {
    const name = event.target instanceof Element ? event.target.closest("[data-person]:not(html)") : null;
    if (!(name instanceof HTMLElement) || !name.dataset.person || name.dataset.person === client.me?.id || !client.can.has("person.mute")) return;
    person = name.dataset.person;
    say(one("[data-slot=about]", dialog), name.textContent ?? "");
    reason.value = "";
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    const fields = { person, reason: reason.value.trim() };
    if (dialog.returnValue === "mute") client.send("person.mute", { ...fields, muted: true });
    if (dialog.returnValue === "ban") client.send("person.ban", { ...fields, banned: true });
  });

  const list = new List(one("#restricted-list"), "t-restricted", ({ root, slot }) => {
    slot.lift?.addEventListener("click", () => {
      const { kind = "", card: id } = root.dataset;
      if (kind === "banned") client.send("person.ban", { person: id, banned: false });
      else client.send("person.mute", { person: id, muted: false });
    });
  });
  client.subscribe(() => {
    const { muted = [], banned = [] } = client.state?.desk ?? {};
    const rows = [...muted.map((card) => ({ card, kind: "muted" })), ...banned.map((card) => ({ card, kind: "banned" }))];
    show(one("#restricted"), rows.length > 0);
    list.show(rows, ({ card, kind }) => kind + card.id, ({ root, slot }, { card, kind }) => {
      const { who, place, what } = /** @type {Record<string, HTMLElement>} */ (slot);
      root.dataset.kind = kind;
      root.dataset.card = card.id;
      say(who, card.name);
      say(place, placeOf(page, card));
      say(what, text(`desk.${kind}`));
    });
  });
}
