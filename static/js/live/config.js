/** What the server told the page about this room, and the sentences scripts may need. */

/**
 * @typedef {{one: string, other: string} & Record<string, string>} Forms
 * @typedef {{id: string, name: string, role: string, role_name: string}} TeamMember
 * @typedef {{room: string, socket: string, ticket: string, epoch: string|null, language: string, now: string,
 *   title: string, starts_at: string, planned_end_at: string, time_zone: string,
 *   me: {id: string, name: string, role: string, channel: string},
 *   team: TeamMember[], regions: Record<string, string>, roles: Record<string, string>,
 *   tiers: import("#lib/amphitheatre.js").Tier[], urls: Record<string, string>,
 *   strings: Record<string, string|Forms>, errors: Record<string, string>}} RoomConfig
 */

/** @param {string} [id] @returns {RoomConfig} */
export function readConfig(id = "room-config") {
  return JSON.parse(document.getElementById(id)?.textContent || "{}");
}

/**
 * A function that fills a sentence: `t("wait", {minutes: 4})`. With a `count`, the form the language wants is taken.
 * @param {RoomConfig} config
 */
export function sentences(config) {
  const plural = new Intl.PluralRules(config.language);
  /** @param {string} key @param {Record<string, string|number>} [values] */
  return (key, values = {}) => {
    const found = config.strings[key] ?? config.errors[key];
    if (found === undefined) return key;
    const text = typeof found === "string" ? found : (found[plural.select(Number(values.count))] ?? found.other);
    return text.replace(/%\((\w+)\)s/g, (_, name) => String(values[name] ?? ""));
  };
}

/** @typedef {ReturnType<typeof sentences>} Translate */

/** The token that proves a request comes from our own page; empty where the cookie is missing. @returns {string} */
export function csrfToken() {
  return /(?:^|; )anfiteatro_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
