// The fingerprint of the signed sheet, made here: the sheet itself never leaves the device.
import { one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";

/** SHA-256 of a file's content, in hexadecimal. @param {Blob} file @returns {Promise<string>} */
export async function fingerprint(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const sheet = globalThis.document?.querySelector("#sheet");
if (sheet && globalThis.crypto?.subtle) {
  const said = one("#sheet-said");
  show(one("[data-sheet]"), true);
  sheet.addEventListener("change", async () => {
    const [file] = /** @type {HTMLInputElement} */ (sheet).files ?? [];
    if (!file) return;
    try {
      const hash = await fingerprint(file);
      /** @type {HTMLInputElement} */ (one('[name="document_hash"]')).value = hash;
      say(said, text("consent.fingerprint", { hash: hash.slice(0, 12) }));
    } catch {
      say(said, text("consent.unreadable"));
    }
  });
}
