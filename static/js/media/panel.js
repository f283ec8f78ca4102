/** The list of files that are sent, and the buttons that choose them. */

import { List, one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { size } from "#media/sizes.js";

/**
 * @typedef {import("#media/uploads.js").Uploads} Uploads
 * @typedef {import("#media/uploads_db.js").Item} Item
 */

const PHOTO = /^image\//;
const PHOTO_NAME = /\.(jpe?g|png|webp|hei[cf]|avif)$/i;

/** Whether a file is opened in the editor: what it claims to be is enough for that. @param {File} file */
export const isPhoto = (file) => PHOTO.test(file.type) || PHOTO_NAME.test(file.name);

export class Panel {
  /** @type {Map<string, string>} */ states = new Map();

  /**
   * @param {HTMLElement} root `[data-uploads]` @param {Uploads} uploads @param {string} language
   * @param {(file: Blob, nth: string) => Promise<Blob|null>} edit rejects when the photo cannot be read
   * @param {string} seeUrl where a medium is seen, with `MEDIUM` in the place of its id
   */
  constructor(root, uploads, language, edit, seeUrl) {
    this.root = root;
    this.uploads = uploads;
    this.language = language;
    this.edit = edit;
    this.seeUrl = seeUrl;
    this.list = new List(one("[data-slot=list]", root), "upload-row", (made, key) => this.#made(made, key));
    for (const input of root.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => void this.#chosen(/** @type {HTMLInputElement} */ (input)));
    }
    one("[data-slot=list-anew]", root).addEventListener("click", () => location.reload()); // the server's list has them now
    uploads.listen(() => this.draw());
    this.draw();
    // On a thin link a file is chosen before this script has come.
    for (const input of root.querySelectorAll("input[type=file]")) void this.#chosen(/** @type {HTMLInputElement} */ (input));
  }

  /** @param {HTMLInputElement} input */
  async #chosen(input) {
    const files = [...(input.files ?? [])];
    input.value = ""; // the same file may be chosen again
    for (const [n, file] of files.entries()) await this.take(file, files.length > 1 ? text("upload.nth", { n: n + 1, all: files.length }) : "");
  }

  /** @param {File} file @param {string} nth */
  async take(file, nth) {
    say(one("[data-slot=problem]", this.root), "");
    try {
      const bytes = isPhoto(file) ? await this.edit(file, nth) : file;
      if (bytes) await this.uploads.add(bytes, file.name);
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
      say(one("[data-slot=problem]", this.root), `${file.name}: ${text(isFull ? "upload.device_full" : "upload.unreadable")}`);
    }
  }

  /** @param {import("#lib/dom.js").Stamp} made @param {string} key */
  #made({ slot }, key) {
    const item = () => /** @type {Item} */ (this.uploads.items.find((each) => each.key === key));
    slot.pause.addEventListener("click", () => void this.uploads.pause(key, !item().paused));
    slot.retry.addEventListener("click", () => void (item().state === "lost" ? this.uploads.wake() : this.uploads.retry(key)));
    slot.remove.addEventListener("click", () => {
      void this.uploads.remove(key);
      one("label.button", this.root).focus();
    });
  }

  draw() {
    const { items } = this.uploads;
    this.list.show(items, ({ key }) => key, ({ slot }, item) => this.#fill(slot, item));
    show(one("[data-slot=list]", this.root), items.length > 0);
    const isBusy = items.some(({ state }) => ["waiting", "sending", "cleaning"].includes(state));
    show(one("[data-slot=next]", this.root), items.some(({ state }) => state === "ready") && !isBusy);
    for (const item of items) this.#announce(item);
  }

  /** @param {Record<string, HTMLElement>} slot @param {Item} item */
  #fill(slot, item) {
    const state = this.#state(item);
    const sent = this.uploads.progress(item);
    const bar = /** @type {HTMLProgressElement} */ (slot.bar);
    say(slot.name, item.label);
    bar.max = item.size;
    bar.value = sent;
    bar.setAttribute("aria-label", item.label);
    say(slot.bytes, text("upload.bytes", { sent: size(sent, this.language, item.size), all: size(item.size, this.language) }));
    say(slot.state, text(`upload.${state}`));
    say(slot.message, item.message);
    slot.state.dataset.state = state;
    const isGoing = ["waiting", "sending", "lost", "paused", "sign_in"].includes(state);
    show(slot.bar, isGoing);
    show(slot.bytes, isGoing);
    show(slot.pause, isGoing);
    say(slot["pause-text"], text(item.paused ? "upload.go_on" : "upload.pause"));
    show(slot.retry, (state === "refused" && !item.medium) || state === "lost");
    show(slot.remove, state !== "ready" && state !== "cleaning");
    show(slot.see, state === "ready");
    show(slot.sign, state === "sign_in");
    for (const name of ["pause-of", "retry-of", "remove-of", "see-of"]) say(slot[name], item.label);
    if (state === "ready") this.#ready(slot, item);
  }

  /** @param {Record<string, HTMLElement>} slot @param {Item} item */
  #ready(slot, item) {
    /** @type {HTMLAnchorElement} */ (slot.see).href = this.seeUrl.replace("MEDIUM", item.medium);
    const thumb = this.uploads.media.get(item.medium)?.thumb;
    const picture = /** @type {HTMLImageElement} */ (slot.thumb);
    if (!thumb || !picture.hidden) return;
    [picture.src, picture.width, picture.height] = [thumb.url, thumb.width, thumb.height];
    show(picture, true);
  }

  /** @param {Item} item */
  #state(item) {
    if (item.paused && ["waiting", "sending", "lost"].includes(item.state)) return "paused";
    return item.state;
  }

  /** States are said aloud, bytes are not. @param {Item} item */
  #announce(item) {
    const state = this.#state(item);
    if (this.states.get(item.key) === state) return;
    this.states.set(item.key, state);
    if (state === "ready") this.root.dispatchEvent(new CustomEvent("media:ready", { bubbles: true, detail: item.medium }));
    if (["ready", "refused", "lost", "sign_in"].includes(state)) say(one("[data-slot=said]", this.root), `${item.label}: ${text(`upload.${state}`)}`);
  }
}
