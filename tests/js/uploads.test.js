// Files on their way: parts, interruptions, refusals, and what is asked again.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Lost, Refused } from "#media/server.js";
import { missing, partSize } from "#media/transfer.js";
import { KEPT_MS } from "#media/uploads.js";

import { calm, cast, file, PART, running, TEXT, WHOSE } from "./upload_server.js";

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
  assert.equal(uploads.items[0].fails, 1); // two parts at once
  await clock.turn(30_000);
  await calm();
  server.list = [{ medium: "m1", state: "processing" }];
  await clock.turn(30_000);
  await calm();
  assert.deepEqual(ways, ["-", "-", "server"]);
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

test("a file that was taken away on another page is forgotten here", async () => {
  const { clock, db, uploads } = cast();
  await uploads.add(file(TEXT), "a");
  await calm();
  await clock.turn(1_500);
  await calm();
  assert.deepEqual([uploads.items, await db.all()], [[], []]);
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
