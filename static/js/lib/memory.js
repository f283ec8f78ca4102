/** What this device remembers for its person; where storage is blocked, only as long as the page lives. */

/** @type {Map<string, string>} */ const meanwhile = new Map();

/** @param {string} name @returns {string} empty when nothing is kept */
export function recall(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return meanwhile.get(name) ?? "";
  }
}

/** @param {string} name @param {string} value empty: forget it */
export function keep(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    meanwhile.set(name, value);
  }
}
