import { typedValue } from "./fields.js";

/**
 * Shows a question when an answer on the same page asks for it, and hides it when not.
 *
 * `data-when` holds the condition as JSON, with the operators of the form's definition. What this page cannot
 * know (a fact, an answer on another page) is neither true nor false, and a question is hidden only when its
 * condition is certainly false. Hidden words stay in the page and are sent: the server decides what counts.
 */

const UNKNOWN = undefined;

function said(value) {
  if (typeof value === "string") return value.trim() !== "";
  if (Array.isArray(value)) return value.some(said);
  return value !== null && typeof value === "object" && Object.values(value).some(said);
}

function every(results) {
  if (results.includes(false)) return false;
  return results.includes(UNKNOWN) ? UNKNOWN : true;
}

const negate = (result) => (result === UNKNOWN ? UNKNOWN : !result);

const known = (value, test) => (value === UNKNOWN ? UNKNOWN : test(value));

const operators = {
  all: (parts, answer) => every(parts.map((part) => holds(part, answer))),
  any: (parts, answer) => negate(every(parts.map((part) => negate(holds(part, answer))))),
  not: (part, answer) => negate(holds(part, answer)),
  answered: (id, answer) => known(answer(id), said),
  equals: ([id, ...options], answer) => known(answer(id), (value) => options.includes(value)),
  includes: ([id, ...options], answer) =>
    known(answer(id), (value) => Array.isArray(value) && options.some((option) => value.includes(option))),
  under: ([id, limit], answer) =>
    known(answer(id), (value) => said(value) && Number(String(value).replace(/[£%,\s]/g, "")) < Number(limit)),
};

/** True, false, or undefined when this page cannot know. `answer` gives the value of a question by its id. */
export function holds(condition, answer) {
  const [[name, given]] = Object.entries(condition);
  return operators[name] ? operators[name](given, answer) : UNKNOWN;
}

/** The address of a question seen from an answer: in a row, its neighbours are those of the same row. */
export function pathFrom(id, here) {
  const rows = [...here.matchAll(/\[([A-Za-z0-9-]{1,36})\]/g)].map((match) => match[1]);
  return id.replace(/\[\](?=\.)/g, () => `[${rows.shift() ?? ""}]`);
}

export function startConditions(page) {
  const dependents = [...page.querySelectorAll("[data-when]")].map((field) => [field, JSON.parse(field.dataset.when)]);
  if (dependents.length === 0) return;
  const find = (path) => page.querySelector(`[data-path="${CSS.escape(path)}"]`);
  const settle = () => {
    for (const [field, condition] of dependents) {
      const answer = (id) => {
        const asked = find(pathFrom(id, field.dataset.path));
        return asked ? typedValue(asked) : UNKNOWN;
      };
      field.hidden = holds(condition, answer) === false;
    }
  };
  page.addEventListener("input", settle);
  page.addEventListener("change", settle);
  window.addEventListener("pageshow", settle);
  settle();
}
