/** A client of one room: connection, journal, store and outbox put together. Pages subscribe and send. */

import { csrfToken } from "#lib/config.js";
import { deviceId, uuid } from "#lib/ids.js";
import { Shelf } from "#lib/shelf.js";
import { Journal } from "#live/journal.js";
import { LongPoll } from "#live/longpoll.js";
import { Outbox } from "#live/outbox.js";
import { openDb } from "#live/outbox_db.js";
import { Link } from "#live/socket.js";
import { apply, begin, ephemeral } from "#live/store.js";
import { declareOpen, openTabs } from "#live/open_tabs.js";

/**
 * @typedef {import("#live/page.js").RoomConfig} RoomConfig
 * @typedef {import("#live/outbox.js").Item} Item
 * @typedef {import("#live/socket.js").Refusal} Refusal
 */

const SUBPROTOCOL = "anfiteatro.v1";
const RENDER_MS = 30;
const BEHIND_MS = 2_000;

export class RoomClient {
  /** @type {import("#live/store.js").State|null} */ state = null;
  /** @type {import("#live/store.js").Me|null} */ me = null;
  /** Commands this person may give. @type {Set<string>} */ can = new Set();
  /** @type {Record<string, number>} */ limits = {};
  /** The last close code. */ code = 0;
  /** Server clock minus this one, ms. */ skew = 0;
  #journal = new Journal();
  /** @type {((client: RoomClient) => void)[]} */ #listeners = [];
  /** @type {((item: Item, err: Refusal) => void)[]} */ #refusals = [];
  #planned = false;

  /**
   * @param {RoomConfig} config
   * @param {{profile?: string, isProfileChosen?: boolean, reload?: () => void, patience?: number}} [options] `isProfileChosen`: what the person chose last
   */
  constructor(config, { profile = "full", isProfileChosen = false, reload = () => location.reload(), patience = 1_000 } = {}) {
    this.patience = patience;
    this.config = config;
    this.skew = Date.parse(config.now) - Date.now();
    this.shelf = new Shelf(config.me.id);
    this.profile = (isProfileChosen && this.shelf.recall("profile")) || profile;
    this.device = deviceId(this.shelf);
    this.reloadPage = reload;
    /** @type {Link} */ this.link = new Link({
      ticket: config.ticket,
      open: (ticket) => /** @type {any} */ (new WebSocket(`${config.socket}?ticket=${encodeURIComponent(ticket)}`, SUBPROTOCOL)),
      fallback: () => {
        const { events, commands } = /** @type {{events: string, commands: string}} */ (config.urls);
        return new LongPoll({
          ...{ events, commands, device: this.device, position: () => this.#position() },
          ...{ ticket: () => this.link.ticket, renew: () => this.link.renewTicket() },
        });
      },
      freshTicket: () => this.#freshTicket(),
      hello: () => ({ ...this.#position(), device: this.device, profile: this.profile }),
      seen: () => this.#journal.last,
      onHello: (ok) => this.#welcomed(ok),
      onFrame: (frame) => this.#pushed(frame),
      onState: (_, code) => {
        if (code) this.code = code;
        this.#changed();
      },
      onDeath: (suspect) => this.outbox?.lost(suspect && navigator.onLine),
    });
  }

  /** Connect, and take up what was left unsent. */
  async start() {
    const tab = uuid();
    declareOpen(tab);
    this.outbox = new Outbox({
      person: this.config.me.id,
      room: this.config.room,
      tab,
      db: await openDb(),
      alive: openTabs,
      send: (command) => this.link.command(command),
      onChange: () => this.#changed(),
      onAnswered: (item) => this.#confirmed(item),
      onRefused: (item, err) => this.#refusals.forEach((tell) => tell(item, err)),
    });
    await this.outbox.adopt();
    this.link.connect();
    addEventListener("online", () => this.link.probe(true));
    addEventListener("offline", () => this.link.drop());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.link.probe());
  }

  /** A command by way of the outbox. @param {string} what @param {Record<string, any>} [fields] */
  send(what, fields = {}) {
    return /** @type {Outbox} */ (this.outbox).add(what, fields);
  }

  /** Called at most every few dozen milliseconds after something changed. @param {(client: RoomClient) => void} listener */
  subscribe(listener) {
    this.#listeners.push(listener);
  }

  /** A click was refused. @param {(item: Item, err: Refusal) => void} listener */
  onRefused(listener) {
    this.#refusals.push(listener);
  }

  /** The server's time, ms. */
  now() {
    return Date.now() + this.skew;
  }

  /** Commands of a kind that are not seen done yet. @param {...string} kinds @returns {Item[]} */
  unseen(...kinds) {
    return (this.outbox?.items ?? []).filter((item) => kinds.includes(item.do));
  }

  /** May this person give the command? Before the first hello nobody knows, and what is written waits. @param {string} command */
  may(command) {
    return !this.me || this.can.has(command);
  }

  /** Whoever this page was made for is not who is here now. Nothing of theirs is sent; what they left stays theirs. */
  reload() {
    this.link.leave();
    this.reloadPage();
  }

  #position() {
    return { epoch: this.#journal.epoch, since: this.#journal.last };
  }

  /** @param {any} ok */
  #welcomed(ok) {
    if (ok.me.id !== this.config.me.id) return this.reload();
    this.me = ok.me;
    this.can = new Set(ok.can);
    this.limits = ok.limits;
    this.code = 0;
    if (ok.mode === "snapshot") {
      this.state = begin(ok.snapshot);
      this.#journal.restart(ok.epoch, ok.top);
    } else this.#journal.reconnected();
    this.outbox?.adopt().then(() => this.outbox?.ready());
    this.#changed();
  }

  /** @param {any} frame */
  #pushed(frame) {
    if (frame.eph?.me && frame.eph.me.id !== this.config.me.id) return this.reload();
    if (frame.ev) this.#take(frame.ev);
    if (frame.eph && this.state) {
      this.state = ephemeral(this.state, frame.eph);
      if (frame.eph.me) this.me = frame.eph.me;
      if (frame.eph.can) this.can = new Set(frame.eph.can);
    }
    if (frame.ping) {
      this.skew = Date.parse(frame.ping.now) - Date.now() + (this.link.roundTrip ?? 0) / 2;
      setTimeout(() => this.#journal.behind(frame.ping.top).forEach((st) => this.#fetchMissing(st)), BEHIND_MS);
      if (document.visibilityState === "visible") this.link.probe();
    }
    this.#changed();
  }

  /** @param {import("#live/journal.js").Entry[]} entries */
  #take(entries) {
    const { ready, holes } = this.#journal.take(entries);
    if (this.state) this.state = ready.reduce(apply, this.state);
    for (const st of holes) this.#fetchMissing(st);
  }

  /** @param {string} st */
  async #fetchMissing(st) {
    try {
      const { entries, more } = await this.link.command({ do: "history", st, since: this.#journal.last[st] ?? 0 });
      this.#journal.told(st);
      this.#take(entries);
      if (more && this.#journal.behind({ [st]: Infinity }).length) this.#fetchMissing(st);
    } catch {
      this.#journal.told(st);
    }
    this.#changed();
  }

  /** What the server confirmed is true at once, before its next push says so. @param {Item} item */
  #confirmed(item) {
    if (!this.me) return;
    const { question, poll, option } = item.fields;
    const votes = this.me.votes.filter((id) => id !== question);
    if (item.do === "question.vote") this.me = { ...this.me, votes: [...votes, question] };
    else if (item.do === "question.unvote") this.me = { ...this.me, votes };
    else if (item.do === "poll.vote") this.me = { ...this.me, poll_votes: { ...this.me.poll_votes, [poll]: option } };
    else if (item.do.startsWith("hand.") && !item.fields.person) this.me = { ...this.me, hand: item.do === "hand.raise" };
  }

  /**
   * A ticket or a final close code. Another tab may be just getting a new cookie: a first "signed out" is asked once more.
   * @returns {Promise<string|number>}
   */
  async #freshTicket(isFirst = true) {
    const address = /** @type {string} */ (this.config.urls.ticket);
    const body = new URLSearchParams({ person: this.config.me.id });
    const response = await fetch(address, { method: "POST", headers: { "X-CSRFToken": csrfToken() }, body, credentials: "same-origin" });
    if (response.status === 401 && isFirst) {
      await new Promise((resolve) => setTimeout(resolve, this.patience));
      return this.#freshTicket(false);
    }
    if ([401, 409].includes(response.status)) this.reload(); // signed out, or another person: nothing of theirs stays on the screen
    if (response.status === 401) return 4501;
    if ([403, 409].includes(response.status)) return 4503;
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()).ticket;
  }

  /** @param {Item} item */
  #isSeen(item) {
    const passed = (this.#journal.last[item.ok.st] ?? (item.ok.st === "desk" ? Infinity : 0)) >= item.ok.seq;
    if (item.do !== "question.ask" || !item.ok.question) return passed;
    return !!this.me?.questions.some((question) => question.id === item.ok.question);
  }

  #changed() {
    if (this.#planned) return;
    this.#planned = true;
    setTimeout(() => {
      this.#planned = false;
      this.outbox?.settle((item) => this.#isSeen(item));
      for (const listener of this.#listeners) listener(this);
    }, RENDER_MS);
  }
}
