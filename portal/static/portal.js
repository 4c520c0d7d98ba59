// What every page does with JavaScript. Each page also works without it.
import { initAll } from "nhsuk-frontend";
import { startAutosave } from "portal-autosave";

const SENT_GUARD_MS = 8000;

function guardAgainstSendingTwice() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "true";
    // A download answers without leaving the page, so the form opens again by itself.
    setTimeout(() => delete form.dataset.sent, SENT_GUARD_MS);
  });
  // Back in the browser shows the page as it was left: it must be possible to send again.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
}

function startReveals() {
  const inputs = document.querySelectorAll("[data-reveals]");
  const show = () => {
    for (const input of inputs) {
      const more = document.getElementById(input.dataset.reveals);
      const block = input.type === "radio" ? "nhsuk-radios" : "nhsuk-checkboxes";
      more?.classList.toggle(`${block}__conditional--hidden`, !input.checked);
    }
  };
  document.addEventListener("change", show);
  // The browser puts answers back after Back or Reload, later than this script runs.
  window.addEventListener("pageshow", show);
}

// A question that another answer calls for waits until that answer is chosen. What holds text is never hidden.
function startConditions() {
  const boxes = [...document.querySelectorAll("[data-shown-when]")];
  const isChosen = (box) => {
    const values = box.dataset.shownFor.split(" ");
    const inputs = document.getElementsByName(box.dataset.shownWhen);
    return [...inputs].some((input) => input.checked && values.includes(input.value));
  };
  const isEmpty = (box) =>
    [...box.querySelectorAll("input, textarea")].every((field) =>
      field.type === "radio" || field.type === "checkbox" ? !field.checked : field.value === "");
  const show = () => {
    for (const box of boxes) box.hidden = !isChosen(box) && isEmpty(box);
  };
  if (!boxes.length) return;
  document.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

function startCopying() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) continue;
    const label = button.textContent;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
        button.textContent = "Copied";
      } catch {
        button.textContent = "Could not copy";
      }
      setTimeout(() => { button.textContent = label; }, 3000);
    });
  }
}

function startPrinting() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

// An element with data-poll-url asks every few seconds how something is going: {"text": …, "ready": bool}.
// Asking is marked as background, so that an unattended page does not keep anybody signed in.
function startPolling(element) {
  const seconds = Number(element.dataset.pollSeconds || 5);
  const ask = async () => {
    try {
      const response = await fetch(element.dataset.pollUrl, {
        headers: { Accept: "application/json", "X-Background": "1" }, redirect: "manual",
      });
      if (response.status === 401 || response.type === "opaqueredirect") return;
      if (response.ok) {
        const told = await response.json();
        if (told.ready) return location.reload();
        if (element.textContent !== told.text) element.textContent = told.text;
      }
    } catch { /* the network is away: ask again */ }
    setTimeout(ask, seconds * 1000);
  };
  setTimeout(ask, seconds * 1000);
}

try {
  initAll();
} finally {
  startReveals();
  startConditions();
  startCopying();
  startPrinting();
  document.querySelectorAll("[data-poll-url]").forEach(startPolling);
  document.querySelectorAll("form[data-autosave-url]").forEach(startAutosave);
  guardAgainstSendingTwice();
}
