// What is asked of our own server, and which of two answers counts.
import assert from "node:assert/strict";
import test from "node:test";

import { askJson, lastOnly } from "#lib/ask.js";

import { answering } from "./fakes.js";

test("an answer is read as JSON, and JSON is what is asked for", async (t) => {
  const asked = answering(t, { "/figures/": { here: 3 } });
  assert.deepEqual(await askJson("/figures/"), { here: 3 });
  assert.deepEqual(asked, [["/figures/", { headers: { Accept: "application/json" } }]]);
});

test("a refusal and a missing server both reject", async (t) => {
  answering(t, { "/refused/": 403 });
  await assert.rejects(askJson("/refused/"), /403/);
  await assert.rejects(askJson("/away/"), /no network/);
});

test("of two answers under way the last one asked for counts, whichever comes first", async () => {
  /** @type {Record<string, (answer: string) => void>} */ const answer = {};
  const ask = lastOnly((/** @type {string} */ country) => /** @type {Promise<string>} */ (new Promise((resolve) => (answer[country] = resolve))));
  const [panama, peru] = [ask("PA"), ask("PE")];
  answer.PE?.("Loreto");
  answer.PA?.("Colón");
  assert.deepEqual([await panama, await peru], [undefined, "Loreto"]);
});
