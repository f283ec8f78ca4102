// What a page says is written once, so that whatever a translator made of it stays.
import assert from "node:assert/strict";
import { test } from "node:test";

import { say } from "#lib/dom.js";

/** An element that counts how often it is written. @param {string} brought */
function element(brought) {
  let words = brought;
  const made = {
    writes: 0,
    get textContent() {
      return words;
    },
    set textContent(value) {
      made.writes += 1;
      words = value;
    },
    /** As a page translator does. @param {string} value */
    translate: (value) => void (words = value),
  };
  return /** @type {any} */ (made);
}

test("the same words are written once, and not where the page brought them already", () => {
  const line = element("Connected");
  say(line, "Connected");
  say(line, "Connected");
  assert.equal(line.writes, 0);
  say(line, 7);
  say(line, 7);
  assert.deepEqual([line.writes, line.textContent], [1, "7"]);
});

test("what a page translator made of the words stays until there are others", () => {
  const line = element("");
  say(line, "Where is the artery?");
  line.translate("¿Dónde está la arteria?");
  say(line, "Where is the artery?");
  assert.deepEqual([line.writes, line.textContent], [1, "¿Dónde está la arteria?"]);
  say(line, "Thank you");
  assert.equal(line.textContent, "Thank you");
});
