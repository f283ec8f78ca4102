/** What a closed connection asks for: the close codes of the protocol. */

/** A connection this old (ms) was stable: the next failure starts counting again. */
export const STABLE_MS = 30_000;

/**
 * Codes from 4500 are final; 4003 wants a fresh ticket first.
 * @param {number} code @returns {"reconnect"|"ticket"|"final"}
 */
export function verdict(code) {
  if (code === 4003) return "ticket";
  return code >= 4500 && code < 4600 ? "final" : "reconnect";
}
