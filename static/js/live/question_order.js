/** The order of questions, and how a vote looks before it is confirmed. Pure. */

/**
 * @typedef {import("#live/store.js").Question} Question
 * @typedef {import("#live/outbox.js").Item} Item
 */

const OPEN = new Set(["approved", "taken"]);

/** @param {Question} question */
export const isOpen = (question) => OPEN.has(question.status);

/**
 * Open questions as the room sees them: the one being answered, then pinned ones, then by votes, then by time.
 * @param {Question[]} questions @param {Record<string, number>} tallies
 */
export function inOrder(questions, tallies) {
  /** @param {Question} q */
  const rank = (q) => (q.status === "taken" ? 0 : q.pinned ? 1 : 2);
  return questions
    .filter(isOpen)
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (tallies[b.id] ?? 0) - (tallies[a.id] ?? 0) ||
        (a.approved_at ?? "").localeCompare(b.approved_at ?? "") ||
        a.id.localeCompare(b.id),
    );
}

/** Answered ones, the latest first. @param {Question[]} questions */
export function answered(questions) {
  return questions.filter((q) => q.status === "answered").sort((a, b) => (b.closed_at ?? "").localeCompare(a.closed_at ?? ""));
}

/** The one being answered and the next one. @param {Question[]} questions @param {Record<string, number>} tallies */
export function nowAndNext(questions, tallies) {
  const open = inOrder(questions, tallies);
  const now = open.find((q) => q.status === "taken");
  return { now, next: open.find((q) => q !== now), left: open.length - (now ? 1 : 0) };
}

/**
 * A question's votes as this person should see them: the unanswered press counts at once.
 * @param {string} id @param {number} tally @param {string[]} votes confirmed ones of this person @param {Item[]} pending
 * @returns {{mine: boolean, count: number, isPending: boolean}}
 */
export function voted(id, tally, votes, pending) {
  const confirmed = votes.includes(id);
  const last = pending.filter((item) => item.fields.question === id).at(-1);
  const mine = last ? last.do === "question.vote" : confirmed;
  const count = Math.max(0, tally + Number(mine) - Number(confirmed));
  return { mine, count, isPending: last !== undefined };
}
