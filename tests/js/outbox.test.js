import assert from "node:assert/strict";
import { test } from "node:test";

import { Outbox } from "#live/outbox.js";
import { inMemory, openDb } from "#live/outbox_db.js";

import { settled } from "./fakes.js";

/** An outbox whose sends are answered by hand. @param {any} [options] */
function cast(options = {}) {
  /** @type {{command: any, resolve: (ok: any) => void, reject: (err: any) => void}[]} */ const sends = [];
  /** @type {{action: () => void, ms: number}[]} */ const later = [];
  /** @type {any[]} */ const refused = [];
  const db = options.db ?? inMemory();
  let time = 1_000;
  const outbox = new Outbox({
    person: "ana",
    room: "r",
    tab: "tab1",
    db,
    now: () => time++,
    send: (command) => new Promise((resolve, reject) => sends.push({ command, resolve, reject })),
    later: (action, ms) => later.push({ action, ms }),
    onRefused: (item, err) => refused.push([item.do, err.code]),
    ...options,
  });
  const say = (/** @type {string} */ text) => outbox.add("chat.post", { text });
  return { outbox, db, sends, later, refused, say };
}
const lost = { code: "connection.lost", retry: true, after_ms: 0 };
const texts = (/** @type {{command: any}[]} */ sends) => sends.map(({ command }) => command.text);

test("commands go in order, four at a time, under names made once", async () => {
  const { outbox, sends, say } = cast();
  for (const text of ["a", "b", "c", "d", "e"]) say(text);
  await settled();
  assert.equal(sends.length, 0);
  outbox.ready();
  assert.deepEqual(texts(sends), ["a", "b", "c", "d"]);
  sends[0]?.resolve({ st: "room", seq: 1 });
  await settled();
  assert.deepEqual(texts(sends), ["a", "b", "c", "d", "e"]);
  assert.equal(new Set(sends.map(({ command }) => command.cid)).size, 5);
});

test("after a new hello everything unanswered goes again, under the same name", async () => {
  const { outbox, sends, say } = cast();
  outbox.ready();
  say("a");
  say("b");
  await settled();
  outbox.lost(false);
  for (const { reject } of sends) reject(lost);
  await settled();
  outbox.ready();
  assert.deepEqual(texts(sends), ["a", "b", "a", "b"]);
  assert.equal(sends[0]?.command.cid, sends[2]?.command.cid);
});

test("what is kept survives a reload and keeps its order", async () => {
  const { db, say } = cast();
  say("a");
  say("b");
  await settled();
  const { outbox, sends } = cast({ db, tab: "tab2" });
  await outbox.adopt();
  outbox.ready();
  assert.deepEqual(texts(sends), ["a", "b"]);
  sends[0]?.resolve({ st: "room", seq: 1 });
  await settled();
  assert.equal((await db.all("ana", "r")).length, 1);
});

test("a clock that is put back changes no order", async () => {
  let time = 9_000_000;
  const { db, say } = cast({ now: () => (time -= 60_000) });
  for (const text of ["a", "b", "c"]) say(text);
  await settled();
  const next = cast({ db, tab: "tab2", now: () => 5 });
  next.say("d"); // before the store could be read
  await next.outbox.adopt();
  next.say("e");
  next.outbox.ready();
  assert.deepEqual(next.outbox.items.map((item) => item.fields.text), ["a", "b", "c", "d", "e"]);
  await settled();
  const last = cast({ db, tab: "tab3" });
  await last.outbox.adopt();
  assert.deepEqual(last.outbox.items.map((item) => item.fields.text), ["a", "b", "c", "d", "e"]);
});

test("what one person left unsent is neither shown nor sent to the next, and waits for the one who wrote it", async () => {
  const { db, say, outbox } = cast();
  say("hers");
  outbox.add("question.vote", { question: "q" });
  await settled();
  const next = cast({ db, person: "eva", tab: "tab2" });
  await next.outbox.adopt();
  next.outbox.ready();
  await settled();
  assert.deepEqual([next.outbox.items, next.sends], [[], []]);
  const back = cast({ db, tab: "tab3" });
  await back.outbox.adopt();
  back.outbox.ready();
  assert.deepEqual(back.sends.map(({ command }) => command.do), ["chat.post", "question.vote"]);
});

test("what was kept without a person is sent in nobody's name", async () => {
  const { db } = cast();
  await db.put(/** @type {any} */ ({ cid: "1", room: "r", do: "chat.post", fields: { text: "whose?" }, state: "waiting", order: 1 }));
  for (const person of ["ana", "", undefined]) {
    const { outbox } = cast({ db, person });
    await outbox.adopt();
    assert.deepEqual(outbox.items, []);
  }
});

test("a living tab's commands are left to it", async () => {
  const { db, say } = cast();
  say("a");
  await settled();
  const { outbox } = cast({ db, tab: "tab2", alive: async () => new Set(["tab1"]) });
  await outbox.adopt();
  assert.equal(outbox.items.length, 0);
});

test("a command on which two connections die is parked; a retry sends it under its name", async () => {
  const { outbox, sends, say } = cast();
  const item = say("poison");
  say("good");
  await settled();
  for (let turn = 0; turn < 2; turn += 1) {
    outbox.ready();
    outbox.lost(true);
    for (const { reject } of sends) reject(lost);
    await settled();
  }
  assert.deepEqual([item.state, item.error], ["failed", "outbox.parked"]);
  outbox.ready();
  assert.equal(sends.at(-1)?.command.text, "good");
  sends.at(-1)?.resolve({ st: "room", seq: 1 });
  await settled();
  outbox.retry(item.cid);
  await settled();
  assert.equal(sends.at(-1)?.command.cid, item.cid);
});

test("after a connection died of what it carried, one by one until the queue is empty", async () => {
  const { outbox, sends, say } = cast();
  outbox.ready();
  for (const text of ["a", "b"]) say(text);
  await settled();
  outbox.lost(true);
  for (const { reject } of sends) reject(lost);
  await settled();
  outbox.ready();
  assert.deepEqual(texts(sends), ["a", "b", "a"]);
  sends[2]?.resolve({ st: "room", seq: 1 });
  await settled();
  assert.deepEqual(texts(sends), ["a", "b", "a", "b"]);
  sends[3]?.resolve({ st: "room", seq: 2 });
  await settled();
  for (const text of ["c", "d"]) say(text);
  await settled();
  assert.deepEqual(texts(sends).slice(4), ["c", "d"]);
});

test("too fast: wait as told, then one by one, so that nothing overtakes", async () => {
  const { outbox, sends, later, say } = cast();
  outbox.ready();
  for (const text of ["a", "b", "c"]) say(text);
  await settled();
  sends[0]?.reject({ code: "rate.limited", retry: true, after_ms: 1_500 });
  sends[1]?.reject({ code: "rate.limited", retry: true, after_ms: 1_500 });
  sends[2]?.reject({ code: "rate.limited", retry: true, after_ms: 1_500 });
  await settled();
  assert.equal(sends.length, 3);
  assert.equal(later[0]?.ms, 1_500);
  later[0]?.action();
  assert.deepEqual(texts(sends.slice(3)), ["a"]);
  sends[3]?.resolve({ st: "room", seq: 1 });
  await settled();
  assert.deepEqual(texts(sends.slice(3)), ["a", "b"]);
});

test("refused words are kept with the reason, a refused click is told", async () => {
  const { outbox, sends, refused, say } = cast();
  outbox.ready();
  const item = say("x");
  outbox.add("question.vote", { question: "q" });
  await settled();
  sends[0]?.reject({ code: "person.muted", retry: false, after_ms: 0 });
  sends[1]?.reject({ code: "question.own", retry: false, after_ms: 0 });
  await settled();
  assert.deepEqual([item.state, item.error], ["failed", "person.muted"]);
  assert.deepEqual(refused, [["question.vote", "question.own"]]);
  assert.deepEqual(outbox.items, [item]);
});

test("an answered message stays until it is seen", async () => {
  const { outbox, sends, say } = cast();
  outbox.ready();
  const item = say("x");
  await settled();
  sends[0]?.resolve({ st: "room", seq: 7 });
  await settled();
  outbox.settle((one) => one.ok.seq <= 6);
  assert.deepEqual(outbox.items, [item]);
  outbox.settle((one) => one.ok.seq <= 7);
  assert.deepEqual(outbox.items, []);
});

test("IndexedDB keeps by name; blocked, memory does", async () => {
  const db = await openDb(/** @type {any} */ (fakeIndexedDb()));
  const item = /** @type {any} */ ({ cid: "1", person: "ana", room: "r" });
  await db.put(item);
  await db.put({ ...item, cid: "2", room: "other" });
  await db.put({ ...item, deaths: 1 });
  assert.deepEqual(await db.all("ana", "r"), [{ ...item, deaths: 1 }]);
  await db.remove("1");
  assert.deepEqual(await db.all("ana", "r"), []);

  const blocked = await openDb(/** @type {any} */ ({ open: () => { throw new Error("blocked"); } }));
  await blocked.put(item);
  assert.deepEqual(await blocked.all("ana", "r"), [item]);
});

/** As much of IndexedDB as the outbox uses. */
function fakeIndexedDb() {
  const rows = new Map();
  const request = (/** @type {any} */ result) => {
    const made = /** @type {any} */ ({ result });
    setImmediate(() => made.onsuccess?.());
    return made;
  };
  const store = {
    put: (/** @type {any} */ row) => request(void rows.set(row.cid, row)),
    delete: (/** @type {string} */ cid) => request(void rows.delete(cid)),
    getAll: () => request([...rows.values()]),
  };
  const db = { createObjectStore: () => store, transaction: () => ({ objectStore: () => store }) };
  return {
    open() {
      const made = request(db);
      setImmediate(() => made.onupgradeneeded?.());
      return made;
    },
  };
}
