/** Which tabs of this device are alive, told by the locks they hold for as long as they live. */

const PREFIX = "outbox-tab-";

/** Say that this tab lives. @param {string} tab */
export function declareOpen(tab) {
  navigator.locks?.request(PREFIX + tab, () => new Promise(() => {})).catch(() => {});
}

/** Tabs that live; empty where the browser cannot tell, and then every kept command is anybody's. @returns {Promise<Set<string>>} */
export async function openTabs() {
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return new Set(held.map((lock) => lock.name ?? "").filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)));
}
