/** Opening and closing polls. */

import { one, show } from "#lib/dom.js";
import { polls } from "#room/polls.js";

/** @param {import("#live/page.js").Page} page */
export function openPolls(page) {
  const { client } = page;
  const dialog = /** @type {HTMLDialogElement} */ (one("dialog#poll"));
  const form = /** @type {HTMLFormElement} */ (one("form", dialog));
  const open = one("#poll-open");
  polls(page, { onClose: (poll) => client.send("poll.close", { poll }) });

  const draft = `poll:${page.config.room}`;
  const fields = () => /** @type {[string, string][]} */ ([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const keep = (/** @type {[string, string][]} */ entries) => client.shelf.keep(draft, entries.length ? JSON.stringify(entries) : "");

  form.addEventListener("input", () => keep(fields()));
  client.onRefused(({ do: command, fields: refused }) => {
    if (command === "poll.open") keep([["text", refused.text], ["options", refused.options.join("\n")]]); // there when it is opened again
  });
  open.addEventListener("click", () => {
    form.reset();
    for (const [name, value] of JSON.parse(client.shelf.recall(draft) || "[]")) {
      const field = form.elements.namedItem(name);
      if (field) /** @type {HTMLInputElement} */ (field).value = value;
    }
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue) keep([]);
    if (dialog.returnValue !== "yes") return;
    const data = new FormData(form);
    const lines = String(data.get("options")).split("\n");
    const options = lines.map((line) => line.trim()).filter(Boolean);
    client.send("poll.open", { text: String(data.get("text")).trim(), options });
  });
  client.subscribe(() => show(open, client.can.has("poll.open")));
}
