/**
 * Has the reasons of a decision looked at while they are written, and shows what to look at again. It keeps nothing
 * and stops nothing: without an answer the page stays as it is.
 */
const PAUSE_MS = 1200;

export function startPitfalls(panel) {
  const form = panel.closest("form");
  const typed = () => {
    const all = new FormData(form);
    return new URLSearchParams(["csrf_token", "reasons", "instead", "assess"].map((name) => [name, all.get(name) ?? ""]));
  };
  let waiting;
  let newest = typed().toString();

  const look = async () => {
    const body = typed();
    if (body.toString() === newest) return;
    newest = body.toString();
    try {
      const headers = { Accept: "application/json" };
      const response = await fetch(panel.dataset.pitfalls, { method: "POST", credentials: "same-origin", headers, body });
      if (!response.ok || response.redirected) throw new Error("not read");
      const fresh = new DOMParser().parseFromString((await response.json()).html, "text/html").body;
      // Saying the same again makes a screen reader say it again.
      const said = fresh.textContent.trim() === panel.textContent.trim();
      if (body.toString() === newest && !said) panel.replaceChildren(...fresh.childNodes);
    } catch {
      newest = "";
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, PAUSE_MS);
  });
}
