// Which ticket stands beside us, and what is new of it? The tool's page around the frame is asked by messages,
// as its app framework has them (iframe.handshake, get, invoke), and answers are taken from its site alone.
const look = document.getElementById("look");
const trouble = document.getElementById("trouble");
const asked = new URLSearchParams(location.search);
const site = look.dataset.site;
const guid = asked.get("app_guid") ?? "";
const EVERY_MS = 10_000;
const UNSEEN_MS = 300_000; // often enough that the pass does not end
const PATIENCE_MS = 8_000;
const GREET_MS = 500; // the page around may come to listen only after the frame is there
const GET_TICKET = 1;
const RESIZE = 2;
let shown = true; // the tool keeps the frames of tickets that lie in other tabs of its own
let height = 0;
let askedAt = 0;
let greeting = 0;

function tell(message) {
  window.parent.postMessage(JSON.stringify({ ...message, appGuid: guid, instanceGuid: guid }), site);
}

function complain(words) {
  trouble.textContent = words;
  trouble.hidden = !words;
}

function again() {
  const pause = shown && !document.hidden ? EVERY_MS : UNSEEN_MS;
  if (!look.elements.ticket.value || Date.now() - askedAt < pause - 500) return;
  askedAt = Date.now();
  htmx.trigger(look, "baton:look");
}

function fit() {
  const wanted = document.documentElement.querySelector("main").scrollHeight + 8;
  if (wanted === height) return;
  height = wanted;
  tell({ id: RESIZE, request: "invoke", params: { resize: [{ width: "100%", height: `${wanted}px` }] } });
}

function heard(message) {
  if (message.key === "zaf.app.registered") {
    if (!greeting) return; // it has answered an earlier greeting
    clearInterval(greeting);
    greeting = 0;
    tell({ key: "iframe.on:app.activated", message: { subscriberCount: 1 } });
    tell({ key: "iframe.on:app.deactivated", message: { subscriberCount: 1 } });
    tell({ id: GET_TICKET, request: "get", params: ["ticket.id"] });
  } else if (message.key === "zaf.app.deactivated") {
    shown = false;
  } else if (message.key === "zaf.app.activated") {
    shown = true;
    askedAt = 0;
    again();
  } else if (message.id === GET_TICKET) {
    look.elements.ticket.value = String(message.result?.["ticket.id"] ?? "");
    again();
  }
}

window.addEventListener("message", (event) => {
  if (event.origin !== site || event.source !== window.parent) return;
  let message = event.data;
  try {
    if (typeof message === "string") message = JSON.parse(message);
  } catch {
    return;
  }
  if (message && typeof message === "object") heard(message);
});

document.body.addEventListener("htmx:after:swap", () => {
  look.elements.pass.value = document.getElementById("next")?.dataset.pass ?? look.elements.pass.value;
  complain("");
  fit();
});

document.body.addEventListener("htmx:after:request", (event) => {
  const status = event.detail?.ctx?.response?.raw?.status ?? event.detail?.ctx?.response?.status;
  if (status >= 400) complain(status === 403 ? "This view is too old. Open the ticket again." : "Baton does not answer just now; it is asked again.");
});

new ResizeObserver(fit).observe(document.getElementById("main"));
document.addEventListener("visibilitychange", again);
setInterval(again, EVERY_MS);
setTimeout(() => {
  clearInterval(greeting);
  if (!look.elements.ticket.value) complain("The ticket could not be found out. Open it again.");
}, PATIENCE_MS);
function greet() {
  tell({ key: "iframe.handshake", message: { version: "2.0" } });
}

greeting = setInterval(greet, GREET_MS);
greet();
