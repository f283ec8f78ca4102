// What the list of registrations says while it asks the server.

/**
 * A new request takes the old words away; one that finds no server shows `late`.
 * @param {EventTarget} page hears htmx @param {{hidden: boolean}} late @param {{textContent: string|null}} said
 */
export function tellOutage(page, late, said) {
  page.addEventListener("htmx:beforeRequest", () => {
    late.hidden = true;
    said.textContent = "";
  });
  page.addEventListener("htmx:sendError", () => {
    late.hidden = false;
  });
}
