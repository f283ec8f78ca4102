/** What can be done with a question, by whom and when; one list for buttons and keys. */

import { askText } from "#room/desk/dialogs.js";

/**
 * @typedef {import("#live/store.js").Question} Question
 * @typedef {{name: string, key: string, command: string, in: string[], run: (question: Question) => void}} Act
 */

/** @param {import("#live/page.js").Page} page */
export function acts({ client }) {
  /** @param {string} command @param {Question} question @param {Record<string, any>} [fields] */
  const send = (command, question, fields = {}) => client.send(command, { question: question.id, ...fields });

  /** Where what is typed about a question waits. @param {string} what @param {string} question */
  const kept = (what, question) => ({ shelf: client.shelf, name: `${what}:${question}` });

  client.onRefused(({ do: command, fields }) => {
    const [what, typed] = command === "question.answer" ? ["answer", fields.text] : ["reason", command === "question.dismiss" && fields.reason];
    if (typed) client.shelf.keep(kept(what, fields.question).name, typed); // the dialog has it when it is opened again
  });

  /** @type {Act[]} */
  const all = [
    { name: "approve", key: "a", command: "question.approve", in: ["pending", "dismissed"], run: (q) => send("question.approve", q) },
    { name: "take", key: "t", command: "question.take", in: ["approved"], run: (q) => send("question.take", q) },
    {
      name: "aloud",
      key: "e",
      command: "question.answer",
      in: ["approved", "taken"],
      run: (q) => send("question.answer", q, { mode: "aloud" }),
    },
    {
      name: "write",
      key: "w",
      command: "question.answer",
      in: ["approved", "taken"],
      run: async (q) => {
        const text = await askText("ask-answer", q.text, kept("answer", q.id));
        if (text) send("question.answer", q, { mode: "text", text });
      },
    },
    { name: "pin", key: "p", command: "question.pin", in: ["approved", "taken"], run: (q) => send("question.pin", q, { pinned: !q.pinned }) },
    {
      name: "dismiss",
      key: "d",
      command: "question.dismiss",
      in: ["pending"],
      run: async (q) => {
        const reason = await askText("ask-reason", q.text, kept("reason", q.id));
        if (reason) send("question.dismiss", q, { reason });
      },
    },
  ];

  return {
    all,
    /** @param {Act} act @param {Question} question */
    fits: (act, question) => client.can.has(act.command) && act.in.includes(question.status),
    /** @param {string} question @param {string} person empty: nobody */
    assign: (question, person) => client.send("question.assign", { question, person: person || null }),
    canAssign: () => client.can.has("question.assign"),
  };
}

/** @typedef {ReturnType<typeof acts>} Acts */
