/** When to try again. */

/** How long to wait (ms) before try number `attempt` (0 first). @param {number} attempt @param {() => number} random */
export function delay(attempt, random = Math.random) {
  return random() * (attempt === 0 ? 3_000 : Math.min(30_000, 1_000 * 2 ** attempt));
}
