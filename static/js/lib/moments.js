/** Instants and lengths of time as people read them. */

/** `4:07`, or `1:04:07` from an hour on. @param {number} ms */
export function clockface(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** Whole minutes since an instant. @param {string} at ISO 8601 @param {number} now ms */
export const minutesSince = (at, now) => Math.max(0, Math.floor((now - Date.parse(at)) / 60_000));

/** Hour and minute where the reader is. @param {string} at @param {string} language @param {string} [timeZone] */
export const hour = (at, language, timeZone) =>
  new Date(at).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(timeZone && { timeZone }) });

/** `840 B`, `12 kB`, `1.4 MB` in the reader's language. @param {number} bytes @param {string} language */
export function weight(bytes, language) {
  const [value, unit] = bytes < 1e3 ? [bytes, "byte"] : bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: value < 10 && unit !== "byte" ? 1 : 0 }).format(value);
}

/** Weekday, day, hour and the zone's name in that zone. @param {string} at @param {string} language @param {string} timeZone */
export const dayAndHour = (at, language, timeZone) =>
  new Date(at).toLocaleString(language, {
    ...{ weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    ...{ timeZone, timeZoneName: "short" },
  });
