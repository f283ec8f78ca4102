// The list of provinces belongs to the country chosen. Without an answer the server asks again when the form is sent.

/** @param {Document} page */
export function followCountry(page) {
  const country = page.querySelector("[data-regions]");
  const place = page.querySelector("[data-region]");
  const region = place?.querySelector("select");
  if (!(country instanceof HTMLSelectElement) || !(place instanceof HTMLElement) || !region) return;
  let latest = 0;

  const fill = async () => {
    const turn = (latest += 1);
    const found = country.value ? await regionsOf(country.value, page.documentElement.lang) : [];
    if (turn !== latest) return;
    region.replaceChildren(region.options[0], ...found.map(([code, name]) => new Option(name, code)));
    region.value = "";
    place.hidden = found.length === 0;
  };

  place.hidden = region.options.length < 2;
  country.addEventListener("change", fill);
}

/**
 * @param {string} country ISO 3166-1
 * @param {string} language
 * @returns {Promise<[string, string][]>} codes and names; none when the network is away
 */
async function regionsOf(country, language) {
  try {
    const answer = await fetch(`/regions/${language}/${country}/`);
    return answer.ok ? (await answer.json()).regions : [];
  } catch {
    return [];
  }
}
