// What a column of a sheet sorts by.
import assert from "node:assert/strict";
import test from "node:test";

import { compare, valueOf } from "#lib/sheet.js";

/** @param {string} textContent @param {Record<string, string>} [dataset] */
const cell = (textContent, dataset = {}) => ({ textContent, dataset });

test("a cell's data-value wins over its text, and numbers are numbers", () => {
  assert.equal(valueOf(cell("1 h 5 min", { value: "65" })), 65);
  assert.equal(valueOf(cell(" 231 ")), 231);
  assert.equal(valueOf(cell("Loreto")), "Loreto");
  assert.equal(valueOf(cell("")), "");
});

test("numbers sort by size and come before words", () => {
  const values = ["Salta", 204, "Álava", 31, "zona 10", "zona 9"];
  assert.deepEqual(values.sort((a, b) => compare(a, b, "es")), [31, 204, "Álava", "Salta", "zona 9", "zona 10"]);
});
