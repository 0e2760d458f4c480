const EVERY_MS = 20000;

/** Says who else is writing on this page. Silence is as good: a failure shows nothing and is tried again later. */
export function startPresence(line) {
  const ask = async () => {
    if (document.hidden) return;
    try {
      const response = await fetch(line.dataset.presence, {
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
      if (!response.ok || response.redirected) return;
      const { here } = await response.json();
      const words = here.map((name) => line.dataset.words.replace("{name}", name)).join(" ");
      // Saying the same again makes a screen reader say it again.
      if (line.textContent !== words) line.textContent = words;
      line.hidden = here.length === 0;
    } catch {
      // No network: whoever types is told so by the save status, which matters more.
    }
  };
  setInterval(ask, EVERY_MS);
}
