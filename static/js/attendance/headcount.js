// The figures of a live session's sheet.

/**
 * Each place shows the figure it is named for; one that is not told is left empty rather than old.
 * @param {Iterable<{dataset: Record<string, string|undefined>, textContent: string|null}>} places with a `data-count`
 * @param {() => Promise<Record<string, number|string>>} ask
 */
export async function recount(places, ask) {
  try {
    const counts = await ask();
    for (const place of places) place.textContent = String(counts[place.dataset.count ?? ""] ?? "");
  } catch {
    // The network is away: the figures stay as they are until the next turn.
  }
}
