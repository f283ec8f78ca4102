/** What the server told the page in a JSON element, and sentences of it filled by name. */

/** @param {string} id @returns {any} */
export const told = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

/** @typedef {(key: string, values?: Record<string, string|number>) => string} Say */

/** A function that fills `{name}` places: `t("sending", {sent: 212, all: 480})`. @param {Record<string, string>} strings @returns {Say} */
export function texts(strings) {
  return (key, values = {}) => (strings[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * How many bytes, as the server says it elsewhere on the page: "480 KB", "1.4 MB", of 1024 each.
 * @param {number} bytes @param {string} language @param {number} [of] takes the unit that suits this, and leaves it out
 */
export function size(bytes, language, of) {
  const isLarge = (of ?? bytes) >= 1024 * 1024;
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: isLarge ? 1 : 0 }).format(isLarge ? bytes / 1024 / 1024 : Math.ceil(bytes / 1024));
  return of === undefined ? `${figure} ${isLarge ? "MB" : "KB"}` : figure;
}
