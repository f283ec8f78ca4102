/** What the server told the page in a JSON element, and sentences of it filled by name. */

/** @param {string} id @returns {any} */
export const told = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

/** @typedef {(key: string, values?: Record<string, string|number>) => string} Say */

/** A function that fills `{name}` places: `t("sending", {sent: 212, all: 480})`. @param {Record<string, string>} strings @returns {Say} */
export function texts(strings) {
  return (key, values = {}) => (strings[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/** How many bytes, in the unit that suits `of`: "212", "480 kB", "1.4 MB". @param {number} bytes @param {string} language @param {number} [of] give it to leave the unit out */
export function size(bytes, language, of) {
  const isLarge = (of ?? bytes) >= 1e6;
  const figure = new Intl.NumberFormat(language, { maximumFractionDigits: isLarge ? 1 : 0 }).format(isLarge ? bytes / 1e6 : Math.ceil(bytes / 1e3));
  return of === undefined ? `${figure} ${isLarge ? "MB" : "kB"}` : figure;
}
