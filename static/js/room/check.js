/** How good the connection to the room is: a handful of tiny questions, timed. */

/** @typedef {{median: number, late: number, count: number}} Finding times in ms; `late` came after three medians or never */

const PROBES = 8;
const NEVER_MS = 5_000;
const APART_MS = 250;
const FAIR_MS = 350;
const POOR_MS = 1_000;

const wait = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {{command: (command: any) => Promise<any>, options: {seen: () => Record<string, number>}}} link @returns {Promise<Finding>} */
export async function probe(link, { probes = PROBES, apart = APART_MS, never = NEVER_MS } = {}) {
  /** @type {number[]} */ const times = [];
  for (let turn = 0; turn < probes; turn += 1) {
    const began = performance.now();
    const answer = link.command({ do: "history", st: "room", since: link.options.seen().room ?? 0 }).then(
      () => true,
      () => false,
    );
    const came = await Promise.race([answer, wait(never).then(() => false)]);
    times.push(came ? performance.now() - began : Infinity);
    await wait(apart);
  }
  return findingOf(times);
}

/** @param {number[]} times ms, `Infinity` for what never came @returns {Finding} */
export function findingOf(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? Infinity;
  const late = times.filter((time) => time === Infinity || (time > 3 * median && time - median > 100)).length;
  return { median: median === Infinity ? NEVER_MS : Math.round(median), late, count: times.length };
}

/** @param {Finding} finding @returns {"good"|"fair"|"poor"} */
export function verdictOf({ median, late, count }) {
  if (median > POOR_MS || late > count / 4) return "poor";
  return median > FAIR_MS || late > 0 ? "fair" : "good";
}
