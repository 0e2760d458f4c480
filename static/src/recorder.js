const KINDS = {
  sound: [
    ["audio/webm;codecs=opus", "weba"],
    ["audio/mp4", "m4a"],
  ],
  video: [
    ["video/webm;codecs=vp8,opus", "webm"],
    ["video/mp4", "mp4"],
  ],
};
const ASKED = { sound: { audio: true }, video: { audio: true, video: { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: "user" } } };
const MOST_BYTES = 95 * 1024 * 1024;

function kindOf(what) {
  return KINDS[what].find(([type]) => window.MediaRecorder?.isTypeSupported(type));
}

/** One recording: asks for the microphone (and camera), and hands over a file when it stops. */
export class Recorder {
  #what;
  #tell;
  #stream = null;
  #recorder = null;
  #timer = 0;
  #ended = false;

  /** `tell`: `started(stream)`, `tick(seconds)` each second, `done(file)`. */
  constructor(what, tell) {
    this.#what = what;
    this.#tell = tell;
  }

  static can(what) {
    return Boolean(navigator.mediaDevices?.getUserMedia && kindOf(what));
  }

  /** Raises when nobody lets us listen or look. */
  async start() {
    const [type, ending] = kindOf(this.#what);
    this.#stream = await navigator.mediaDevices.getUserMedia(ASKED[this.#what]);
    if (this.#ended) return this.#release();
    const pieces = [];
    let bytes = 0;
    let seconds = 0;
    this.#recorder = new MediaRecorder(this.#stream, { mimeType: type, audioBitsPerSecond: 64_000, videoBitsPerSecond: 1_000_000 });
    this.#recorder.addEventListener("dataavailable", ({ data }) => {
      pieces.push(data);
      bytes += data.size;
      if (bytes > MOST_BYTES) this.stop(); // more would not be taken; what there is is kept
    });
    this.#recorder.addEventListener("stop", () => {
      this.#release();
      const plain = type.split(";")[0];
      if (!this.#ended) this.#tell.done(new File(pieces, `${this.#what}.${ending}`, { type: plain }));
    });
    this.#recorder.start(1000);
    this.#tell.started(this.#stream);
    this.#timer = setInterval(() => this.#tell.tick((seconds += 1)), 1000);
    return undefined;
  }

  stop() {
    if (this.#recorder?.state === "recording") this.#recorder.stop();
  }

  /** Stop and keep nothing; the microphone and camera go dark at once. */
  end() {
    this.#ended = true;
    this.stop();
    this.#release();
  }

  #release() {
    clearInterval(this.#timer);
    this.#stream?.getTracks().forEach((track) => track.stop());
  }
}
