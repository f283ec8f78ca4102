/** For every kind of entry: the old snapshot and the entry give the new snapshot. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { CHAT_KEPT, apply, begin, ephemeral, kinds } from "#live/store.js";

const AT = "2026-05-04T14:00:00.000Z";
const LATER = "2026-05-04T15:00:00.000Z";
const ana = { id: "ana", name: "Ana", role: "attendee", channel: "remote", region: "PE-LOR" };
const mia = { id: "mia", name: "Mía", role: "moderator" };
/** @param {string} id @param {any} [fields] */
const question = (id, fields) => ({
  ...{ id, text: `${id}?`, asker: ana, asked_at: AT, status: "approved", pinned: false, assigned_to: null },
  ...{ approved_at: AT, taken_at: null, closed_at: null, answer: null, reason: "" },
  ...fields,
});
/** @param {string} kind @param {any} d @param {any} [more] */
const entry = (kind, d, more) => ({ st: "room", seq: 9, kind, at: AT, by: mia, d, ...more });
const hello = { st: "room", seq: 1, kind: "chat.posted", at: AT, by: mia, cid: "c1", d: { id: "m1", text: "Hello" } };
const poll = { id: "p1", text: "Open?", options: ["yes", "no"], opened_at: AT, closed_at: null, results: null };
const answer = { mode: "text", text: "Now.", by: mia };
const pending = question("q3", { status: "pending", approved_at: null });

/** @returns {import("#live/store.js").Snapshot} */
const before = () => ({
  ...{ stage: "open", stopped: false, live_at: null, starts_at: AT, planned_end_at: AT, chat: [hello] },
  questions: [question("q1", { status: "taken", taken_at: AT }), question("q2")],
  polls: [poll],
  ...{ presence: { or: 1, auditorium: 0, remote: 1, hands: 0 }, tallies: { q1: 3, q2: 1 }, poll_tallies: { p1: [1, 0] } },
  desk: { questions: [pending], hands: [], muted: [], banned: [ana], assigned: { q2: { id: "s", name: "Sol" } }, overdue: false },
});

/** What the server's snapshot says after each kind. @type {Record<string, [any, (snapshot: any) => void]>} */
const CASES = {
  "chat.posted": [entry("chat.posted", { id: "m2", text: "Hi" }), (s) => s.chat.push(entry("chat.posted", { id: "m2", text: "Hi" }))],
  "chat.hidden": [entry("chat.hidden", { id: "m1", seq: 1 }), (s) => (s.chat[0] = { ...hello, d: { id: "m1", text: "", hidden: true } })],
  "question.asked": [
    entry("question.asked", question("q4", { status: "pending" }), { st: "desk" }),
    (s) => s.desk.questions.push(question("q4", { status: "pending" })),
  ],
  "question.approved": [
    entry("question.approved", question("q3")),
    (s) => {
      s.questions.push(question("q3"));
      s.desk.questions = [];
    },
  ],
  "question.dismissed": [
    entry("question.dismissed", { id: "q3", reason: "asked before" }, { st: "desk" }),
    (s) => (s.desk.questions[0] = { ...pending, status: "dismissed", reason: "asked before" }),
  ],
  "question.merged": [
    entry("question.merged", { id: "q2", into: "q1" }),
    (s) => {
      s.questions.pop();
      s.tallies = { q1: 3 };
      s.desk.assigned = {};
    },
  ],
  "question.withdrawn": [
    entry("question.withdrawn", { id: "q3" }, { st: "desk" }),
    (s) => (s.desk.questions = []),
  ],
  "question.assigned": [
    entry("question.assigned", { id: "q1", to: { id: "m", name: "Mar" } }, { st: "desk" }),
    (s) => (s.desk.assigned.q1 = { id: "m", name: "Mar" }),
  ],
  "question.pinned": [entry("question.pinned", { id: "q2", pinned: true }), (s) => (s.questions[1].pinned = true)],
  "question.taken": [
    entry("question.taken", { id: "q2", taken_at: AT }),
    (s) => {
      Object.assign(s.questions[0], { status: "approved", taken_at: null });
      Object.assign(s.questions[1], { status: "taken", taken_at: AT });
    },
  ],
  "question.answered": [
    entry("question.answered", { id: "q1", answer, closed_at: AT }),
    (s) => Object.assign(s.questions[0], { status: "answered", answer, closed_at: AT }),
  ],
  "poll.opened": [entry("poll.opened", { ...poll, id: "p2" }), (s) => s.polls.push({ ...poll, id: "p2" })],
  "poll.closed": [
    entry("poll.closed", { id: "p1", results: [5, 3], closed_at: AT }),
    (s) => Object.assign(s.polls[0], { results: [5, 3], closed_at: AT }),
  ],
  "person.muted": [entry("person.muted", { person: ana, muted: true, reason: "" }, { st: "desk" }), (s) => s.desk.muted.push(ana)],
  "person.banned": [entry("person.banned", { person: ana, banned: false, reason: "" }, { st: "desk" }), (s) => s.desk.banned.pop()],
  "stage.changed": [
    entry("stage.changed", { stage: "live", from: "open", live_at: AT }),
    (s) => Object.assign(s, { stage: "live", live_at: AT }),
  ],
  "stage.overdue": [
    entry("stage.overdue", { planned_end_at: AT, closes_at: AT }, { st: "desk", by: null }),
    (s) => (s.desk.overdue = true),
  ],
  "session.moved": [
    entry("session.moved", { starts_at: LATER, planned_end_at: LATER }, { by: null }),
    (s) => Object.assign(s, { starts_at: LATER, planned_end_at: LATER }),
  ],
  "safety.stopped": [entry("safety.stopped", {}), (s) => (s.stopped = true)],
  "safety.cleared": [entry("safety.cleared", {}), (s) => (s.stopped = false)],
};

test("every kind has a case", () => assert.deepEqual(Object.keys(CASES).sort(), [...kinds].sort()));

for (const [kind, [change, expected]] of Object.entries(CASES))
  test(`old snapshot + ${kind} = new snapshot`, () => {
    const { gone: _, ...after } = apply(begin(before()), change);
    const wanted = before();
    expected(wanted);
    assert.deepEqual(after, wanted);
  });

test("an attendee has no desk, and no kind makes one", () => {
  const { desk: _, ...public_ } = before();
  for (const [change] of Object.values(CASES)) assert.equal(apply(begin(public_), change).desk, undefined);
});

test("the streams may tell a question's story out of step", () => {
  const asked = entry("question.asked", pending, { st: "desk" });
  const fresh = before();
  if (fresh.desk) fresh.desk.questions = [];
  const start = begin(fresh);
  const approved = apply(apply(start, entry("question.approved", question("q3"))), asked);
  assert.deepEqual(approved.desk?.questions, []);
  const merged = apply(apply(start, entry("question.merged", { id: "q3", into: "q1" })), asked);
  assert.deepEqual(merged.desk?.questions, []);
});

test("only as many messages are kept as a snapshot has", () => {
  let state = begin(before());
  for (let seq = 2; seq < CHAT_KEPT + 10; seq += 1) state = apply(state, entry("chat.posted", { id: `m${seq}`, text: "" }, { seq }));
  assert.equal(state.chat.length, CHAT_KEPT);
  assert.equal(state.chat.at(-1)?.seq, CHAT_KEPT + 9);
});

test("an unknown kind changes nothing", () => {
  const state = begin(before());
  assert.equal(apply(state, entry("future.kind", {})), state);
});

test("of what is ephemeral the last value wins", () => {
  const hands = [{ person: ana, raised_at: AT }];
  const state = ephemeral(begin(before()), { presence: { remote: 7 }, tallies: { q2: 5 }, poll_tallies: { p1: [1, 1] }, hands });
  assert.equal(state.presence.remote, 7);
  assert.deepEqual(state.tallies, { q1: 3, q2: 5 });
  assert.deepEqual(state.poll_tallies, { p1: [1, 1] });
  assert.deepEqual(state.desk?.hands, hands);
});
