import assert from "node:assert/strict";
import { test } from "node:test";

import { PAUSE_MS, RETRY_MS, Autosave } from "#cases/reviews/autosave.js";

import { bringTexts } from "./fakes.js";

bringTexts({ "review.saving": "…", "review.late": "late", "review.saved": "saved %(time)s" });

/** @param {number} status @param {Record<string, string|number>} body */
const json = (status, body) => new Response(JSON.stringify(body), { status });

/** A page whose server gives these answers, one after the other; a function may throw. @param {...(Response | (() => Response))} answers */
function page(...answers) {
  const seen = { said: "", revision: 0, posts: 0, timers: /** @type {{action: () => void, ms: number}[]} */ ([]) };
  const autosave = new Autosave({
    post: async () => {
      seen.posts += 1;
      const answer = answers.shift();
      return /** @type {Response} */ (typeof answer === "function" ? answer() : answer);
    },
    onSaved: (revision) => { seen.revision = revision; },
    say: (text) => { seen.said = text; },
    clock: () => "10:00",
    later: (action, ms) => { seen.timers = [{ action, ms }]; return seen.timers[0]; },
    never: () => { seen.timers = []; },
  });
  return { autosave, seen };
}

test("what is typed is saved after a pause, and the revision is the next save's", async () => {
  const { autosave, seen } = page(json(200, { revision: 4 }));
  autosave.typed();
  assert.equal(seen.timers[0].ms, PAUSE_MS);
  await autosave.now();
  assert.deepEqual([seen.revision, seen.said, seen.timers.length], [4, "saved 10:00", 0]);
});

test("nothing is sent when nothing was typed", async () => {
  const { autosave, seen } = page();
  await autosave.now();
  assert.equal(seen.posts, 0);
});

test("what is typed while a save is under way is saved after it", async () => {
  const { autosave, seen } = page(() => { autosave.typed(); return json(200, { revision: 1 }); }, json(200, { revision: 2 }));
  autosave.typed();
  await autosave.now();
  assert.equal(seen.timers.length, 1);
  await autosave.now();
  assert.deepEqual([seen.posts, seen.revision], [2, 2]);
});

test("a server that is away is asked again", async () => {
  const away = () => { throw new TypeError("Failed to fetch"); };
  const { autosave, seen } = page(away, json(503, {}), json(200, { revision: 1 }));
  autosave.typed();
  await autosave.now();
  assert.deepEqual([seen.said, seen.timers[0].ms], ["late", RETRY_MS]);
  await autosave.now();
  assert.equal(seen.said, "late");
  await autosave.now();
  assert.equal(seen.said, "saved 10:00");
});

test("a conflict is told and left to the person", async () => {
  const { autosave, seen } = page(json(409, { message: "Saved elsewhere.", revision: 9 }));
  autosave.typed();
  await autosave.now();
  assert.deepEqual([seen.said, seen.revision], ["Saved elsewhere.", 0]);
  autosave.typed();
  await autosave.now();
  assert.deepEqual([seen.posts, seen.timers.length], [1, 0]);
});

test("a refusal is told, and the next words are tried", async () => {
  const { autosave, seen } = page(json(422, { message: "Too long." }), json(200, { revision: 1 }));
  autosave.typed();
  await autosave.now();
  assert.deepEqual([seen.said, seen.timers.length], ["Too long.", 0]);
  autosave.typed();
  await autosave.now();
  assert.equal(seen.revision, 1);
});

test("signed out meanwhile, it waits for its person and is asked again", async () => {
  const { autosave, seen } = page(json(401, { code: "sign_in.needed" }), json(401, { code: "sign_in.other" }), json(200, { revision: 5 }));
  autosave.typed();
  await autosave.now();
  assert.deepEqual([seen.said, autosave.isDirty, seen.timers[0]?.ms], ["late", true, RETRY_MS]);
  await autosave.now();
  await autosave.now();
  assert.deepEqual([seen.revision, autosave.isDirty, seen.posts], [5, false, 3]);
});
