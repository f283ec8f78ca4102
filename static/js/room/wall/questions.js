/** The question being answered and the next one, in letters as large as fit. */

import { one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { placeOf } from "#live/people.js";
import { nowAndNext } from "#live/question_order.js";

/** Characters up to which a text is set in the largest and the middle size. */
const SIZES = /** @type {[number, string][]} */ ([
  [90, "large"],
  [220, "middle"],
]);

/** @param {string} text */
const sizeOf = (text) => SIZES.find(([most]) => text.length <= most)?.[1] ?? "small";

/** @param {import("#live/page.js").Page} page */
export function questions(page) {
  const { client } = page;

  /** @param {string} name @param {import("#live/store.js").Question|undefined} question */
  function fill(name, question) {
    show(one(`#${name}`), !!question);
    if (!question) return;
    const words = one(`#${name}-text`);
    words.dataset.size = sizeOf(question.text);
    say(words, question.text);
    say(one(`#${name}-by`), text("wall.asked_by", { name: question.asker.name, place: placeOf(page, question.asker) }));
  }

  client.subscribe(({ state }) => {
    if (!state) return;
    const { now, next, left } = nowAndNext(state.questions, state.tallies);
    fill("now", now);
    fill("next", next);
    show(one("#quiet"), !now && !next);
    const more = left - (next ? 1 : 0);
    show(one("#left"), more > 0);
    say(one("#left"), more > 0 ? text("wall.left", { count: more }) : "");
  });
}
