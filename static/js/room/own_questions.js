/** One's own questions and their fate, in words. */

import { List, one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { ago } from "#live/people.js";

/**
 * @typedef {{key: string, text: string, at: string, fate: string, reason: string, answer: string, item: import("#live/outbox.js").Item|null,
 *   canWithdraw: boolean}} Row
 * @param {import("#live/page.js").Page} page
 */
export function ownQuestions(page) {
  const { client } = page;
  const list = new List(one("#mine-list"), "t-mine", ({ slot }, key) => {
    slot.withdraw?.addEventListener("click", () => client.send("question.withdraw", { question: key }));
    slot.retry?.addEventListener("click", () => client.outbox?.retry(key));
    slot.discard?.addEventListener("click", () => client.outbox?.discard(key));
  });

  /** @param {import("#live/store.js").OwnQuestion} question */
  function fate({ status, before, answer }) {
    if (status === "approved" || status === "pending") {
      const place = before ? text("own.before", { count: before }) : text("own.next");
      return status === "pending" ? text("own.pending") : place;
    }
    return text(status === "answered" && answer ? `own.answered_${answer.mode}` : `own.${status}`);
  }

  /** @returns {Row[]} */
  function rows() {
    const asked = (client.me?.questions ?? []).map((question) => ({
      key: question.id,
      text: question.text,
      at: question.asked_at,
      fate: fate(question),
      reason: question.reason ?? "",
      answer: question.answer?.text ?? "",
      item: null,
      canWithdraw: ["pending", "approved"].includes(question.status),
    }));
    const waiting = client.unseen("question.ask").map((item) => ({
      key: item.cid,
      text: item.fields.text,
      at: new Date(item.at).toISOString(),
      fate: item.state === "failed" ? text(item.error) : text("own.waiting"),
      reason: "",
      answer: "",
      item,
      canWithdraw: false,
    }));
    return [...asked.filter((row) => row.fate), ...waiting].reverse();
  }

  client.subscribe(() => {
    const all = rows();
    const withdrawing = new Set(client.unseen("question.withdraw").map((item) => item.fields.question));
    show(one("#mine"), all.length > 0);
    list.show(all, (row) => row.key, ({ root, slot }, row) => {
      const parts = /** @type {Record<string, HTMLElement>} */ (slot);
      const isFailed = row.item?.state === "failed";
      root.classList.toggle("mine-failed", isFailed);
      say(parts.text, row.text);
      say(parts.asked, row.item ? "" : ago(page, row.at, "own.asked"));
      say(parts.fate, row.fate);
      say(parts.reason, row.reason);
      show(parts.reason, !!row.reason);
      say(parts.answer, row.answer);
      show(parts.answer, !!row.answer);
      show(parts.withdraw, row.canWithdraw && !withdrawing.has(row.key));
      show(parts.trouble, isFailed);
    });
  });
}
