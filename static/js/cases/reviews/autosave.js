// What is typed is saved a moment later; one request at a time, tried again while the server is away.

import { text } from "#lib/texts.js";

export const PAUSE_MS = 1_500; // after the last key
export const RETRY_MS = 10_000;

/**
 * @typedef {{post: (keepalive: boolean) => Promise<Response>, onSaved: (revision: number) => void, say: (text: string) => void,
 *   clock: () => string,
 *   later?: (action: () => void, ms: number) => unknown, never?: (timer: any) => void}} Means
 */
export class Autosave {
  isDirty = false;
  isBusy = false;
  isOver = false;
  /** @type {unknown} */ timer = undefined;

  /** @param {Means} means */
  constructor(means) {
    this.means = means;
    this.later = means.later ?? ((action, ms) => setTimeout(action, ms));
    this.never = means.never ?? ((timer) => clearTimeout(timer));
  }

  /** Something was typed: it is saved after a pause. */
  typed() {
    this.isDirty = true;
    this.#in(PAUSE_MS);
  }

  /** The page sends the form itself, or a conflict wants a person: no more saving from here. */
  stop() {
    this.isOver = true;
    this.never(this.timer);
  }

  /** Save what is not saved yet. @param {boolean} [isLeaving] the page may go away meanwhile */
  async now(isLeaving = false) {
    if (!this.isDirty || this.isBusy || this.isOver) return;
    this.never(this.timer);
    this.isDirty = false;
    this.isBusy = true;
    this.means.say(text("review.saving"));
    let next = 0;
    try {
      next = await this.#hear(await this.means.post(isLeaving));
    } catch {
      this.isDirty = true;
      this.means.say(text("review.late"));
      next = RETRY_MS;
    }
    this.isBusy = false;
    if (this.isDirty) this.#in(next || PAUSE_MS);
  }

  /** @param {Response} answer */
  async #hear(answer) {
    if (answer.status >= 500 || answer.status === 401) throw new Error("away"); // or signed out: perhaps they sign in elsewhere
    const body = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.means.onSaved(body.revision);
      this.means.say(text("review.saved", { time: this.means.clock() }));
    } else {
      this.means.say(body.message ?? text("review.late"));
      if (answer.status === 409) this.stop();
    }
    return 0;
  }

  /** @param {number} ms */
  #in(ms) {
    if (this.isOver) return;
    this.never(this.timer);
    this.timer = this.later(() => void this.now(), ms);
  }
}
