/** What every page of a room begins with. */

import { readConfig } from "#lib/config.js";
import { forgetUnnamed, whenSomebodyElse } from "#lib/shelf.js";
import { RoomClient } from "#live/client.js";

/**
 * What the server told the page about its room: `room-config` of docs/protocol.md.
 * @typedef {{id: string, name: string, role: string, role_name: string}} TeamMember
 * @typedef {{room: string, socket: string, ticket: string, epoch: string|null, language: string, now: string,
 *   title: string, starts_at: string, planned_end_at: string, time_zone: string, reopen_ms: number,
 *   me: {id: string, name: string, role: string, channel: string},
 *   team: TeamMember[], regions: Record<string, string>, roles: Record<string, string>,
 *   tiers: import("#lib/amphitheatre.js").Tier[], urls: Record<string, string>}} RoomConfig
 */

/**
 * @typedef {{client: RoomClient, config: RoomConfig}} Page
 * @param {{profile?: string, isProfileChosen?: boolean}} [options] @returns {Page}
 */
export function openPage(options) {
  /** @type {RoomConfig} */ const config = readConfig("room-config");
  forgetUnnamed();
  stayWith(config.me.id, config.urls.page ?? "");
  const client = new RoomClient(config, options);
  whenSomebodyElse(() => client.reload());
  return { config, client };
}

/**
 * A browser may hold the links of several people: from here on this tab's address, and what it leads to, name its own.
 * @param {string} person @param {string} room address of the room's pages
 */
function stayWith(person, room) {
  const named = (/** @type {string} */ address) => {
    const url = new URL(address, location.href);
    url.searchParams.set("as", person);
    return url.href;
  };
  history.replaceState(history.state, "", named(location.href));
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(`a[href^="${room}"]`))) link.href = named(link.href);
}

/** Now and every second. @param {() => void} action */
export function everySecond(action) {
  action();
  setInterval(action, 1_000);
}
