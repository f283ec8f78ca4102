/** Marks on a picture: what is drawn, chosen and taken back. Points are ten-thousandths of the picture's sides. Pure. */

/**
 * @typedef {[number, number]} Point
 * @typedef {{kind: string, points: Point[], colour: number, text?: string}} Shape
 * @typedef {{author: string, author_id: string, mine: boolean, frame: number, shapes: Shape[], revision: number, saved_at: string}} Layer
 */

export const SIDE = 10_000;
export const COLOURS = 4;
export const MOST_SHAPES = 200;
const MOST_POINTS = 64;
/** Two points nearer than this on both axes are one: a press is no arrow, and an outline ends where it began. */
export const NEAR = 120;
/** How many points make the whole; an outline ends when its person says so. */
const NEEDED = /** @type {Record<string, number>} */ ({ arrow: 2, ellipse: 2, text: 1 });

const bounded = (/** @type {number} */ n) => Math.max(0, Math.min(SIDE, Math.round(n)));

/** @param {number} x @param {number} y @returns {Point} */
export const point = (x, y) => [bounded(x), bounded(y)];

/** @param {Point} a @param {Point} b */
export const isNear = (a, b) => Math.abs(a[0] - b[0]) < NEAR && Math.abs(a[1] - b[1]) < NEAR;

/** The same shape elsewhere, as far as the picture reaches. @param {Shape} shape @param {number} dx @param {number} dy @returns {Shape} */
export function shifted(shape, dx, dy) {
  const along = (/** @type {0|1} */ axis, /** @type {number} */ by) => {
    const all = shape.points.map((each) => each[axis]);
    return Math.max(-Math.min(...all), Math.min(SIDE - Math.max(...all), Math.round(by)));
  };
  const [x, y] = [along(0, dx), along(1, dy)];
  return { ...shape, points: shape.points.map((each) => /** @type {Point} */ ([each[0] + x, each[1] + y])) };
}

/** Lines of about `most` letters, broken between words. @param {string} text @param {number} most @returns {string[]} */
export function lines(text, most) {
  /** @type {string[]} */ const found = [""];
  for (const word of text.split(" ")) {
    const last = found[found.length - 1];
    if (last && last.length + 1 + word.length > most) found.push(word);
    else found[found.length - 1] = last ? `${last} ${word}` : word;
  }
  return found;
}

/** What one person draws on one frame. */
export class Drawing {
  /** @type {Shape[][]} */ past = [];
  /** @type {Point[]} */ begun = [];
  chosen = -1;
  tool = "choose";
  colour = 0;

  /** @param {Shape[]} [shapes] */
  constructor(shapes = []) {
    this.shapes = shapes;
  }

  /** @param {Shape[]} shapes */
  #set(shapes) {
    this.past.push(this.shapes);
    this.shapes = shapes;
  }

  get isFull() {
    return this.shapes.length >= MOST_SHAPES;
  }

  /**
   * One more point of the shape begun. An outline ends at its first point, or where the last one is set again.
   * @param {Point} at @param {string} [text] needed for words @returns {Shape|null} the shape, when it is whole now
   */
  set(at, text = "") {
    if (this.isFull) return null;
    const first = this.begun[0];
    const last = this.begun[this.begun.length - 1];
    if (this.tool === "polygon") {
      const isClosed = this.begun.length >= 3 && (isNear(at, first) || isNear(at, last));
      if (!isClosed && !(last && isNear(at, last))) this.begun.push(at);
      return isClosed || this.begun.length >= MOST_POINTS ? this.#add(this.begun) : null;
    }
    if (last && isNear(at, last)) return null;
    this.begun.push(at);
    if (this.begun.length < NEEDED[this.tool]) return null;
    return this.#add(this.begun, text);
  }

  /** @param {Point[]} points @param {string} [text] @returns {Shape|null} */
  #add(points, text = "") {
    this.begun = [];
    const words = text.split(/\s+/).filter(Boolean).join(" ");
    if (this.tool === "text" && !words) return null;
    /** @type {Shape} */ const shape = { kind: this.tool, points, colour: this.colour, ...(words ? { text: words } : {}) };
    this.#set([...this.shapes, shape]);
    this.chosen = this.shapes.length - 1;
    return shape;
  }

  giveUp() {
    const had = this.begun.length > 0;
    this.begun = [];
    return had;
  }

  /** @param {string} tool */
  take(tool) {
    this.giveUp();
    if (tool !== this.tool) this.chosen = -1;
    this.tool = tool;
  }

  /** The next one in the order drawn, around the end. @param {number} by 1 or -1 */
  next(by) {
    const all = this.shapes.length;
    if (all) this.chosen = this.chosen < 0 ? (by > 0 ? 0 : all - 1) : (this.chosen + by + all) % all;
    return this.chosen;
  }

  /** @param {number} dx @param {number} dy */
  move(dx, dy) {
    const shape = this.shapes[this.chosen];
    if (shape) this.#set(this.shapes.map((each) => (each === shape ? shifted(shape, dx, dy) : each)));
  }

  /** What is drawn next; a mark that was chosen for it is painted over. @param {number} colour */
  paint(colour) {
    this.colour = colour;
    const shape = this.tool === "choose" && this.shapes[this.chosen];
    if (shape && shape.colour !== colour) this.#set(this.shapes.map((each) => (each === shape ? { ...shape, colour } : each)));
  }

  delete() {
    if (!this.shapes[this.chosen]) return false;
    this.#set(this.shapes.filter((_, n) => n !== this.chosen));
    this.chosen = -1;
    return true;
  }

  undo() {
    if (this.giveUp()) return true;
    const before = this.past.pop();
    if (!before) return false;
    this.shapes = before;
    this.chosen = Math.min(this.chosen, this.shapes.length - 1);
    return true;
  }
}
