// The list of cases: drafts this device still keeps are shown, and sent when the link returns.
import { Draft } from "#cases/draft.js";
import { openDraftDb } from "#cases/draft_db.js";
import { author, draftAt, openOffline, remember } from "#cases/offline.js";
import { progressLine, retryWhenBack, sendTo } from "#cases/delivery.js";
import { readConfig } from "#lib/config.js";
import { List, one, say, show } from "#lib/dom.js";
import { lastHere } from "#lib/shelf.js";
import { text } from "#lib/texts.js";

const config = readConfig("draft-config");
const db = await openDraftDb();
const section = document.querySelector("#on-device");
if (config.offline) config.who = lastHere();
const known = author(config.who);
if (!config.offline) {
  if (!known) remember(config.who, [], "", "");
  openOffline(config.urls.worker, config.language);
}

/** @param {Draft} draft */
function question(draft) {
  return draft.pending.get("main_question")?.value.trim() || draft.pending.get("diagnosis")?.value.trim() || text("draft.untitled");
}

/** @param {Draft} draft */
function address(draft) {
  return draft.case ? config.urls.edit.replace("_case_", draft.case) : `${config.urls.create}?key=${draft.options.key}`;
}

const isForm = config.offline && known && (await draftAt(location, known, db));

if (section && !isForm) {
  const answers = await db.all(config.who).catch(() => []);
  const list = new List(one("#on-device-list"), "device-row", ({ slot }, key) => slot.forget?.addEventListener("click", () => forget(key)));
  const drafts = [...new Set(answers.map(({ key }) => key))].map((key) => {
    const known = answers.find((answer) => answer.key === key && answer.case)?.case ?? "";
    const send = sendTo(config.urls.save.replace("_key_", key));
    // What was seen of others' words is not known here: the later typing stays.
    const draft = new Draft({ key, who: config.who, case: known, revision: 0, db, send, onChange: render });
    return { draft, what: "" };
  });
  for (const entry of drafts) {
    await entry.draft.adopt();
    entry.what = question(entry.draft);
  }
  /** @param {string} key */
  async function forget(key) {
    const at = drafts.findIndex(({ draft }) => draft.options.key === key);
    const [gone] = drafts.splice(at, 1);
    await gone?.draft.discard();
  }

  function render() {
    show(/** @type {Element} */ (section), drafts.length > 0);
    list.show(drafts, ({ draft }) => draft.options.key, ({ slot }, { draft, what }) => {
      /** @type {HTMLAnchorElement} */ (slot.link).href = address(draft);
      say(/** @type {Element} */ (slot.what), what);
      say(/** @type {Element} */ (slot.when), progressLine(draft, config.language));
      show(/** @type {Element} */ (slot.forget), draft.state === "refused");
    });
  }
  render();
  retryWhenBack(() => drafts.map(({ draft }) => draft));
}
