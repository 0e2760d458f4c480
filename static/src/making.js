import { Recorder } from "./recorder.js";
import { startDrawing } from "./drawing.js";

const FIVE_MINUTES = 300;

/** The sentence that the server says beside the field, when it does not keep what was sent. */
async function refusal(response) {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.querySelector(".govuk-error-message")?.textContent.trim();
}

/**
 * Drawing and recording on the page itself.
 *
 * What was made is sent with everything else on the page's form, as a file would be; the page then comes back and
 * shows it. Until the server has it, it stays here, and can be saved on the device. `settled` says, by form, how to
 * wait for what was typed beside it.
 */
export function startMaking(panel, settled) {
  const part = (name) => panel.querySelector(`[data-${name}]`);
  const input = document.getElementById(panel.dataset.making);
  const form = input.form;
  const [stage, said, keep, drop, again, here] = ["stage", "said", "keep", "drop", "again", "save-here"].map(part);
  const words = panel.dataset;
  let made = null;
  let recorder = null;
  let drawing = null;

  const say = (sentence) => {
    said.textContent = sentence ?? "";
  };
  const show = (element, shown) => {
    element.hidden = !shown;
  };

  function clear() {
    recorder?.end();
    recorder = null;
    made = null;
    again.replaceChildren();
    [part("drawing"), part("recording"), part("live"), again, keep, here, stage].forEach((each) => show(each, false));
    show(panel.querySelector(".app-making__start"), true);
    say("");
  }

  function open(which) {
    clear();
    show(panel.querySelector(".app-making__start"), false);
    show(stage, true);
    show(part(which), true);
    stage.focus();
  }

  function ready(file) {
    made = file;
    show(keep, true);
    if (file.type.startsWith("image/")) return;
    const player = document.createElement(file.type.startsWith("audio/") ? "audio" : "video");
    player.className = "app-recording";
    player.controls = true;
    player.src = URL.createObjectURL(file);
    again.replaceChildren(player);
    show(again, true);
    show(part("recording"), false);
    keep.focus();
  }

  async function record(kind) {
    open("recording");
    const clock = part("clock");
    clock.textContent = "0:00";
    recorder = new Recorder(kind, {
      started(stream) {
        say(words.on);
        if (kind !== "video") return;
        part("live").srcObject = stream;
        show(part("live"), true);
        part("live").play();
      },
      tick(seconds) {
        clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        if (seconds === FIVE_MINUTES) say(words.long);
      },
      done(file) {
        say("");
        ready(file);
      },
    });
    part("stop").focus();
    try {
      await recorder.start();
    } catch {
      clear();
      show(stage, true);
      say(words.refused);
    }
  }

  async function send() {
    keep.disabled = true;
    say(words.sending);
    await settled.get(form)?.();
    const fields = new FormData(form);
    fields.append(input.name, made, made.name);
    fields.append("stay", input.name);
    try {
      const response = await fetch(form.action, { method: "POST", body: fields, credentials: "same-origin" });
      if (response.ok && response.redirected) return window.location.assign(response.url);
      say((response.status === 422 && (await refusal(response))) || words.lost);
    } catch {
      say(words.lost);
    }
    keep.disabled = false;
    here.href = URL.createObjectURL(made);
    here.download = made.name;
    show(here, true);
    return undefined;
  }

  const can = { drawing: true, sound: Recorder.can("sound"), video: Recorder.can("video") };
  panel.querySelectorAll("[data-make]").forEach((button) => {
    const what = button.dataset.make;
    show(button, can[what]);
    button.addEventListener("click", () => {
      if (what !== "drawing") return record(what);
      open("drawing");
      drawing ??= startDrawing(part("drawing"), () => show(keep, true));
      return drawing.clear();
    });
  });
  part("stop").addEventListener("click", () => recorder?.stop());
  drop.addEventListener("click", () => {
    clear();
    panel.querySelector("[data-make]").focus();
  });
  keep.addEventListener("click", async () => {
    if (!part("drawing").hidden) made = await drawing.file();
    await send();
  });
  window.addEventListener("pagehide", () => recorder?.end());
  show(panel, true);
}
