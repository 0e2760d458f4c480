/**
 * Reads answers off the page, as they were typed. The server makes values of them with the fields of the form.
 *
 * `data-path` stands on one control or on the element around an answer. Inputs are named like the path, or like
 * the path with a part: `ch_dob-day`. So a value is a string; a list of strings for checkboxes; null for radios
 * with nothing chosen; {day, month, year} or {line1, town, …} for an answer in parts. Files, and the boxes that
 * add and remove things, travel with the form alone.
 */

const SKIPPED = new Set(["hidden", "file", "submit", "button", "reset", "image", "password"]);

function controlsOf(field) {
  const inside = field.matches("input, textarea, select") ? [field] : [...field.querySelectorAll("input, textarea, select")];
  return inside.filter(
    // The cells of a row are answers of their own.
    (control) => control.name && !SKIPPED.has(control.type) && control.closest("[data-path]") === field,
  );
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
  const { path } = field.dataset;
  const controls = controlsOf(field);
  const whole = controls.filter((control) => control.name === path);
  const radios = whole.filter((control) => control.type === "radio");
  if (radios.length > 0) return radios.find(ticked)?.value ?? null;
  const boxes = whole.filter((control) => control.type === "checkbox");
  if (boxes.length > 0) return boxes.filter(ticked).map((box) => box.value);
  if (whole.length > 0) return text(whole[0]);
  const parts = controls.filter((control) => control.name.startsWith(`${path}-`) && control.type !== "checkbox");
  if (parts.length === 0) return undefined;
  return Object.fromEntries(parts.map((control) => [control.name.slice(path.length + 1), text(control)]));
}

/** What stands in the page now; undefined when the field has nothing to save by itself. */
export const typedValue = (field) => valueOf(field, now);

/** What the server put there. */
export const servedValue = (field) => valueOf(field, asServed);
