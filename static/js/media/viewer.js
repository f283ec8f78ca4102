/** The page of one medium. Without it the picture, its links and the words of the marks are there all the same. */

import { readConfig } from "#lib/config.js";
import { one, say, show } from "#lib/dom.js";
import { text } from "#lib/texts.js";
import { Marks } from "#media/annotations_panel.js";
import { Stage } from "#media/stage.js";
import { address, WindowControls } from "#media/windows.js";

const [SMALL_SIDE, LARGE_SIDE] = [640, 1600];
const config = readConfig("medium-config");
const root = one("#stage");
const stage = new Stage(root, config.language);
let frame = config.frame;
let isLarge = false;

/** @type {WindowControls|null} */ let controls = null;
/** @type {import("#media/windows.js").View} */ const view = { frame, centre: null, width: null };

/** Where the picture of this frame is. */
function source() {
  if (config.window_url) return address(config.window_url, { ...view, frame }, isLarge ? LARGE_SIDE : SMALL_SIDE);
  const page = config.pages[frame - 1];
  return isLarge && page.large ? page.large.url : page.small.url;
}

/** @param {number} to from 1 */
async function go(to) {
  if (to < 1 || to > config.frames || to === frame) return;
  frame = view.frame = to;
  isLarge = false;
  for (const each of document.querySelectorAll("[data-slot=frame-number]")) say(each, text("viewer.frame", { number: frame, all: config.frames }));
  if (slider) slider.value = String(frame);
  links();
  history.replaceState(null, "", `?frame=${frame}`);
  if (await stage.show(source())) marks?.open(frame);
}

/** The links before and after, and the one to the larger picture, lead from the frame shown. */
function links() {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-step]"))) {
    const to = frame + Number(link.dataset.step);
    show(link, to >= 1 && to <= config.frames);
    link.href = `?frame=${to}`;
  }
  const full = /** @type {HTMLAnchorElement|null} */ (document.querySelector("#full"));
  if (full) show(full, !isLarge && (config.window_url || config.pages[frame - 1].large !== null));
}

document.addEventListener("click", (event) => {
  const link = /** @type {HTMLElement|null} */ (event.target instanceof Element ? event.target.closest("a[data-step], a#full") : null);
  if (!link || /** @type {MouseEvent} */ (event).ctrlKey || /** @type {MouseEvent} */ (event).metaKey) return;
  event.preventDefault();
  if (link.dataset.step) void go(frame + Number(link.dataset.step));
  else {
    isLarge = true;
    links();
    void stage.show(source());
  }
});

const slider = /** @type {HTMLInputElement|null} */ (document.querySelector("[name=frame]"));
/** @type {any} */ let rest = 0;
slider?.addEventListener("input", () => {
  clearTimeout(rest);
  rest = setTimeout(() => void go(Number(slider.value)), 120);
});

const windows = /** @type {HTMLElement|null} */ (document.querySelector("[data-windows]"));
if (windows && config.window_url) {
  const preset = config.windows.presets?.find((/** @type {{name: string}} */ { name }) => name === windows.dataset.preset);
  if (preset) Object.assign(view, { centre: preset.centre, width: preset.width });
  controls = new WindowControls(windows, config.windows, view, () => void stage.show(source()), config.language);
  show(windows, true);
}

const panel = /** @type {HTMLElement|null} */ (document.querySelector("[data-marks]"));
const marks = panel && stage.picture ? new Marks(panel, root, config, config.language, (to) => void go(to)) : null;
marks?.open(frame);
links();

const again = document.querySelector("#edit-again");
again?.addEventListener("click", async () => {
  const { ready } = await import("#media/main.js");
  const desk = await ready;
  if (!desk) return;
  const large = config.pages[0].large ?? config.pages[0].small;
  try {
    const photo = await (await fetch(large.url)).blob();
    const edited = await desk.edit(photo, "");
    if (edited) await desk.uploads.add(edited, one("h1").textContent ?? "", config.medium);
  } catch {
    say(one("#picture-state"), text("viewer.not_loaded"));
  }
});
document.addEventListener("media:ready", (event) => {
  location.href = `../${/** @type {CustomEvent} */ (event).detail}/`;
});
document.documentElement.classList.add("scripted"); // what needs scripts is shown
