/** The questions of the room: votes, order, the one being answered. The order rests while somebody reads it. */

import { List, one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { ago, placeOf } from "#live/people.js";
import { answered, inOrder, nowAndNext, voted } from "#live/question_order.js";

/** @typedef {import("#live/store.js").Question} Question */

const VOTES = /** @type {const} */ (["question.vote", "question.unvote"]);

/** What is said beside it: the name of a text, empty for none. @param {Question} question */
function noteOf({ status, pinned }) {
  if (status === "taken") return "question.taken_now";
  return pinned && status === "approved" ? "question.pinned" : "";
}

/** @param {import("#live/page.js").Page} page */
export function questions(page) {
  const { client, config } = page;
  const scroller = one("#questions-scroll");
  const openList = one("#questions-list");
  const pill = one("#questions-new");
  /** Ids in the order drawn. @type {string[]} */ let drawn = [];
  /** @type {Map<string, Question>} */ const known = new Map();

  /** @param {import("#lib/dom.js").Stamp} made @param {string} id */
  const wire = ({ slot }, id) =>
    slot.vote?.addEventListener("click", () => {
      const { mine } = look(id);
      client.send(mine ? "question.unvote" : "question.vote", { question: id });
    });
  const list = new List(openList, "t-question", wire);
  const past = new List(one("#answered-list"), "t-question", wire);

  /** @param {string} id */
  const look = (id) => voted(id, client.state?.tallies[id] ?? 0, client.me?.votes ?? [], client.unseen(...VOTES));

  /** @param {import("#lib/dom.js").Stamp} made @param {Question} question */
  function fill({ root, slot }, question) {
    const parts = /** @type {Record<string, HTMLElement>} */ (slot);
    const { vote, count, voteLabel, mark, text: words, who, place, age, answer, answerBy, answerText } = parts;
    const isGone = !client.state?.questions.some((one) => one.id === question.id);
    const { mine, count: votes } = look(question.id);
    root.className = `question question-${isGone ? "gone" : question.status}${question.pinned ? " question-pinned" : ""}`;
    vote.setAttribute("aria-pressed", String(mine));
    /** @type {HTMLButtonElement} */ (vote).disabled = isGone || question.status === "answered" || question.asker.id === config.me.id;
    say(count, votes);
    say(voteLabel, text(mine ? "question.voted" : "question.votes", { count: votes }));
    const note = isGone ? "question.gone" : noteOf(question);
    show(mark, !!note);
    if (note) say(mark, text(note));
    say(words, question.text);
    say(who, question.asker.name);
    say(place, placeOf(page, question.asker));
    say(age, ago(page, question.asked_at, "asked"));
    show(answer, !!question.answer);
    if (question.answer) {
      say(answerBy, text(`answered.${question.answer.mode}`, { name: question.answer.by?.name ?? "" }));
      say(answerText, question.answer.text);
    }
  }

  function isReading() {
    if (!scroller.clientHeight) return false;
    const isHovered = matchMedia("(hover: hover)").matches && openList.matches(":hover");
    const isFocused = openList.querySelector(":focus-visible") !== null; // a tapped vote keeps a focus nobody sees
    return scroller.scrollTop > openList.offsetTop || isHovered || isFocused;
  }

  function draw(force = false) {
    const { state } = client;
    if (!state) return;
    const order = inOrder(state.questions, state.tallies);
    for (const question of state.questions) known.set(question.id, question);
    const waits = force || !isReading() ? [] : order.filter((question) => !drawn.includes(question.id));
    if (force || !isReading()) drawn = order.map((question) => question.id);
    show(pill, waits.length > 0);
    if (waits.length) say(pill, text("question.new", { count: waits.length }));
    const done = answered(state.questions);
    const shown = drawn.map((id) => known.get(id)).filter((q) => q !== undefined);
    list.show(shown, (question) => question.id, fill);
    past.show(done.filter((question) => !drawn.includes(question.id)), (question) => question.id, fill);
    show(one("#questions-empty"), drawn.length === 0);
    show(one("#answered"), done.length > 0);
    say(one("#answered-count"), done.length);
    drawNow(state);
  }

  /** The lit one, where everybody sees it. @param {import("#live/store.js").State} state */
  function drawNow(state) {
    const { now } = nowAndNext(state.questions, state.tallies);
    show(one("#now"), !!now);
    if (!now) return;
    say(one("#now-text"), now.text);
    say(one("#now-by"), text("question.by", { name: now.asker.name, place: placeOf(page, now.asker) }));
  }

  pill.addEventListener("click", () => {
    draw(true);
    scroller.scrollTop = 0;
  });
  for (const event of ["pointerleave", "focusout"]) openList.addEventListener(event, () => setTimeout(draw, 0));
  scroller.addEventListener("scroll", () => scroller.scrollTop === 0 && draw(), { passive: true });
  client.subscribe(() => draw());
}
