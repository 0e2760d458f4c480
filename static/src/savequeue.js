/**
 * What is saved, what is on its way, and what is still only on the page.
 *
 * One batch travels at a time. A batch that got no clear answer is sent again unchanged, under the same id, so
 * that the server can tell a repeat from a new save. Words typed meanwhile wait for the next batch, which
 * carries the versions that the last one brought back.
 */

export const PAUSE_MS = 3000;
export const LONGEST_WAIT_MS = 10000;
export const LONGEST_RETRY_MS = 30000;

export class SaveQueue {
  #saved = new Map();
  #versions = new Map();
  #dirty = new Map();
  #flight = null;
  #sending = null;
  #failures = 0;
  #unreached = false;
  #timer = null;
  #page;
  #seq = 0;
  #typingSince = null;
  #io;

  /**
   * @param {object} io
   * @param {(batch: object) => Promise<object>} io.send resolves to {kind: "saved" | "retry" | "signed-out" | "refused", …}
   * @param {(state: object) => void} io.tell hears every change of state
   * @param {() => string} io.newId makes a save id
   * @param {(work: () => void, ms: number) => unknown} [io.later]
   * @param {(timer: unknown) => void} [io.forget]
   * @param {() => number} [io.clock] milliseconds, only ever compared with itself
   */
  constructor(io) {
    this.#io = {
      later: (work, ms) => setTimeout(work, ms),
      forget: (timer) => clearTimeout(timer),
      clock: () => performance.now(),
      ...io,
    };
    // Names this open page, so that its own saves arriving late are never taken for somebody else's.
    this.#page = this.#io.newId();
  }

  /** The server already holds `value` for this path, at `version`. */
  hold(path, value, version) {
    this.#saved.set(path, JSON.stringify(value));
    this.#versions.set(path, version);
  }

  /** The person changed an answer: save soon, and at the latest ten seconds after they began. */
  note(path, value) {
    const text = JSON.stringify(value);
    const travelling = this.#flight && path in this.#flight.answers;
    if (!travelling && text === this.#saved.get(path)) this.#dirty.delete(path);
    else this.#dirty.set(path, value);
    if (this.#dirty.size === 0 || this.#flight) return;
    const now = this.#io.clock();
    this.#typingSince ??= now;
    const left = this.#typingSince + LONGEST_WAIT_MS - now;
    this.#wait(Math.max(0, Math.min(PAUSE_MS, left)), () => this.flush());
  }

  /** True while any word is not known to be saved. */
  get unsaved() {
    return this.#dirty.size > 0 || this.#flight !== null;
  }

  /** True while words wait because the last try did not reach any server. */
  get offline() {
    return this.unsaved && this.#unreached;
  }

  /** Sends what is waiting now. Resolves when the server has answered, whatever it said. */
  flush() {
    if (this.#sending) return this.#sending;
    if (!this.#flight) {
      if (this.#dirty.size === 0) return Promise.resolve();
      this.#flight = this.#batch();
      this.#dirty.clear();
    }
    this.#typingSince = null;
    this.#io.forget(this.#timer);
    this.#io.tell({ state: "saving" });
    this.#sending = this.#attempt().finally(() => {
      this.#sending = null;
    });
    return this.#sending;
  }

  /** The page is going away: every batch that may not have arrived. A repeat of the travelling one is harmless. */
  lastChance() {
    const batches = this.#flight ? [this.#flight] : [];
    if (this.#dirty.size > 0) batches.push(this.#batch());
    return batches;
  }

  #batch() {
    const answers = {};
    for (const [path, value] of this.#dirty) answers[path] = { value, base: this.#versions.get(path) ?? 0 };
    this.#seq += 1;
    return { save: this.#io.newId(), page: this.#page, seq: this.#seq, answers };
  }

  async #attempt() {
    let result;
    try {
      result = await this.#io.send(this.#flight);
      this.#unreached = false;
    } catch {
      result = { kind: "retry" };
      this.#unreached = true;
    }
    if (result.kind === "saved") this.#landed(result);
    else if (result.kind === "refused") this.#refused(result);
    else this.#tryAgain(result);
  }

  #landed({ savedAt, versions = {}, clashes = [] }) {
    for (const [path, { value }] of Object.entries(this.#flight.answers)) this.#saved.set(path, JSON.stringify(value));
    for (const [path, version] of Object.entries(versions)) this.#versions.set(path, version);
    this.#flight = null;
    this.#failures = 0;
    for (const [path, value] of this.#dirty) {
      if (JSON.stringify(value) === this.#saved.get(path)) this.#dirty.delete(path);
    }
    this.#io.tell({ state: "saved", savedAt, versions, clashes });
    if (this.#dirty.size > 0) this.#wait(PAUSE_MS, () => this.flush());
  }

  /** Sending the same again would be refused again: keep the words, wait for the person to change them. */
  #refused({ message }) {
    for (const [path, { value }] of Object.entries(this.#flight.answers)) {
      if (!this.#dirty.has(path)) this.#dirty.set(path, value);
    }
    this.#flight = null;
    this.#io.tell({ state: "refused", message });
  }

  #tryAgain({ kind, afterMs = 0 }) {
    this.#failures += 1;
    this.#io.tell({ state: kind === "signed-out" ? "signed-out" : "waiting" });
    const backoff = Math.min(LONGEST_RETRY_MS, 1000 * 2 ** this.#failures);
    this.#wait(Math.max(backoff, afterMs), () => this.flush());
  }

  #wait(ms, work) {
    this.#io.forget(this.#timer);
    this.#timer = this.#io.later(work, ms);
  }
}
