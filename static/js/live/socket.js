/** One connection to a room, kept alive: hello, replies, beats, reconnects. Knows nothing of what the entries mean. */

import { delay } from "#lib/backoff.js";
import { STABLE_MS, verdict } from "#live/close_codes.js";

/**
 * @typedef {{onopen: ((e?: any) => void)|null, onmessage: ((e: {data: string}) => void)|null,
 *   onclose: ((e: {code: number}) => void)|null, send: (text: string) => void, close: (code?: number) => void}} Transport
 * @typedef {"connecting"|"open"|"waiting"|"closed"} LinkState
 * @typedef {{code: string, retry: boolean, after_ms: number}} Refusal
 * @typedef {{
 *   open: (ticket: string) => Transport, fallback?: () => Transport,
 *   ticket: string, freshTicket: () => Promise<string|number>,
 *   hello: () => Record<string, any>, seen: () => Record<string, number>,
 *   onHello: (ok: any) => void, onFrame: (frame: any) => void, onState: (state: LinkState, code: number) => void,
 *   onDeath?: (suspect: boolean) => void,
 *   clock?: {now: () => number, set: (f: () => void, ms: number) => any, clear: (id: any) => void}, random?: () => number,
 * }} LinkOptions
 */

const BEAT_EVERY = 65_536;
const SILENCE_MS = 45_000;
const PROBE_MS = 5_000;
/** A hurried probe waits for so many round trips, but at least so long (ms). */
const PROBE_TRIPS = 4;
const PROBE_LEAST_MS = 2_000;
const FAILURES_BEFORE_FALLBACK = 2;
/** How long the fallback serves before a socket is tried beside it; doubled each time it is not to be had. */
const UPGRADE_MS = 60_000;

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text).length;
const wall = { now: () => Date.now(), set: setTimeout.bind(globalThis), clear: clearTimeout.bind(globalThis) };

export class Link {
  /** @type {LinkState} */ state = "closed";
  /** Bytes received and sent since the page opened. */ received = 0;
  sent = 0;
  /** Smoothed round trip, ms; null before the first reply. @type {number|null} */ roundTrip = null;
  /** The close code for which there is no fresh ticket. */ refused = 4503;

  /** @param {LinkOptions} options */
  constructor(options) {
    this.options = options;
    this.clock = options.clock ?? wall;
    this.ticket = options.ticket;
    this.attempt = 0;
    this.neverOpened = 0;
    this.nextId = 1;
    this.unconfirmed = 0;
    /** @type {Map<number, {at: number, resolve: (ok: any) => void, reject: (err: Refusal) => void}>} */
    this.waiting = new Map();
    /** @type {Transport|null} */ this.transport = null;
    /** @type {Record<string, any>} */ this.timers = {};
    /** The server's wish for the next delay, ms. @type {number|null} */ this.byeAfter = null;
    this.isFallback = false;
  }

  /** Open at once, whatever was planned. */
  connect() {
    this.#timer("reconnect");
    if (this.transport) return;
    const useFallback = !!this.options.fallback && this.neverOpened >= FAILURES_BEFORE_FALLBACK;
    this.isFallback = useFallback;
    const transport = useFallback ? /** @type {() => Transport} */ (this.options.fallback)() : this.options.open(this.ticket);
    this.transport = transport;
    this.neverOpened = useFallback ? FAILURES_BEFORE_FALLBACK - 1 : this.neverOpened + 1;
    this.#become("connecting");
    transport.onopen = () => transport === this.transport && this.#opened();
    transport.onmessage = (event) => transport === this.transport && this.#heard(event.data);
    transport.onclose = (event) => transport === this.transport && this.#lost(event.code, true);
    this.#timer("silence", SILENCE_MS, () => this.drop());
  }

  /** Send a command; resolves with its `ok`, rejects with its `err` or `connection.lost`. @param {Record<string, any>} command */
  command(command) {
    return new Promise((resolve, reject) => {
      if (!this.transport || (this.state !== "open" && command.do !== "hello")) {
        reject({ code: "connection.lost", retry: true, after_ms: 0 });
        return;
      }
      const id = this.nextId++;
      this.waiting.set(id, { at: this.clock.now(), resolve, reject });
      this.#send({ id, ...command });
    });
  }

  /**
   * Is it still there? Comes back at once when waiting; asks for a sign of life when open.
   * `hurried`: the network is said to be back, so an opening that hangs is given up too, and the next one does not wait.
   * @param {boolean} [hurried]
   */
  probe(hurried = false) {
    if (this.state === "waiting") this.connect();
    else if (hurried && this.transport) this.#timer("probe", this.#patience(), () => this.#again());
    else if (this.state === "open") this.#timer("probe", PROBE_MS, () => this.drop());
    if (this.state !== "open") return;
    const [st = "room", since = 0] = Object.entries(this.options.seen())[0] ?? [];
    this.command({ do: "history", st, since }).catch(() => {});
  }

  /** Give this connection up, blaming nobody, and come back. */
  drop() {
    const transport = this.transport;
    if (!transport) return;
    this.#lost(1000, false);
    transport.close(1000);
  }

  /** Leave for good. */
  leave() {
    this.drop();
    this.#timer("reconnect");
    this.#become("closed");
  }

  #again() {
    this.drop();
    this.connect();
  }

  /** How long a hurried probe waits for a sign of life, ms. */
  #patience() {
    return Math.min(PROBE_MS, Math.max(PROBE_LEAST_MS, PROBE_TRIPS * (this.roundTrip ?? PROBE_MS)));
  }

  #opened() {
    this.neverOpened = 0;
    this.command({ do: "hello", ...this.options.hello() }).then(
      (ok) => {
        this.#become("open");
        this.#timer("stable", STABLE_MS, () => (this.attempt = 0));
        this.options.onHello(ok);
        if (this.isFallback) this.#upgradeAfter(UPGRADE_MS);
      },
      (err) => {
        if (err.code === "connection.lost") return;
        this.byeAfter = err.after_ms || 1_000;
        this.drop();
      },
    );
  }

  /** Perhaps sockets were only missing while the server was away: try one beside the fallback. @param {number} ms */
  #upgradeAfter(ms) {
    this.#timer("upgrade", ms, () => {
      const trial = this.options.open(this.ticket);
      trial.onclose = () => this.isFallback && this.state === "open" && this.#upgradeAfter(2 * ms);
      trial.onopen = () => {
        trial.onclose = null;
        trial.close(1000);
        if (!this.isFallback || this.state !== "open") return;
        this.drop();
        this.connect();
      };
    });
  }

  /** @param {string} data */
  #heard(data) {
    const size = bytes(data);
    this.received += size;
    this.unconfirmed += size;
    this.#timer("silence", SILENCE_MS, () => this.drop());
    this.#timer("probe");
    const frame = JSON.parse(data);
    if (frame.re !== undefined) this.#answered(frame);
    else if (frame.bye) this.byeAfter = frame.bye.after_ms;
    else this.options.onFrame(frame);
    if (frame.ping || (this.unconfirmed >= BEAT_EVERY && this.state === "open")) this.#beat();
  }

  #beat() {
    this.unconfirmed = 0;
    this.#send({ do: "beat", seen: this.options.seen() });
  }

  /** @param {{re: number, ok?: any, err?: Refusal}} frame */
  #answered({ re, ok, err }) {
    const call = this.waiting.get(re);
    if (!call) return;
    this.waiting.delete(re);
    const took = this.clock.now() - call.at;
    this.roundTrip = this.roundTrip === null ? took : Math.round(this.roundTrip * 0.7 + took * 0.3);
    if (err) call.reject(err);
    else call.resolve(ok);
  }

  /** @param {any} frame */
  #send(frame) {
    const text = JSON.stringify(frame);
    this.sent += bytes(text);
    this.transport?.send(text);
  }

  /** @param {number} code @param {boolean} byPeer */
  #lost(code, byPeer) {
    const wasOpen = this.state === "open";
    this.transport = null;
    for (const name of ["silence", "probe", "stable", "upgrade"]) this.#timer(name);
    if (wasOpen) this.options.onDeath?.(byPeer && code !== 4001 && code !== 4003);
    const unanswered = [...this.waiting.values()];
    this.waiting.clear();
    this.unconfirmed = 0;
    for (const call of unanswered) call.reject({ code: "connection.lost", retry: true, after_ms: 0 });
    const next = verdict(code);
    if (next === "final") this.#become("closed", code);
    else this.#comeBack(code, next === "ticket");
  }

  /** @param {number} code @param {boolean} needsTicket */
  #comeBack(code, needsTicket) {
    const wait = needsTicket && this.attempt === 0 ? 0 : (this.byeAfter ?? delay(this.attempt, this.options.random));
    this.byeAfter = null;
    this.attempt += 1;
    this.#become("waiting", code);
    this.#timer("reconnect", wait, () => (needsTicket ? this.#renew() : this.connect()));
  }

  /** Whether there is a fresh ticket; rejects where nobody can say. */
  async renewTicket() {
    const ticket = await this.options.freshTicket();
    if (typeof ticket === "string") this.ticket = ticket;
    else this.refused = ticket;
    return typeof ticket === "string";
  }

  async #renew() {
    try {
      if (await this.renewTicket()) this.connect();
      else this.#become("closed", this.refused);
    } catch {
      this.#comeBack(4003, true);
    }
  }

  /** @param {LinkState} state */
  #become(state, code = 0) {
    this.state = state;
    this.options.onState(state, code);
  }

  /** Set, or without a time clear, a named timer. @param {string} name @param {number} [ms] @param {() => void} [action] */
  #timer(name, ms, action) {
    if (this.timers[name] !== undefined) this.clock.clear(this.timers[name]);
    this.timers[name] = action && this.clock.set(action, /** @type {number} */ (ms));
  }
}
