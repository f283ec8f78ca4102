/** Boxes on a picture, in whole pixels of it: moved, resized, kept inside. Pure. */

/**
 * @typedef {{x: number, y: number, w: number, h: number}} Box
 * @typedef {{w: number, h: number}} Size
 * @typedef {{crop: Box, boxes: Box[]}} Edit what is kept of the picture, and what is blacked out in it
 */

/** The least side of a box, in pixels. */
export const LEAST = 8;

/** Handles by compass, and how each moves the four edges: left, top, right, bottom. */
export const HANDLES = /** @type {Record<string, [number, number, number, number]>} */ ({
  nw: [1, 1, 0, 0],
  n: [0, 1, 0, 0],
  ne: [0, 1, 1, 0],
  e: [0, 0, 1, 0],
  se: [0, 0, 1, 1],
  s: [0, 0, 0, 1],
  sw: [1, 0, 0, 1],
  w: [1, 0, 0, 0],
});

const between = (/** @type {number} */ least, /** @type {number} */ value, /** @type {number} */ most) => Math.max(least, Math.min(value, most));

/** The whole picture. @param {Size} size @returns {Box} */
export const whole = ({ w, h }) => ({ x: 0, y: 0, w, h });

/** The same box in whole pixels, no smaller than LEAST and inside the picture. @param {Box} box @param {Size} size @returns {Box} */
export function inside(box, size) {
  const w = between(Math.min(LEAST, size.w), Math.round(box.w), size.w);
  const h = between(Math.min(LEAST, size.h), Math.round(box.h), size.h);
  return { x: between(0, Math.round(box.x), size.w - w), y: between(0, Math.round(box.y), size.h - h), w, h };
}

/** @param {Box} box @param {number} dx @param {number} dy @param {Size} size */
export const moved = (box, dx, dy, size) => inside({ ...box, x: box.x + dx, y: box.y + dy }, size);

/**
 * One or two edges follow a handle; they stop at the picture's edge and before the opposite one.
 * @param {Box} box @param {string} handle @param {number} dx @param {number} dy @param {Size} size @returns {Box}
 */
export function resized(box, handle, dx, dy, size) {
  const [left, top, right, bottom] = HANDLES[handle] ?? [0, 0, 0, 0];
  const [x1, y1] = [box.x + box.w, box.y + box.h];
  const x = left ? between(0, Math.round(box.x + dx), x1 - LEAST) : box.x;
  const y = top ? between(0, Math.round(box.y + dy), y1 - LEAST) : box.y;
  const w = (right ? between(x + LEAST, Math.round(x1 + dx), size.w) : x1) - x;
  const h = (bottom ? between(y + LEAST, Math.round(y1 + dy), size.h) : y1) - y;
  return inside({ x, y, w, h }, size);
}

/** The box between two points, whichever is where. @param {{x: number, y: number}} a @param {{x: number, y: number}} b @param {Size} size */
export function spanned(a, b, size) {
  const [x, y] = [between(0, Math.min(a.x, b.x), size.w), between(0, Math.min(a.y, b.y), size.h)];
  return inside({ x, y, w: between(0, Math.max(a.x, b.x), size.w) - x, h: between(0, Math.max(a.y, b.y), size.h) - y }, size);
}

/** A new box for those who do not drag: a fifth of what is kept, in its middle. @param {Box} crop @returns {Box} */
export function added(crop) {
  const [w, h] = [Math.max(LEAST, Math.round(crop.w / 5)), Math.max(LEAST, Math.round(crop.h / 5))];
  return { x: crop.x + Math.round((crop.w - w) / 2), y: crop.y + Math.round((crop.h - h) / 2), w, h };
}

/** The size scaled down so that its longer side is at most `most`; never up. @param {Size} size @param {number} most @returns {Size} */
export function fitted({ w, h }, most) {
  const scale = Math.min(1, most / Math.max(w, h));
  return { w: Math.max(1, Math.round(w * scale)), h: Math.max(1, Math.round(h * scale)) };
}

/**
 * Where a black box lies on the picture that is sent, `size` large: its edges go outward to whole pixels, so that nothing
 * of what it hides shines through at its rim.
 * @param {Box} box @param {Box} crop @param {Size} size @returns {Box}
 */
export function sent(box, crop, size) {
  const [sx, sy] = [size.w / crop.w, size.h / crop.h];
  const [x, y] = [Math.floor((box.x - crop.x) * sx) - 1, Math.floor((box.y - crop.y) * sy) - 1];
  return { x, y, w: Math.ceil((box.x + box.w - crop.x) * sx) + 1 - x, h: Math.ceil((box.y + box.h - crop.y) * sy) + 1 - y };
}

/** In hundredths of the picture, for people and for fields. @param {Box} box @param {Size} size @returns {Box} */
export function percents(box, size) {
  const of = (/** @type {number} */ part, /** @type {number} */ all) => Math.round((1000 * part) / all) / 10;
  return { x: of(box.x, size.w), y: of(box.y, size.h), w: of(box.w, size.w), h: of(box.h, size.h) };
}

/** @param {Box} percent @param {Size} size @returns {Box} */
export function fromPercents(percent, size) {
  return inside({ x: (percent.x * size.w) / 100, y: (percent.y * size.h) / 100, w: (percent.w * size.w) / 100, h: (percent.h * size.h) / 100 }, size);
}

/** States one can go back through. The state is never changed in place. @template T */
export class History {
  /** @type {T[]} */ past = [];

  /** @param {T} state */
  constructor(state) {
    this.state = state;
  }

  /** @param {T} state */
  set(state) {
    this.past.push(this.state);
    this.state = state;
  }

  get isFresh() {
    return this.past.length === 0;
  }

  undo() {
    this.state = this.past.pop() ?? this.state;
    return this.state;
  }
}
