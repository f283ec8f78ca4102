// The list of registrations: htmx does the work; this says when the server does not answer.

import { one } from "#lib/dom.js";

const late = one("[data-late]");

document.addEventListener("htmx:beforeRequest", () => {
  late.hidden = true;
  one("#said").textContent = "";
});
document.addEventListener("htmx:sendError", () => { late.hidden = false; });
