/** Wherever files of a case are added: puts the list, the editor and what is kept on the device together. */

import { readConfig } from "#lib/config.js";
import { one } from "#lib/dom.js";
import { digest } from "#media/digests.js";
import { Panel } from "#media/panel.js";
import { server } from "#media/server.js";
import { Uploads } from "#media/uploads.js";
import { openDb } from "#media/uploads_db.js";

/**
 * One tab of this browser works at a time; on plain http there are no locks, and every tab works.
 * @param {() => Promise<void>} work @returns {Promise<void>}
 */
const alone = async (work) => void (await (navigator.locks ? navigator.locks.request("anfiteatro-media", work) : work()));

/** @param {HTMLElement} root */
export async function uploadsOf(root) {
  const config = readConfig("upload-config");
  const language = document.documentElement.lang;
  const uploads = new Uploads({ person: config.person, case: config.key }, {
    ...{ db: await openDb(), server: server(config.urls), digest, alone, now: Date.now, isOnline: () => navigator.onLine },
    ...{ set: (/** @type {() => void} */ action, /** @type {number} */ ms) => setTimeout(action, ms), clear: (/** @type {any} */ id) => clearTimeout(id) },
  });
  const dialog = /** @type {HTMLDialogElement} */ (one("dialog#editor"));
  /** @param {Blob} file @param {string} nth */
  const edit = async (file, nth) => {
    one("[data-slot=nth]", dialog).textContent = nth;
    return (await import("#media/editor.js")).edit(dialog, file, language);
  };
  // While the person looks for the photo, the editor comes.
  root.querySelector("[data-slot=choose]")?.addEventListener("click", () => void import("#media/editor.js").catch(() => {}), { once: true });
  const panel = new Panel(root, uploads, language, edit, config.urls.medium);
  await uploads.open();
  addEventListener("online", () => uploads.wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && uploads.wake());
  return { uploads, panel, edit, language };
}

const root = document.querySelector("[data-uploads]");
/** What other scripts of the page go on with; null where nothing can be added. */
export const ready = root instanceof HTMLElement ? uploadsOf(root) : Promise.resolve(null);
