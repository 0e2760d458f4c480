/**
 * Reads the words of a page to a child.
 *
 * The button names the element to read: `<button hidden data-read-aloud="question">`. Only voices that live in
 * the device are used: a network voice would send a child's page to somebody else's computer.
 */
export function startReadAloud(button, speech = window.speechSynthesis) {
  const target = document.getElementById(button.dataset.readAloud);
  if (!speech || !target) return;
  const label = button.querySelector("[data-label]") ?? button;
  const quiet = label.textContent;

  const voice = () => {
    const own = speech.getVoices().filter((candidate) => candidate.localService);
    const language = document.documentElement.lang || "en";
    return own.find((candidate) => candidate.lang.startsWith(language)) ?? own.find((c) => c.lang.startsWith(language.slice(0, 2)));
  };
  const show = () => {
    button.hidden = !voice();
  };
  const stopped = () => {
    label.textContent = quiet;
    button.setAttribute("aria-pressed", "false");
  };

  button.addEventListener("click", () => {
    const reading = speech.speaking;
    speech.cancel();
    if (reading) return stopped();
    const words = new SpeechSynthesisUtterance(target.innerText);
    words.voice = voice();
    words.lang = words.voice.lang;
    words.rate = 0.9;
    words.onend = stopped;
    words.onerror = stopped;
    label.textContent = button.dataset.stopLabel || quiet;
    button.setAttribute("aria-pressed", "true");
    speech.speak(words);
  });
  window.addEventListener("pagehide", () => speech.cancel());
  speech.addEventListener?.("voiceschanged", show);
  show();
}
