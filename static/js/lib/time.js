// Times in the event's zone and the viewer's own.

import { text } from "#lib/texts.js";

/** The viewer's IANA zone, such as `America/Lima`. */
export const viewerZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

/** Keep the viewer's zone in the cookie `tz`, so that the next page comes from the server with both times. @param {Document} doc */
export function rememberZone(doc) {
  const zone = viewerZone();
  if (zone && !doc.cookie.split("; ").includes(`tz=${zone}`)) {
    doc.cookie = `tz=${zone}; path=/; max-age=31536000; samesite=lax`;
  }
}

/** `America/Argentina/Cordoba` is Cordoba: what is left when the server has not yet named the city. @param {string} zone */
export const city = (zone) => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/**
 * The sentence for an instant in the viewer's zone, empty when that is the event's own.
 * @param {{instant: string, ends?: string, zone: string, own: string, language: string}} given
 */
export function hereText({ instant, ends, zone, own, language }) {
  if (!own || own === zone) return "";
  /** @param {Date} at @param {string} timeZone */
  const day = (at, timeZone) => at.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long", timeZone });
  const clock = (/** @type {Date} */ at) => at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: own });
  const start = new Date(instant);
  const values = { clock: ends ? `${clock(start)}–${clock(new Date(ends))}` : clock(start), day: day(start, own), city: city(own) };
  return text(day(start, own) === day(start, zone) ? "time.here" : "time.here_on", values);
}

/** Add the viewer's own time to every event time below `root` that came without it. @param {ParentNode} root */
export function tellTimes(root) {
  const times = /** @type {NodeListOf<HTMLTimeElement>} */ (root.querySelectorAll(".event-time:not(:has(.event-here))"));
  for (const time of times) {
    const { zone = "", ends } = time.dataset;
    const sentence = hereText({ instant: time.dateTime, ends, zone, own: viewerZone(), language: document.documentElement.lang });
    if (!sentence) continue;
    const here = document.createElement("span");
    here.className = "event-here";
    here.textContent = sentence;
    time.append(" ", here);
  }
}
