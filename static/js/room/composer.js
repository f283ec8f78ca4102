/** Writing: one box at the bottom, for a question or for the chat. What is typed survives a reload. */

import { one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";

const COMMANDS = /** @type {Record<string, string>} */ ({ question: "question.ask", chat: "chat.post" });
const NEAR_LIMIT = 200;

/**
 * @param {import("#live/page.js").Page} page @param {() => void} onChat called when a message was sent
 * @param {string} [target] what is written at first: `question` or `chat`
 */
export function composer({ client, config }, onChat, target = "question") {
  const form = /** @type {HTMLFormElement} */ (one("#composer"));
  const box = /** @type {HTMLTextAreaElement} */ (one("textarea", form));
  const send = /** @type {HTMLButtonElement} */ (one("[type=submit]", form));
  const left = one("#composer-left");
  const draft = () => `draft:${config.room}:${target}`;

  function limit() {
    return client.limits.text ?? 4_000;
  }

  function refresh() {
    const remaining = limit() - [...box.value].length;
    show(left, remaining < NEAR_LIMIT);
    say(left, remaining < NEAR_LIMIT ? text("composer.left", { count: remaining }) : "");
    send.disabled = remaining < 0 || !box.value.trim() || isSilenced();
    box.disabled = isSilenced();
    const asked = isSilenced() ? "composer.muted" : `composer.${target}`;
    if (box.dataset.asks !== asked) {
      box.dataset.asks = asked; // set once: a page translator's words stay
      box.placeholder = text(asked);
      box.setAttribute("aria-label", text(`composer.${target}`));
    }
    say(send, text(`composer.send_${target}`));
  }

  const isSilenced = () => !client.may(/** @type {string} */ (COMMANDS[target]));

  /** @param {string} name */
  function aim(name) {
    if (!COMMANDS[name]) return;
    client.shelf.keep(draft(), box.value);
    target = name;
    box.value = client.shelf.recall(draft());
    const radio = /** @type {HTMLInputElement|null} */ (form.querySelector(`[name=target][value=${name}]`));
    if (radio) radio.checked = true;
    refresh();
  }

  form.addEventListener("change", (event) => {
    const { name, value } = /** @type {HTMLInputElement} */ (event.target);
    if (name === "target") aim(value);
  });
  box.addEventListener("input", () => {
    client.shelf.keep(draft(), box.value);
    refresh();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(hover: hover)").matches) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text || send.disabled) return;
    client.send(/** @type {string} */ (COMMANDS[target]), { text });
    box.value = "";
    client.shelf.keep(draft(), "");
    refresh();
    if (target === "chat") onChat();
  });
  box.value = client.shelf.recall(draft());
  refresh();
  client.subscribe(refresh);
  return {
    /** The tab changed: write where one reads. @param {string} tab */
    follow: (tab) => aim(tab === "tab-chat" ? "chat" : tab === "tab-questions" ? "question" : target),
  };
}
