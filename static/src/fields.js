/**
 * Reads answers off the page.
 *
 * `data-path` stands on one control, or on the element around a group (radios, checkboxes, the parts of a date).
 * The value is a string; for checkboxes a list of strings; for a date {day, month, year} as typed; for radios
 * a string, or null while nothing is chosen.
 */

const SKIPPED = new Set(["hidden", "file", "submit", "button", "reset", "image", "password"]);

function controlsOf(field) {
  const inside = field.matches("input, textarea, select") ? [field] : [...field.querySelectorAll("input, textarea, select")];
  return inside.filter((control) => control.name && !SKIPPED.has(control.type));
}

const now = {
  text: (control) => control.value,
  ticked: (control) => control.checked,
};

// What the server wrote into the page; differs from `now` when the browser put typed words back.
const asServed = {
  text: (control) => {
    if (control.tagName !== "SELECT") return control.defaultValue;
    const chosen = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
    return chosen ? chosen.value : "";
  },
  ticked: (control) => control.defaultChecked,
};

function valueOf(field, { text, ticked }) {
  const controls = controlsOf(field);
  const radios = controls.filter((control) => control.type === "radio");
  if (radios.length > 0) return radios.find(ticked)?.value ?? null;
  const boxes = controls.filter((control) => control.type === "checkbox");
  if (boxes.length > 0) return boxes.filter(ticked).map((box) => box.value);
  const part = (control) => /[-.](day|month|year)$/.exec(control.name)?.[1];
  if (controls.length > 1 && controls.every(part)) {
    return Object.fromEntries(controls.map((control) => [part(control), text(control)]));
  }
  return controls.length > 0 ? text(controls[0]) : undefined;
}

export const typedValue = (field) => valueOf(field, now);
export const servedValue = (field) => valueOf(field, asServed);
