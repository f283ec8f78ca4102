/** Ids made in the browser: commands, this device, this tab. */

import { keep, recall } from "#lib/memory.js";

/** A random UUID; `crypto.randomUUID` is missing on plain http. @returns {string} */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (/** @type {number} */ (bytes[6]) & 0x0f) | 0x40;
  bytes[8] = (/** @type {number} */ (bytes[8]) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** This device's id, the same for all its tabs and for ever; a new one where storage is blocked. @returns {string} */
export function deviceId() {
  if (!recall("device")) keep("device", uuid());
  return recall("device");
}
