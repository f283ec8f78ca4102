/** The room's frames over plain requests, for networks that block WebSocket. Looks like a WebSocket to the link. */

import { csrfToken } from "#lib/config.js";

const WAIT_SECONDS = 25;
const TICKET_EXPIRED = 4003;

export class LongPoll {
  /** @type {((e?: any) => void)|null} */ onopen = null;
  /** @type {((e: {data: string}) => void)|null} */ onmessage = null;
  /** @type {((e: {code: number}) => void)|null} */ onclose = null;
  #open = true;
  #listening = false;
  /** @type {string[]} */ #queue = [];
  #posting = false;

  /**
   * `renew` asks for a fresh ticket and says whether there is one.
   * @param {{events: string, commands: string, device: string, position: () => {epoch: string|null, since: Record<string, number>},
   *   ticket: () => string, renew: () => Promise<boolean>, fetch?: typeof fetch}} options
   */
  constructor(options) {
    this.options = options;
    this.fetch = options.fetch ?? fetch.bind(globalThis);
    this.aborter = new AbortController();
    queueMicrotask(() => this.#open && this.onopen?.());
  }

  /** @param {string} text */
  send(text) {
    this.#queue.push(text);
    if (!this.#posting) this.#post();
  }

  close(code = 1000) {
    if (!this.#open) return;
    this.#open = false;
    this.aborter.abort();
    this.onclose?.({ code });
  }

  async #post() {
    this.#posting = true;
    while (this.#open && this.#queue.length) {
      const frames = this.#queue.splice(0);
      const body = `{"frames":[${frames.join(",")}]}`;
      const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken() };
      await this.#request(() => `${this.options.commands}?${this.#query({})}`, { method: "POST", headers, body });
      if (this.#open && !this.#listening) this.#listen();
    }
    this.#posting = false;
  }

  async #listen() {
    this.#listening = true;
    while (this.#open) {
      const { epoch, since } = this.options.position();
      const { device } = this.options;
      const wanted = { epoch: epoch ?? "", since: JSON.stringify(since), device, wait: String(WAIT_SECONDS) };
      await this.#request(() => `${this.options.events}?${this.#query(wanted)}`, {});
    }
  }

  /** The ticket says whose requests these are; the cookie may be somebody else's by now. @param {Record<string, string>} wanted */
  #query(wanted) {
    return new URLSearchParams({ ...wanted, ticket: this.options.ticket() });
  }

  /** @param {() => string} address @param {RequestInit} init @param {boolean} [isFirst] @returns {Promise<void>} */
  async #request(address, init, isFirst = true) {
    try {
      const response = await this.fetch(address(), { ...init, credentials: "same-origin", signal: this.aborter.signal });
      const { frames, close } = await response.json();
      if (close === TICKET_EXPIRED && isFirst && (await this.options.renew())) return await this.#request(address, init, false);
      if (!response.ok) return this.close(close ?? 1006);
      for (const frame of frames) {
        if (!this.#open) return;
        if (frame.re === 0) return this.close(1006); // the journal cannot be followed from here: hello again
        this.onmessage?.({ data: JSON.stringify(frame) });
        await null; // as with a socket, what a frame sets off happens before the next one
      }
    } catch {
      this.close(1006);
    }
  }
}
