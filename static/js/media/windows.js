/** A scan: which frame, and which part of its range of values is shown as grey. */

import { one, say } from "#lib/dom.js";
import { text } from "#lib/texts.js";

/**
 * @typedef {{frames: number, is_colour: boolean, centre: number, width: number, low: number, high: number,
 *   presets: {name: string, centre: number, width: number}[]}} Windows
 * @typedef {{frame: number, centre: number|null, width: number|null}} View without centre and width: as recorded
 */

/** How long (ms) a slider rests before a picture is asked for. */
const CALM_MS = 160;

/** @param {string} url @param {View} view @param {number} side pixels of the longer side */
export function address(url, { frame, centre, width }, side) {
  const asked = new URLSearchParams({ frame: String(frame) });
  if (centre !== null && width !== null) {
    asked.set("centre", String(centre));
    asked.set("width", String(width));
  }
  asked.set("size", String(side));
  return `${url}?${asked}`;
}

/**
 * Where the sliders end: what the scan holds, and every preset within.
 * @param {Windows} windows @returns {{low: number, high: number, widest: number, step: number}}
 */
export function ranges({ low, high, centre, width, presets }) {
  const lows = [low, centre, ...presets.map((each) => each.centre)];
  const least = Math.floor(Math.min(...lows));
  const most = Math.ceil(Math.max(high, ...lows));
  const widest = Math.ceil(Math.max(most - least, width, ...presets.map((each) => each.width), 1));
  return { low: least, high: most, widest, step: widest > 20 ? 1 : widest / 100 };
}

export class WindowControls {
  /** @type {any} */ timer = 0;

  /** @param {HTMLElement} root `[data-windows]` @param {Windows} windows @param {View} view @param {(view: View) => void} changed @param {string} language */
  constructor(root, windows, view, changed, language) {
    this.root = root;
    this.windows = windows;
    this.view = view;
    this.changed = changed;
    this.language = language;
    if (!windows.is_colour) this.#window();
    root.addEventListener("click", (event) => {
      const link = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest("[data-preset]"));
      if (!link) return;
      event.preventDefault();
      const preset = windows.presets.find(({ name }) => name === link.dataset.preset);
      this.set(preset ? { centre: preset.centre, width: preset.width } : { centre: null, width: null }, true);
    });
    this.#say();
  }

  /** @param {string} name @returns {HTMLInputElement} */
  slider(name) {
    return /** @type {HTMLInputElement} */ (one(`[name=${name}]`, this.root));
  }

  #window() {
    const { low, high, widest, step } = ranges(this.windows);
    const [centre, width] = [this.slider("centre"), this.slider("width")];
    Object.assign(centre, { min: low, max: high, step, value: this.view.centre ?? this.windows.centre });
    Object.assign(width, { min: step, max: widest, step, value: this.view.width ?? this.windows.width });
    for (const each of [centre, width]) each.addEventListener("input", () => this.set({ centre: Number(centre.value), width: Number(width.value) }));
  }

  /** @param {Partial<View>} changes @param {boolean} [atOnce] */
  set(changes, atOnce = false) {
    Object.assign(this.view, changes);
    if (!this.windows.is_colour) {
      this.slider("centre").value = String(this.view.centre ?? this.windows.centre);
      this.slider("width").value = String(this.view.width ?? this.windows.width);
    }
    this.#say();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.changed(this.view), atOnce ? 0 : CALM_MS);
  }

  #say() {
    if (this.windows.is_colour) return;
    const [centre, width] = [this.view.centre ?? this.windows.centre, this.view.width ?? this.windows.width];
    const figure = new Intl.NumberFormat(this.language, { maximumFractionDigits: 1 });
    say(one("[data-slot=window]", this.root), text("viewer.window", { centre: figure.format(centre), width: figure.format(width) }));
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll("[data-preset]"))) {
      const preset = this.windows.presets.find(({ name }) => name === link.dataset.preset);
      const isOn = !!preset && preset.centre === centre && preset.width === width;
      if (isOn) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}
