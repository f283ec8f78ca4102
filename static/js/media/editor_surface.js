/** The picture in the editor, with the frame and the black boxes over it, for fingers and mice. */

import { HANDLES, moved, resized, spanned } from "#media/boxes.js";
import { drawn, untouched } from "#media/pictures.js";
import { svg } from "#media/svg.js";

/**
 * @typedef {import("#media/boxes.js").Box} Box
 * @typedef {import("#media/boxes.js").Edit} Edit
 * @typedef {{x: number, y: number}} Point
 * @typedef {{choose: (which: number) => void, change: (edit: Edit, which: number) => void, preview: (edit: Edit, which: number) => void,
 *   state: () => Edit, chosen: () => number}} Hands
 * @typedef {{from: Point, box: Box, which: number, handle: string, edit: Edit, isMoved: boolean}} Drag
 */

const SHOWN = 1280; // longer side of the preview, in pixels
const REACH = 22; // CSS pixels around a handle that count as the handle: fingers are wide

/** A path around a box. @param {Box} box */
const around = ({ x, y, w, h }) => `M${x} ${y}h${w}v${h}h${-w}z`;

export class Surface {
  /** @type {Drag|null} */ drag = null;
  /** @type {Point|null} */ last = null;
  stop = new AbortController();

  /** @param {HTMLElement} stage @param {ImageBitmap} picture @param {Hands} hands */
  constructor(stage, picture, hands) {
    this.stage = stage;
    this.hands = hands;
    this.size = { w: picture.width, h: picture.height };
    const canvas = drawn(picture, untouched(picture), SHOWN);
    canvas.className = "editor-picture";
    this.svg = svg("svg", { viewBox: `0 0 ${this.size.w} ${this.size.h}`, class: "editor-over", "aria-hidden": "true" });
    this.shade = svg("path", { class: "editor-shade", "fill-rule": "evenodd" });
    this.boxes = svg("g");
    this.frame = svg("rect", { class: "editor-frame" });
    this.handles = svg("g");
    this.svg.append(this.boxes, this.shade, this.frame, this.handles);
    stage.replaceChildren(canvas, this.svg);
    this.svg.addEventListener("pointerdown", (event) => this.down(/** @type {PointerEvent} */ (event)), { signal: this.stop.signal });
    this.svg.addEventListener("pointermove", (event) => this.move(/** @type {PointerEvent} */ (event)), { signal: this.stop.signal });
    this.svg.addEventListener("pointerup", () => this.up(), { signal: this.stop.signal });
    this.svg.addEventListener("pointercancel", () => this.cancel(), { signal: this.stop.signal });
    this.sizes = new ResizeObserver(() => this.draw(hands.state(), hands.chosen()));
    this.sizes.observe(stage);
  }

  /** Pixels of the picture in one of the screen. */
  get scale() {
    return this.size.w / (this.svg.getBoundingClientRect().width || this.size.w);
  }

  /** @param {PointerEvent} event @returns {Point} */
  at(event) {
    const { left, top } = this.svg.getBoundingClientRect();
    return { x: (event.clientX - left) * this.scale, y: (event.clientY - top) * this.scale };
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button > 0 || this.drag) return;
    const from = this.at(event);
    const edit = this.hands.state();
    const chosen = this.hands.chosen();
    const handle = this.handleAt(from, chosen < 0 ? edit.crop : edit.boxes[chosen]);
    const under = edit.boxes.findLastIndex((box) => isIn(from, box));
    const isFrames = chosen < 0 && under < 0 && isCut(edit.crop, this.size) && isIn(from, edit.crop);
    const which = handle || isFrames ? chosen : under >= 0 ? under : edit.boxes.length;
    const box = which < 0 ? edit.crop : edit.boxes[which];
    this.last = null;
    this.drag = { from, which, edit, handle, isMoved: false, box: box ?? { x: from.x, y: from.y, w: 0, h: 0 } };
    this.svg.setPointerCapture(event.pointerId);
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.drag) return;
    const to = this.at(event);
    this.drag.isMoved ||= Math.hypot(to.x - this.drag.from.x, to.y - this.drag.from.y) > 4 * this.scale;
    if (this.drag.isMoved) this.hands.preview(this.result(this.drag, to), this.drag.which);
    this.last = to;
  }

  up() {
    const { drag, last } = this;
    this.drag = null;
    if (!drag) return;
    if (drag.isMoved && last) this.hands.change(this.result(drag, last), drag.which);
    else if (drag.which < drag.edit.boxes.length) this.hands.choose(drag.which);
  }

  cancel() {
    this.drag = null;
    this.draw(this.hands.state(), this.hands.chosen());
  }

  /** @param {Drag} drag @param {Point} to @returns {Edit} */
  result({ from, box, which, handle, edit }, to) {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const isNew = which === edit.boxes.length;
    const changed = isNew ? spanned(from, to, this.size) : handle ? resized(box, handle, dx, dy, this.size) : moved(box, dx, dy, this.size);
    if (which < 0) return { ...edit, crop: changed };
    return { ...edit, boxes: isNew ? [...edit.boxes, changed] : edit.boxes.map((each, n) => (n === which ? changed : each)) };
  }

  /** The nearest handle within reach, empty for none. @param {Point} point @param {Box|undefined} box */
  handleAt(point, box) {
    if (!box) return "";
    const near = Object.keys(HANDLES).map((name) => {
      const { x, y } = place(name, box);
      return { name, far: Math.hypot(point.x - x, point.y - y) };
    });
    near.sort((a, b) => a.far - b.far);
    const reach = Math.min(REACH * this.scale, Math.max(box.w, box.h) / 2);
    return near[0].far <= Math.max(reach, 10 * this.scale) ? near[0].name : "";
  }

  /** @param {Edit} edit @param {number} chosen */
  draw(edit, chosen) {
    this.shade.setAttribute("d", around({ x: 0, y: 0, ...this.size }) + around(edit.crop));
    const { x, y, w: width, h: height } = edit.crop;
    for (const [name, value] of Object.entries({ x, y, width, height })) this.frame.setAttribute(name, String(value));
    this.boxes.replaceChildren(
      ...edit.boxes.map(({ x, y, w, h }, n) => svg("rect", { x, y, width: w, height: h, class: n === chosen ? "editor-box editor-box-chosen" : "editor-box" })),
    );
    const box = chosen < 0 ? edit.crop : edit.boxes[chosen];
    this.handles.replaceChildren(
      ...(box ? Object.keys(HANDLES) : []).map((name) => {
        const { x, y } = place(name, /** @type {Box} */ (box));
        return svg("circle", { cx: x, cy: y, r: 7 * this.scale, class: "editor-handle" });
      }),
    );
  }

  close() {
    this.stop.abort();
    this.sizes.disconnect();
    this.stage.replaceChildren();
  }
}

/** @param {string} handle @param {Box} box @returns {Point} */
function place(handle, { x, y, w, h }) {
  const [left, top, right, bottom] = HANDLES[handle];
  return { x: left ? x : right ? x + w : x + w / 2, y: top ? y : bottom ? y + h : y + h / 2 };
}

/** @param {Point} point @param {Box} box */
const isIn = (point, { x, y, w, h }) => point.x >= x && point.x <= x + w && point.y >= y && point.y <= y + h;

/**
 * With the frame chosen a drag moves it once something has been cut off; before that it makes a black box.
 * @param {Box} crop @param {{w: number, h: number}} size
 */
const isCut = (crop, size) => crop.w < size.w || crop.h < size.h;
