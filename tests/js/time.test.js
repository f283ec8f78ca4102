// Times as people read them: the event's zone and one's own.
import assert from "node:assert/strict";
import test from "node:test";

import { city, hereText } from "#lib/time.js";

import { bringTexts } from "./fakes.js";

bringTexts({ "time.here": "%(clock)s for you (%(city)s)", "time.here_on": "%(clock)s on %(day)s for you (%(city)s)" });
const given = { instant: "2026-05-04T13:30:00Z", zone: "America/Lima", own: "America/Argentina/Cordoba", language: "en" };

test("another zone on the same day tells the clock and the city", () => {
  assert.equal(hereText(given), "10:30 for you (Cordoba)");
});

test("an end makes a span", () => {
  assert.equal(hereText({ ...given, ends: "2026-05-04T17:00:00Z" }), "10:30–14:00 for you (Cordoba)");
});

test("another day is told too", () => {
  const late = { ...given, instant: "2026-05-05T03:30:00Z" };
  assert.match(hereText(late), /^00:30 on .*Tuesday.* for you \(Cordoba\)$/);
});

test("the event's own zone, or none, needs no second time", () => {
  assert.equal(hereText({ ...given, own: "America/Lima" }), "");
  assert.equal(hereText({ ...given, own: "" }), "");
});

test("cities lose their folders and underscores", () => {
  assert.equal(city("America/Argentina/Buenos_Aires"), "Buenos Aires");
  assert.equal(city("UTC"), "UTC");
});
