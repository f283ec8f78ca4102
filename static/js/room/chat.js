/** The chat: everybody's words in order, one's own with a clock until the server has them. */

import { List, one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { Follower } from "#live/follow.js";
import { hour } from "#lib/moments.js";
import { roleOf } from "#live/people.js";

/**
 * @typedef {import("#live/journal.js").Entry} Entry
 * @typedef {import("#live/outbox.js").Item} Item
 * @typedef {{key: string, entry?: Entry, item?: Item}} Line
 */

/** @param {import("#live/page.js").Page} page */
export function chat(page) {
  const { client, config } = page;
  const name = `read:${config.room}`;
  let read = client.shelf.recall(name);
  /** The last entry drawn; before the first drawing the last one read on an earlier page. */ let lastSeq = Number(read);
  let isKnown = read !== "";
  const handle = { onRead: () => {}, toEnd: () => follower.toEnd(), shown: () => follower.shown(), unread: () => follower.unread };
  const follower = new Follower(one("#chat-scroll"), one("#chat-new"), (count) => text("chat.new", { count }), () => {
    readAll();
    handle.onRead();
  });

  function readAll() {
    if (read === String(lastSeq)) return;
    read = String(lastSeq);
    client.shelf.keep(name, read);
  }

  const list = new List(one("#chat-list"), "t-message", ({ slot }, key) => {
    slot.retry?.addEventListener("click", () => client.outbox?.retry(key));
    slot.discard?.addEventListener("click", () => client.outbox?.discard(key));
    slot.hide?.addEventListener("click", () => client.send("chat.hide", { message: slot.hide?.dataset.message }));
  });

  /** @param {import("#lib/dom.js").Stamp} made @param {Line} line */
  function fill({ root, slot }, { entry, item }) {
    const by = entry?.by ?? client.me;
    const isMine = by?.id === config.me.id;
    const isHidden = !!entry?.d.hidden;
    root.className = `message${isMine ? " message-mine" : ""}${isHidden ? " message-hidden" : ""}${item?.state === "failed" ? " message-failed" : ""}`;
    const { who, role, text: words, at, mark, trouble, error, hide } = /** @type {Record<string, HTMLElement>} */ (slot);
    say(who, by?.name ?? "");
    who.dataset.person = by?.id ?? "";
    say(role, roleOf(page, by));
    say(words, isHidden ? text("chat.hidden") : (entry?.d.text ?? item?.fields.text));
    say(at, hour(entry?.at ?? new Date(item?.at ?? 0).toISOString(), config.language));
    show(mark, isMine);
    say(mark, isMine ? (entry ? "✓" : item?.state === "failed" ? "!" : "◷") : "");
    mark.title = isMine ? text(entry ? "mark.sent" : item?.state === "failed" ? "mark.failed" : "mark.waiting") : "";
    mark.setAttribute("aria-label", mark.title);
    show(trouble, item?.state === "failed");
    if (item?.error) say(error, text(item.error));
    if (hide) {
      show(hide, !!entry && !isHidden && client.can.has("chat.hide"));
      hide.dataset.message = entry?.d.id ?? "";
    }
  }

  client.subscribe(() => {
    if (!client.state) return;
    const entries = client.state.chat;
    const arrived = new Set(entries.map((entry) => entry.cid));
    /** @type {Line[]} */
    const lines = entries.map((entry) => ({ key: entry.cid && entry.by?.id === config.me.id ? entry.cid : `s${entry.seq}`, entry }));
    for (const item of client.unseen("chat.post")) if (!arrived.has(item.cid)) lines.push({ key: item.cid, item });
    const fresh = isKnown ? entries.filter((entry) => entry.seq > lastSeq && entry.by?.id !== config.me.id).length : 0;
    lastSeq = Math.max(lastSeq, entries.at(-1)?.seq ?? 0);
    isKnown = true;
    show(one("#chat-empty"), lines.length === 0);
    list.show(lines, (line) => line.key, fill);
    follower.grew(fresh);
    if (!follower.unread) readAll();
  });
  return handle;
}
