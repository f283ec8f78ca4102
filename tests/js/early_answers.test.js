import assert from "node:assert/strict";
import { test } from "node:test";
import { earlyAnswers } from "#cases/early_answers.js";

/** @param {string} name @param {string} value */
const text = (name, value, defaultValue = "") => ({ name, type: "textarea", value, defaultValue });
/** @param {string} name @param {boolean} checked */
const radio = (name, checked, defaultChecked = false) => ({ name, type: "radio", value: "x", checked, defaultChecked });
/** @param {string} name @param {string} value @param {string|null} brought */
const select = (name, value, brought, values = ["", "m", "f"]) => ({
  name,
  type: "select-one",
  value,
  options: values.map((each) => ({ value: each, defaultSelected: each === brought })),
});

test("what is as the page brought it was not typed", () => {
  const elements = [text("history", "Born at term", "Born at term"), radio("urgency", true, true), select("sex", "f", "f"), select("icu", "", null)];
  assert.deepEqual(earlyAnswers({ elements }), []);
});

test("words, a tick and a choice made early are found, each name once", () => {
  const elements = [text("history", "Born at term"), radio("urgency", false), radio("urgency", true), select("sex", "f", ""), text("exam", "", "Pink")];
  assert.deepEqual(earlyAnswers({ elements }), ["history", "urgency", "sex", "exam"]);
});

test("a radio changed early counts once though two buttons changed", () => {
  assert.deepEqual(earlyAnswers({ elements: [radio("urgency", false, true), radio("urgency", true)] }), ["urgency"]);
});

test("buttons, sets of fields and empty selects have nothing to tell", () => {
  const elements = [{ name: "next", type: "submit", value: "check" }, { name: "", type: "fieldset" }, select("course", "", null, [])];
  assert.deepEqual(earlyAnswers({ elements }), []);
});
