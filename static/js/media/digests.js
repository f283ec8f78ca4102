/** SHA-256 of bytes. The browser's own is missing on plain http, as in a hospital's house network. */

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<string>} in hexadecimal */
export async function digest(bytes) {
  if (!globalThis.crypto?.subtle) return slowDigest(bytes);
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** @param {Uint8Array} bytes */
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The same by hand (FIPS 180-4). @param {Uint8Array} bytes @returns {string} */
export function slowDigest(bytes) {
  const { first, keys } = constants();
  const state = new Uint32Array(first);
  const words = new Uint32Array(64);
  const whole = bytes.length & ~63;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < whole; at += 64) mix(state, words, keys, view, at);
  const left = bytes.length - whole;
  const tail = new DataView(new ArrayBuffer(left < 56 ? 64 : 128));
  for (let at = 0; at < left; at += 1) tail.setUint8(at, bytes[whole + at]);
  tail.setUint8(left, 0x80);
  tail.setBigUint64(tail.byteLength - 8, BigInt(bytes.length) * 8n);
  for (let at = 0; at < tail.byteLength; at += 64) mix(state, words, keys, tail, at);
  return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** @param {Uint32Array} state @param {Uint32Array} words @param {Uint32Array} keys @param {DataView} view @param {number} at */
function mix(state, words, keys, view, at) {
  const turn = (/** @type {number} */ word, /** @type {number} */ by) => (word >>> by) | (word << (32 - by));
  for (let n = 0; n < 16; n += 1) words[n] = view.getUint32(at + 4 * n);
  for (let n = 16; n < 64; n += 1) {
    const [a, b] = [words[n - 15], words[n - 2]];
    const s0 = turn(a, 7) ^ turn(a, 18) ^ (a >>> 3);
    const s1 = turn(b, 17) ^ turn(b, 19) ^ (b >>> 10);
    words[n] = (words[n - 16] + s0 + words[n - 7] + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let n = 0; n < 64; n += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + keys[n] + words[n]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, n) => (state[n] += word));
}

/** The first 32 bits of the fractions of the square and cube roots of the first primes. */
function constants() {
  /** @type {number[]} */ const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
  const fraction = (/** @type {number} */ root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  return { first: primes.slice(0, 8).map((n) => fraction(Math.sqrt(n))), keys: new Uint32Array(primes.map((n) => fraction(Math.cbrt(n)))) };
}
