/** What every page of a room begins with. */

import { RoomClient } from "#live/client.js";
import { readConfig, sentences } from "#live/config.js";

/**
 * @typedef {{client: RoomClient, config: import("#live/config.js").RoomConfig, t: import("#live/config.js").Translate}} Page
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
