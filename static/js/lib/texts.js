/** What scripts say: the page's sentences in the reader's language, asked for by name and filled. */

/**
 * A sentence with a count has a form for each number the language knows.
 * @typedef {{other: string} & Record<string, string>} Forms
 * @typedef {Record<string, string|number>} Values
 */

/** @type {Record<string, string|Forms>|null} */ let texts = null;

/**
 * `text("time.here", { clock: "10:30", city: "Lima" })`; the name itself where the page brought no such sentence. Places look
 * like `%(clock)s`, `%%` is a per cent sign, and `count` chooses the form.
 * @param {string} name @param {Values} [values] @returns {string}
 */
export function text(name, values = {}) {
  texts ??= brought();
  const found = texts[name] ?? name;
  const sentence = typeof found === "string" ? found : (found[plural(values.count)] ?? found.other);
  return sentence.replace(/%(?:%|\((\w+)\)s)/g, (place, key) => (place === "%%" ? "%" : isolated(String(values[key] ?? ""))));
}

// Letters that run from right to left, and what keeps them from turning the words around them.
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** @param {string} value */
const isolated = (value) => (RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value);

/** @param {string|number|undefined} count */
const plural = (count) => new Intl.PluralRules(document.documentElement.lang).select(Number(count));

/** Of every `<script type="application/json" id="…-texts">`. @returns {Record<string, string|Forms>} */
function brought() {
  const parts = document.querySelectorAll('script[type="application/json"][id$="-texts"]');
  return Object.assign({}, ...[...parts].map((part) => JSON.parse(part.textContent ?? "{}")));
}
