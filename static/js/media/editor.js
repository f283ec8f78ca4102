/** The photo editor: what is cut off, what is blacked out, and what leaves the device afterwards. */

import { say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { added, fitted, fromPercents, History, inside, moved, percents, resized } from "#media/boxes.js";
import { Surface } from "#media/editor_surface.js";
import { encoded, read, untouched } from "#media/pictures.js";
import { size as bytesText } from "#media/sizes.js";

/**
 * @typedef {import("#media/boxes.js").Box} Box
 * @typedef {import("#media/boxes.js").Edit} Edit
 */

const FIELDS = /** @type {("x"|"y"|"w"|"h")[]} */ (["x", "y", "w", "h"]);
const KEYS = /** @type {Record<string, [number, number]>} */ ({ ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] });
/** How long (ms) nothing changes before the size afterwards is worked out. */
const CALM_MS = 350;

/**
 * Show the photo and wait. Resolves with a new JPEG, or with null when the person leaves it out.
 * @param {HTMLDialogElement} dialog as `media/_editor.html` has it @param {Blob} file @param {string} language
 * @returns {Promise<Blob|null>} rejects when the browser cannot read the photo
 */
export async function edit(dialog, file, language) {
  const picture = await read(file);
  const editor = new Editor(dialog, picture, language, file.size);
  try {
    return await editor.done();
  } finally {
    editor.close();
    picture.close();
  }
}

class Editor {
  chosen = -1; // a black box by its place, -1 for the frame
  /** @type {any} */ timer = 0;
  stop = new AbortController();
  version = 0;
  /** @type {{state: Edit, blob: Promise<Blob>}|null} */ made = null;

  /** @param {HTMLDialogElement} dialog @param {ImageBitmap} picture @param {string} language @param {number} before bytes */
  constructor(dialog, picture, language, before) {
    this.dialog = dialog;
    this.picture = picture;
    this.language = language;
    this.before = before;
    this.size = { w: picture.width, h: picture.height };
    this.history = new History(untouched(picture));
    this.surface = new Surface(this.slot("stage"), picture, {
      choose: (which) => this.choose(which),
      change: (edited, which) => this.change(edited, which),
      preview: (edited, which) => this.draw(edited, which),
      state: () => this.history.state,
      chosen: () => this.chosen,
    });
    this.listen();
    this.draw();
    this.weigh();
  }

  /** @param {string} name @returns {HTMLElement} */
  slot(name) {
    return /** @type {HTMLElement} */ (this.dialog.querySelector(`[data-slot="${name}"]`));
  }

  get state() {
    return this.history.state;
  }

  /** @param {number} which @param {Edit} [edited] @returns {Box} */
  box(which, edited = this.state) {
    return which < 0 ? edited.crop : edited.boxes[which];
  }

  /** @param {number} which @param {Box} box @returns {Edit} */
  with(which, box) {
    if (which < 0) return { ...this.state, crop: box };
    return { ...this.state, boxes: this.state.boxes.map((each, n) => (n === which ? box : each)) };
  }

  listen() {
    const { signal } = this.stop;
    const on = (/** @type {string} */ name, /** @type {() => void} */ action) => this.slot(name).addEventListener("click", action, { signal });
    on("add", () => this.change({ ...this.state, boxes: [...this.state.boxes, added(this.state.crop)] }, this.state.boxes.length, true));
    on("undo", () => this.undo());
    on("delete", () => this.delete());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) event.stopPropagation(); // a drag that slips off the picture is no wish to leave
    }, { signal });
    this.slot("things").addEventListener("click", (event) => {
      const thing = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-which]"));
      if (thing) this.choose(Number(thing.dataset.which));
    }, { signal });
    this.slot("things").addEventListener("keydown", (event) => this.key(event), { signal });
    this.dialog.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "z") this.undo();
    }, { signal });
    for (const field of FIELDS) this.field(field).addEventListener("change", () => this.typed(), { signal });
  }

  /** @param {string} name @returns {HTMLInputElement} */
  field(name) {
    return /** @type {HTMLInputElement} */ (this.dialog.querySelector(`[name="box-${name}"]`));
  }

  /** Arrows move what is chosen, with Shift its lower right corner; Delete takes a box away. @param {KeyboardEvent} event */
  key(event) {
    const step = KEYS[event.key];
    if (step) {
      const by = Math.max(1, Math.round(Math.max(this.size.w, this.size.h) / (event.altKey ? 1000 : 100)));
      const [dx, dy] = [step[0] * by, step[1] * by];
      const box = this.box(this.chosen);
      this.change(this.with(this.chosen, event.shiftKey ? resized(box, "se", dx, dy, this.size) : moved(box, dx, dy, this.size)), this.chosen, true);
    } else if (event.key === "Delete" || event.key === "Backspace") this.delete();
    else return;
    event.preventDefault();
  }

  typed() {
    const [x, y, w, h] = FIELDS.map((name) => Number(this.field(name).value));
    if ([x, y, w, h].every(Number.isFinite)) this.change(this.with(this.chosen, fromPercents({ x, y, w, h }, this.size)), this.chosen, true);
  }

  delete() {
    if (this.chosen < 0) return;
    const boxes = this.state.boxes.filter((_, n) => n !== this.chosen);
    this.change({ ...this.state, boxes }, boxes.length - 1);
    say(this.slot("said"), text("editor.box_removed"));
    this.thing(this.chosen)?.focus();
  }

  undo() {
    if (this.history.isFresh) return;
    this.history.undo();
    this.chosen = Math.min(this.chosen, this.state.boxes.length - 1);
    this.draw();
    this.weigh();
    say(this.slot("said"), text("editor.undone"));
  }

  /** @param {Edit} edited @param {number} which @param {boolean} [isTold] whether to say where it is now: not for pointers */
  change(edited, which, isTold = false) {
    this.history.set({ crop: inside(edited.crop, this.size), boxes: edited.boxes });
    this.chosen = which;
    this.draw();
    this.weigh();
    if (isTold) say(this.slot("said"), `${this.name(which)}: ${text("editor.where", this.where(which))}`);
  }

  /** @param {number} which */
  choose(which) {
    this.chosen = which;
    this.draw();
    say(this.slot("said"), `${this.name(which)}: ${text("editor.where", this.where(which))}`);
  }

  /** @param {number} which */
  name(which) {
    return which < 0 ? text("editor.frame") : text("editor.box", { number: which + 1 });
  }

  /** @param {number} which */
  where(which) {
    const percent = new Intl.NumberFormat(this.language, { style: "percent", maximumFractionDigits: 0 });
    return Object.fromEntries(Object.entries(percents(this.box(which), this.size)).map(([side, value]) => [side, percent.format(value / 100)]));
  }

  /** @param {number} which */
  thing(which) {
    return /** @type {HTMLElement|null} */ (this.dialog.querySelector(`[data-which="${which}"]`));
  }

  /** @param {Edit} [edited] shown, not yet kept @param {number} [chosen] */
  draw(edited = this.state, chosen = this.chosen) {
    this.surface.draw(edited, chosen);
    this.things(edited.boxes.length, chosen);
    const box = this.box(chosen, edited);
    const shown = box ? percents(box, this.size) : { x: 0, y: 0, w: 0, h: 0 };
    for (const name of FIELDS) if (document.activeElement !== this.field(name)) this.field(name).value = String(shown[name]);
    say(this.slot("fields-of"), this.name(chosen));
    show(this.slot("delete"), chosen >= 0);
    /** @type {HTMLButtonElement} */ (this.slot("undo")).disabled = this.history.isFresh;
  }

  /** A button for the frame and one for each box. @param {number} count @param {number} chosen */
  things(count, chosen) {
    const list = this.slot("things");
    while (list.children.length > count + 1) list.lastElementChild?.remove();
    while (list.children.length < count + 1) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "button editor-thing" });
      button.dataset.which = String(list.children.length - 1);
      button.textContent = this.name(list.children.length - 1);
      button.setAttribute("aria-describedby", "editor-keys");
      list.append(button);
    }
    for (const button of list.children) button.setAttribute("aria-pressed", String(Number(/** @type {HTMLElement} */ (button).dataset.which) === chosen));
  }

  /** Work out how much will be sent, once nothing has changed for a moment. */
  weigh() {
    clearTimeout(this.timer);
    const version = (this.version += 1);
    const before = bytesText(this.before, this.language);
    say(this.slot("weight"), text("editor.weight_before", { before }));
    this.timer = setTimeout(async () => {
      const after = await this.result().catch(() => null); // closed meanwhile
      if (version !== this.version || !after) return;
      const { w, h } = fitted(this.state.crop, 2048);
      say(this.slot("weight"), text("editor.weight", { before, after: bytesText(after.size, this.language), width: w, height: h }));
    }, CALM_MS);
  }

  /** The JPEG of what is shown, made once. @returns {Promise<Blob>} */
  result() {
    if (this.made?.state !== this.state) this.made = { state: this.state, blob: encoded(this.picture, this.state) };
    return this.made.blob;
  }

  /** @returns {Promise<Blob|null>} */
  done() {
    this.dialog.returnValue = "";
    this.dialog.showModal();
    return new Promise((resolve, reject) => {
      this.dialog.addEventListener("close", () => {
        this.version += 1; // what is being weighed is no news any more
        if (this.dialog.returnValue === "use") this.result().then(resolve, reject);
        else resolve(null);
      }, { once: true, signal: this.stop.signal });
    });
  }

  close() {
    clearTimeout(this.timer);
    this.stop.abort();
    this.surface.close();
    this.slot("things").replaceChildren();
  }
}
