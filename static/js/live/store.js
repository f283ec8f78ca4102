/** The room as this client knows it: a snapshot, and what each entry and each ephemeral push changes in it. Pure. */

/**
 * @typedef {import("#live/journal.js").Entry} Entry
 * @typedef {{id: string, name: string, role: string, channel: string, region: string}} Card
 * @typedef {{mode: "aloud"|"text", text: string, by: {id: string, name: string, role: string}|null}} Answer
 * @typedef {{id: string, text: string, asker: Card, asked_at: string, status: string, pinned: boolean, assigned_to: any,
 *   approved_at: string|null, taken_at: string|null, closed_at: string|null, answer: Answer|null, reason?: string}} Question
 * @typedef {{id: string, text: string, options: string[], opened_at: string, closed_at: string|null, results: number[]|null}} Poll
 * @typedef {{person: Card, raised_at: string}} Hand
 * @typedef {{questions: Question[], hands: Hand[], muted: Card[], banned: Card[], assigned: Record<string, {id: string, name: string}>,
 *   overdue: boolean}} Desk
 * @typedef {{id: string, text: string, status: string, asked_at: string, before: number, answer: Answer|null, reason: string}} OwnQuestion
 * @typedef {{id: string, name: string, role: string, channel: string, region: string, muted: boolean, hand: boolean,
 *   questions: OwnQuestion[], votes: string[], poll_votes: Record<string, number>}} Me
 * @typedef {{stage: string, stopped: boolean, live_at: string|null, starts_at: string, planned_end_at: string, chat: Entry[],
 *   questions: Question[], polls: Poll[], presence: Record<string, number>, tallies: Record<string, number>,
 *   poll_tallies: Record<string, number[]>, desk?: Desk}} Snapshot
 * @typedef {Snapshot & {gone: Record<string, true>}} State
 */

/** As many messages as the server's snapshot has. */
export const CHAT_KEPT = 200;

/** @param {Snapshot} snapshot @returns {State} */
export function begin(snapshot) {
  return { ...snapshot, gone: {} };
}

/** @template {{id: string}} T @param {T[]} list @param {string} id @param {Partial<T>} changes @returns {T[]} */
const change = (list, id, changes) => list.map((item) => (item.id === id ? { ...item, ...changes } : item));

/** @template {{id: string}} T @param {T[]} list @param {string} id @returns {T[]} */
const without = (list, id) => list.filter((item) => item.id !== id);

/** @param {State} state @param {(desk: Desk) => Partial<Desk>} changes @returns {State} */
const onDesk = (state, changes) => (state.desk ? { ...state, desk: { ...state.desk, ...changes(state.desk) } } : state);

/** @param {Record<string, any>} map @param {string} key */
function dropKey(map, key) {
  const { [key]: _, ...rest } = map;
  return rest;
}

/** A question that is no longer anywhere. Remembered: the two streams may tell its story out of step. @param {State} state @param {string} id */
function leave(state, id) {
  const left = { ...state, questions: without(state.questions, id), tallies: dropKey(state.tallies, id), gone: { ...state.gone, [id]: true } };
  return onDesk(/** @type {State} */ (left), (desk) => ({
    questions: without(desk.questions, id),
    assigned: dropKey(desk.assigned ?? {}, id),
  }));
}

/** @param {Card[]} cards @param {Card} person @param {boolean} listed */
const listing = (cards, person, listed) => (listed ? [...without(cards, person.id), person] : without(cards, person.id));

/** @type {Record<string, (state: State, d: any, entry: Entry) => State>} */
const KINDS = {
  "chat.posted": (state, _, entry) => ({ ...state, chat: [...state.chat, entry].slice(-CHAT_KEPT) }),
  "chat.hidden": (state, d) => ({
    ...state,
    chat: state.chat.map((entry) => (entry.d.id === d.id ? { ...entry, d: { ...entry.d, text: "", hidden: true } } : entry)),
  }),
  "question.asked": (state, d) =>
    state.gone[d.id] || state.questions.some((question) => question.id === d.id)
      ? state
      : onDesk(state, (desk) => ({ questions: [...without(desk.questions, d.id), d] })),
  "question.approved": (state, d) =>
    onDesk({ ...state, questions: [...without(state.questions, d.id), d] }, (desk) => ({ questions: without(desk.questions, d.id) })),
  "question.dismissed": (state, d) =>
    onDesk(state, (desk) => ({ questions: change(desk.questions, d.id, { status: "dismissed", reason: d.reason }) })),
  "question.merged": (state, d) => leave(state, d.id),
  "question.withdrawn": (state, d) => leave(state, d.id),
  "question.assigned": (state, d) =>
    onDesk(state, (desk) => ({ assigned: d.to ? { ...desk.assigned, [d.id]: d.to } : dropKey(desk.assigned ?? {}, d.id) })),
  "question.pinned": (state, d) =>
    onDesk({ ...state, questions: change(state.questions, d.id, { pinned: d.pinned }) }, (desk) => ({
      questions: change(desk.questions, d.id, { pinned: d.pinned }),
    })),
  "question.taken": (state, d) => ({
    ...state,
    questions: state.questions.map((question) => {
      if (question.id === d.id) return { ...question, status: "taken", taken_at: d.taken_at };
      return question.status === "taken" ? { ...question, status: "approved", taken_at: null } : question;
    }),
  }),
  "question.answered": (state, d) => ({
    ...state,
    questions: change(state.questions, d.id, { status: "answered", answer: d.answer, closed_at: d.closed_at }),
  }),
  "poll.opened": (state, d) => ({ ...state, polls: [...without(state.polls, d.id), d] }),
  "poll.closed": (state, d) => ({ ...state, polls: change(state.polls, d.id, { results: d.results, closed_at: d.closed_at }) }),
  "person.muted": (state, d) => onDesk(state, (desk) => ({ muted: listing(desk.muted, d.person, d.muted) })),
  "person.banned": (state, d) => onDesk(state, (desk) => ({ banned: listing(desk.banned, d.person, d.banned) })),
  "stage.changed": (state, d) => ({ ...state, stage: d.stage, live_at: d.live_at }),
  "stage.overdue": (state) => onDesk(state, () => ({ overdue: true })),
  "session.moved": (state, d) =>
    onDesk({ ...state, starts_at: d.starts_at, planned_end_at: d.planned_end_at }, () => ({ overdue: false })),
  "safety.stopped": (state) => ({ ...state, stopped: true }),
  "safety.cleared": (state) => ({ ...state, stopped: false }),
};

/** Every kind this client understands. */
export const kinds = Object.keys(KINDS);

/** The room after one entry; an unknown kind changes nothing. @param {State} state @param {Entry} entry @returns {State} */
export function apply(state, entry) {
  const reduce = KINDS[entry.kind];
  return reduce ? reduce(state, entry.d, entry) : state;
}

/** The room after an ephemeral push: the last value wins. @param {State} state @param {any} eph @returns {State} */
export function ephemeral(state, eph) {
  let next = state;
  if (eph.presence) next = { ...next, presence: { ...next.presence, ...eph.presence } };
  if (eph.tallies) next = { ...next, tallies: { ...next.tallies, ...eph.tallies } };
  if (eph.poll_tallies) next = { ...next, poll_tallies: { ...next.poll_tallies, ...eph.poll_tallies } };
  if (eph.hands) next = onDesk(next, () => ({ hands: eph.hands }));
  return next;
}
