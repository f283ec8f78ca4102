/** The segments of a JPEG. Pure. */

const [EXIF, PHOTOSHOP, COMMENT, SCAN] = [0xe1, 0xed, 0xfe, 0xda];
const TOLD = new Set([EXIF, PHOTOSHOP, COMMENT]);

/**
 * The same picture without what tells about it: no browser is known to copy EXIF, XMP, IPTC or comments from a canvas's
 * source, and some write an EXIF segment of their own. What is no JPEG comes back as it is.
 * @param {Uint8Array} bytes @returns {Uint8Array}
 */
export function bare(bytes) {
  /** @type {Uint8Array[]} */ const kept = [bytes.subarray(0, 2)];
  let at = 2;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return bytes;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const kind = bytes[at + 1];
    const next = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3]);
    if (kind === SCAN) break;
    if (!TOLD.has(kind)) kept.push(bytes.subarray(at, next));
    at = next;
  }
  kept.push(bytes.subarray(at));
  const whole = new Uint8Array(kept.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of kept) {
    whole.set(part, to);
    to += part.length;
  }
  return whole;
}
