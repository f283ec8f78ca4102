/** A draft on its way: every answer is kept on the device at once, and forgotten there when the server has it. */

import { answerId } from "#cases/draft_db.js";
import { delay } from "#lib/backoff.js";

/**
 * @typedef {import("#cases/draft_db.js").Answer} Answer
 * @typedef {import("#cases/draft_db.js").DraftDb} DraftDb
 * @typedef {"idle"|"typing"|"saving"|"saved"|"kept"|"signed_out"|"refused"} DraftState
 * @typedef {{who: string, base: number, fields: Record<string, string>, ages: Record<string, number>}} Sent
 * @typedef {{status: number, body: any}} Reply
 */

const PAUSE_MS = 800;
const SIGN_IN_MS = 30_000;

export class Draft {
  /** What the server does not have yet, by field. @type {Map<string, Answer>} */ pending = new Map();
  /** What the server did not take, by field: kept, and not sent again as it is. @type {Map<string, string>} */ wrong = new Map();
  /** @type {DraftState} */ state = "idle";
  /** Why everything was refused. */ reason = "";
  savedAt = 0;
  #attempt = 0;
  /** @type {any} */ #timer = null;
  /** @type {Promise<void>|null} */ #flight = null;

  /**
   * `send` rejects when there is no network. `onOther` is told of a field that somebody else changed.
   * @param {{key: string, who: string, case: string, revision: number, db: DraftDb, send: (body: Sent) => Promise<Reply>,
   *   onChange?: () => void, onOther?: (name: string, value: string) => void,
   *   later?: (action: () => void, ms: number) => any, cancel?: (timer: any) => void, now?: () => number}} options
   */
  constructor(options) {
    this.options = options;
    this.case = options.case;
    this.revision = options.revision;
    this.later = options.later ?? ((action, ms) => setTimeout(action, ms));
    this.cancel = options.cancel ?? ((timer) => clearTimeout(timer));
    this.now = options.now ?? Date.now;
  }

  /** Take over what an earlier page left behind, and send it. @returns {Promise<Answer[]>} */
  async adopt() {
    const { db, who, key } = this.options;
    const kept = (await db.all(who, key).catch(() => [])).filter(({ name }) => !this.pending.has(name));
    for (const answer of kept) this.pending.set(answer.name, answer);
    if (kept.length) this.#plan(0, "typing");
    return kept;
  }

  /** Somebody typed. @param {string} name @param {string} value */
  write(name, value) {
    const { who, key, db } = this.options;
    const answer = { id: answerId(who, key, name), who, key, case: this.case, name, value, at: this.now() };
    this.pending.set(name, answer);
    this.wrong.delete(name);
    this.#plan(PAUSE_MS, "typing");
    return db.put(answer).catch(() => {});
  }

  /** The person does not want it any more: what only this device has is gone. */
  async discard() {
    this.cancel(this.#timer);
    const answers = [...this.pending.values()];
    this.pending.clear();
    this.wrong.clear();
    for (const { id, at } of answers) await this.options.db.settle(id, at).catch(() => {});
    this.#become("idle");
  }

  /** How many answers only this device has. */
  get waiting() {
    return this.pending.size;
  }

  /** Try again now: the network, the person or the page came back. */
  retry() {
    this.#attempt = 0;
    return this.flush();
  }

  /** Send what there is. Resolves when that attempt is over. @returns {Promise<void>} */
  async flush() {
    this.cancel(this.#timer);
    if (this.#flight) {
      await this.#flight;
      if (this.state !== "typing") return;
    }
    const answers = [...this.pending.values()].filter(({ name }) => !this.wrong.has(name));
    if (!answers.length) return;
    this.#flight = this.#send(answers);
    await this.#flight;
  }

  /** @param {Answer[]} answers */
  async #send(answers) {
    this.#become("saving");
    const now = this.now();
    const fields = Object.fromEntries(answers.map(({ name, value }) => [name, value]));
    const ages = Object.fromEntries(answers.map(({ name, at }) => [name, Math.max(0, now - at)]));
    const body = { who: this.options.who, base: this.revision, fields, ages };
    const reply = await this.options.send(body).catch(() => ({ status: 0, body: null }));
    this.#flight = null;
    if (reply.status === 200) await this.#taken(answers, reply.body);
    else if (reply.status === 401 || (reply.status === 403 && !reply.body?.code)) this.#plan(SIGN_IN_MS, "signed_out");
    else if (reply.body?.code && reply.status < 500 && reply.status !== 429) this.#refused(reply.body.message);
    else this.#plan(Math.max(1_000, delay(this.#attempt++)), "kept");
  }

  /** @param {Answer[]} answers @param {any} body */
  async #taken(answers, body) {
    this.case = body.case;
    this.revision = body.revision;
    this.savedAt = this.now();
    this.#attempt = 0;
    for (const sent of answers) {
      const isSame = this.pending.get(sent.name)?.at === sent.at;
      if (sent.name in body.errors) {
        if (isSame) this.wrong.set(sent.name, body.errors[sent.name]);
        continue;
      }
      if (isSame) this.pending.delete(sent.name);
      await this.options.db.settle(sent.id, sent.at).catch(() => {});
    }
    for (const [name, value] of Object.entries(body.others)) {
      if (!this.pending.has(name)) this.options.onOther?.(name, /** @type {string} */ (value));
    }
    if (this.pending.size > this.wrong.size) this.#plan(PAUSE_MS, "typing");
    else this.#become("saved");
  }

  /** @param {string} reason */
  #refused(reason) {
    this.reason = reason;
    this.#become("refused");
  }

  /** @param {number} ms @param {DraftState} state */
  #plan(ms, state) {
    this.cancel(this.#timer);
    this.#timer = this.later(() => this.flush(), ms);
    this.#become(state);
  }

  /** @param {DraftState} state */
  #become(state) {
    this.state = state;
    this.options.onChange?.();
  }
}
