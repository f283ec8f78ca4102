/** Joining two questions that ask the same: drag one onto the other, or mark one and choose the other. */

/**
 * @typedef {import("#live/store.js").Question} Question
 * @param {import("#live/page.js").Page} page
 */
export function merging({ client }) {
  /** @type {Question|null} */ let source = null;
  /** @type {(() => void)[]} */ const listeners = [];

  /** @param {Question|null} question */
  function mark(question) {
    source = question;
    for (const listener of listeners) listener();
  }

  /** What the room already sees is only joined with something the room sees. @param {Question} target */
  function fits(target) {
    if (!source || source.id === target.id) return false;
    const isShown = ["approved", "taken"].includes(target.status);
    return isShown || (target.status === "pending" && source.status === "pending");
  }

  return {
    get source() {
      return source;
    },
    /** @param {Question} question */
    canStart: (question) => client.can.has("question.merge") && ["pending", "approved"].includes(question.status),
    fits,
    mark,
    /** The marked one goes into this one. @param {Question} target */
    into(target) {
      if (source && fits(target)) client.send("question.merge", { question: source.id, into: target.id });
      mark(null);
    },
    /** @param {() => void} listener */
    onChange: (listener) => void listeners.push(listener),
  };
}

/** @typedef {ReturnType<typeof merging>} Merging */
