/** Shows the print buttons (hidden without scripts) and opens folded explanations for the paper. */
export function startPrintButtons(page) {
  page.querySelectorAll("button[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...page.querySelectorAll("details:not([open]):not(.app-term)")];
    opened.forEach((details) => details.setAttribute("open", ""));
  });
  window.addEventListener("afterprint", () => opened.forEach((details) => details.removeAttribute("open")));
}
