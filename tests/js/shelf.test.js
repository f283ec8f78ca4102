// What a browser keeps is one person's and never the next one's.
import assert from "node:assert/strict";
import { test } from "node:test";

import { deviceId } from "#lib/ids.js";
import { Shelf, forgetUnnamed, lastHere, nowHere, pagePerson, whenSomebodyElse } from "#lib/shelf.js";

import { storing } from "./fakes.js";

test("what is kept for one person is not there for another, and there again when they come back", (t) => {
  storing(t);
  new Shelf("ana").keep("draft", "half a question");
  assert.equal(new Shelf("eva").recall("draft"), "");
  assert.equal(new Shelf("ana").recall("draft"), "half a question");
  new Shelf("ana").keep("draft", "");
  assert.equal(new Shelf("ana").recall("draft"), "");
});

test("the same device is another one in other hands", (t) => {
  storing(t);
  const [ana, eva] = [deviceId(new Shelf("ana")), deviceId(new Shelf("eva"))];
  assert.notEqual(ana, eva);
  assert.equal(deviceId(new Shelf("ana")), ana);
});

test("nobody's page keeps nothing beyond its own life", (t) => {
  const store = storing(t);
  new Shelf("").keep("draft", "x");
  assert.equal(new Shelf("").recall("draft"), "x");
  assert.equal(store.length, 0);
});

test("blocked or full storage lasts as long as the page", () => {
  const shelf = new Shelf("bea", () => {
    throw new Error("blocked");
  });
  shelf.keep("draft", "x");
  assert.equal(shelf.recall("draft"), "x");
  shelf.keep("draft", "");
  assert.equal(shelf.recall("draft"), "");
});

test("what earlier releases kept without a person is thrown away, everything else stays", (t) => {
  const store = storing(t);
  /** @type {string[]} */ const dropped = [];
  Object.assign(globalThis, { indexedDB: { deleteDatabase: (/** @type {string} */ name) => dropped.push(name) } });
  t.after(() => void delete (/** @type {any} */ (globalThis).indexedDB));
  for (const name of ["device", "profile", "draft:r:chat", "cases-author", "marks:m:1:ana"]) store.setItem(name, "x");
  new Shelf("ana").keep("draft:r:chat", "mine");
  forgetUnnamed();
  assert.deepEqual([store.length, new Shelf("ana").recall("draft:r:chat")], [1, "mine"]);
  assert.deepEqual(dropped, ["anfiteatro"]);
});

test("pages without a network know who was here last, and nobody after a sign-out", (t) => {
  storing(t);
  nowHere("ana");
  assert.equal(lastHere(), "ana");
  nowHere("");
  assert.equal(lastHere(), "");
});

test("a page hears when somebody else signs in or its person signs out, and one that is nobody's does not care", (t) => {
  const page = new EventTarget();
  const root = { dataset: /** @type {Record<string, string>} */ ({ person: "ana" }) };
  const before = { document: globalThis.document, addEventListener: globalThis.addEventListener };
  Object.assign(globalThis, { document: { documentElement: root }, addEventListener: page.addEventListener.bind(page) });
  t.after(() => Object.assign(globalThis, before));
  let calls = 0;
  whenSomebodyElse(() => void (calls += 1));
  const tell = (/** @type {string} */ key, /** @type {string|null} */ newValue) =>
    page.dispatchEvent(Object.assign(new Event("storage"), { key, newValue }));
  tell("anfiteatro/here", "ana");
  tell("anfiteatro/ana/draft", "x");
  assert.equal(calls, 0);
  tell("anfiteatro/here", "eva");
  tell("anfiteatro/here", null);
  assert.equal(calls, 2);
  root.dataset.person = "";
  assert.equal(pagePerson(), "");
  whenSomebodyElse(() => assert.fail("nobody's page stays"));
  tell("anfiteatro/here", "eva");
});
