// Saves a form while it is being typed, and says truly whether it is saved. No text is kept in the browser:
// until the server has it, it is in the page and nowhere else.

const PAUSE_MS = 2000;
const LONGEST_WAIT_MS = 10000;
const ANSWER_MS = 20000;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30000;

const KEEPALIVE_BYTES = 60000; // a browser carries at most 64 KiB beyond the end of a page

const NOT_SAVED = "Not saved. Keep this page open.";
const NOT_SENT = "Not saved and not sent. Keep this page open.";

export function startAutosave(form) {
  return new Autosave(form);
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-save-status]") ?? document.querySelector("[data-save-status]");
    this.announcer = form.appendChild(document.createElement("p"));
    this.announcer.className = "nhsuk-u-visually-hidden";
    this.announcer.setAttribute("role", "status");
    this.changed = false; // typed since the last text that was sent
    this.failures = 0;
    this.stopped = false;
    this.inFlight = null;
    this.timer = null;
    this.waitingSince = null;
    this.leaving = false;
    this.lastStatus = 200;
    this.submitting = false;
    this.turn = 0;
    form.addEventListener("formdata", (event) => this.number(event.formData));
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("focusout", () => this.changed && !this.failures && this.save());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.changed && this.save());
    window.addEventListener("pageshow", () => { this.leaving = false; });
    window.addEventListener("pagehide", () => this.saveLast());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.saveLast());
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && (this.changed || this.inFlight)) event.preventDefault();
    });
  }

  typed() {
    if (this.stopped) return;
    this.changed = true;
    this.waitingSince ??= Date.now();
    if (this.failures) return; // the next try is already on its way, and the status says "Not saved"
    if (!this.inFlight) this.say("typing", "Not saved yet");
    const longest = this.waitingSince + LONGEST_WAIT_MS - Date.now();
    this.wait(Math.max(0, Math.min(PAUSE_MS, longest)));
  }

  wait(milliseconds) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), milliseconds);
  }

  save(isLast = false) {
    clearTimeout(this.timer);
    if (this.stopped || this.leaving || !this.changed) return this.inFlight ?? Promise.resolve();
    this.inFlight ??= this.send(isLast).finally(() => { this.inFlight = null; });
    return this.inFlight;
  }

  // The page may never be seen again. Beside a save on its way goes one more with the whole text, whose answer
  // nobody may be there to read: should the page live on, the text counts as unsaved and is saved as usual.
  saveLast() {
    if (this.stopped || this.leaving || !this.changed) return;
    if (this.inFlight) this.post(true).catch(() => {});
    else this.save(true);
  }

  async send(isLast) {
    this.changed = false;
    this.waitingSince = null;
    if (!this.failures) this.say("saving", "Saving");
    let answer;
    try {
      answer = await this.post(isLast);
      if (answer.status === 400 && answer.told.csrf_token) {
        // Signed in again in another tab: this page's token has gone stale, and the answer brings a fresh one.
        for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = answer.told.csrf_token;
        answer = await this.post();
      }
    } catch {
      answer = { status: 0, told: {} };
    }
    this.lastStatus = answer.status;
    if (answer.status === 200 && answer.told.saved_at) this.saved(answer.told);
    else if (answer.status === 409) this.stop(answer.told);
    else this.failed(answer.status);
  }

  // Each save and the submit itself carry a number that rises: of two saves of this page that overtake each other,
  // the older must not win. The clock keeps it rising when the browser brings the page back.
  number(fields) {
    this.turn = Math.max(this.turn + 1, Date.now());
    if (fields.has("turn")) fields.set("turn", this.turn);
  }

  async post(isLast = false) {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    const response = await fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body: fields,
      keepalive: isLast && fields.toString().length < KEEPALIVE_BYTES,
      headers: { Accept: "application/json", "X-CSRFToken": fields.get("csrf_token") ?? "" },
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    if (response.type === "opaqueredirect") return { status: 401, told: {} };
    const told = await response.json().catch(() => ({}));
    return { status: response.status, told };
  }

  saved(told) {
    if (this.failures) this.announce(`Saved ${told.saved_at}`);
    this.failures = 0;
    const revision = this.form.elements.namedItem("revision");
    if (revision && told.revision !== undefined) revision.value = told.revision;
    if (this.changed) {
      this.say("typing", "Not saved yet");
      this.wait(PAUSE_MS);
    } else {
      this.say("saved", `Saved ${told.saved_at}`);
    }
  }

  failed(status) {
    this.changed = true;
    this.failures += 1;
    this.say("failed", NOT_SAVED);
    if (status === 401) this.offerSignIn(" Sign in again in another tab: what you typed will then be saved.");
    if (this.failures === 1) this.announce(this.status?.textContent ?? NOT_SAVED);
    this.wait(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.failures - 1)));
  }

  stop(told) {
    this.changed = true;
    this.stopped = true;
    clearTimeout(this.timer);
    this.say("stopped", told.message || "Not saved. Somebody else changed this section.");
    const address = told.conflict_url || this.form.dataset.conflictUrl;
    // In a new tab: what was typed here is nowhere else yet.
    if (address) this.offer(" ", "See both versions (opens in a new tab)", address, true);
    this.announce(this.status?.textContent ?? "");
  }

  // The button leaves this page, and a page that shows nothing but an error keeps no text: so what is not saved
  // yet is saved first, and where that fails for want of a sign-in or of the server, the page stays.
  submitted(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    if (this.leaving || this.stopped || !(this.changed || this.inFlight)) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    if (!this.submitting) this.saveAndSubmit(event.submitter);
  }

  async saveAndSubmit(submitter) {
    this.submitting = true;
    await this.inFlight; // two saves at once would look like two people
    await this.save();
    this.submitting = false;
    if (this.changed && this.mustStay()) return this.stay();
    clearTimeout(this.timer);
    this.leaving = true;
    this.form.requestSubmit(submitter);
  }

  mustStay() {
    return !this.stopped && (this.lastStatus === 0 || this.lastStatus === 401 || this.lastStatus >= 500);
  }

  stay() {
    this.say("failed", NOT_SENT);
    if (this.lastStatus === 401) this.offerSignIn(" Sign in again in another tab, come back here and press the button again.");
    else this.status?.append(" Wait a minute and press the button again.");
    this.announce(this.status?.textContent ?? NOT_SENT);
  }

  offerSignIn(words) {
    this.offer(words, "Sign in (opens in a new tab)", this.form.dataset.signInUrl || "/", true);
  }

  say(state, words) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.textContent = words;
  }

  offer(words, linkWords, address, inNewTab) {
    if (!this.status) return;
    const link = document.createElement("a");
    link.href = address;
    link.textContent = linkWords;
    if (inNewTab) {
      link.target = "_blank";
      link.rel = "noopener";
    }
    this.status.append(words, link);
  }

  announce(words) {
    this.announcer.textContent = words;
  }
}
