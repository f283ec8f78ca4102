/** A list that grows at its end: it follows while the end is in view, and counts what is new while it is not. */

import { say, show } from "#lib/dom.js";

const NEAR = 24;

export class Follower {
  unread = 0;
  #stuck = true;

  /** @param {HTMLElement} scroller @param {HTMLElement} pill @param {(count: number) => string} words @param {() => void} [onRead] */
  constructor(scroller, pill, words, onRead) {
    this.scroller = scroller;
    this.pill = pill;
    this.words = words;
    this.onRead = onRead;
    pill.addEventListener("click", () => this.toEnd());
    scroller.addEventListener("scroll", () => this.#looked(), { passive: true });
  }

  /** Something was drawn, `fresh` of it new. @param {number} fresh */
  grew(fresh) {
    if (this.#isVisible && this.#stuck) this.toEnd();
    else this.unread += fresh;
    this.#tell();
  }

  /** The list came into view. */
  shown() {
    if (this.#stuck) this.toEnd();
  }

  toEnd() {
    this.#stuck = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#read();
  }

  get #isVisible() {
    return this.scroller.clientHeight > 0;
  }

  #looked() {
    if (!this.#isVisible) return;
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.#stuck = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#stuck) this.#read();
  }

  #read() {
    if (this.#isVisible && this.unread) {
      this.unread = 0;
      this.onRead?.();
    }
    this.#tell();
  }

  #tell() {
    show(this.pill, this.unread > 0 && !this.#stuck);
    if (this.unread) say(this.pill, this.words(this.unread));
  }
}
