import { servedValue, typedValue } from "./fields.js";
import { SaveQueue } from "./savequeue.js";
import { OtherPerson, Transport } from "./transport.js";

const SUBMIT_PATIENCE_MS = 4000;

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Over plain http on a home network randomUUID is missing.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The words of the save status, from the page so that they are translated with it. */
function speaker(form) {
  const line = document.querySelector(form.dataset.status || "[data-save-status]");
  const words = line?.dataset ?? {};
  const sentences = {
    saving: () => words.saving,
    saved: ({ savedAt }) => words.saved?.replace("{time}", savedAt),
    waiting: () => words.waiting,
    "signed-out": () => words.signedOut,
    refused: ({ message }) => (message ? `${message} ${words.keep}` : words.refused),
    "other-person": () => words.otherPerson,
  };
  return (news) => {
    if (!line) return;
    const calm = news.state === "saved" || news.state === "saving";
    line.dataset.state = calm ? news.state : "waiting";
    const sentence = sentences[news.state](news) ?? "";
    // Saying the same again makes a screen reader say it again at every retry.
    if (line.textContent !== sentence) line.textContent = sentence;
  };
}

function showClashes(form, clashes) {
  const notice = document.querySelector("[data-clash]");
  if (!notice || clashes.length === 0) return;
  const link = notice.querySelector("a");
  link.href = new URL(clashes[0].url, window.location.href).pathname;
  notice.hidden = false;
}

function showVersions(form, versions) {
  for (const [path, version] of Object.entries(versions)) {
    const name = CSS.escape(path);
    form.querySelectorAll(`[data-path="${name}"]`).forEach((field) => {
      field.dataset.version = version;
    });
    // The form's own Continue button must start from the same version.
    form.querySelectorAll(`input[type="hidden"][data-version-of="${name}"]`).forEach((input) => {
      input.value = version;
    });
  }
}

/**
 * Saves the answers of one form as they are typed. Without this, the form's own button still saves them.
 *
 * Returns a function that waits, some seconds at most, until what was typed is saved: whatever else posts the form
 * then starts from the versions that stand.
 */
export function startAutosave(form) {
  const say = speaker(form);
  const transport = new Transport(form);
  let stopped = false;

  const send = async (batch) => {
    try {
      return await transport.send(batch);
    } catch (problem) {
      if (!(problem instanceof OtherPerson)) throw problem;
      stopped = true;
      return { kind: "refused" };
    }
  };
  const tell = (news) => {
    say(stopped && news.state === "refused" ? { state: "other-person" } : news);
    if (news.state !== "saved") return;
    showVersions(form, news.versions);
    showClashes(form, news.clashes);
  };
  const queue = new SaveQueue({ send, tell, newId });

  const note = (field) => {
    const value = typedValue(field);
    if (!stopped && value !== undefined) queue.note(field.dataset.path, value);
  };
  form.querySelectorAll("[data-path]").forEach((field) => {
    const served = "unsaved" in field.dataset ? null : servedValue(field);
    queue.hold(field.dataset.path, served, Number(field.dataset.version) || 0);
    note(field);
  });

  const changed = (event) => {
    const field = event.target.closest("[data-path]");
    if (field) note(field);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("focusout", () => {
    if (!stopped) queue.flush();
  });
  window.addEventListener("online", () => {
    if (!stopped) queue.flush();
  });

  const settled = () => {
    const patience = new Promise((resolve) => setTimeout(resolve, SUBMIT_PATIENCE_MS));
    return Promise.race([queue.flush(), patience]);
  };
  let leaving = false;
  const exiting = () => document.body.classList.contains("govuk-exit-this-page-hide-content");
  form.addEventListener("submit", (event) => {
    if (leaving || stopped || event.defaultPrevented) return;
    leaving = true;
    // A save on its way and the form's own post would start from the same version: let the first one land.
    event.preventDefault();
    const go = () => {
      // With no network the browser's error page would take the words away: stay here instead.
      if (queue.offline) leaving = false;
      else form.requestSubmit(event.submitter);
    };
    // With nothing to save the promise is kept at once, while this press still counts as being sent: a browser
    // then ignores a second sending.
    settled().finally(() => setTimeout(go));
  });
  window.addEventListener("pageshow", () => {
    leaving = false;
  });
  window.addEventListener("pagehide", () => {
    if (!leaving && !stopped) queue.lastChance().forEach((batch) => transport.sendLast(batch));
  });
  window.addEventListener("beforeunload", (event) => {
    // Nobody who leaves in a hurry is asked whether they are sure.
    if (!leaving && !exiting() && queue.unsaved) event.preventDefault();
  });
  return settled;
}
