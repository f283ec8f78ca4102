import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, inOrder, nowAndNext, voted } from "#live/question_order.js";

const q = (/** @type {string} */ id, /** @type {any} */ more = {}) =>
  /** @type {any} */ ({ id, status: "approved", pinned: false, approved_at: `2026-05-04T14:00:0${id.slice(-1)}.000Z`, ...more });
const ids = (/** @type {{id: string}[]} */ questions) => questions.map(({ id }) => id);

test("taken, pinned, then votes, then time", () => {
  const all = [q("a1"), q("b2"), q("c3", { pinned: true }), q("d4", { status: "taken" }), q("e5"), q("f6", { status: "answered" })];
  assert.deepEqual(ids(inOrder(all, { b2: 1, e5: 4 })), ["d4", "c3", "e5", "b2", "a1"]);
});

test("now and next, and how many are left", () => {
  const { now, next, left } = nowAndNext([q("a1", { status: "taken" }), q("b2"), q("c3")], { c3: 2 });
  assert.deepEqual([now?.id, next?.id, left], ["a1", "c3", 2]);
  assert.deepEqual(nowAndNext([], {}), { now: undefined, next: undefined, left: 0 });
});

test("the latest answer stands first", () => {
  const done = [q("a1", { status: "answered", closed_at: "1" }), q("b2", { status: "answered", closed_at: "2" }), q("c3")];
  assert.deepEqual(ids(answered(done)), ["b2", "a1"]);
});

test("an unanswered vote counts at once, and is taken back at once", () => {
  const press = (/** @type {string} */ what) => /** @type {any} */ ({ do: what, fields: { question: "q" } });
  assert.deepEqual(voted("q", 3, [], []), { mine: false, count: 3, isPending: false });
  assert.deepEqual(voted("q", 3, [], [press("question.vote")]), { mine: true, count: 4, isPending: true });
  assert.deepEqual(voted("q", 4, ["q"], [press("question.unvote")]), { mine: false, count: 3, isPending: true });
  assert.deepEqual(voted("q", 3, [], [press("question.vote"), press("question.unvote")]), { mine: false, count: 3, isPending: true });
  assert.deepEqual(voted("q", 4, ["q"], []), { mine: true, count: 4, isPending: false });
});
