/** What every page of a room begins with. */

import { RoomClient } from "#lib/client.js";
import { readConfig, sentences } from "#lib/config.js";

/**
 * @typedef {{client: RoomClient, config: import("#lib/config.js").RoomConfig, t: import("#lib/config.js").Translate}} Page
 * @param {{profile?: string}} [options] @returns {Page}
 */
export function openPage(options) {
  const config = readConfig();
  return { config, t: sentences(config), client: new RoomClient(config, options) };
}

/** Now and every second. @param {() => void} action */
export function everySecond(action) {
  action();
  setInterval(action, 1_000);
}
