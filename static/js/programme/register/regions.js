// The list of provinces belongs to the country chosen. Without an answer the server asks again when the form is sent.

import { askJson, lastOnly } from "#lib/ask.js";

/** @param {Document} page */
export function followCountry(page) {
  const country = page.querySelector("[data-regions]");
  const place = page.querySelector("[data-region]");
  const region = place?.querySelector("select");
  if (!(country instanceof HTMLSelectElement) || !(place instanceof HTMLElement) || !region) return;
  const ask = lastOnly(regionsOf);

  const fill = async () => {
    const found = await ask(country.value, page.documentElement.lang);
    if (!found) return;
    region.replaceChildren(region.options[0], ...found.map(([code, name]) => new Option(name, code)));
    region.value = "";
    place.hidden = found.length === 0;
  };

  place.hidden = region.options.length < 2;
  country.addEventListener("change", fill);
}

/**
 * @param {string} country ISO 3166-1, or empty
 * @param {string} language
 * @returns {Promise<[string, string][]>} codes and names; none when the network is away
 */
export async function regionsOf(country, language) {
  if (!country) return [];
  try {
    return (await askJson(`/regions/${language}/${country}/`)).regions;
  } catch {
    return [];
  }
}
