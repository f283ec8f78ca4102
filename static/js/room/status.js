/** The one line that says what is happening. */

import { one, say } from "#lib/dom.js";
import { text } from "#lib/texts.js";

const TOLD_MS = 6_000;

/** @param {import("#live/page.js").Page} page */
export function status({ client }) {
  const line = one("#status");
  /** @type {{text: string, until: number}|null} */ let refusal = null;

  function words() {
    const { link, outbox, state } = client;
    const waiting = outbox?.waiting ?? 0;
    const failed = outbox?.items.filter((item) => item.state === "failed").length ?? 0;
    if (link.state === "closed" && client.code) return ["lost", text("status.closed")];
    if (!navigator.onLine || link.state === "waiting") return ["lost", waiting ? text("status.waiting", { count: waiting }) : text("status.lost")];
    if (link.state !== "open" || !state) return ["lost", text(state ? "status.back" : "status.connecting")];
    if (refusal && refusal.until > Date.now()) return ["told", refusal.text];
    if (failed) return ["failed", text("status.failed", { count: failed })];
    if (waiting) return ["sending", text("status.sending", { count: waiting })];
    if (client.me?.muted) return ["muted", text("status.muted")];
    return ["open", text(link.isFallback ? "status.polling" : "status.open")];
  }

  function draw() {
    const [mood, text] = /** @type {[string, string]} */ (words());
    line.dataset.mood = mood;
    say(line, text);
  }

  client.onRefused((_, err) => {
    refusal = { text: text(err.code), until: Date.now() + TOLD_MS };
    draw();
    setTimeout(draw, TOLD_MS);
  });
  client.subscribe(draw);
  addEventListener("offline", draw);
  addEventListener("online", draw);
}
