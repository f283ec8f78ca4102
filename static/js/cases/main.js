// The form of a case: kept at every field, offline too, and sent when the link returns.
import { Draft } from "#cases/draft.js";
import { openDraftDb } from "#cases/draft_db.js";
import { earlyAnswers } from "#cases/early_answers.js";
import { showMissingAnswers } from "#cases/missing_answers.js";
import { author, draftAt, openOffline, remember } from "#cases/offline.js";
import { progressLine, retryWhenBack, sendTo } from "#cases/delivery.js";
import { readConfig } from "#lib/config.js";
import { one, say, show, stamp } from "#lib/dom.js";
import { lastHere } from "#lib/shelf.js";
import { text } from "#lib/texts.js";

const config = readConfig("draft-config");
const form = /** @type {HTMLFormElement} */ (one("form[data-draft]"));
const line = one("#draft-line");
const db = await openDraftDb();
const known = author(config.offline ? lastHere() : config.who);

const answer = (/** @type {string} */ name) => String(new FormData(form).get(name) ?? "");
const control = (/** @type {string} */ name) => /** @type {any} */ (form.elements.namedItem(name));
const fieldOf = (/** @type {string} */ name) => form.querySelector(`[name="${name}"]`)?.closest(".field");
const casePage = (/** @type {string} */ address) => address.replace("_case_", draft.case);

/** A word beside a field; empty takes it away. @param {string} name @param {string} text @param {boolean} [isWrong] */
function note(name, text, isWrong = false) {
  const field = fieldOf(name);
  field?.querySelector(".field-note")?.remove();
  if (!field || !text) return;
  const { root } = stamp("field-note");
  root.textContent = text;
  root.classList.toggle("field-note-wrong", isWrong);
  field.append(root);
}

if (config.offline) await fillShell();

/** @type {Draft} */
const draft = new Draft({ ...config, db, send: sendTo(config.urls.save.replace("_key_", config.key)), onChange: render, onOther: other });
let wrongShown = "";

function render() {
  if (!draft) return;
  const progress = progressLine(draft, config.language);
  show(line, Boolean(progress));
  line.dataset.state = draft.state;
  say(one("[data-text]", line), progress);
  show(one("#draft-sign-in"), draft.state === "signed_out");
  if (draft.case && config.case !== draft.case) begun();
  const wrong = JSON.stringify([...draft.wrong]);
  if (wrong !== wrongShown) for (const [name, why] of draft.wrong) note(name, why, true);
  wrongShown = wrong;
}

/** Somebody else's newer words. @param {string} name @param {string} value */
function other(name, value) {
  const field = control(name);
  if (!field || answer(name) === value) return;
  field.value = value;
  note(name, text("draft.elsewhere"));
  showMissingAnswers(config.needed, answer);
}

/** The server knows the draft: from now on this page has its address, and files can be added. */
function begun() {
  config.case = draft.case;
  history.replaceState(null, "", casePage(config.urls.edit));
  const link = /** @type {HTMLAnchorElement|null} */ (document.querySelector("#media-link"));
  if (link) link.href = `${casePage(config.urls.edit)}?files#media`; // the bare address would be this page, and load nothing
  const media = document.querySelector("[data-media]");
  if (media) show(media, true);
  rememberDraft();
}

/** What this page would need without a network. */
function rememberDraft() {
  const options = [...control("course").options].filter(({ value }) => value);
  remember(config.who, options.map(({ value, text }) => [value, text]), draft.case, config.key);
}

/** The page was opened without a network: whose draft it is, the device knows. */
async function fillShell() {
  const found = known && (await draftAt(location, known, db));
  show(one("#offline-form"), Boolean(found));
  show(one("#offline-other"), !found);
  Object.assign(config, found, { who: known?.who ?? "" });
  for (const [value, text] of known?.courses ?? []) control("course").append(new Option(text, value));
}

/** @param {string} name */
function typed(name) {
  if (!name || name === "csrfmiddlewaretoken") return;
  note(name, "");
  if (!draft.case && !config.offline) history.replaceState(null, "", `${config.urls.create}?key=${config.key}`); // what leads back here finds it
  if (!draft.case && config.kind !== "review" && !draft.pending.has("kind")) draft.write("kind", config.kind);
  if (!draft.case && name !== "course" && answer("course") && !draft.pending.has("course")) draft.write("course", answer("course"));
  draft.write(name, answer(name));
  showMissingAnswers(config.needed, answer);
}

form.addEventListener("input", (event) => typed(/** @type {HTMLInputElement} */ (event.target).name));
form.addEventListener("change", () => draft.retry());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  for (const name of draft.case ? [] : ["kind", "course"]) if (answer(name) && !draft.pending.has(name)) draft.write(name, answer(name));
  await draft.retry();
  if (draft.waiting > draft.wrong.size) say(one("[data-text]", line), text("draft.needs_network"));
  else if (draft.wrong.size) control([...draft.wrong.keys()][0] ?? "")?.focus?.();
  else if (draft.case) location.assign(casePage(config.urls.check));
});
addEventListener("beforeunload", (event) => {
  if (draft.waiting && !db.isLasting) event.preventDefault();
});
retryWhenBack(() => [draft]);

earlyAnswers(form).forEach(typed);
if (config.key) for (const { name, value } of await draft.adopt()) if (control(name)) control(name).value = value;
for (const button of document.querySelectorAll("[data-plain-save]")) button.remove();
showMissingAnswers(config.needed, answer);
if (!config.offline) {
  rememberDraft();
  openOffline(config.urls.worker, config.language);
}
