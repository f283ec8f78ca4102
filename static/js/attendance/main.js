// The sheet of a live session: who is here now, asked again every ten seconds while somebody looks.

import { one } from "#lib/dom.js";

const EVERY_MS = 10_000;
const section = one("[data-headcount]");

async function refresh() {
  if (document.hidden) return;
  try {
    const answer = await fetch(section.dataset.headcount ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const counts = await answer.json();
    for (const place of section.querySelectorAll("[data-count]")) {
      place.textContent = counts[place.getAttribute("data-count") ?? ""] ?? "";
    }
  } catch {
    // The network is away: the figures stay as they are until the next turn.
  }
}

setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
