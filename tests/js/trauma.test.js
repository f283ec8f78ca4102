// A trauma record's draft and progress.
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, answersOf } from "#trauma/draft.js";
import { isAnswered } from "#trauma/progress.js";

/** @param {string} name @param {string} value @param {boolean} isChosen */
const control = (name, value, isChosen) => ({ name, value, isChosen });

test("a draft keeps what was answered and no token", () => {
  assert.deepEqual(answersOf([["csrfmiddlewaretoken", "x"], ["sex", "1"], ["sbp", ""]]), [["sex", "1"]]);
});

test("what is no draft of ours is none", () => {
  for (const text of ["", "x", "{}", "null", "7"]) assert.deepEqual(entries(text), []);
  assert.deepEqual(entries('[["sex","1"],7,["a"]]'), [["sex", "1"]]);
});

test("a field is answered when every column that counts is", () => {
  assert.equal(isAnswered([control("sex", "1", false), control("sex", "2", false)], false), false);
  assert.equal(isAnswered([control("sex", "1", false), control("sex", "UNK", true)], false), true);
  const arrival = [control("arrival_year", "2026", true), control("arrival_year_unknown", "on", false)];
  assert.equal(isAnswered([...arrival, control("arrival_hour", "", false), control("arrival_hour_unknown", "on", false)], false), false);
  assert.equal(isAnswered([...arrival, control("arrival_hour", "", false), control("arrival_hour_unknown", "on", true)], false), true);
});

test("an optional column neither answers nor holds up", () => {
  assert.equal(isAnswered([control("avpu", "A", true), control("gcs", "", false)], false), true);
  assert.equal(isAnswered([control("avpu", "A", false), control("gcs", "14", true)], false), false);
});

test("one tap answers the regions left empty, and a road that was none its protection", () => {
  const regions = [control("region_head", "3", true), control("region_legs", "", false)];
  assert.equal(isAnswered(regions, false), false);
  assert.equal(isAnswered(regions, true), true);
  assert.equal(isAnswered([control("road_user", "4", true), control("protection", "1", false)], false), true);
});
