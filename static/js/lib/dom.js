/** The few things pages do with the document. Text goes in as text; markup comes from `<template>` alone. */

/** The element, which must be there. @param {string} selector @param {ParentNode} [root] @returns {HTMLElement} */
export function one(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`Missing ${selector}`);
  return /** @type {HTMLElement} */ (found);
}

/** What each element was last told to say. @type {WeakMap<Element, string>} */ const said = new WeakMap();

/**
 * Say it only when it changed: screen readers hear every change, and what a page translator made of the words meanwhile stays.
 * @param {Element} element @param {string|number} text
 */
export function say(element, text) {
  const wanted = String(text);
  if (said.get(element) === wanted) return;
  said.set(element, wanted);
  if (element.textContent !== wanted) element.textContent = wanted;
}

/** @param {Element} element @param {boolean} visible */
export function show(element, visible) {
  element.toggleAttribute("hidden", !visible);
}

/**
 * A dialog that is gone keeps the focus until the browser draws its next frame; a key pressed meanwhile still arrives there.
 * @param {Element|null} element
 */
export function inClosedDialog(element) {
  return !!element?.closest("dialog:not([open])");
}

/** Whether the focus rests nowhere, so that the page may place it. */
export function isFocusFree() {
  const { activeElement, body } = document;
  return !activeElement || activeElement === body || inClosedDialog(activeElement);
}

/**
 * A copy of `<template id>`: its root and its `data-slot` parts by name.
 * @typedef {{root: HTMLElement, slot: Record<string, HTMLElement>}} Stamp
 * @param {string} id @returns {Stamp}
 */
export function stamp(id) {
  const template = /** @type {HTMLTemplateElement} */ (one(`template#${id}`));
  const root = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  /** @type {Record<string, HTMLElement>} */ const slot = {};
  for (const part of [root, ...root.querySelectorAll("[data-slot]")]) {
    const name = /** @type {HTMLElement} */ (part).dataset.slot;
    if (name) slot[name] = /** @type {HTMLElement} */ (part);
  }
  return { root, slot };
}

/** A list whose elements stay the same elements while their keys stay: focus and reading position are kept. */
export class List {
  /** @type {Map<string, Stamp>} */ stamps = new Map();

  /** @param {HTMLElement} parent @param {string} template @param {(made: Stamp, key: string) => void} [made] */
  constructor(parent, template, made) {
    this.parent = parent;
    this.template = template;
    this.made = made;
  }

  /** @template T @param {T[]} items @param {(item: T) => string} key @param {(made: Stamp, item: T) => void} fill */
  show(items, key, fill) {
    const wanted = new Set(items.map(key));
    const focused = /** @type {HTMLElement|null} */ (this.parent.querySelector(":focus-visible"));
    for (const [old, { root }] of this.stamps) {
      if (wanted.has(old)) continue;
      root.remove();
      this.stamps.delete(old);
    }
    let next = this.parent.firstElementChild;
    for (const item of items) {
      const made = this.#stampFor(key(item));
      fill(made, item);
      if (made.root === next) next = next.nextElementSibling;
      else this.parent.insertBefore(made.root, next);
    }
    if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true }); // a moved element loses it
  }

  /** @param {string} key */
  #stampFor(key) {
    let made = this.stamps.get(key);
    if (!made) {
      made = stamp(this.template);
      made.root.dataset.key = key;
      this.made?.(made, key);
      this.stamps.set(key, made);
    }
    return made;
  }
}
