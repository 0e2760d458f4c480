/** Carries one batch to the server and says in one word what came of it. */

/** A form still shows whose words it holds; somebody else signing in must not make them theirs. */
export class OtherPerson extends Error {}

export class Transport {
  #form;
  #stale = false;

  constructor(form) {
    this.#form = form;
  }

  get #token() {
    return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
  }

  #request(batch, extra = {}) {
    return fetch(this.#form.dataset.autosave, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.#token },
      body: JSON.stringify(batch),
      ...extra,
    });
  }

  async send(batch) {
    if (this.#stale && !(await this.#renew())) return { kind: "signed-out" };
    const response = await this.#request(batch);
    const json = (response.headers.get("Content-Type") ?? "").includes("json");
    // A sign-in page answers 200 too, by way of a redirect: that is not a save.
    if (response.redirected || response.status === 401 || response.status === 403 || (response.status === 400 && !json)) {
      this.#stale = true;
      return { kind: "signed-out" };
    }
    if (response.ok && json) return this.#saved(await response.json());
    if (response.status === 429 || response.status >= 500 || response.ok) {
      return { kind: "retry", afterMs: 1000 * (Number(response.headers.get("Retry-After")) || 0) };
    }
    return { kind: "refused", message: json ? (await response.json()).message : undefined };
  }

  /** While the page goes away. Over the browser's 64 kB for such requests, an ordinary one is the best there is. */
  sendLast(batch) {
    const lost = () => undefined;
    this.#request(batch, { keepalive: true }).catch(() => this.#request(batch).catch(lost));
  }

  #saved({ saved_at: savedAt, versions, clashes }) {
    return { kind: "saved", savedAt, versions, clashes };
  }

  /** A new sign-in has a new token. This same page carries it, if the same person is back. */
  async #renew() {
    const response = await fetch(window.location.href, { credentials: "same-origin", headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return false;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const token = page.querySelector('meta[name="csrf-token"]');
    const form = [...page.querySelectorAll("form[data-autosave]")].find(
      (candidate) => candidate.dataset.autosave === this.#form.dataset.autosave,
    );
    if (!token || !form) return false;
    if (form.dataset.person !== this.#form.dataset.person) throw new OtherPerson();
    document.querySelector('meta[name="csrf-token"]').content = token.content;
    document.querySelectorAll('input[name="csrf_token"]').forEach((input) => {
      input.value = token.content;
    });
    this.#stale = false;
    return true;
  }
}
