// A draft's way to the server: kept on the device, sent when it can be, forgotten there when it arrived.
import assert from "node:assert/strict";
import test from "node:test";

import { fingerprint } from "#cases/consent.js";
import { Draft } from "#cases/draft.js";
import { inMemory, openDraftDb } from "#cases/draft_db.js";
import { author, draftAt, remember } from "#cases/offline.js";
import { missingAnswers } from "#cases/missing_answers.js";
import { progressLine, sendTo } from "#cases/delivery.js";

import { FakeClock, answering, bringTexts, settled } from "./fakes.js";

/** @typedef {import("#cases/draft_db.js").DraftDb} DraftDb */

bringTexts({
  ...{ "draft.saved": "saved %(time)s", "draft.unsaved": "unsaved", "draft.signed_out": "signed out", "draft.wrong": "wrong" },
  ...{ "draft.waiting": { one: "%(count)s waits", other: "%(count)s wait" }, "draft.refused": "refused: %(reason)s" },
});

const KEY = "0d6e9d6a-4f6f-4c52-8c9f-0b9a3b3a7a11";

/** A draft before a server that answers as told: a status, a body, or nothing (no network). @param {{db?: DraftDb}} [options] */
function before(options = {}) {
  const clock = new FakeClock();
  clock.time = 1_000_000;
  /** @type {DraftDb} */ const db = options.db ?? inMemory();
  /** @type {any[]} */ const sent = [];
  /** @type {any[]} */ const others = [];
  const server = { answer: /** @type {any} */ (null), hold: /** @type {Promise<void>|null} */ (null) };
  const draft = new Draft({
    key: KEY, who: "ana", case: "", revision: 0, db, later: clock.set, cancel: clock.clear, now: clock.now,
    onOther: (name, value) => others.push([name, value]),
    send: async (body) => {
      sent.push(body);
      await server.hold;
      if (server.answer === null) throw new TypeError("no network");
      if (typeof server.answer === "number") return { status: server.answer, body: null };
      return { status: server.answer.status ?? 200, body: { case: "abc", revision: 1, errors: {}, others: {}, ...server.answer } };
    },
  });
  return { draft, clock, db, sent, others, server };
}

test("an answer is on the device before it is sent, and gone from it when the server has it", async () => {
  const { draft, clock, db, sent, server } = before();
  server.answer = {};
  draft.write("history", "Fever");
  assert.deepEqual((await db.all("ana")).map(({ name, value }) => [name, value]), [["history", "Fever"]]);
  assert.deepEqual([sent.length, draft.waiting], [0, 1]);
  await clock.turn(1_000);
  assert.deepEqual(sent, [{ who: "ana", base: 0, fields: { history: "Fever" }, ages: { history: 800 } }]);
  assert.deepEqual([draft.waiting, draft.state, draft.case, await db.all("ana")], [0, "saved", "abc", []]);
});

test("what is typed fast is sent once", async () => {
  const { draft, clock, sent, server } = before();
  server.answer = {};
  for (const value of ["F", "Fe", "Fev"]) {
    draft.write("history", value);
    await clock.turn(100);
  }
  await clock.turn(2_000);
  assert.deepEqual(sent.map(({ fields }) => fields), [{ history: "Fev" }]);
});

for (const failure of [null, 500, 502, 429]) {
  test(`without an answer of use (${failure}) it waits, and goes when the link is back`, async () => {
    const { draft, clock, db, sent, server } = before();
    server.answer = failure;
    draft.write("history", "Fever");
    await clock.turn(1_000);
    assert.deepEqual([draft.state, draft.waiting, (await db.all("ana")).length], ["kept", 1, 1]);
    server.answer = {};
    await draft.retry();
    assert.deepEqual([draft.state, draft.waiting, sent.length], ["saved", 0, 2]);
    assert.equal(sent[1].ages.history, 1_000);
  });
}

test("it tries again by itself, less and less often", async () => {
  const { draft, clock, sent } = before();
  draft.write("history", "Fever");
  await clock.turn(10_000);
  const soon = sent.length;
  await clock.turn(600_000);
  assert.ok(soon >= 2);
  assert.ok(sent.length - soon > 15);
  assert.ok(sent.length - soon <= 600, String(sent.length));
});

test("signed out is said, nothing is lost, and it goes on after signing in", async () => {
  const { draft, clock, db, server } = before();
  server.answer = 401;
  draft.write("history", "Fever");
  await clock.turn(1_000);
  assert.deepEqual([draft.state, (await db.all("ana")).length], ["signed_out", 1]);
  server.answer = {};
  await clock.turn(30_000);
  assert.deepEqual([draft.state, draft.waiting], ["saved", 0]);
});

test("a refusal is told once, kept, and not repeated", async () => {
  const { draft, clock, db, sent, server } = before();
  server.answer = { status: 409, code: "case.not_open", message: "Sent already." };
  draft.write("history", "Fever");
  await clock.turn(600_000);
  assert.deepEqual([draft.state, draft.reason, sent.length, (await db.all("ana")).length], ["refused", "Sent already.", 1, 1]);
});

test("a wrong answer stays on the device and the others are saved; corrected, it is sent", async () => {
  const { draft, clock, db, sent, server } = before();
  server.answer = { errors: { weight_kg: "Enter a number." } };
  draft.write("weight_kg", "abc");
  draft.write("history", "Fever");
  await clock.turn(60_000);
  assert.deepEqual([draft.state, [...draft.wrong], draft.waiting], ["saved", [["weight_kg", "Enter a number."]], 1]);
  assert.deepEqual([(await db.all("ana")).map(({ name }) => name), sent.length], [["weight_kg"], 1]);
  server.answer = {};
  draft.write("weight_kg", "3,2");
  await clock.turn(1_000);
  assert.deepEqual([draft.wrong.size, draft.waiting, sent[1].fields], [0, 0, { weight_kg: "3,2" }]);
});

test("words typed while others are on their way are sent after them", async () => {
  const { draft, clock, db, sent, server } = before();
  server.answer = {};
  let arrive = () => {};
  server.hold = new Promise((resolve) => (arrive = resolve));
  draft.write("history", "Fever");
  await clock.turn(900);
  draft.write("history", "Fever and rash");
  arrive();
  await settled();
  assert.deepEqual((await db.all("ana")).map(({ value }) => value), ["Fever and rash"]);
  await clock.turn(2_000);
  assert.deepEqual(sent.map(({ fields, base }) => [fields.history, base]), [["Fever", 0], ["Fever and rash", 1]]);
  assert.deepEqual([draft.waiting, await db.all("ana")], [0, []]);
});

test("newer words of somebody else are told, unless one is just typing there", async () => {
  const { draft, clock, others, server } = before();
  server.answer = { others: { exam: "Soft", labs: "Hb 9" } };
  let arrive = () => {};
  server.hold = new Promise((resolve) => (arrive = resolve));
  draft.write("history", "Fever");
  await clock.turn(900);
  draft.write("labs", "Hb 8");
  arrive();
  await settled();
  assert.deepEqual(others, [["exam", "Soft"]]);
});

test("a page that comes back takes over what the last one left, of this person and this draft alone", async () => {
  const first = before();
  first.draft.write("history", "Fever");
  await first.db.put({ id: "eva/x/history", who: "eva", key: KEY, case: "", name: "history", value: "Not yours", at: 1 });
  await first.db.put({ id: "ana/y/exam", who: "ana", key: "y", case: "", name: "exam", value: "Another", at: 1 });
  const second = before({ db: first.db });
  second.server.answer = {};
  assert.deepEqual((await second.draft.adopt()).map(({ name, value }) => [name, value]), [["history", "Fever"]]);
  await second.clock.turn(10);
  assert.deepEqual(second.sent.map(({ fields }) => fields), [{ history: "Fever" }]);
});

test("an older confirmation does not take newer words off the device", async () => {
  const db = inMemory();
  const answer = { id: "ana/k/history", who: "ana", key: "k", case: "", name: "history", value: "new", at: 2 };
  await db.put(answer);
  await db.settle(answer.id, 1);
  assert.equal((await db.all("ana", "k")).length, 1);
  await db.settle(answer.id, 2);
  assert.deepEqual(await db.all("ana", "k"), []);
});

test("where the browser keeps nothing, that is known", async () => {
  assert.equal((await openDraftDb(undefined)).isLasting, false);
  const refusing = /** @type {any} */ ({ open: () => { throw new Error("SecurityError"); } });
  assert.equal((await openDraftDb(refusing)).isLasting, false);
});

test("the line says what is happening", () => {
  const { draft } = before();
  const say = (/** @type {Partial<Draft>} */ change) => progressLine(Object.assign(draft, { wrong: new Map() }, change), "en-GB");
  draft.pending.set("exam", /** @type {any} */ ({}));
  assert.equal(say({ state: "kept" }), "unsaved");
  draft.options.db = { ...draft.options.db, isLasting: true };
  assert.equal(say({ state: "kept" }), "1 waits");
  assert.equal(say({ state: "signed_out" }), "signed out");
  assert.equal(say({ state: "refused", reason: "No." }), "refused: No.");
  assert.equal(say({ state: "saved", wrong: new Map([["exam", "x"]]) }), "wrong");
  assert.match(say({ state: "saved", savedAt: Date.UTC(2026, 1, 1) }), /^saved \d\d:\d\d$/);
  assert.equal(say({ state: "idle", savedAt: 0 }), "");
});

test("the list of what is still needed is the form's order without what is filled", () => {
  const needed = ["main_question", "urgency", "history"].map((name) => ({ name, label: name }));
  /** @type {Record<string, string>} */ const given = { urgency: "now", history: "  " };
  assert.deepEqual(missingAnswers(needed, (name) => given[name] ?? "").map(({ name }) => name), ["main_question", "history"]);
});

test("a draft is sent as JSON with the token of our page, and an answer without JSON is only a status", async (t) => {
  document.cookie = "anfiteatro_csrf=token";
  const asked = answering(t, { "/cases/drafts/k/": { case: "abc" }, "/down/": 500 });
  const body = { who: "ana", base: 0, fields: { history: "Fever" }, ages: {} };
  assert.deepEqual(await sendTo("/cases/drafts/k/")(body), { status: 200, body: { case: "abc" } });
  assert.deepEqual(await sendTo("/down/")(body), { status: 500, body: null });
  await assert.rejects(sendTo("/away/")(body), /no network/);
  assert.deepEqual([asked[0]?.[1].headers["X-CSRFToken"], JSON.parse(asked[0]?.[1].body)], ["token", body]);
});

test("the fingerprint of a sheet is its SHA-256", async () => {
  assert.equal(await fingerprint(new Blob(["abc"])), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("what is thrown away is gone from the device and not sent", async () => {
  const { draft, clock, db, sent, server } = before();
  server.answer = {};
  draft.write("history", "Fever");
  await draft.discard();
  await clock.turn(60_000);
  assert.deepEqual([sent, await db.all("ana"), draft.waiting, draft.state], [[], [], 0, "idle"]);
});

test("without a network an address leads to a draft this device knows, or to none", async () => {
  remember("ana", [["course-1", "Newborns"]], "", "");
  remember("ana", [["course-1", "Newborns"]], "0123456789ab", KEY);
  const known = /** @type {import("#cases/offline.js").Author} */ (author("ana"));
  const db = inMemory();
  await db.put({ id: "ana/k/exam", who: "ana", key: "k", case: "abcdefghjkmn", name: "exam", value: "x", at: 1 });
  const at = (/** @type {string} */ pathname, search = "") => draftAt({ pathname, search }, known, db);
  assert.deepEqual(await at("/cases/0123456789ab/edit/"), { key: KEY, case: "0123456789ab" });
  assert.deepEqual(await at("/cases/abcdefghjkmn/edit/"), { key: "k", case: "abcdefghjkmn" });
  assert.deepEqual(await at("/cases/new/", `?key=${KEY}`), { key: KEY, case: "" });
  assert.match((await at("/cases/new/"))?.key ?? "", /^[0-9a-f-]{36}$/);
  for (const elsewhere of ["/cases/", "/cases/000000000000/edit/", "/cases/0123456789ab/", "/cases/0123456789ab/check/"]) {
    assert.equal(await at(elsewhere), null);
  }
});

test("a device remembers each author apart, and of them the last keys alone", () => {
  for (let number = 0; number < 40; number += 1) remember("ana", [], `id-${number}`, `key-${number}`);
  assert.deepEqual([author("ana")?.keys.length, author("ana")?.keys.at(-1)], [30, ["id-39", "key-39"]]);
  remember("eva", [], "", "");
  assert.deepEqual(author("eva"), { who: "eva", courses: [], keys: [] });
  assert.equal(author("ana")?.keys.length, 30);
  assert.equal(author("zoe"), null);
});
