/** Commands on their way: kept until the server has answered, sent in order, never twice under two names. */

import { uuid } from "#lib/ids.js";

/**
 * @typedef {{cid: string, person: string, room: string, tab: string, order: number, at: number, do: string, fields: Record<string, any>,
 *   state: "waiting"|"sent"|"failed", error: string, deaths: number, ok: any}} Item
 * @typedef {import("#live/outbox_db.js").OutboxDb} OutboxDb
 * @typedef {import("#live/socket.js").Refusal} Refusal
 */

const WINDOW = 4;
const DEATHS_TO_PARK = 2;
/** What a person wrote is kept when it is refused; a refused click is only told. */
const WRITTEN = new Set(["chat.post", "question.ask"]);

export class Outbox {
  /** In the order of sending. @type {Item[]} */ items = [];
  /** @type {Set<string>} */ #flying = new Set();
  #window = WINDOW;
  #online = false;
  /** @type {any} */ #pause = null;
  /** The last place given. A clock may go back; places only go up. */ #last = 0;
  #hasAdopted = false;

  /**
   * @param {{person: string, room: string, tab: string, db: OutboxDb, send: (command: any) => Promise<any>, alive?: () => Promise<Set<string>>,
   *   onChange?: () => void, onRefused?: (item: Item, err: Refusal) => void, onAnswered?: (item: Item) => void,
   *   later?: (action: () => void, ms: number) => any, now?: () => number}} options
   */
  constructor(options) {
    this.options = options;
    this.later = options.later ?? ((action, ms) => setTimeout(action, ms));
    this.now = options.now ?? Date.now;
  }

  /** Take over what tabs of the same person that are no more left behind. */
  async adopt() {
    const alive = (await this.options.alive?.()) ?? new Set();
    const kept = await this.options.db.all(this.options.person, this.options.room);
    this.#goOnAfter(Math.max(0, ...kept.map((item) => item.order)));
    const known = new Set(this.items.map((item) => item.cid));
    const orphans = kept.filter((item) => !known.has(item.cid) && !alive.has(item.tab));
    for (const item of orphans) {
      item.tab = this.options.tab;
      this.#keep(item);
    }
    this.items = [...this.items, ...orphans].sort((a, b) => a.order - b.order);
    this.#changed();
  }

  /** What was pressed before the store could be read comes after all that is in it. @param {number} top */
  #goOnAfter(top) {
    if (this.#hasAdopted) this.#last = Math.max(this.#last, top);
    else {
      for (const item of this.items) {
        item.order += top;
        this.#keep(item);
      }
      this.#last += top;
    }
    this.#hasAdopted = true;
  }

  /** The person pressed send: named once, kept, then sent. @param {string} what @param {Record<string, any>} fields @returns {Item} */
  add(what, fields) {
    const at = this.now();
    const order = ++this.#last;
    const { person, room, tab } = this.options;
    /** @type {Item} */
    const item = { cid: uuid(), person, room, tab, order, at, do: what, fields, state: "waiting", error: "", deaths: 0, ok: null };
    this.items.push(item);
    this.#changed();
    this.#keep(item).then(() => this.#flush());
    return item;
  }

  /** After each hello: everything unanswered goes again. */
  ready() {
    this.#online = true;
    this.#flying.clear();
    this.#flush();
  }

  /** The connection died. `suspect`: perhaps of the command it was busy with. @param {boolean} suspect */
  lost(suspect) {
    this.#online = false;
    const first = this.items.find((item) => this.#flying.has(item.cid));
    this.#flying.clear();
    if (!first || !suspect) return;
    this.#window = 1; // one by one until the queue is empty: a link may carry a command and not four
    first.deaths += 1;
    if (first.deaths >= DEATHS_TO_PARK) this.#fail(first, "outbox.parked");
    else this.#keep(first);
  }

  /** Send a failed command again, under its own name. @param {string} cid */
  retry(cid) {
    const item = this.items.find((one) => one.cid === cid);
    if (!item) return;
    Object.assign(item, { state: "waiting", error: "", deaths: 0 });
    this.#changed();
    this.#keep(item).then(() => this.#flush());
  }

  /** Forget a command. @param {string} cid */
  discard(cid) {
    this.items = this.items.filter((item) => item.cid !== cid);
    this.options.db.remove(cid).catch(() => {});
    this.#changed();
  }

  /** Forget answered commands whose effect is seen. @param {(item: Item) => boolean} isSeen */
  settle(isSeen) {
    const left = this.items.filter((item) => item.state !== "sent" || !isSeen(item));
    if (left.length === this.items.length) return;
    this.items = left;
    this.#changed();
  }

  /** How many wait for the network or the server. */
  get waiting() {
    return this.items.filter((item) => item.state === "waiting").length;
  }

  #flush() {
    if (!this.#online || this.#pause !== null) return;
    for (const item of this.items) {
      if (this.#flying.size >= this.#window) return;
      if (item.state === "waiting" && !this.#flying.has(item.cid)) this.#send(item);
    }
    if (!this.#flying.size) this.#window = WINDOW;
  }

  /** @param {Item} item */
  async #send(item) {
    this.#flying.add(item.cid);
    try {
      const ok = await this.options.send({ do: item.do, cid: item.cid, ...item.fields });
      this.#flying.delete(item.cid);
      this.#answered(item, ok);
    } catch (error) {
      const err = /** @type {Refusal} */ (error);
      if (err.code === "connection.lost") return; // `lost` has taken note; it goes again after the next hello
      this.#flying.delete(item.cid);
      this.#refused(item, err);
    }
    this.#flush();
  }

  /** @param {Item} item @param {any} ok */
  #answered(item, ok) {
    item.state = "sent";
    item.ok = ok;
    this.options.db.remove(item.cid).catch(() => {});
    this.options.onAnswered?.(item);
    if (!WRITTEN.has(item.do)) this.items = this.items.filter((one) => one !== item);
    this.#changed();
  }

  /** @param {Item} item @param {Refusal} err */
  #refused(item, err) {
    if (err.retry) {
      this.#window = 1; // one by one until the queue is empty: a later command must not overtake
      this.#pause = this.later(() => {
        this.#pause = null;
        this.#flush();
      }, err.after_ms || 1_000);
    } else if (WRITTEN.has(item.do)) this.#fail(item, err.code);
    else {
      this.discard(item.cid);
      this.options.onRefused?.(item, err);
    }
  }

  /** @param {Item} item @param {string} error */
  #fail(item, error) {
    item.state = "failed";
    item.error = error;
    this.#keep(item);
    this.#changed();
  }

  /** @param {Item} item */
  #keep(item) {
    return this.options.db.put(item).catch(() => {});
  }

  #changed() {
    this.options.onChange?.();
  }
}
