// What was typed in a form comes back when it was not taken, to the person who typed it and to nobody else.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Typed, entriesOf, fill } from "#lib/typed.js";

/** @typedef {import("#lib/typed.js").Entries} Entries */

const field = (/** @type {string} */ name, defaultValue = "", type = "text") => ({ name, type, value: defaultValue, defaultValue });
const box = (/** @type {string} */ name, /** @type {string} */ value) => ({ name, type: "checkbox", value, checked: false, defaultChecked: false });

/** @param {...string} values the first is chosen at first */
function select(...values) {
  const options = values.map((value, at) => ({ value, defaultSelected: at === 0 }));
  let chosen = values[0] ?? "";
  return {
    ...{ name: "region", type: "select-one", options },
    get value() {
      return chosen;
    },
    set value(value) {
      chosen = values.includes(value) ? value : "";
    },
  };
}

/** A tab's storage. @returns {any} */
function storage() {
  /** @type {any} */ const store = {};
  const hidden = (/** @type {string} */ name, /** @type {any} */ value) => Object.defineProperty(store, name, { value });
  hidden("getItem", (/** @type {string} */ name) => store[name] ?? null);
  hidden("setItem", (/** @type {string} */ name, /** @type {string} */ value) => void (store[name] = value));
  hidden("removeItem", (/** @type {string} */ name) => void delete store[name]);
  return store;
}

const text = /** @type {Entries} */ ([["title", "Hernia"]]);

test("what differs from the page is worth keeping; secrets, files and what the page brought are not", () => {
  const title = Object.assign(field("title"), { value: "Hernia" });
  const secret = Object.assign(field("password", "", "password"), { value: "s" });
  const token = Object.assign(field("csrfmiddlewaretoken", "x", "hidden"), { value: "y" });
  const tick = Object.assign(box("consent", "on"), { checked: true });
  const elements = [title, secret, token, tick, field("place", "Lima"), field("key", "k1", "hidden"), select("", "PE-LOR")];
  assert.deepEqual(entriesOf({ elements }), [["title", "Hernia"], ["consent=on", true], ["key", "k1"]]);
  assert.deepEqual(entriesOf({ elements: [field("title"), field("key", "k1", "hidden")] }), []);
});

test("it comes back into fields nobody has touched, and says whether anything changed", () => {
  const title = field("title");
  const place = Object.assign(field("place"), { value: "typed meanwhile" });
  const region = select("", "PE-LOR");
  const tick = box("consent", "on");
  const elements = [title, place, region, tick];
  /** @type {Entries} */ const entries = [["title", "Hernia"], ["place", "Cusco"], ["region", "PE-LOR"], ["consent=on", true], ["gone", "x"]];
  assert.equal(fill({ elements }, entries), true);
  assert.deepEqual([title.value, place.value, region.value, tick.checked], ["Hernia", "typed meanwhile", "PE-LOR", true]);
  assert.equal(fill({ elements }, entries), false);
});

test("rows that are not there yet are made, and no more than can be", () => {
  /** @type {any[]} */ const elements = [field("licences-0-number")];
  const more = () => elements.length < 3 && elements.push(field(`licences-${elements.length}-number`)) > 0;
  fill({ elements }, [["licences-2-number", "CMP 1"], ["licences-9-number", "never"]], more);
  assert.deepEqual(elements.map(({ value }) => value), ["", "", "CMP 1"]);
});

test("it is given back once, to the same person on the same tab, and not for ever", () => {
  const store = storage();
  let time = 0;
  const of = (/** @type {string} */ person) => new Typed(person, () => store, () => time);
  of("ana").keep("/plan/|/plan/|0", text, "sent");
  assert.equal(of("eva").take("/plan/|/plan/|0"), null);
  assert.equal(of("").take("/plan/|/plan/|0"), null);
  assert.deepEqual(of("ana").take("/plan/|/plan/|0")?.entries, text);
  assert.equal(of("ana").take("/plan/|/plan/|0"), null);
  of("ana").keep("a", text, "left");
  of("").keep("b", text, "switched");
  time = 11 * 60_000;
  assert.equal(of("").take("b"), null);
  time = 31 * 60_000;
  assert.equal(of("ana").take("a"), null);
});

test("what the server took is forgotten, the other forms stay; an emptied form is not kept", () => {
  const typed = new Typed("ana", storage);
  const store = storage();
  typed.storage = () => store;
  typed.keep("/a/|/a/|0", text, "sent");
  typed.keep("/a/|/b/|0", text, "sent");
  typed.forget((name) => name.split("|")[1] === "/a/");
  assert.deepEqual(typed.names(), ["/a/|/b/|0"]);
  typed.keep("/a/|/b/|0", [], "sent");
  assert.deepEqual(typed.names(), []);
});

test("blocked storage and a stranger's words in it hurt nobody", () => {
  const blocked = new Typed("ana", () => {
    throw new Error("blocked");
  });
  blocked.keep("a", text, "sent");
  assert.deepEqual([blocked.take("a"), blocked.names()], [null, []]);
  const store = storage();
  store.setItem("anfiteatro/ana/typed:a", "7");
  store.setItem("anfiteatro/ana/typed:b", "{");
  const typed = new Typed("ana", () => store);
  assert.deepEqual([typed.take("a"), typed.take("b")], [null, null]);
});
