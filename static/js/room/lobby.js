/** Before it starts: how long still, and whether the connection will do. */

import { one, say, show } from "#lib/dom.js";
import { clockface, dayAndHour } from "#lib/moments.js";
import { text } from "#lib/texts.js";
import { everySecond } from "#live/page.js";
import { probe, verdictOf } from "#room/check.js";

const DAY = 86_400_000;

/** @param {import("#live/page.js").Page} page */
export function lobby({ client, config }) {
  const box = one("#lobby");
  const countdown = one("#countdown");
  const button = /** @type {HTMLButtonElement} */ (one("#check"));
  const result = one("#check-result");

  everySecond(() => {
    const isBefore = !client.state || ["scheduled", "open"].includes(client.state.stage);
    show(box, isBefore);
    if (!isBefore) return;
    const left = Date.parse(client.state?.starts_at ?? config.starts_at) - client.now();
    show(countdown, left < DAY);
    say(countdown, left > 0 ? text("lobby.in", { time: clockface(left) }) : text("lobby.soon"));
  });
  client.subscribe(() => {
    const { stage } = client.state ?? {};
    show(box, !stage || stage === "scheduled" || stage === "open");
    const starts = client.state?.starts_at ?? config.starts_at;
    const isMoved = starts !== config.starts_at;
    show(one("#lobby-moved"), isMoved);
    show(one("#lobby-times"), !isMoved);
    if (isMoved) say(one("#lobby-moved"), text("lobby.moved", { time: dayAndHour(starts, config.language, config.time_zone) }));
  });

  button.addEventListener("click", async () => {
    button.disabled = true;
    say(result, text("check.running"));
    const finding = client.link.state === "open" ? await probe(client.link) : null;
    button.disabled = false;
    if (!finding) return say(result, text("check.offline"));
    result.dataset.verdict = verdictOf(finding);
    say(result, `${text(`check.${verdictOf(finding)}`)}\n${text("check.figures", { ms: finding.median, late: finding.late, count: finding.count })}`);
  });
}
