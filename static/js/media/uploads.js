/** The files of one case that wait to be sent: kept on the device, one at a time on the way, whatever happens. */

import { delay } from "#lib/backoff.js";
import { uuid } from "#lib/ids.js";
import { Refused } from "#media/server.js";
import { arrived, send } from "#media/transfer.js";

/**
 * @typedef {import("#media/uploads_db.js").Item} Item
 * @typedef {import("#media/uploads_db.js").UploadsDb} UploadsDb
 * @typedef {import("#media/server.js").Server} Server
 * @typedef {{db: UploadsDb, server: Server, digest: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>,
 *   now: () => number, set: (action: () => void, ms: number) => any, clear: (id: any) => void, isOnline: () => boolean,
 *   alone: (work: () => Promise<void>) => Promise<void>, random?: () => number}} Means `alone` lets one tab at a time work
 */

/** Bytes nobody came back for are not kept for ever on a ward's telephone (ms). */
export const KEPT_MS = 7 * 24 * 3_600_000;
/** Waits (ms) between looks at what becomes of a file that arrived; the last one again and again. */
const LOOKS = [1_500, 2_500, 4_000, 8_000, 15_000, 30_000];
const ENDED = new Set(["ready", "refused"]);

/**
 * States of an item: `waiting`, `sending`, `lost` (no link: it goes on by itself), `sign_in`, `refused` (`message` says
 * why), `cleaning` (it arrived), `ready`. `paused` is the person's wish and stands beside them.
 */
export class Uploads {
  /** @type {Item[]} */ items = [];
  /** @type {Map<string, number>} */ sent = new Map();
  /** @type {Map<string, any>} */ media = new Map();
  /** @type {(() => void)[]} */ listeners = [];
  /** @type {AbortController|null} */ current = null;
  attempt = 0;
  looks = 0;
  isRunning = false;
  /** @type {any} */ timer = 0;
  /** @type {any} */ looking = 0;

  /** @param {{person: string, case: string}} whose @param {Means} means */
  constructor(whose, means) {
    this.whose = whose;
    this.means = means;
  }

  /** Take up what was left: own files of this case. Those nobody came back for are forgotten, whoever's they are. */
  async open() {
    const { db, now } = this.means;
    for (const item of await db.all()) {
      if (now() - item.added > KEPT_MS) await db.remove(item.key);
      else if (item.person === this.whose.person && item.case === this.whose.case) this.items.push(item);
    }
    this.items.sort((a, b) => a.added - b.added);
    for (const item of this.items) if (["sending", "lost", "sign_in"].includes(item.state)) item.state = "waiting";
    this.#changed();
    this.#go();
    this.#look();
  }

  /** @param {() => void} listener */
  listen(listener) {
    this.listeners.push(listener);
  }

  /**
   * @param {Blob} bytes @param {string} label what the person calls it; never sent
   * @param {string} [replaces] a medium that goes when this one is ready
   */
  async add(bytes, label, replaces = "") {
    /** @type {Item} */ const item = {
      ...{ key: uuid(), ...this.whose, label, size: bytes.size, added: this.means.now(), state: "waiting", paused: false },
      ...{ upload: "", way: "", part_bytes: 0, parts: 0, have: [], fails: 0, medium: "", message: "", replaces },
    };
    await this.means.db.add(item, bytes);
    this.items.push(item);
    this.#changed();
    this.#go();
    return item;
  }

  /** How much of it the server has, in bytes, what is under way included. @param {Item} item */
  progress(item) {
    if (["cleaning", ...ENDED].includes(item.state)) return item.size;
    return Math.min(item.size, Math.max(arrived(item), this.sent.get(item.key) ?? 0));
  }

  /** @param {string} key @param {boolean} paused */
  async pause(key, paused) {
    const item = this.#of(key);
    if (!item) return;
    item.paused = paused;
    if (paused && item.state === "sending") this.current?.abort();
    await this.#keep(item);
    this.wake();
  }

  /** Forget it, here and there. @param {string} key */
  async remove(key) {
    const item = this.#of(key);
    if (!item) return;
    if (item.state === "sending") this.current?.abort();
    this.items.splice(this.items.indexOf(item), 1);
    this.sent.delete(key);
    await this.means.db.remove(key);
    this.#changed();
    if (item.upload && !ENDED.has(item.state) && !item.medium) await this.means.server.abandon(item.upload).catch(() => {}); // it is tidied up there anyway
  }

  /** The link is back, or somebody looks: try at once. */
  wake() {
    this.means.clear(this.timer);
    this.attempt = 0;
    for (const item of this.items) if (item.state === "lost" || item.state === "sign_in") item.state = "waiting";
    this.#changed();
    this.#go();
    this.looks = 0;
    this.#look();
  }

  /** Once more, what was refused. @param {string} key */
  async retry(key) {
    const item = this.#of(key);
    if (!item) return;
    Object.assign(item, { state: "waiting", message: "", fails: 0 });
    await this.#keep(item);
    this.wake();
  }

  /** @param {string} key */
  #of(key) {
    return this.items.find((item) => item.key === key);
  }

  #next() {
    return this.items.find((item) => item.state === "waiting" && !item.paused);
  }

  #go() {
    if (this.isRunning || !this.#next()) return;
    this.isRunning = true;
    void this.means
      .alone(() => this.#run())
      .catch(() => {})
      .finally(() => {
        this.isRunning = false;
        if (!this.#isResting()) this.#go();
      });
  }

  #isResting() {
    return this.items.some((item) => item.state === "lost" || item.state === "sign_in");
  }

  async #run() {
    for (let item = this.#next(); item && !this.#isResting(); item = this.#next()) await this.#send(item);
  }

  /** @param {Item} item */
  async #send(item) {
    const { db, server, digest, isOnline } = this.means;
    const stop = (this.current = new AbortController());
    item.state = "sending";
    this.#changed();
    try {
      const bytes = await db.bytes(item.key);
      if (!bytes) return await this.#gone(item); // another tab has sent it, or the browser cleared its store
      const told = (/** @type {number} */ sent) => {
        if (sent > this.progress(item)) this.attempt = 0;
        this.sent.set(item.key, sent);
        this.#changed();
      };
      await send(item, bytes, { server, digest, keep: (kept) => db.put(kept), told, isOnline, signal: stop.signal });
      item.state = "cleaning";
      this.attempt = this.looks = 0;
      await this.#keep(item);
      this.#look();
    } catch (error) {
      await this.#failed(item, error, stop.signal.aborted);
    }
  }

  /** @param {Item} item */
  async #gone(item) {
    this.items.splice(this.items.indexOf(item), 1);
    await this.means.db.remove(item.key);
    this.#changed();
  }

  /** @param {Item} item @param {any} error @param {boolean} isStopped */
  async #failed(item, error, isStopped) {
    this.sent.delete(item.key);
    if (isStopped) item.state = "waiting";
    else if (error instanceof Refused && error.status === 401) item.state = "sign_in";
    else if (error instanceof Refused) Object.assign(item, { state: "refused", message: error.message });
    else {
      Object.assign(item, { state: "lost", message: error.code ? error.message : "" });
      const wait = Math.max(error.afterMs ?? 0, delay(this.attempt, this.means.random));
      this.attempt += 1;
      this.timer = this.means.set(() => this.#again(), wait);
    }
    await this.#keep(item);
  }

  #again() {
    for (const item of this.items) if (item.state === "lost") item.state = "waiting";
    this.#go();
  }

  /** Ask what became of files that arrived, until all are ready or refused. */
  #look() {
    this.means.clear(this.looking);
    if (!this.items.some((item) => item.state === "cleaning")) return;
    const wait = LOOKS[Math.min(this.looks, LOOKS.length - 1)];
    this.looks += 1;
    this.looking = this.means.set(async () => {
      await this.#see().catch(() => {});
      this.#look();
    }, wait);
  }

  async #see() {
    const { server } = this.means;
    const media = await server.media();
    this.media = new Map(media.map((medium) => [medium.medium, medium]));
    for (const item of this.items.filter(({ state }) => state === "cleaning")) {
      const medium = this.media.get(item.medium);
      if (!medium) await this.#gone(item); // taken away on another page
      if (!medium || !ENDED.has(medium.state)) continue;
      if (medium.state === "ready" && item.replaces) await this.#replace(item);
      Object.assign(item, { state: medium.state, message: medium.refusal?.message ?? "" });
      await this.means.db.remove(item.key);
      this.#changed();
    }
  }

  /** The new picture takes the place and the caption of the old one, which goes. Every step may be done twice. @param {Item} item */
  async #replace(item) {
    const { server } = this.means;
    const old = this.media.get(item.replaces);
    if (!old) return;
    if (old.caption) await server.caption(item.medium, old.caption);
    await server.move(item.medium, old.position);
    await server.remove(item.replaces);
  }

  /** @param {Item} item */
  async #keep(item) {
    await this.means.db.put(item).catch(() => {}); // a full device: the page still knows
    this.#changed();
  }

  #changed() {
    for (const listener of this.listeners) listener();
  }
}
