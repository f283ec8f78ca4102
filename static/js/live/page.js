/** What every page of a room begins with. */

import { readConfig } from "#lib/config.js";
import { RoomClient } from "#live/client.js";

/**
 * What the server told the page about its room: `room-config` of docs/protocol.md.
 * @typedef {{id: string, name: string, role: string, role_name: string}} TeamMember
 * @typedef {{room: string, socket: string, ticket: string, epoch: string|null, language: string, now: string,
 *   title: string, starts_at: string, planned_end_at: string, time_zone: string,
 *   me: {id: string, name: string, role: string, channel: string},
 *   team: TeamMember[], regions: Record<string, string>, roles: Record<string, string>,
 *   tiers: import("#lib/amphitheatre.js").Tier[], urls: Record<string, string>}} RoomConfig
 */

/**
 * @typedef {{client: RoomClient, config: RoomConfig}} Page
 * @param {{profile?: string}} [options] @returns {Page}
 */
export function openPage(options) {
  /** @type {RoomConfig} */ const config = readConfig("room-config");
  return { config, client: new RoomClient(config, options) };
}

/** Now and every second. @param {() => void} action */
export function everySecond(action) {
  action();
  setInterval(action, 1_000);
}
