// How does the timeline stay current, and how does a line get into the clipboard? The stream is htmx's, which
// opens one again that was open before. This file opens one that never was, says whether it is alive, polls
// while it is not, and copies.
import { SELECTED, copied } from "./clipboard.js";
import { growing } from "./patience.js";

const live = document.getElementById("live");
const asOf = document.getElementById("as-of");
const POLL_MS = 15_000;
const PATIENCE_MS = 5_000;
const LOOKED_MS = 2_000;
let polling = 0;
let telling = 0;
let open = false; // htmx holds the stream, or opens it again by itself
const pause = growing();
let heard = 0; // the newest line that came over the stream

function current() {
  const now = new Date();
  asOf.querySelector("time").textContent = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: asOf.dataset.zone });
}

function connected() {
  open = true;
  pause.over();
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

// From the newest line on the page, which a poll may have drawn since the page came.
function connect() {
  const address = new URL(live.getAttribute("hx-sse:connect"), location);
  const drawn = Number(document.getElementById("timeline").dataset.newest);
  address.searchParams.set("after", Math.max(drawn, heard));
  htmx.ajax("GET", address.pathname + address.search, { source: live });
}

function again() {
  open = false;
  lost();
  setTimeout(connect, pause.next());
}

// A poll may have drawn what the stream, which does not know of it, sends when it is back.
new MutationObserver((changes) => {
  for (const line of changes.flatMap((change) => [...change.addedNodes])) {
    if (line.id && document.querySelectorAll(`#timeline > #${line.id}`).length > 1) line.remove();
  }
}).observe(document.body, { childList: true, subtree: true });

live.addEventListener("htmx:sse:after:connection", connected);
live.addEventListener("htmx:sse:after:message", ({ detail: { message } }) => {
  if (message.event) return; // for the connection, not for the reader
  heard = Math.max(heard, Number(message.id));
  current();
  if (!document.hidden) looked();
});
live.addEventListener("htmx:sse:error", lost);
live.addEventListener("htmx:sse:close", again);
// Whatever else answers in the place of a stream, a proxy's page say, is no news.
live.addEventListener("htmx:before:response", (event) => event.preventDefault());
live.addEventListener("htmx:finally:request", () => { if (!open) again(); });
const poll = document.getElementById("poll");
poll.addEventListener("htmx:after:request", current);
// An answer that was on its way when the stream came back is older than what the stream has drawn.
poll.addEventListener("htmx:before:swap", (event) => { if (asOf.classList.contains("live")) event.preventDefault(); });
setTimeout(() => { if (!asOf.classList.contains("live")) lost(); }, PATIENCE_MS);
setInterval(() => { if (asOf.classList.contains("live")) current(); }, 10_000);

// The form may be drawn anew with a line, so the page listens, not the form.
document.addEventListener("change", (event) => event.target.form?.matches("#sieve") && event.target.form.requestSubmit());

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  event.preventDefault();
  const line = document.getElementById(button.dataset.copy);
  if (!(await copied(line.textContent, line))) {
    button.textContent = SELECTED;
    return;
  }
  button.textContent = "Copied";
  const noted = await fetch(button.formAction, {
    method: "POST",
    redirect: "manual",
    headers: { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" },
    body: new URLSearchParams(new FormData(button.form)),
  }).catch(() => null);
  if (!noted?.ok) button.textContent = "Copied, but not noted here";
});
