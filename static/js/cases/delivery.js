/** How a draft reaches the server, and when to try again. */

import { ownHeaders } from "#lib/config.js";
import { text } from "#lib/texts.js";

/** @typedef {import("#cases/draft.js").Draft} Draft */

/** @param {string} address @returns {(body: import("#cases/draft.js").Sent) => Promise<import("#cases/draft.js").Reply>} */
export function sendTo(address) {
  return async (body) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", ...ownHeaders() },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json().catch(() => null) };
  };
}

/** The network is back, or the person is: try again at once. @param {() => Draft[]} drafts */
export function retryWhenBack(drafts) {
  const retry = () => drafts().forEach((draft) => draft.waiting && draft.state !== "saving" && draft.retry());
  addEventListener("online", retry);
  addEventListener("focus", retry);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && retry());
}

/** What is happening, in one line. @param {Draft} draft @param {string} language @returns {string} */
export function progressLine(draft, language) {
  const clock = (/** @type {number} */ at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (draft.state === "kept") return draft.options.db.isLasting ? text("draft.waiting", { count: draft.waiting }) : text("draft.unsaved");
  if (draft.state === "signed_out") return text("draft.signed_out");
  if (draft.state === "refused") return text("draft.refused", { reason: draft.reason });
  if (draft.state === "saving" || draft.state === "typing") return text("draft.saving");
  if (draft.wrong.size) return text("draft.wrong");
  return draft.savedAt ? text("draft.saved", { time: clock(draft.savedAt) }) : "";
}
