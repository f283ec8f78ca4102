/** How many bytes, in words. */

/**
 * As the server says it elsewhere on the page: "480 KB", "1.4 MB", of 1024 each.
 * @param {number} bytes @param {string} language @param {number} [of] takes the unit that suits this, and leaves it out
 */
export function size(bytes, language, of) {
  const isLarge = (of ?? bytes) >= 1024 * 1024;
  const value = isLarge ? bytes / 1024 / 1024 : Math.ceil(bytes / 1024);
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: isLarge ? 1 : 0 }).format(value);
  return of === undefined ? `${figure} ${isLarge ? "MB" : "KB"}` : figure;
}
