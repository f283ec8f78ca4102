/** Asking our own server for a figure or two. */

/** @param {string} address @returns {Promise<any>} the answer; rejects when there is none or it is a refusal */
export async function askJson(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/**
 * Of several answers under way only the last one asked for counts: an earlier one, come late, resolves to undefined.
 * @template {any[]} A, T @param {(...question: A) => Promise<T>} ask @returns {(...question: A) => Promise<T|undefined>}
 */
export function lastOnly(ask) {
  let latest = 0;
  return async (...question) => {
    const turn = (latest += 1);
    const answer = await ask(...question);
    return turn === latest ? answer : undefined;
  };
}
