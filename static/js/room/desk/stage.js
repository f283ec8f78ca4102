/** The stage from the desk: open, go live, hold, go on, end. */

import { askText } from "#room/desk/dialogs.js";
import { one, show } from "#lib/dom.js";

const STEPS = /** @type {Record<string, string[]>} */ ({
  "stage.open": ["scheduled"],
  "stage.go_live": ["open"],
  "stage.hold": ["live"],
  "stage.resume": ["hold"],
  "stage.end": ["live", "hold"],
});

/** @param {import("#live/page.js").Page} page */
export function stage({ client }) {
  const buttons = /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-stage-step]")]);
  for (const button of buttons)
    button.addEventListener("click", async () => {
      const step = button.dataset.stageStep ?? "";
      if (step !== "stage.end" || (await askText("ask-end")) !== null) client.send(step);
    });
  client.subscribe(() => {
    const { state } = client;
    for (const button of buttons) {
      const step = button.dataset.stageStep ?? "";
      show(button, !!state && client.can.has(step) && !!STEPS[step]?.includes(state.stage));
      button.disabled = client.unseen(step).length > 0;
    }
    show(one("#held"), state?.stage === "hold");
  });
}
