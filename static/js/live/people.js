/** How a person is named beside what they wrote. */

import { text } from "#lib/texts.js";

/** @typedef {import("#live/page.js").Page} Page */

/** Province, or the channel where none is known. @param {Page} page @param {{region?: string, channel?: string}} card @returns {string} */
export function placeOf({ config }, card) {
  if (card.region) return config.regions[card.region] ?? card.region;
  return card.channel ? text(`channel.${card.channel}`) : "";
}

/** The role where it says something: an attendee among attendees needs none. @param {Page} page @param {{role: string}|null} by @returns {string} */
export function roleOf({ config }, by) {
  return by && by.role !== "attendee" ? (config.roles[by.role] ?? "") : "";
}

/** `4 minutes ago`, as a sentence of its own. @param {Page} page @param {string} at @param {string} key */
export function ago({ client }, at, key) {
  const count = Math.max(0, Math.floor((client.now() - Date.parse(at)) / 60_000));
  return count ? text(key, { count }) : text(`${key}_now`);
}
