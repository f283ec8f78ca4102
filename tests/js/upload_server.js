/** A server and a device for files on their way. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";

import { digest } from "#media/digests.js";
import { Lost } from "#media/server.js";
import { Uploads } from "#media/uploads.js";
import { inMemory } from "#media/uploads_db.js";

import { FakeClock, settled } from "./fakes.js";

export const WHOSE = { person: "rosa", case: "c1" };
export const PART = 10;

/** A server that keeps parts, with faults put in by hand. */
export class FakeServer {
  /** @type {Map<string, {size: number, way: string, parts: Map<number, string>, state: string}>} */ uploads = new Map();
  /** @type {string[]} */ calls = [];
  /** @type {any[]} */ list = [];
  /** @type {string[]} */ removed = [];
  /** @type {(call: string) => void} */ fault = () => {};
  inFlight = 0;
  most = 0;
  way = "server";

  /** @param {string} call */
  #heard(call) {
    this.calls.push(call);
    this.fault(call);
  }
  async create(/** @type {string} */ key, /** @type {number} */ size, /** @type {string|undefined} */ way) {
    this.#heard(`create ${way ?? "-"}`);
    const known = this.uploads.get(key);
    if (!known || (way === "server" && known.way === "direct")) this.uploads.set(key, { size, way: way ?? this.way, parts: new Map(), state: "open" });
    return this.#told(key);
  }
  #told(/** @type {string} */ key) {
    const { size, way, parts, state } = /** @type {any} */ (this.uploads.get(key));
    return { upload: key, way, part_bytes: PART, parts: Math.ceil(size / PART), have: [...parts.keys()], state, medium: state === "open" ? null : `m-${key}` };
  }
  async addresses(/** @type {string} */ upload, /** @type {number[]} */ numbers) {
    this.#heard(`addresses ${numbers}`);
    return Object.fromEntries(numbers.map((number) => [number, `https://s3/${upload}/${number}`]));
  }
  /** @type {import("#media/server.js").Server["put"]} */
  async put(upload, number, bytes, sum, told, signal) {
    this.most = Math.max(this.most, (this.inFlight += 1));
    await settled();
    this.inFlight -= 1;
    if (signal.aborted) throw new Lost("stopped");
    told(bytes.size);
    this.#heard(`put ${number}`);
    const text = await bytes.text();
    assert.equal(sum, createHash("sha256").update(text).digest("hex"));
    this.uploads.get(upload)?.parts.set(number, text);
  }
  async putDirect(/** @type {string} */ address, /** @type {Blob} */ bytes) {
    this.#heard(`direct ${address}`);
    const [upload, number] = address.split("/").slice(-2);
    this.uploads.get(/** @type {string} */ (upload))?.parts.set(Number(number), await bytes.text());
  }
  async complete(/** @type {string} */ upload) {
    this.#heard("complete");
    const kept = /** @type {any} */ (this.uploads.get(upload));
    if (kept.parts.size < Math.ceil(kept.size / PART)) throw new Lost("", "upload.incomplete");
    kept.state = "complete";
    return this.#told(upload);
  }
  async abandon(/** @type {string} */ upload) {
    this.#heard("abandon");
    this.uploads.delete(upload);
  }
  async media() {
    this.#heard("media");
    return this.list;
  }
  async caption(/** @type {string} */ medium, /** @type {string} */ caption) {
    this.calls.push(`caption ${medium} ${caption}`);
  }
  async move(/** @type {string} */ medium, /** @type {number} */ position) {
    this.calls.push(`move ${medium} ${position}`);
  }
  async remove(/** @type {string} */ medium) {
    this.removed.push(medium);
  }
  /** The text that arrived under a key. @param {string} key */
  text(key) {
    const parts = /** @type {any} */ (this.uploads.get(key)).parts;
    return [...parts].sort(([a], [b]) => a - b).map(([, text]) => text).join("");
  }
}

/** @param {any} [options] */
export function cast(options = {}) {
  const clock = options.clock ?? new FakeClock();
  const server = options.server ?? new FakeServer();
  /** @type {import("#media/uploads_db.js").UploadsDb} */ const db = options.db ?? inMemory();
  const uploads = new Uploads(options.whose ?? WHOSE, {
    ...{ db, server, digest, now: clock.now, set: clock.set, clear: clock.clear, isOnline: () => true, random: () => 1 },
    ...{ alone: (/** @type {() => Promise<void>} */ work) => work(), ...options.means },
  });
  running.splice(0, running.length, uploads);
  return { clock, server, db, uploads };
}

/** @type {Uploads[]} */ export const running = [];
/** Until nobody sends any more. */
export const calm = async () => {
  for (let n = 0; n < 5; n += 1) await settled();
  for (let n = 0; n < 10_000 && running.some((uploads) => uploads.isRunning); n += 1) await settled();
  for (let n = 0; n < 5; n += 1) await settled();
};
export const file = (/** @type {string} */ text) => new Blob([text]);
export const TEXT = "abcdefghijABCDEFGHIJ0123456789xyz";
