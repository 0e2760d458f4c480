/**
 * Asks the server to read a row again while it is being written, and shows what it asks about it. It never stops
 * anything: without an answer the page stays as it is.
 */
import { typedValue } from "./fields.js";

const PAUSE_MS = 1500;

function typedIn(row) {
  const fields = [...row.querySelectorAll("[data-path]")];
  const values = fields.map((field) => [field.dataset.path, typedValue(field)]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

async function read(url, body) {
  const token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token };
  const response = await fetch(url, { method: "POST", credentials: "same-origin", headers, body });
  if (!response.ok || response.redirected) throw new Error("not read");
  return new DOMParser().parseFromString((await response.json()).html, "text/html").body;
}

/** One row with its panel. */
export function startLooking(panel) {
  const row = panel.closest(".answer-row");
  let waiting;
  let newest = "";

  const look = async () => {
    const body = JSON.stringify({ row: panel.dataset.row, answers: typedIn(row) });
    if (body === newest) return;
    newest = body;
    try {
      const fresh = await read(panel.dataset.look, body);
      // Saying the same again makes a screen reader say it again.
      const said = fresh.textContent.trim() === panel.textContent.trim();
      if (body === newest && !said) panel.replaceChildren(...fresh.childNodes);
    } catch {
      newest = "";
    }
  };
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  };
  row.addEventListener("input", later);
  row.addEventListener("change", later);
}
