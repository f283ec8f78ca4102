/** When to come back, and whether to: delays and close codes of the protocol. */

/** A connection this old (ms) was stable: the next failure starts counting again. */
export const STABLE_MS = 30_000;

/** How long to wait (ms) before reconnect number `attempt` (0 first). @param {number} attempt @param {() => number} random */
export function delay(attempt, random = Math.random) {
  return random() * (attempt === 0 ? 3_000 : Math.min(30_000, 1_000 * 2 ** attempt));
}

/**
 * What a close code asks for. Codes from 4500 are final; 4003 wants a fresh ticket first.
 * @param {number} code @returns {"reconnect"|"ticket"|"final"}
 */
export function verdict(code) {
  if (code === 4003) return "ticket";
  return code >= 4500 && code < 4600 ? "final" : "reconnect";
}
