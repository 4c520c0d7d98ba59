// Saves a form while it is being typed, and says truly whether it is saved. No text is kept in the browser:
// until the server has it, it is in the page and nowhere else.

const PAUSE_MS = 2000;
const LONGEST_WAIT_MS = 10000;
const ANSWER_MS = 20000;
const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30000;

const NOT_SAVED = "Not saved. Keep this page open.";

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
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("focusout", () => this.changed && !this.failures && this.save());
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.changed && this.save());
    window.addEventListener("pageshow", () => { this.leaving = false; });
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

  save() {
    clearTimeout(this.timer);
    if (this.stopped || this.leaving || !this.changed) return this.inFlight ?? Promise.resolve();
    this.inFlight ??= this.send().finally(() => { this.inFlight = null; });
    return this.inFlight;
  }

  async send() {
    this.changed = false;
    this.waitingSince = null;
    if (!this.failures) this.say("saving", "Saving");
    let answer;
    try {
      answer = await this.post();
      if (answer.status === 400 && answer.told.csrf_token) {
        // Signed in again in another tab: this page's token has gone stale, and the answer brings a fresh one.
        for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = answer.told.csrf_token;
        answer = await this.post();
      }
    } catch {
      answer = { status: 0, told: {} };
    }
    if (answer.status === 200 && answer.told.saved_at) this.saved(answer.told);
    else if (answer.status === 409) this.stop(answer.told);
    else this.failed(answer.status);
  }

  async post() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    const response = await fetch(this.form.dataset.autosaveUrl, {
      method: "POST",
      body: fields,
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
    if (status === 401) this.offer(" Sign in again in another tab: what you typed will then be saved.", "Sign in (opens in a new tab)", this.form.dataset.signInUrl || "/", true);
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

  // The button sends everything, so a save on its way must end first: two at once would look like two people.
  submitted(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.timer);
    if (!this.inFlight) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    const submitter = event.submitter;
    this.leaving = true;
    this.inFlight.finally(() => {
      clearTimeout(this.timer);
      setTimeout(() => this.form.requestSubmit(submitter), 0);
    });
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
