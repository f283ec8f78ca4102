// The discussion of a case: htmx does the work; this says when the server does not answer.

/** @param {boolean} isLate */
const tell = (isLate) => {
  const late = document.querySelector("#discussion [data-late]");
  if (late instanceof HTMLElement) late.hidden = !isLate;
};

document.addEventListener("htmx:beforeRequest", () => tell(false));
document.addEventListener("htmx:sendError", () => tell(true));
