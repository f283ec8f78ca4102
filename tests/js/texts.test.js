// The sentences a page brought: found by name, filled, in the form a number wants.
import assert from "node:assert/strict";
import test from "node:test";

import { text } from "#lib/texts.js";

import { bringTexts } from "./fakes.js";

/** @type {Record<string, string|Record<string, string>>[]} */
const parts = [
  { plain: "plain %(name)s", many: { one: "%(count)s question", other: "%(count)s questions" }, share: "%(count)s (%(share)s%%)" },
  { "chat.empty": "Write.", bytes: "%(sent)s of %(all)s" },
];
bringTexts(...parts);

test("a sentence is filled, in the form its count wants", () => {
  assert.equal(text("plain", { name: "Ana" }), "plain Ana");
  assert.equal(text("many", { count: 1 }), "1 question");
  assert.equal(text("many", { count: 4 }), "4 questions");
  assert.equal(text("chat.empty"), "Write.");
  assert.equal(text("unknown.code"), "unknown.code");
});

test("every part of the page may bring sentences, and a place without a value is left empty", () => {
  const said = [text("bytes", { sent: 212, all: "480 KB" }), text("bytes", { sent: 1 }), text("unknown")];
  assert.deepEqual(said, ["212 of 480 KB", "1 of ", "unknown"]);
});

test("a name that runs from right to left does not turn the sentence around it", () => {
  assert.equal(text("plain", { name: "نور" }), "plain \u2068نور\u2069");
});

test("a per cent sign is doubled, as everywhere in gettext", () => {
  assert.equal(text("share", { count: 3, share: 60 }), "3 (60%)");
});

test("a form that the language knows and the page did not bring is the other one", () => {
  document.documentElement.lang = "es";
  assert.equal(new Intl.PluralRules("es").select(1_000_000), "many");
  assert.equal(text("many", { count: 1_000_000 }), "1000000 questions");
});
