// The mentor's page of a review: saved as one types, with as many rows as it takes.
import "#cases/reviews/discussion.js";
import { itemRows } from "#cases/reviews/items.js";
import { Autosave } from "#cases/reviews/autosave.js";
import { ownHeaders } from "#lib/config.js";

itemRows(document);

const form = document.querySelector("form[data-review]");
const said = document.querySelector("[data-saved]");
const headers = () => ({ Accept: "application/json", ...ownHeaders() });
if (form instanceof HTMLFormElement && said instanceof HTMLElement) {
  const autosave = new Autosave({
    post: (keepalive) => fetch(location.pathname, { method: "POST", body: new FormData(form), headers: headers(), keepalive }),
    onSaved: (revision) => {
      const field = form.elements.namedItem("revision");
      if (field instanceof HTMLInputElement) field.value = String(revision);
    },
    say: (text) => { said.textContent = text; },
    clock: () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  });
  form.addEventListener("input", () => autosave.typed());
  form.addEventListener("submit", () => autosave.stop());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") autosave.now(true); });
}
