/** The amphitheatre of a room: who is registered and present by channel, and where the asking person sits. */

import { update } from "#lib/amphitheatre.js";

/** @param {import("#live/page.js").Page} page @param {HTMLElement} figure the `.theatre-figure` the server drew */
export function seating({ client, config }, figure) {
  let before = "";
  client.subscribe(() => {
    const { state } = client;
    if (!state || document.body.dataset.profile === "text") return;
    const asking = state.questions.find((question) => question.status === "taken")?.asker.channel;
    const tiers = config.tiers.map((tier) => ({
      ...tier,
      present: state.presence[tier.key] ?? 0,
      lit: asking === tier.key ? 1 : 0,
    }));
    const now = JSON.stringify(tiers);
    if (now !== before) update(figure, tiers);
    before = now;
  });
}
