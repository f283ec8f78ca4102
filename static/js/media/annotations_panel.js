/** The tools, the list of layers, and keeping what was drawn. */

import { Shelf } from "#lib/shelf.js";
import { List, one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { Drawing } from "#media/annotations.js";
import { Surface } from "#media/annotations_tools.js";
import { ask, Refused } from "#media/server.js";

/**
 * @typedef {import("#media/annotations.js").Layer} Layer
 * @typedef {{medium: string, me: string, frames: number, layers: Layer[], may_mark: boolean, urls: Record<string, string>}} Config
 */

export class Marks {
  /** @type {Set<string>} */ hidden = new Set();
  /** @type {Map<number, {drawing: Drawing, revision: number, saved: string}>} */ own = new Map();
  isSaving = false;

  /** @param {HTMLElement} root `[data-marks]` @param {HTMLElement} stage @param {Config} config @param {string} language @param {(frame: number) => void} go */
  constructor(root, stage, config, language, go) {
    this.root = root;
    this.config = config;
    this.shelf = new Shelf(config.me);
    this.language = language;
    this.layers = config.layers;
    this.frame = 0;
    const means = {
      language,
      say: (/** @type {string} */ sentence) => say(one("[data-slot=said]", root), sentence),
      changed: () => this.changed(),
      words: () => this.#words(),
    };
    this.surface = new Surface(stage, means, config.may_mark);
    this.list = new List(one("[data-slot=layers]", root), "layer-row", (made, key) => this.#made(made, key));
    root.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-frame]"));
      if (button) go(Number(button.dataset.frame));
    });
    if (config.may_mark) this.#tools();
  }

  /** @param {number} frame from 1 */
  open(frame) {
    this.frame = frame;
    const own = this.#own(frame);
    if (this.surface.drawing) own.drawing.take(this.surface.drawing.tool);
    this.surface.drawing = this.config.may_mark ? own.drawing : null;
    this.changed();
  }

  /** What this person has drawn on a frame: what this device kept, else what was saved. @param {number} frame */
  #own(frame) {
    let own = this.own.get(frame);
    if (!own) {
      const layer = this.layers.find((each) => each.mine && each.frame === frame);
      const saved = JSON.stringify(layer?.shapes ?? []);
      const draft = JSON.parse(this.shelf.recall(this.#name(frame)) || "null");
      own = { drawing: new Drawing(draft?.shapes ?? layer?.shapes ?? []), revision: draft?.revision ?? layer?.revision ?? 0, saved };
      this.own.set(frame, own);
    }
    return own;
  }

  /** @param {number} frame */
  #name(frame) {
    return `marks:${this.config.medium}:${frame}`;
  }

  #isDirty() {
    const own = this.#own(this.frame);
    return JSON.stringify(own.drawing.shapes) !== own.saved;
  }

  #tools() {
    const on = (/** @type {string} */ name, /** @type {() => void} */ action) => one(`[data-slot=${name}]`, this.root).addEventListener("click", action);
    for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (this.root.querySelectorAll("[name=tool], [name=colour]"))) {
      input.addEventListener("change", () => {
        const { drawing } = this.#own(this.frame);
        if (input.name === "tool") drawing.take(input.value);
        else drawing.paint(Number(input.value));
        this.changed();
      });
    }
    on("undo", () => this.#act((drawing) => drawing.undo(), "undone"));
    on("delete", () => this.#act((drawing) => drawing.delete(), "gone"));
    on("save", () => void this.save());
    on("keep", () => void this.save(true));
    on("mine", () => void this.#settle(true));
    on("theirs", () => void this.#settle(false));
  }

  /** @param {(drawing: Drawing) => boolean} act @param {string} told */
  #act(act, told) {
    if (act(this.#own(this.frame).drawing)) say(one("[data-slot=said]", this.root), text(`marks.${told}`));
    this.changed();
  }

  /** Something was drawn, chosen or saved: keep it and show it. */
  changed() {
    const own = this.#own(this.frame);
    const isDirty = this.#isDirty();
    this.shelf.keep(this.#name(this.frame), isDirty ? JSON.stringify({ shapes: own.drawing.shapes, revision: own.revision }) : "");
    if (this.config.may_mark) {
      const slot = (/** @type {string} */ name) => /** @type {HTMLButtonElement} */ (one(`[data-slot=${name}]`, this.root));
      slot("save").disabled = !isDirty || this.isSaving;
      slot("undo").disabled = !own.drawing.past.length && !own.drawing.begun.length;
      slot("delete").disabled = own.drawing.chosen < 0;
      if (isDirty && !this.isSaving && slot("state").textContent === "") say(slot("state"), text("marks.unsaved"));
      say(slot("hint"), text(`marks.hint_${own.drawing.tool}`));
      const tool = /** @type {HTMLInputElement|null} */ (this.root.querySelector(`[name=tool][value="${own.drawing.tool}"]`));
      if (tool) tool.checked = true;
    }
    this.draw();
  }

  draw() {
    const here = this.layers.filter((layer) => layer.frame === this.frame && !layer.mine);
    const own = this.#own(this.frame).drawing;
    const ownLayer = this.layers.find((layer) => layer.frame === this.frame && layer.mine);
    this.surface.others = here.filter(({ author_id }) => !this.hidden.has(author_id));
    this.surface.isOwnShown = !this.hidden.has(this.config.me);
    this.surface.draw();
    const rows = here.map(({ author_id, author, saved_at, shapes }) => ({ id: author_id, name: author, at: saved_at, count: shapes.length }));
    const savedAt = this.#isDirty() ? "" : (ownLayer?.saved_at ?? "");
    if (own.shapes.length) rows.push({ id: this.config.me, name: text("marks.own"), at: savedAt, count: own.shapes.length });
    this.list.show(rows, ({ id }) => id, ({ slot }, row) => {
      say(slot.author, row.name);
      say(slot.when, row.at ? this.#time(row.at) : text("marks.unsaved"));
      say(slot.count, row.count);
    });
    show(one("[data-slot=no-layers]", this.root), rows.length === 0);
    this.#elsewhere();
  }

  /** Other pages or frames that have marks. */
  #elsewhere() {
    const marked = this.layers.filter(({ shapes, frame }) => shapes.length && frame !== this.frame);
    const frames = [...new Set(marked.map(({ frame }) => frame))].sort((a, b) => a - b);
    const list = one("[data-slot=elsewhere]", this.root);
    show(/** @type {HTMLElement} */ (list.parentElement), frames.length > 0);
    if (list.dataset.frames === frames.join()) return;
    list.dataset.frames = frames.join();
    list.replaceChildren(
      ...frames.map((frame) => {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: "button", textContent: String(frame) });
        button.dataset.frame = String(frame);
        return button;
      }),
    );
  }

  /** @param {import("#lib/dom.js").Stamp} made @param {string} id */
  #made({ slot }, id) {
    slot.shown.addEventListener("change", () => {
      if (/** @type {HTMLInputElement} */ (slot.shown).checked) this.hidden.delete(id);
      else this.hidden.add(id);
      this.draw();
    });
  }

  /** @param {string} at */
  #time(at) {
    return new Date(at).toLocaleString(this.language, { dateStyle: "medium", timeStyle: "short" });
  }

  /** @returns {Promise<string|null>} */
  #words() {
    const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("mark-words"));
    const field = /** @type {HTMLInputElement} */ (one("input", dialog));
    field.value = dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes" ? field.value : null), { once: true }));
  }

  /** @param {boolean} [looked] the person has looked once more at words that may name somebody */
  async save(looked = false) {
    const { frame } = this;
    const own = this.#own(frame);
    const { shapes } = own.drawing;
    this.#tell("saving");
    this.isSaving = true;
    this.changed();
    try {
      const answer = await ask(this.config.urls.save, { frame, shapes, revision: own.revision, looked });
      Object.assign(own, { revision: answer.revision, saved: JSON.stringify(shapes) });
      const layer = { author: "", author_id: this.config.me, mine: true, frame, shapes, revision: answer.revision, saved_at: answer.saved_at };
      this.layers = [...this.layers.filter((each) => !each.mine || each.frame !== frame), layer];
      this.#tell("saved", { time: new Date(answer.saved_at).toLocaleTimeString(this.language, { timeStyle: "short" }) });
    } catch (error) {
      if (!(error instanceof Refused)) this.#tell("no_network");
      else {
        this.#tell("refused", { reason: error.message });
        show(one("[data-slot=keep]", this.root), error.code === "marks.identifiers");
        show(one("[data-slot=conflict]", this.root), error.code === "marks.conflict");
      }
    } finally {
      this.isSaving = false;
      this.changed();
    }
  }

  /** Two windows of one person: what is drawn here goes over the other, or the other is taken. @param {boolean} isMine */
  async #settle(isMine) {
    const { frame } = this;
    try {
      const { layers } = await ask(this.config.urls.marks);
      this.layers = layers;
      const saved = layers.find((/** @type {Layer} */ each) => each.mine && each.frame === frame);
      const own = this.#own(frame);
      Object.assign(own, { revision: saved?.revision ?? 0, saved: JSON.stringify(saved?.shapes ?? []) });
      if (!isMine) {
        own.drawing = new Drawing(saved?.shapes ?? []);
        this.#tell("");
        this.open(frame);
      } else await this.save();
    } catch {
      this.#tell("no_network");
    }
  }

  /** @param {string} key @param {Record<string, string>} [values] */
  #tell(key, values) {
    for (const name of ["keep", "conflict"]) show(one(`[data-slot=${name}]`, this.root), false);
    say(one("[data-slot=state]", this.root), key ? text(`marks.${key}`, values) : "");
  }
}
