/** Where this client stands in the room's two streams: an entry counts iff it is the next one. */

/** @typedef {{st: string, seq: number, kind: string, at: string, by: {id: string, name: string, role: string}|null, cid?: string, d: any}} Entry */

const PARKED_AT_MOST = 1_000;

export class Journal {
  /** @type {string|null} */ epoch = null;
  /** Last number applied, by stream. @type {Record<string, number>} */ last = {};
  /** Entries that came too early, by stream and number. @type {Record<string, Map<number, Entry>>} */ #parked = {};
  /** Streams whose missing part was asked for. @type {Set<string>} */ #asked = new Set();

  /** Begin again at a snapshot. @param {string} epoch @param {Record<string, number>} top */
  restart(epoch, top) {
    this.epoch = epoch;
    this.last = { ...top };
    this.#parked = {};
    this.#asked.clear();
  }

  /** A new connection: what was asked on the old one will not be answered. */
  reconnected() {
    this.#asked.clear();
  }

  /**
   * Sort a push: `ready` are to be applied, in order; `holes` are the streams whose missing part must be asked for now.
   * @param {Entry[]} entries @returns {{ready: Entry[], holes: string[]}}
   */
  take(entries) {
    /** @type {Entry[]} */ const ready = [];
    /** @type {Set<string>} */ const holes = new Set();
    for (const entry of entries) {
      const last = this.last[entry.st];
      if (last === undefined || entry.seq <= last) continue;
      if (entry.seq > last + 1) {
        this.#park(entry);
        holes.add(entry.st);
        continue;
      }
      this.#apply(entry, ready);
    }
    return { ready, holes: [...holes].filter((st) => this.#parked[st]?.size && this.#ask(st)) };
  }

  /** Streams in which the server is ahead and nothing was asked yet. @param {Record<string, number>} top */
  behind(top) {
    return Object.keys(this.last).filter((st) => (top[st] ?? 0) > (this.last[st] ?? 0) && this.#ask(st));
  }

  /** The missing part of a stream came, or failed to. @param {string} st */
  told(st) {
    this.#asked.delete(st);
  }

  /** @param {Entry} entry @param {Entry[]} ready */
  #apply(entry, ready) {
    const parked = this.#parked[entry.st];
    for (let next = /** @type {Entry|undefined} */ (entry); next; next = parked?.get(next.seq + 1)) {
      parked?.delete(next.seq);
      this.last[next.st] = next.seq;
      ready.push(next);
    }
  }

  /** @param {Entry} entry */
  #park(entry) {
    const parked = (this.#parked[entry.st] ??= new Map());
    if (parked.size < PARKED_AT_MOST) parked.set(entry.seq, entry);
  }

  /** @param {string} st */
  #ask(st) {
    if (this.#asked.has(st)) return false;
    this.#asked.add(st);
    return true;
  }
}
