/** How a draft reaches the server, and when to try again. */

import { csrfToken } from "#lib/config.js";

/** @typedef {import("#cases/draft.js").Draft} Draft */

/** @param {string} address @returns {(body: import("#cases/draft.js").Sent) => Promise<import("#cases/draft.js").Reply>} */
export function sendTo(address) {
  return async (body) => {
    const answer = await fetch(address, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
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

/**
 * What is happening, in one line. @param {Draft} draft @param {import("#live/config.js").Translate} t @param {string} language
 * @returns {string}
 */
export function told(draft, t, language) {
  const clock = (/** @type {number} */ at) => new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (draft.state === "kept") return draft.options.db.isLasting ? t("kept", { count: draft.waiting }) : t("unsaved");
  if (draft.state === "signed_out") return t("signed_out");
  if (draft.state === "refused") return t("refused", { reason: draft.reason });
  if (draft.state === "saving" || draft.state === "typing") return t("saving");
  if (draft.wrong.size) return t("wrong");
  return draft.savedAt ? t("saved", { time: clock(draft.savedAt) }) : "";
}
