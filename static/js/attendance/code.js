// The code at the door, as people see it.

const RETRY_MS = 3_000;

/**
 * Show the code that holds now; where none comes, the old one stays and a word says so.
 * @param {{image: {src: string}, spoken: {textContent: string|null}, late: {hidden: boolean}}} parts
 * @param {() => Promise<{image: string, spoken: string, next_ms: number}>} ask
 * @returns {Promise<number>} after how many milliseconds to ask again
 */
export async function renew({ image, spoken, late }, ask) {
  try {
    const { image: picture, spoken: letters, next_ms: next } = await ask();
    image.src = picture;
    spoken.textContent = letters;
    late.hidden = true;
    return next;
  } catch {
    late.hidden = false;
    return RETRY_MS;
  }
}
