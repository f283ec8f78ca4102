/** Ids made in the browser: commands, this device, this tab. */

/** A random UUID; `crypto.randomUUID` is missing on plain http. @returns {string} */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (/** @type {number} */ (bytes[6]) & 0x0f) | 0x40;
  bytes[8] = (/** @type {number} */ (bytes[8]) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * The id of this device in the hands of one person, the same in all their tabs and for ever; a new one where storage is blocked.
 * @param {import("#lib/shelf.js").Shelf} shelf @returns {string}
 */
export function deviceId(shelf) {
  if (!shelf.recall("device")) shelf.keep("device", uuid());
  return shelf.recall("device");
}
