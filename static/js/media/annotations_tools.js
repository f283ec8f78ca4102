/** Drawing by pointer and by keyboard, on the picture of one frame. */

import { text } from "#lib/texts.js";
import { point, SIDE } from "#media/annotations.js";
import { beginnings, crossHair, drawnShape } from "#media/annotations_drawing.js";
import { svg } from "#media/svg.js";

/**
 * @typedef {import("#media/annotations.js").Drawing} Drawing
 * @typedef {import("#media/annotations.js").Point} Point
 * @typedef {import("#media/annotations.js").Layer} Layer
 * @typedef {import("#media/annotations_drawing.js").Scale} Scale
 * @typedef {{say: (text: string) => void, changed: () => void, words: () => Promise<string|null>, language: string}} Means
 */

const STEP = 200;
const KEYS = /** @type {Record<string, Point>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });

export class Surface {
  /** @type {Drawing|null} */ drawing = null;
  /** @type {Layer[]} */ others = [];
  /** @type {Point} */ cross = [SIDE / 2, SIDE / 2];
  isKeyed = false;
  isOwnShown = true;
  /** @type {{from: Point, to: Point, isMove: boolean}|null} */ drag = null;

  /** @param {HTMLElement} stage holds the picture @param {Means} means @param {boolean} mayDraw */
  constructor(stage, means, mayDraw) {
    this.stage = stage;
    this.means = means;
    this.svg = svg("svg", { class: "marks-over", preserveAspectRatio: "none" });
    if (!mayDraw) this.svg.setAttribute("aria-hidden", "true");
    stage.append(this.svg);
    new ResizeObserver(() => this.draw()).observe(this.svg);
    if (mayDraw) this.#listen();
  }

  #listen() {
    const on = (/** @type {string} */ kind, /** @type {(event: any) => void} */ action) => this.svg.addEventListener(kind, action);
    const label = this.stage.dataset.label ?? "";
    const attributes = { tabindex: "0", role: "application", "aria-describedby": "marks-keys", "aria-label": label };
    for (const [name, value] of Object.entries(attributes)) this.svg.setAttribute(name, value);
    this.svg.classList.add("marks-open");
    on("pointerdown", (event) => this.#down(event));
    on("pointermove", (event) => this.#move(event));
    on("pointerup", (event) => void this.#up(event));
    on("pointercancel", () => this.#end());
    on("keydown", (event) => void this.#key(event));
    on("blur", () => this.#keyed(false));
  }

  /** @returns {Scale} */
  get scale() {
    const { width, height } = this.svg.getBoundingClientRect();
    return { ratio: height / width || 1, unit: SIDE / (width || SIDE) };
  }

  /** @param {PointerEvent} event @returns {Point} */
  #at(event) {
    const { left, top, width, height } = this.svg.getBoundingClientRect();
    return point(((event.clientX - left) / width) * SIDE, ((event.clientY - top) / height) * SIDE);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const { drawing } = this;
    if (!drawing || event.button > 0 || this.drag) return;
    this.#keyed(false);
    const at = this.#at(event);
    const under = /** @type {SVGElement|null} */ (/** @type {Element} */ (event.target).closest("[data-own] [data-shape]"));
    if (drawing.tool === "choose") drawing.chosen = under ? Number(under.dataset.shape) : -1;
    this.drag = { from: at, to: at, isMove: drawing.tool === "choose" && drawing.chosen >= 0 };
    this.svg.setPointerCapture(event.pointerId);
    this.svg.focus({ preventScroll: true });
    event.preventDefault();
    this.draw();
    if (drawing.tool === "choose") this.means.changed();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (!this.drag) return;
    this.drag.to = this.#at(event);
    this.draw();
  }

  /** @param {PointerEvent} event */
  async #up(event) {
    const { drag, drawing } = this;
    this.#end();
    if (!drag || !drawing) return;
    const to = this.#at(event);
    if (drawing.tool === "choose") {
      if (drag.isMove && (to[0] !== drag.from[0] || to[1] !== drag.from[1])) drawing.move(to[0] - drag.from[0], to[1] - drag.from[1]);
    } else if (drawing.tool === "arrow" || drawing.tool === "ellipse") {
      drawing.giveUp();
      drawing.set(drag.from);
      if (drawing.set(to)) this.#added();
      else drawing.giveUp();
    } else await this.#set(to);
    this.draw();
    this.means.changed();
  }

  #end() {
    this.drag = null;
    this.draw();
  }

  /** A point by press or by Enter. @param {Point} at */
  async #set(at) {
    const { drawing } = this;
    if (!drawing) return;
    const words = drawing.tool === "text" ? await this.means.words() : "";
    if (words === null) return;
    if (drawing.set(at, words)) this.#added();
    else if (drawing.begun.length) this.means.say(text("marks.point_set", { count: drawing.begun.length, at: this.#where(at) }));
  }

  #added() {
    const { drawing, means } = this;
    if (drawing) means.say(text("marks.added", { kind: text(`marks.${drawing.tool}`) }));
  }

  /** @param {KeyboardEvent} event */
  async #key(event) {
    const { drawing, means } = this;
    if (!drawing) return;
    const step = KEYS[event.key];
    const isChoosing = drawing.tool === "choose";
    if (step) {
      const by = event.shiftKey ? 5 * STEP : event.altKey ? STEP / 10 : STEP;
      event.preventDefault();
      if (isChoosing) drawing.move(step[0] * by, step[1] * by);
      else this.cross = point(this.cross[0] + step[0] * by, this.cross[1] + step[1] * by);
      this.#keyed(true);
      if (!isChoosing) means.say(this.#where(this.cross));
    } else if (event.key === "Enter" && !isChoosing) {
      event.preventDefault();
      this.#keyed(true);
      await this.#set(this.cross);
    } else if (event.key === "." || event.key === ",") {
      const n = drawing.next(event.key === "." ? 1 : -1);
      if (n >= 0) means.say(text("marks.chosen", { kind: text(`marks.${drawing.shapes[n].kind}`), number: n + 1, all: drawing.shapes.length }));
    } else if (event.key === "Escape" && drawing.giveUp()) means.say(text("marks.given_up"));
    else if ((event.key === "Delete" || event.key === "Backspace") && drawing.delete()) means.say(text("marks.gone"));
    else if ((event.ctrlKey || event.metaKey) && event.key === "z" && drawing.undo()) means.say(text("marks.undone"));
    else return;
    event.preventDefault();
    this.draw();
    means.changed();
  }

  /** @param {boolean} isKeyed */
  #keyed(isKeyed) {
    this.isKeyed = isKeyed;
    this.draw();
  }

  /** @param {Point} at */
  #where([x, y]) {
    const percent = new Intl.NumberFormat(this.means.language, { style: "percent" });
    return text("marks.at", { x: percent.format(x / SIDE), y: percent.format(y / SIDE) });
  }

  draw() {
    const { scale, drawing, drag } = this;
    this.svg.setAttribute("data-tool", drawing?.tool ?? "");
    this.svg.setAttribute("viewBox", `0 0 ${SIDE} ${SIDE * scale.ratio}`);
    const groups = this.others.map(({ shapes }) => {
      const group = svg("g");
      group.append(...shapes.map((shape, n) => drawnShape(shape, n, scale)));
      return group;
    });
    if (drawing && this.isOwnShown) {
      const own = svg("g", { "data-own": "" });
      own.append(...drawing.shapes.map((shape, n) => drawnShape(shape, n, scale, n === drawing.chosen)));
      const [dx, dy] = drag?.isMove ? [drag.to[0] - drag.from[0], drag.to[1] - drag.from[1]] : [0, 0];
      const moving = own.querySelector(".mark-chosen");
      if (moving && (dx || dy)) moving.setAttribute("transform", `translate(${dx} ${dy * scale.ratio})`);
      groups.push(own);
      const pulled = drag && !drag.isMove && ["arrow", "ellipse"].includes(drawing.tool) ? [drag.from, drag.to] : drawing.begun;
      const toward = this.isKeyed && pulled.length && !drag ? [...pulled, this.cross] : pulled;
      if (toward.length) groups.push(beginnings(drawing.tool, toward, drawing.colour, scale));
      if (this.isKeyed && drawing.tool !== "choose") groups.push(crossHair(this.cross, scale));
    }
    this.svg.replaceChildren(...groups);
  }
}
