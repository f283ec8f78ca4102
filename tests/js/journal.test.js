import assert from "node:assert/strict";
import { test } from "node:test";

import { Journal } from "#live/journal.js";

const entry = (/** @type {number} */ seq, st = "room") => ({ st, seq, kind: "chat.posted", at: "", by: null, d: {} });
const seqs = (/** @type {{seq: number}[]} */ entries) => entries.map(({ seq }) => seq);

/** @param {Record<string, number>} top */
function at(top) {
  const journal = new Journal();
  journal.restart("e1", top);
  return journal;
}

test("the next entry is applied, an old one dropped", () => {
  const journal = at({ room: 4 });
  const { ready, holes } = journal.take([entry(3), entry(4), entry(5), entry(5), entry(6)]);
  assert.deepEqual([seqs(ready), holes, journal.last], [[5, 6], [], { room: 6 }]);
});

test("a hole is asked for once, and what came too early waits for it", () => {
  const journal = at({ room: 1 });
  assert.deepEqual(journal.take([entry(4)]), { ready: [], holes: ["room"] });
  assert.deepEqual(journal.take([entry(5)]), { ready: [], holes: [] });
  journal.told("room");
  assert.deepEqual(seqs(journal.take([entry(2), entry(3)]).ready), [2, 3, 4, 5]);
});

test("a hole that one frame both opens and fills is not asked for", () => {
  assert.deepEqual(seqs(at({ room: 1 }).take([entry(3), entry(2)]).ready), [2, 3]);
  assert.deepEqual(at({ room: 1 }).take([entry(3), entry(2)]).holes, []);
});

test("the two streams are counted apart, a stream one does not hear is ignored", () => {
  const journal = at({ room: 1 });
  assert.deepEqual(journal.take([entry(1, "desk"), entry(2)]).ready, [entry(2)]);
  assert.deepEqual(at({ room: 1, desk: 7 }).take([entry(8, "desk")]).ready, [entry(8, "desk")]);
});

test("the server's top tells what is missing, once", () => {
  const journal = at({ room: 3, desk: 2 });
  assert.deepEqual(journal.behind({ room: 5, desk: 2 }), ["room"]);
  assert.deepEqual(journal.behind({ room: 5, desk: 2 }), []);
  journal.reconnected();
  assert.deepEqual(journal.behind({ room: 5, desk: 2 }), ["room"]);
});

test("a new epoch begins anew", () => {
  const journal = at({ room: 9 });
  journal.take([entry(12)]);
  journal.restart("e2", { room: 2 });
  assert.deepEqual(seqs(journal.take([entry(3)]).ready), [3]);
  assert.equal(journal.epoch, "e2");
});
