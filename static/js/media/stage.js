/** The picture in the light: a small one first, a larger one when asked, and what all of it has cost. */

import { one, say, show } from "#lib/dom.js";
import { lastOnly } from "#lib/ask.js";
import { text } from "#lib/texts.js";
import { size } from "#media/sizes.js";

export class Stage {
  bytes = 0;

  /** @param {HTMLElement} root holds `img#picture` @param {string} language */
  constructor(root, language) {
    this.root = root;
    this.language = language;
    this.load = lastOnly((/** @type {string} */ url) => this.#loaded(url));
    this.#count();
  }

  /** @returns {HTMLImageElement|null} */
  get picture() {
    return this.root.querySelector("#picture");
  }

  /** Show another picture once it is here; the one before stays meanwhile. @param {string} url @returns {Promise<boolean>} whether it is shown */
  async show(url) {
    const before = this.picture;
    if (!before) return false;
    this.#wait(true);
    /** @type {HTMLImageElement|null|undefined} */ let next;
    try {
      next = await this.load(url);
    } catch {
      this.#wait(false);
      say(one("#picture-state"), text("viewer.not_loaded"));
      return false;
    }
    if (!next) return false; // a later one is on its way
    next.id = "picture";
    next.alt = before.alt;
    next.className = before.className;
    const isScan = before.hasAttribute("data-scan"); // shown as large as it is useful, however few pixels came
    const sides = isScan ? ["width", "height"].map((side) => Number(before.getAttribute(side))) : [next.naturalWidth, next.naturalHeight];
    [next.width, next.height] = sides;
    next.toggleAttribute("data-scan", isScan);
    this.picture?.replaceWith(next);
    this.#wait(false);
    return true;
  }

  /** @param {string} url @returns {Promise<HTMLImageElement>} */
  async #loaded(url) {
    const image = new Image();
    image.src = url;
    await image.decode();
    return image;
  }

  /** @param {boolean} isWaiting */
  #wait(isWaiting) {
    say(one("#picture-state"), isWaiting ? text("viewer.loading") : "");
    this.root.toggleAttribute("aria-busy", isWaiting);
  }

  /** Every picture and piece of video that came over the network for this page. */
  #count() {
    const line = one("#bytes-used");
    new PerformanceObserver((list) => {
      for (const entry of /** @type {PerformanceResourceTiming[]} */ (list.getEntries())) {
        if (entry.name.includes("/media/at/")) this.bytes += entry.transferSize;
      }
      say(line, text("viewer.used", { bytes: size(this.bytes, this.language) }));
      show(line, this.bytes > 0);
    }).observe({ type: "resource", buffered: true });
  }
}
