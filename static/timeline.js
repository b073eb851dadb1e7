// How does the timeline stay current, and how does a line get into the clipboard? The stream is htmx's;
// this file says whether it is alive, polls while it is not, and copies.
const live = document.getElementById("live");
const asOf = document.getElementById("as-of");
const POLL_MS = 15_000;
const PATIENCE_MS = 5_000;
const LOOKED_MS = 2_000;
let polling = 0;
let telling = 0;

function current() {
  const now = new Date();
  asOf.querySelector("time").textContent = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: asOf.dataset.zone });
}

function connected() {
  clearInterval(polling);
  polling = 0;
  asOf.classList.add("live");
  current();
}

// What came onto the page before somebody's eyes is no news for the bell; several lines are told once.
function looked() {
  telling ||= setTimeout(async () => {
    telling = 0;
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    await fetch(live.dataset.seen, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => null);
  }, LOOKED_MS);
}

function lost() {
  asOf.classList.remove("live");
  polling ||= setInterval(() => htmx.trigger("#poll", "baton:poll"), POLL_MS);
}

// A poll may have drawn what the stream, which does not know of it, sends when it is back.
new MutationObserver((changes) => {
  for (const line of changes.flatMap((change) => [...change.addedNodes])) {
    if (line.id && document.querySelectorAll(`#timeline > #${line.id}`).length > 1) line.remove();
  }
}).observe(document.body, { childList: true, subtree: true });

live.addEventListener("htmx:sse:after:connection", connected);
live.addEventListener("htmx:sse:after:message", () => {
  current();
  if (!document.hidden) looked();
});
live.addEventListener("htmx:sse:error", lost);
live.addEventListener("htmx:error", lost);
live.addEventListener("htmx:response:error", lost);
document.getElementById("poll").addEventListener("htmx:after:request", current);
setTimeout(() => { if (!asOf.classList.contains("live")) lost(); }, PATIENCE_MS);
setInterval(() => { if (asOf.classList.contains("live")) current(); }, 10_000);

// The form may be drawn anew with a line, so the page listens, not the form.
document.addEventListener("change", (event) => event.target.form?.matches("#sieve") && event.target.form.requestSubmit());

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button || !navigator.clipboard) return;
  event.preventDefault();
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  button.textContent = "Copied";
  fetch(button.formAction, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" },
    body: new URLSearchParams(new FormData(button.form)),
  });
});
