import assert from "node:assert/strict";
import { test } from "node:test";

import { clockface, hour, weight } from "#lib/moments.js";
import { findingOf, verdictOf } from "#room/check.js";

test("a clock face counts up, hours only when there are some", () => {
  assert.deepEqual([0, 59_999, 247_000, 3_847_000, -5].map(clockface), ["0:00", "0:59", "4:07", "1:04:07", "0:00"]);
});

test("an instant in the event's zone", () => {
  assert.equal(hour("2026-05-04T14:05:00Z", "en", "America/Lima"), "09:05");
});

test("bytes as people read them", () => {
  assert.equal(weight(840, "en"), "840 byte");
  assert.equal(weight(1_420, "en"), "1.4 kB");
  assert.equal(weight(1_400_000, "en"), "1.4 MB");
});

test("a connection is judged by its median and by what came late", () => {
  assert.deepEqual(findingOf([100, 100, 900, 100, Infinity]), { median: 100, late: 2, count: 5 });
  assert.equal(verdictOf({ median: 90, late: 0, count: 8 }), "good");
  assert.equal(verdictOf({ median: 600, late: 0, count: 8 }), "fair");
  assert.equal(verdictOf({ median: 90, late: 1, count: 8 }), "fair");
  assert.equal(verdictOf({ median: 90, late: 3, count: 8 }), "poor");
  assert.equal(verdictOf(findingOf([Infinity, Infinity])), "poor");
});
