/** What the page brought for its scripts besides their texts: JSON by its id, and the token of our forms. */

/** @param {string} id of a `<script type="application/json">` @returns {any} an empty object where there is none */
export function readConfig(id) {
  return JSON.parse(document.getElementById(id)?.textContent || "{}");
}

/** What a request says of where it comes from: our own page, made for this person. @returns {Record<string, string>} */
export function ownHeaders() {
  const { person } = document.documentElement.dataset;
  return { "X-CSRFToken": csrfToken(), ...(person ? { "X-Person": person } : {}) };
}

/** The token that proves a request comes from our own page; empty where the cookie is missing. @returns {string} */
export function csrfToken() {
  return /(?:^|; )(?:__Host-)?anfiteatro_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
