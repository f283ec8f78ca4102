/** Small stand-ins for what a browser has: a clock one turns by hand, sockets one answers by hand. */

export class FakeClock {
  time = 0;
  next = 1;
  /** @type {Map<number, {at: number, action: () => void}>} */ planned = new Map();
  now = () => this.time;
  set = (/** @type {() => void} */ action, /** @type {number} */ ms) => {
    this.planned.set(this.next, { at: this.time + ms, action });
    return this.next++;
  };
  clear = (/** @type {number} */ id) => void this.planned.delete(id);

  /** Turn the clock; what is due happens in order. @param {number} ms */
  async turn(ms) {
    const until = this.time + ms;
    for (;;) {
      const due = [...this.planned].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (!due) break;
      this.planned.delete(due[0]);
      this.time = due[1].at;
      due[1].action();
      await settled();
    }
    this.time = until;
  }
}

export class FakeSocket {
  /** @type {any[]} */ frames = [];
  closedWith = 0;
  /** @type {((e?: any) => void)|null} */ onopen = null;
  /** @type {((e: {data: string}) => void)|null} */ onmessage = null;
  /** @type {((e: {code: number}) => void)|null} */ onclose = null;
  send(/** @type {string} */ text) {
    this.frames.push(JSON.parse(text));
  }
  close(code = 1000) {
    this.closedWith = code;
  }

  opens() {
    this.onopen?.();
    return settled();
  }
  says(/** @type {any} */ frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
    return settled();
  }
  dies(/** @type {number} */ code) {
    this.onclose?.({ code });
    return settled();
  }
  /** The last frame sent. */
  get last() {
    return this.frames.at(-1);
  }
}

/** Let every promise that can go on go on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

/**
 * A server behind `fetch` for one test: a body, or a status that refuses, by address; at any other address the network is away.
 * @param {import("node:test").TestContext} t @param {Record<string, any>} answers @returns {any[][]} what was asked, as it comes
 */
export function answering(t, answers) {
  /** @type {any[][]} */ const asked = [];
  t.mock.method(globalThis, "fetch", async (/** @type {any[]} */ ...request) => {
    asked.push(request);
    const answer = answers[request[0]];
    if (answer === undefined) throw new TypeError("no network");
    return typeof answer === "number" ? new Response("", { status: answer }) : Response.json(answer);
  });
  return asked;
}

/**
 * An English page's texts, in one or several parts; before the first sentence is asked for.
 * @param {...Record<string, string|Record<string, string>>} parts
 */
export function bringTexts(...parts) {
  const scripts = parts.map((part) => ({ textContent: JSON.stringify(part) }));
  const page = { documentElement: { lang: "en", dataset: {} }, querySelectorAll: () => scripts };
  globalThis.document = /** @type {any} */ (Object.assign(globalThis.document ?? {}, page));
}

/** A browser's storage for one test. @param {import("node:test").TestContext} t @returns {Storage} */
export function storing(t) {
  /** @type {Map<string, string>} */ const kept = new Map();
  /** @type {Record<string, any>} */ const store = {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) => {
      kept.set(name, value);
      store[name] = value;
    },
    removeItem: (/** @type {string} */ name) => {
      kept.delete(name);
      delete store[name];
    },
  };
  for (const name of Object.keys(store)) Object.defineProperty(store, name, { enumerable: false });
  Object.defineProperty(store, "length", { get: () => kept.size });
  Object.defineProperty(globalThis, "localStorage", { value: store, configurable: true });
  t.after(() => void delete (/** @type {any} */ (globalThis).localStorage));
  return /** @type {any} */ (store);
}
