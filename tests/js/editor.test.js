// Boxes on a photo, what is kept of a JPEG, and how sizes are said.
import assert from "node:assert/strict";
import { test } from "node:test";

import { added, fitted, fromPercents, HANDLES, History, inside, LEAST, moved, percents, resized, sent, spanned, whole } from "#media/boxes.js";
import { bare } from "#media/jpeg.js";
import { isPhoto } from "#media/panel.js";
import { size } from "#media/sizes.js";
import { address, ranges } from "#media/windows.js";

const PICTURE = { w: 400, h: 300 };
const BOX = { x: 100, y: 50, w: 80, h: 60 };

/** A stream of whole numbers that is the same on every machine. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ least, /** @type {number} */ most) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return least + (state % (most - least + 1));
  };
}

/** @param {{x: number, y: number, w: number, h: number}} box */
function isSound({ x, y, w, h }) {
  return [x, y, w, h].every(Number.isInteger) && x >= 0 && y >= 0 && w >= LEAST && h >= LEAST && x + w <= PICTURE.w && y + h <= PICTURE.h;
}

test("whatever is done to a box, it stays in whole pixels on the picture", () => {
  const next = numbers(7);
  let box = whole(PICTURE);
  for (let n = 0; n < 5_000; n += 1) {
    const [dx, dy] = [next(-500, 500) / 3, next(-500, 500) / 3];
    const handle = Object.keys(HANDLES)[next(0, 7)];
    const acts = [
      () => moved(box, dx, dy, PICTURE),
      () => resized(box, handle, dx, dy, PICTURE),
      () => spanned({ x: dx, y: dy }, { x: next(-50, 450), y: next(-50, 350) }, PICTURE),
      () => added(box),
      () => fromPercents({ x: dx, y: dy, w: next(-20, 140), h: next(-20, 140) }, PICTURE),
    ];
    box = acts[next(0, acts.length - 1)]();
    assert.ok(isSound(box), JSON.stringify(box));
  }
});

test("moving keeps the size, also at the edge", () => {
  assert.deepEqual(moved(BOX, 10.4, -10, PICTURE), { ...BOX, x: 110, y: 40 });
  assert.deepEqual(moved(BOX, 1e4, 1e4, PICTURE), { ...BOX, x: 320, y: 240 });
});

test("a handle moves its own edges and leaves the opposite ones", () => {
  for (const [name, [left, top, right, bottom]] of Object.entries(HANDLES)) {
    const to = resized(BOX, name, 7, 9, PICTURE);
    assert.deepEqual([to.x - BOX.x, to.y - BOX.y], [7 * left, 9 * top], name);
    assert.deepEqual([to.x + to.w - BOX.x - BOX.w, to.y + to.h - BOX.y - BOX.h], [7 * right, 9 * bottom], name);
  }
});

test("a handle stops before the opposite edge instead of turning the box over", () => {
  assert.deepEqual(resized(BOX, "nw", 1e4, 1e4, PICTURE), { x: 180 - LEAST, y: 110 - LEAST, w: LEAST, h: LEAST });
  assert.deepEqual(resized(BOX, "se", -1e4, -1e4, PICTURE), { ...BOX, w: LEAST, h: LEAST });
});

test("a box is pulled up from any of its corners", () => {
  const corners = [[{ x: 10, y: 20 }, { x: 60, y: 90 }], [{ x: 60, y: 20 }, { x: 10, y: 90 }]];
  for (const [a, b] of corners) {
    assert.deepEqual(spanned(a, b, PICTURE), { x: 10, y: 20, w: 50, h: 70 });
    assert.deepEqual(spanned(b, a, PICTURE), { x: 10, y: 20, w: 50, h: 70 });
  }
});

test("a picture smaller than the least box is one box", () => {
  assert.deepEqual(inside({ x: 5, y: 5, w: 9, h: 9 }, { w: 4, h: 6 }), { x: 0, y: 0, w: 4, h: 6 });
});

test("pictures are made smaller, never larger", () => {
  assert.deepEqual(fitted({ w: 4000, h: 3000 }, 2048), { w: 2048, h: 1536 });
  assert.deepEqual(fitted({ w: 300, h: 5000 }, 2048), { w: 123, h: 2048 });
  assert.deepEqual(fitted({ w: 640, h: 480 }, 2048), { w: 640, h: 480 });
  assert.deepEqual(fitted({ w: 100_000, h: 10 }, 100), { w: 100, h: 1 });
});

test("on the smaller picture a black box covers every pixel its original touched", () => {
  const next = numbers(11);
  for (let n = 0; n < 2_000; n += 1) {
    const crop = { x: next(0, 90), y: next(0, 90), w: next(50, 300), h: next(50, 200) };
    const box = { x: next(0, 300), y: next(0, 200), w: next(8, 90), h: next(8, 90) };
    const to = fitted(crop, next(20, 260));
    const drawn = sent(box, crop, to);
    const edges = [
      [drawn.x, ((box.x - crop.x) * to.w) / crop.w, drawn.x + drawn.w, ((box.x + box.w - crop.x) * to.w) / crop.w],
      [drawn.y, ((box.y - crop.y) * to.h) / crop.h, drawn.y + drawn.h, ((box.y + box.h - crop.y) * to.h) / crop.h],
    ];
    for (const [from, least, until, most] of edges) assert.ok(from <= least && until >= most);
    assert.ok([drawn.x, drawn.y, drawn.w, drawn.h].every(Number.isInteger));
  }
});

test("per cent there and back is the same box, within a pixel", () => {
  const there = fromPercents(percents(BOX, PICTURE), PICTURE);
  for (const side of /** @type {("x"|"y"|"w"|"h")[]} */ (["x", "y", "w", "h"])) assert.ok(Math.abs(there[side] - BOX[side]) <= 1);
});

test("one goes back step by step, and not beyond the beginning", () => {
  const history = new History("a");
  history.set("b");
  history.set("c");
  assert.deepEqual([history.undo(), history.undo(), history.undo(), history.isFresh], ["b", "a", "a", true]);
});

/** A segment of a JPEG. @param {number} kind @param {number[]} body */
const segment = (kind, body) => [0xff, kind, 0, body.length + 2, ...body];

test("what a JPEG tells about itself is left out, the picture is not", () => {
  const [start, jfif, table] = [[0xff, 0xd8], segment(0xe0, [74, 70]), segment(0xdb, [1, 2, 3])];
  const [exif, iptc, comment] = [segment(0xe1, [69, 120]), segment(0xed, [80]), segment(0xfe, [72, 105])];
  const scan = [...segment(0xda, [9]), 1, 0xff, 0xe1, 2, 0xff, 0xd9];
  const whole = Uint8Array.from([...start, ...jfif, ...exif, ...table, ...iptc, ...comment, ...scan]);
  assert.deepEqual([...bare(whole)], [...start, ...jfif, ...table, ...scan]);
  assert.deepEqual(bare(bare(whole)), bare(whole));
});

test("what is no JPEG, or is cut short, comes back without a fault", () => {
  for (const bytes of [[], [0xff], [0x89, 0x50], [0xff, 0xd8], [0xff, 0xd8, 0xff, 0xe1], [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 1]]) {
    assert.deepEqual([...bare(Uint8Array.from(bytes))], bytes);
  }
});

test("photos are opened in the editor, whatever the phone calls them", () => {
  const named = (/** @type {string} */ name, type = "") => isPhoto(/** @type {File} */ ({ name, type }));
  assert.deepEqual([named("a", "image/jpeg"), named("IMG.HEIC"), named("b.webp")], [true, true, true]);
  assert.deepEqual([named("a.pdf", "application/pdf"), named("ct"), named("film.mp4", "video/mp4")], [false, false, false]);
});

test("sizes are said in the unit of the whole", () => {
  assert.deepEqual([size(1, "en"), size(491_520, "en"), size(1_572_864, "es")], ["1 KB", "480 KB", "1,5 MB"]);
  assert.deepEqual([size(217_088, "en", 491_520), size(0, "en", 3_000_000)], ["212", "0"]);
});

const PRESETS = [{ name: "lung", centre: -600, width: 1500 }, { name: "wide", centre: 2200, width: 4000 }];
const CT = { frames: 40, is_colour: false, centre: 40, width: 400, low: -1024, high: 1900, presets: PRESETS };

test("sliders reach what the scan holds and every preset", () => {
  assert.deepEqual(ranges(CT), { low: -1024, high: 2200, widest: 4000, step: 1 });
  assert.deepEqual(ranges({ ...CT, low: 0, high: 1, centre: 0.5, width: 1, presets: [] }), { low: 0, high: 1, widest: 1, step: 0.01 });
});

test("a frame is asked for as recorded until a window is chosen", () => {
  assert.equal(address("/media/at/x/window/", { frame: 3, centre: null, width: null }, 640), "/media/at/x/window/?frame=3&size=640");
  assert.equal(address("/w/", { frame: 1, centre: -600, width: 1500 }, 1600), "/w/?frame=1&centre=-600&width=1500&size=1600");
});
