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

  open.addEventListener("click", () => {
    form.reset();
    dialog.returnValue = "";
    dialog.showModal();
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    const data = new FormData(form);
    const lines = String(data.get("options")).split("\n");
    const options = lines.map((line) => line.trim()).filter(Boolean);
    client.send("poll.open", { text: String(data.get("text")).trim(), options });
  });
  client.subscribe(() => show(open, client.can.has("poll.open")));
}
