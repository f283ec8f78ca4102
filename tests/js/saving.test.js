import assert from "node:assert/strict";
import { test } from "node:test";

import { PAUSE_MS, RETRY_MS, Saving } from "#cases/reviews/saving.js";

import { bringTexts } from "./fakes.js";

bringTexts({ "review.saving": "…", "review.late": "late", "review.saved": "saved %(time)s" });

/** @param {number} status @param {Record<string, string|number>} body */
const json = (status, body) => new Response(JSON.stringify(body), { status });

/** A page whose server gives these answers, one after the other; a function may throw. @param {...(Response | (() => Response))} answers */
function page(...answers) {
  const seen = { said: "", revision: 0, posts: 0, timers: /** @type {{action: () => void, ms: number}[]} */ ([]) };
  const saving = new Saving({
    post: async () => {
      seen.posts += 1;
      const answer = answers.shift();
      return /** @type {Response} */ (typeof answer === "function" ? answer() : answer);
    },
    kept: (revision) => { seen.revision = revision; },
    say: (text) => { seen.said = text; },
    clock: () => "10:00",
    later: (action, ms) => { seen.timers = [{ action, ms }]; return seen.timers[0]; },
    never: () => { seen.timers = []; },
  });
  return { saving, seen };
}

test("what is typed is saved after a pause, and the revision is the next save's", async () => {
  const { saving, seen } = page(json(200, { revision: 4 }));
  saving.typed();
  assert.equal(seen.timers[0].ms, PAUSE_MS);
  await saving.now();
  assert.deepEqual([seen.revision, seen.said, seen.timers.length], [4, "saved 10:00", 0]);
});

test("nothing is sent when nothing was typed", async () => {
  const { saving, seen } = page();
  await saving.now();
  assert.equal(seen.posts, 0);
});

test("what is typed while a save is under way is saved after it", async () => {
  const { saving, seen } = page(() => { saving.typed(); return json(200, { revision: 1 }); }, json(200, { revision: 2 }));
  saving.typed();
  await saving.now();
  assert.equal(seen.timers.length, 1);
  await saving.now();
  assert.deepEqual([seen.posts, seen.revision], [2, 2]);
});

test("a server that is away is asked again", async () => {
  const away = () => { throw new TypeError("Failed to fetch"); };
  const { saving, seen } = page(away, json(503, {}), json(200, { revision: 1 }));
  saving.typed();
  await saving.now();
  assert.deepEqual([seen.said, seen.timers[0].ms], ["late", RETRY_MS]);
  await saving.now();
  assert.equal(seen.said, "late");
  await saving.now();
  assert.equal(seen.said, "saved 10:00");
});

test("a conflict is told and left to the person", async () => {
  const { saving, seen } = page(json(409, { message: "Saved elsewhere.", revision: 9 }));
  saving.typed();
  await saving.now();
  assert.deepEqual([seen.said, seen.revision], ["Saved elsewhere.", 0]);
  saving.typed();
  await saving.now();
  assert.deepEqual([seen.posts, seen.timers.length], [1, 0]);
});

test("a refusal is told, and the next words are tried", async () => {
  const { saving, seen } = page(json(422, { message: "Too long." }), json(200, { revision: 1 }));
  saving.typed();
  await saving.now();
  assert.deepEqual([seen.said, seen.timers.length], ["Too long.", 0]);
  saving.typed();
  await saving.now();
  assert.equal(seen.revision, 1);
});
