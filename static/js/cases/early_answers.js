/** What was typed while the script was still on its way, as happens on a thin link. */

/** Names of the controls that are not as the page brought them, each once. @param {{elements: Iterable<any>}} form @returns {string[]} */
export function earlyAnswers(form) {
  const changed = [...form.elements].filter((control) => control.name && isChanged(control));
  return [...new Set(changed.map(({ name }) => name))];
}

/** @param {any} control */
function isChanged(control) {
  if (control.options) {
    const brought = [...control.options].find(({ defaultSelected }) => defaultSelected) ?? control.options[0];
    return Boolean(brought) && control.value !== brought.value;
  }
  if (control.type === "radio" || control.type === "checkbox") return control.checked !== control.defaultChecked;
  return control.defaultValue !== undefined && control.value !== control.defaultValue;
}
