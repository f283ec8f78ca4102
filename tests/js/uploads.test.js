// Files on their way: parts, interruptions, refusals, and what is asked again.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { test } from "node:test";

import { digest, slowDigest } from "#media/digests.js";
import { Lost, Refused } from "#media/server.js";
import { missing, partSize } from "#media/transfer.js";
import { KEPT_MS, Uploads } from "#media/uploads.js";
import { inMemory, openDb } from "#media/uploads_db.js";

import { FakeClock, settled } from "./fakes.js";

const WHOSE = { person: "rosa", case: "c1" };
const PART = 10;

/** A server that keeps parts, with faults put in by hand. */
class FakeServer {
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
  async put(/** @type {string} */ upload, /** @type {number} */ number, /** @type {Blob} */ bytes, /** @type {string} */ sum, /** @type {(n: number) => void} */ told, /** @type {AbortSignal} */ signal) {
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
function cast(options = {}) {
  const clock = options.clock ?? new FakeClock();
  const server = options.server ?? new FakeServer();
  const db = options.db ?? inMemory();
  const uploads = new Uploads(options.whose ?? WHOSE, {
    ...{ db, server, digest, now: clock.now, set: clock.set, clear: clock.clear, isOnline: () => true, random: () => 1 },
    ...{ alone: (/** @type {() => Promise<void>} */ work) => work(), ...options.means },
  });
  running.splice(0, running.length, uploads);
  return { clock, server, db, uploads };
}

/** @type {Uploads[]} */ const running = [];
/** Until nobody sends any more. */
const calm = async () => {
  for (let n = 0; n < 5; n += 1) await settled();
  for (let n = 0; n < 10_000 && running.some((uploads) => uploads.isRunning); n += 1) await settled();
  for (let n = 0; n < 5; n += 1) await settled();
};
const file = (/** @type {string} */ text) => new Blob([text]);
const TEXT = "abcdefghijABCDEFGHIJ0123456789xyz";

test("parts are of the size said, the last one of what is left", () => {
  assert.deepEqual([1, 2, 3, 4].map((number) => partSize(number, TEXT.length, PART)), [10, 10, 10, 3]);
  assert.deepEqual(missing(4, [3, 1]), [2, 4]);
  assert.deepEqual(missing(0, []), []);
});

test("a file goes in parts, at most two at a time, and is whole", async () => {
  const { server, uploads } = cast();
  const { key } = await uploads.add(file(TEXT), "IMG_2231.jpg");
  await calm();
  assert.equal(server.text(key), TEXT);
  assert.equal(server.most, 2);
  assert.deepEqual(server.calls.slice(0, 1), ["create server"]);
  assert.equal(server.calls.at(-1), "complete");
  assert.deepEqual([uploads.items[0].state, uploads.progress(uploads.items[0])], ["cleaning", TEXT.length]);
});

test("files go one after the other", async () => {
  const { server, uploads } = cast();
  await uploads.add(file(TEXT), "a");
  await uploads.add(file(TEXT), "b");
  await calm();
  const story = server.calls.filter((/** @type {string} */ call) => !call.startsWith("put"));
  assert.deepEqual(story, ["create server", "complete", "create server", "complete"]);
});

test("a lost link waits longer each time and then sends only what is missing", async () => {
  const { clock, server, uploads } = cast();
  server.fault = (/** @type {string} */ call) => {
    if (call === "put 3") throw new Lost("no network");
  };
  const { key } = await uploads.add(file(TEXT), "a");
  await calm();
  assert.equal(uploads.items[0].state, "lost");
  assert.equal(uploads.progress(uploads.items[0]) >= 20, true);
  server.fault = (/** @type {string} */ call) => {
    if (call.startsWith("create")) throw new Lost("no network");
  };
  await clock.turn(3_000);
  await calm();
  assert.equal(uploads.items[0].state, "lost");
  server.fault = () => {};
  server.calls.length = 0;
  await clock.turn(1_999);
  await calm();
  assert.deepEqual(server.calls, []);
  await clock.turn(1);
  await calm();
  const there = server.calls.filter((/** @type {string} */ call) => call.startsWith("put"));
  assert.equal(there.includes("put 1"), false);
  assert.equal(there.includes("put 3"), true);
  assert.equal(server.text(key), TEXT);
});

test("a network that comes back is used at once", async () => {
  const { server, uploads } = cast();
  server.fault = () => {
    throw new Lost("no network");
  };
  await uploads.add(file(TEXT), "a");
  await calm();
  assert.equal(uploads.items[0].state, "lost");
  server.fault = () => {};
  uploads.wake();
  await calm();
  assert.equal(uploads.items[0].state, "cleaning");
});

test("a closed page goes on where it was, under the same key", async () => {
  const { server, db, uploads } = cast();
  server.fault = (/** @type {string} */ call) => {
    if (call === "put 2") throw new Lost("no network");
  };
  const { key } = await uploads.add(file(TEXT), "a");
  await calm();
  server.fault = () => {};
  server.calls.length = 0;
  const again = cast({ server, db });
  await again.uploads.open();
  await calm();
  assert.equal(server.text(key), TEXT);
  assert.equal(server.calls.includes("put 1"), false);
  assert.equal(server.uploads.size, 1);
});

test("what another person or another case left behind is not touched, and what is a week old is gone", async () => {
  const { clock, server, db, uploads } = cast();
  uploads.means.server = /** @type {any} */ ({ create: () => new Promise(() => {}) });
  await uploads.add(file(TEXT), "a");
  for (const whose of [{ ...WHOSE, person: "ana" }, { ...WHOSE, case: "c2" }]) {
    const other = cast({ clock, server, db, whose });
    await other.uploads.open();
    assert.deepEqual(other.uploads.items, []);
  }
  assert.deepEqual(server.calls, []);
  clock.time += KEPT_MS + 1;
  running.length = 0;
  const late = cast({ clock, server, db, whose: { person: "ana", case: "c9" } });
  await late.uploads.open();
  assert.deepEqual(await db.all(), []);
});

test("a refusal stays with its sentence and does not stop the next file", async () => {
  const { server, uploads } = cast();
  let isFirst = true;
  server.fault = (/** @type {string} */ call) => {
    if (!call.startsWith("create") || !isFirst) return;
    isFirst = false;
    throw new Refused(422, { code: "upload.too_large", message: "More than fits." });
  };
  await uploads.add(file(TEXT), "a");
  await uploads.add(file(TEXT), "b");
  await calm();
  assert.deepEqual(uploads.items.map(({ state, message }) => [state, message]), [["refused", "More than fits."], ["cleaning", ""]]);
  await uploads.retry(uploads.items[0].key);
  await calm();
  assert.equal(uploads.items[0].state, "cleaning");
});

test("a person who was signed out goes on after signing in", async () => {
  const { server, uploads } = cast();
  server.fault = () => {
    throw new Refused(401, { code: "sign_in.needed" });
  };
  await uploads.add(file(TEXT), "a");
  await calm();
  assert.equal(uploads.items[0].state, "sign_in");
  server.fault = () => {};
  uploads.wake();
  await calm();
  assert.equal(uploads.items[0].state, "cleaning");
});

test("pausing stops the file, not the others, and is remembered", async () => {
  const { server, db, uploads } = cast();
  const first = await uploads.add(file(TEXT), "a");
  await uploads.pause(first.key, true);
  await uploads.add(file(TEXT), "b");
  await calm();
  assert.deepEqual(uploads.items.map(({ state, paused }) => [state, paused]), [["waiting", true], ["cleaning", false]]);
  assert.equal((await db.all()).find(({ key }) => key === first.key)?.paused, true);
  await uploads.pause(first.key, false);
  await calm();
  assert.equal(server.text(first.key), TEXT);
});

test("removing forgets it here and gives it up there", async () => {
  const { server, db, uploads } = cast();
  server.fault = (/** @type {string} */ call) => {
    if (call === "put 2") throw new Lost("no network");
  };
  const { key } = await uploads.add(file(TEXT), "a");
  await calm();
  await uploads.remove(key);
  assert.deepEqual([uploads.items, await db.all(), await db.bytes(key)], [[], [], undefined]);
  assert.equal(server.calls.at(-1), "abandon");
});

const LARGE = "x".repeat(1024 * 1024 + PART);

test("a large file goes straight to the storage when the server says so, a small one never", async () => {
  const { server, uploads } = cast();
  server.way = "direct";
  const far = { size: LARGE.length, parts: 3 };
  server.create = async (/** @type {string} */ key) => {
    server.calls.push("create");
    server.uploads.set(key, { size: 30, way: "direct", parts: new Map(), state: "open" });
    return { upload: key, way: "direct", part_bytes: 400_000, parts: far.parts, have: [], state: "open" };
  };
  await uploads.add(file(LARGE), "film.mp4");
  await calm();
  assert.equal(server.calls.filter((/** @type {string} */ call) => call.startsWith("direct")).length, 3);
  assert.equal(server.calls.filter((/** @type {string} */ call) => call.startsWith("addresses")).length, 1);
  assert.equal(uploads.items[0].state, "cleaning");
});

test("a storage that fails twice is left, and the file begins anew through the server", async () => {
  const { clock, server, uploads } = cast();
  /** @type {string[]} */ const ways = [];
  const create = server.create.bind(server);
  server.create = async (/** @type {string} */ key, /** @type {number} */ size, /** @type {string|undefined} */ way) => {
    ways.push(way ?? "-");
    const told = await create(key, size, way ?? "direct");
    return { ...told, part_bytes: 600_000, parts: 2 };
  };
  server.fault = (/** @type {string} */ call) => {
    if (call.startsWith("direct")) throw new Lost("0");
  };
  server.complete = async () => ({ medium: "m1" });
  await uploads.add(file(LARGE), "film.mp4");
  await calm();
  await clock.turn(30_000);
  await calm();
  assert.deepEqual(ways.slice(-1), ["server"]);
  assert.equal(uploads.items[0].state, "cleaning");
});

test("without a network a failing storage is nobody's fault", async () => {
  const { clock, server, uploads } = cast({ means: { isOnline: () => false } });
  server.create = async (/** @type {string} */ key) => ({ upload: key, way: "direct", part_bytes: LARGE.length, parts: 1, have: [], state: "open" });
  server.fault = (/** @type {string} */ call) => {
    if (call.startsWith("direct")) throw new Lost("0");
  };
  await uploads.add(file(LARGE), "film.mp4");
  await calm();
  await clock.turn(60_000);
  await calm();
  assert.deepEqual([uploads.items[0].state, uploads.items[0].way], ["lost", "direct"]);
});

test("what arrived is looked at until it is ready; then its bytes leave the device and the old picture goes", async () => {
  const { clock, server, db, uploads } = cast();
  const { key } = await uploads.add(file(TEXT), "a", "old1");
  await calm();
  server.list = [{ medium: `m-${key}`, state: "processing" }];
  await clock.turn(1_500);
  await calm();
  assert.equal(uploads.items[0].state, "cleaning");
  assert.deepEqual(server.removed, []);
  const old = { medium: "old1", state: "ready", caption: "Day two", position: 3 };
  server.list = [old, { medium: `m-${key}`, state: "ready", thumb: { url: "/t" } }];
  await clock.turn(2_500);
  await calm();
  assert.equal(uploads.items[0].state, "ready");
  assert.deepEqual(server.calls.slice(-2), [`caption m-${key} Day two`, `move m-${key} 3`]);
  assert.deepEqual(server.removed, ["old1"]);
  assert.deepEqual(await db.all(), []);
  const looks = server.calls.length;
  await clock.turn(120_000);
  assert.equal(server.calls.length, looks);
});

test("a file that is refused after cleaning says why and takes nothing with it", async () => {
  const { clock, server, uploads } = cast();
  const { key } = await uploads.add(file(TEXT), "a", "old1");
  await calm();
  server.list = [{ medium: `m-${key}`, state: "refused", refusal: { code: "media.broken", message: "It cannot be read." } }];
  await clock.turn(1_500);
  await calm();
  assert.deepEqual([uploads.items[0].state, uploads.items[0].message, server.removed], ["refused", "It cannot be read.", []]);
});

test("bytes another tab has sent meanwhile are not sent again", async () => {
  const { server, db, uploads } = cast();
  /** @type {() => void} */ let free = () => {};
  uploads.means.alone = async (work) => {
    await new Promise((resolve) => (free = () => resolve(undefined)));
    await work();
  };
  const { key } = await uploads.add(file(TEXT), "a");
  await db.remove(key);
  free();
  await calm();
  assert.deepEqual([uploads.items, server.calls], [[], []]);
});

test("without IndexedDB the files live as long as the page", async () => {
  const db = await openDb(undefined);
  assert.equal(db.isLasting, false);
  const item = /** @type {any} */ ({ key: "k", state: "waiting" });
  await db.add(item, file(TEXT));
  await db.put({ ...item, state: "lost" });
  assert.deepEqual((await db.all()).map(({ state }) => state), ["lost"]);
  await db.remove("k");
  await db.put(item);
  assert.deepEqual(await db.all(), []);
});

test("the digest by hand is the browser's own, whatever the length", async () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 128, 1000]) {
    const bytes = new Uint8Array(randomBytes(length));
    const expected = createHash("sha256").update(bytes).digest("hex");
    assert.deepEqual([slowDigest(bytes), await digest(bytes)], [expected, expected]);
  }
});
