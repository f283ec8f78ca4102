// The code at the door and the headcount of the sheet.
import assert from "node:assert/strict";
import test from "node:test";

import { renew } from "#attendance/code.js";
import { recount } from "#attendance/headcount.js";

const away = () => Promise.reject(new Error("no network"));
const door = () => ({ image: { src: "old.png" }, spoken: { textContent: "OLD" }, late: { hidden: true } });

test("a new code replaces the old one and says when to ask again", async () => {
  const parts = door();
  parts.late.hidden = false;
  const wait = await renew(parts, async () => ({ image: "new.png", spoken: "K7 Q2", next_ms: 28_000 }));
  assert.equal(wait, 28_000);
  assert.deepEqual(parts, { image: { src: "new.png" }, spoken: { textContent: "K7 Q2" }, late: { hidden: true } });
});

test("without an answer the old code stays, a word says so, and it is asked again soon", async () => {
  const parts = door();
  const wait = await renew(parts, away);
  assert.deepEqual(parts, { image: { src: "old.png" }, spoken: { textContent: "OLD" }, late: { hidden: false } });
  assert.ok(wait > 0 && wait < 28_000);
});

const places = () => ["remote", "or", "unheard_of"].map((count) => ({ dataset: { count }, textContent: "7" }));

test("each place shows its own figure, a zero too, and none where none is told", async () => {
  const shown = places();
  await recount(shown, async () => ({ remote: 160, or: 0, auditorium: 75 }));
  assert.deepEqual(shown.map((place) => place.textContent), ["160", "0", ""]);
});

test("without an answer the figures stay", async () => {
  const shown = places();
  await recount(shown, away);
  assert.deepEqual(shown.map((place) => place.textContent), ["7", "7", "7"]);
});
