// What is typed into a dialog of the desk waits until it was taken.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Shelf } from "#lib/shelf.js";
import { acts } from "#room/desk/acts.js";
import { askText } from "#room/desk/dialogs.js";

import { storing } from "./fakes.js";

/** A page with one dialog. @param {import("node:test").TestContext} t */
function page(t) {
  storing(t);
  const field = { value: "", oninput: () => {} };
  const querySelector = (/** @type {string} */ name) => (name.includes("textarea") ? field : null);
  const dialog = Object.assign(new EventTarget(), { returnValue: "", showModal() {}, querySelector });
  const before = globalThis.document;
  globalThis.document = /** @type {any} */ ({ querySelector: () => dialog });
  t.after(() => void (globalThis.document = before));
  const type = (/** @type {string} */ words) => {
    field.value = words;
    field.oninput();
  };
  const close = (/** @type {string} */ value) => {
    dialog.returnValue = value;
    dialog.dispatchEvent(new Event("close"));
  };
  return { field, type, close };
}

test("left by the Escape key it is there the next time; sent or cancelled it is not", async (t) => {
  const { field, type, close } = page(t);
  const kept = { shelf: new Shelf("ana"), name: "answer:q" };
  let answer = askText("ask-answer", "", kept);
  type("Clip the artery first");
  close("");
  assert.equal(await answer, null);
  answer = askText("ask-answer", "", kept);
  assert.equal(field.value, "Clip the artery first");
  close("yes");
  assert.equal(await answer, "Clip the artery first");
  for (const way of ["no", "yes"]) {
    answer = askText("ask-answer", "", kept);
    assert.equal(field.value, "");
    type("Something else");
    close(way);
    await answer;
  }
  assert.equal(kept.shelf.recall("answer:q"), "");
});

test("an answer that was refused is in the dialog when it is opened again, for its person", async (t) => {
  const { field, type, close } = page(t);
  /** @type {((item: any) => void)[]} */ const refusals = [];
  /** @type {any[]} */ const sent = [];
  const shelf = new Shelf("ana");
  const onRefused = (/** @type {any} */ listener) => refusals.push(listener);
  const client = { shelf, can: new Set(), onRefused, send: (/** @type {any[]} */ ...what) => sent.push(what) };
  const write = acts(/** @type {any} */ ({ client })).all.find(({ name }) => name === "write");
  const question = /** @type {any} */ ({ id: "q", text: "Which clip?" });
  let run = write?.run(question);
  type("The large one");
  close("yes");
  await run;
  assert.deepEqual(sent, [["question.answer", { question: "q", mode: "text", text: "The large one" }]]);
  refusals.forEach((tell) => tell({ do: "question.answer", fields: sent[0][1] }));
  refusals.forEach((tell) => tell({ do: "question.pin", fields: { question: "q" } }));
  run = write?.run(question);
  assert.equal(field.value, "The large one");
  close("no");
  await run;
  assert.equal(new Shelf("eva").recall("answer:q"), "");
});
