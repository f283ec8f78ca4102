/** Photos read, and drawn anew: what leaves the device is what the canvas holds, and nothing that lay beside it. */

import { fitted, sent, whole } from "#media/boxes.js";
import { bare } from "#media/jpeg.js";

/** @typedef {import("#media/boxes.js").Edit} Edit */

/** The longer side of what is sent, in pixels; and of what is held while it is edited: an old phone has little memory. */
export const MOST_SENT = 2048;
const MOST_HELD = 4096;
/** What a photo should weigh at most, in bytes. */
export const WANTED = 400_000;
const QUALITIES = [0.85, 0.75, 0.65, 0.55];

/** The picture, turned as the camera said. Rejects what the browser cannot read. @param {Blob} file @returns {Promise<ImageBitmap>} */
export async function read(file) {
  const full = await createImageBitmap(file, { imageOrientation: "from-image" });
  if (Math.max(full.width, full.height) <= MOST_HELD) return full;
  const { w, h } = fitted({ w: full.width, h: full.height }, MOST_HELD);
  const held = await createImageBitmap(full, { resizeWidth: w, resizeHeight: h, resizeQuality: "high" });
  full.close();
  return held;
}

/** A canvas with the kept part, its black boxes filled. @param {ImageBitmap} picture @param {Edit} edit @param {number} [most] */
export function drawn(picture, edit, most = MOST_SENT) {
  const { crop } = edit;
  const size = fitted(crop, most);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [size.w, size.h];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
  pen.fillStyle = "white"; // what a transparent picture lies on
  pen.fillRect(0, 0, size.w, size.h);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, crop.x, crop.y, crop.w, crop.h, 0, 0, size.w, size.h);
  pen.fillStyle = "black";
  for (const box of edit.boxes) {
    const { x, y, w, h } = sent(box, crop, size);
    pen.fillRect(x, y, w, h);
  }
  return canvas;
}

/** A JPEG of the kept part, of WANTED bytes if that can be had without ruining it. @param {ImageBitmap} picture @param {Edit} edit @returns {Promise<Blob>} */
export async function encoded(picture, edit) {
  /** @type {Blob|undefined} */ let best;
  for (let most = MOST_SENT; most >= MOST_SENT / 2; most *= 0.75) {
    const canvas = drawn(picture, edit, most);
    for (const quality of QUALITIES) {
      best = await jpeg(canvas, quality);
      if (best.size <= WANTED) break;
    }
    canvas.width = 0; // gives the memory back at once
    if (best && best.size <= WANTED) break;
  }
  return new Blob([/** @type {BlobPart} */ (bare(new Uint8Array(await /** @type {Blob} */ (best).arrayBuffer())))], { type: "image/jpeg" });
}

/** Nothing cut, nothing hidden. @param {ImageBitmap} picture @returns {Edit} */
export const untouched = (picture) => ({ crop: whole({ w: picture.width, h: picture.height }), boxes: [] });

/** @param {HTMLCanvasElement} canvas @param {number} quality @returns {Promise<Blob>} */
function jpeg(canvas, quality) {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/jpeg", quality);
  });
}
