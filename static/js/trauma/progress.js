// How many of the fields have an answer, and "not known" that gives way to a number, and the other way round.

/** @param {HTMLFormElement} form */
export function followProgress(form) {
  const questions = [...form.querySelectorAll("[data-question]")];
  const bar = form.querySelector("[data-progress]");
  const count = form.querySelector("[data-answered]:not([data-question])");
  const show = () => {
    for (const question of questions) question.toggleAttribute("data-answered", isAnswered(controls(question), isSpared(form)));
    const answered = questions.filter((question) => question.hasAttribute("data-answered")).length;
    if (bar instanceof HTMLProgressElement) bar.value = answered;
    if (count) count.textContent = String(answered);
  };
  form.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement) giveWay(form, event.target);
    show();
  });
  show();
}

/** @param {HTMLFormElement} form */
const isSpared = (form) => form.querySelector("[name='rest_spared']:checked") !== null;

/**
 * A number typed unticks its "not known"; "not known" empties its number.
 * @param {HTMLFormElement} form @param {HTMLInputElement} changed
 */
function giveWay(form, changed) {
  const tick = form.elements.namedItem(`${changed.name}_unknown`);
  if (tick instanceof HTMLInputElement && changed.value) tick.checked = false;
  const number = changed.checked ? form.elements.namedItem(changed.name.replace(/_unknown$/, "")) : null;
  if (changed.name.endsWith("_unknown") && number instanceof HTMLInputElement) number.value = "";
}

/** @typedef {{name: string, value: string, isChosen: boolean}} Control */

/** @param {Element} question @returns {Control[]} */
function controls(question) {
  return [...question.querySelectorAll("input, select")].flatMap((control) => {
    if (!(control instanceof HTMLInputElement || control instanceof HTMLSelectElement)) return [];
    const isTick = control instanceof HTMLInputElement && (control.type === "radio" || control.type === "checkbox");
    const isChosen = isTick ? control.checked : control.value !== "";
    return [{ name: control.name, value: control.value, isChosen }];
  });
}

const OPTIONAL = new Set(["age_unit", "hours_to_hospital", "gcs"]);

/**
 * Whether every column that counts has an answer, as `rules/trauma_fields.py` counts it.
 * @param {Control[]} all @param {boolean} isSpared regions left empty are not injured
 */
export function isAnswered(all, isSpared) {
  /** @type {Map<string, boolean>} */ const columns = new Map();
  for (const { name, isChosen } of all) {
    const column = name.replace(/_unknown$/, "");
    if (OPTIONAL.has(column) || column === "rest_spared") continue;
    const spared = isSpared && column.startsWith("region_");
    columns.set(column, isChosen || spared || (columns.get(column) ?? false));
  }
  const chosen = all.find(({ name, isChosen }) => name === "road_user" && isChosen);
  if (chosen && ["3", "4"].includes(chosen.value)) columns.set("protection", true);
  return columns.size > 0 && [...columns.values()].every(Boolean);
}
