// What happens to words that Baton has not acknowledged yet? This browser keeps them, per draft, revision and
// window, until it has. A page that opens finds what a window before it could not hand over: with nothing
// else changed meanwhile, or only by that window itself, it is sent as it stands; otherwise a person decides.
const form = document.getElementById("sheet");
const draft = form.getAttribute("action");
const PREFIX = "baton.kept ";
const THROTTLE_MS = 500;
const KEPT_DAYS = 30;
// Not part of what a person said, or different on every page.
const NOT_SAID = /^(csrfmiddlewaretoken|revision|window|active_seconds|paste|do|shown)$|^(other|more)-|-(kept|place|origin|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$/;

const me = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16)).join("");
const key = `${PREFIX}${draft} ${me}`;
let unsaved = false;
let timer = 0;

// A window that lives holds a lock of its name; the browser lets go of it however the window ends.
navigator.locks?.request(key, () => new Promise(() => {}));

function body() {
  const values = new URLSearchParams(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "paste", "files", "files_for", "do"]) values.delete(name);
  return values.toString();
}

function keep() {
  clearTimeout(timer);
  timer = 0;
  if (!unsaved) return;
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), body: body() }));
    form.dataset.kept = "yes";
  } catch {
    delete form.dataset.kept; // storage is full or forbidden: the form then says to leave the page open
  }
}

form.addEventListener("input", (event) => {
  // The same fields as in capture.js: a search or a paste is no part of the draft yet.
  if (event.target.matches?.("[type=search], [data-unsaved]")) return;
  unsaved = true;
  timer ||= setTimeout(keep, THROTTLE_MS);
});
form.addEventListener("baton:unsaved", () => { unsaved = true; keep(); });
form.addEventListener("baton:saved", () => {
  unsaved = false;
  clearTimeout(timer);
  timer = 0;
  localStorage.removeItem(key);
});
document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
window.addEventListener("pagehide", keep);
form.addEventListener("click", (event) => {
  // The person has looked at both and takes the other.
  if (event.target.closest("[data-let-go]")) { unsaved = false; localStorage.removeItem(key); }
});

// -- what a window before this one could not hand over --------------------------------------------------

async function left() {
  const living = new Set((await navigator.locks?.query())?.held.map((lock) => lock.name));
  const old = Date.now() - KEPT_DAYS * 86_400_000;
  const found = [];
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const entry = JSON.parse(localStorage.getItem(name));
    if (entry.at < old) localStorage.removeItem(name);
    else if (name.startsWith(`${PREFIX}${draft} `) && !living.has(name)) found.push({ name, ...entry });
  }
  return found.sort((one, other) => other.at - one.at);
}

// Two forms say the same when their lines do, in the same order; an empty line says nothing.
function said(text) {
  const lines = new Map();
  const places = new Map();
  for (const [name, value] of new URLSearchParams(text)) {
    const row = /^[a-z]+-\d+-/.exec(name)?.[0] ?? "";
    if (name.endsWith("-place")) places.set(row, Number(value || 1e4));
    if (!NOT_SAID.test(name)) lines.set(row, { ...lines.get(row), [name.slice(row.length)]: value.trim().replaceAll("\r\n", "\n") });
  }
  const choices = new Set(["id", "standing", "outcome", "confidence", "impact", "urgency", "channel", "can_test"]);
  const full = [...lines].filter(([row, values]) => !row || Object.entries(values).some(([name, value]) => value && !choices.has(name)));
  const order = ([row]) => [row.split("-")[0], places.get(row) ?? 1e4];
  full.sort((one, other) => order(one)[0].localeCompare(order(other)[0]) || order(one)[1] - order(other)[1]);
  return JSON.stringify(full.map(([row, values]) => [row.split("-")[0], Object.entries(values).sort()]));
}

async function hand(entry) {
  const values = new URLSearchParams(entry.body);
  values.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
  values.set("revision", form.elements.namedItem("revision").value);
  values.delete("window");
  const response = await fetch(form.dataset.save, { method: "POST", headers: { "HX-Request": "true" }, body: values, redirect: "manual" });
  if (!response.ok && response.status !== 422) throw new Error(`answered ${response.status}`);
  localStorage.removeItem(entry.name);
  location.reload();
}

async function sendAgain(entry) {
  form.inert = true; // for the moment until the page comes back with it
  say("Saving what this browser kept…");
  try {
    await hand(entry);
  } catch {
    form.inert = false;
    ask(entry);
  }
}

function ask(entry) {
  const box = document.getElementById("kept-template").content.cloneNode(true).firstElementChild;
  box.querySelector("time").textContent = new Date(entry.at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
  box.querySelector("[data-put-back]").addEventListener("click", () => { box.remove(); sendAgain(entry); });
  box.querySelector("[data-drop]").addEventListener("click", () => { localStorage.removeItem(entry.name); box.remove(); });
  form.querySelector(".two").before(box);
}

function say(words) {
  form.dispatchEvent(new CustomEvent("baton:say", { detail: words }));
}

// Nobody else has saved since: the draft stands where that window left it, or at a save of its own.
function goesOn(entry, revision) {
  const values = new URLSearchParams(entry.body);
  const [window] = (values.get("window") ?? "").split(".");
  return values.get("revision") === revision || (window !== "" && window === form.dataset.savedFrom);
}

async function recover() {
  const entries = await left();
  if (!entries.length) return; // nearly always: reading the whole form would hold up its first painting
  const now = said(body());
  const revision = form.elements.namedItem("revision").value;
  const waiting = entries.filter((entry) => {
    // It arrived after all, only the answer did not.
    if (said(entry.body) === now) localStorage.removeItem(entry.name);
    return said(entry.body) !== now;
  });
  if (waiting.length === 1 && goesOn(waiting[0], revision)) return sendAgain(waiting[0]);
  waiting.forEach(ask);
}
// A page that is shown again after a refusal holds what was typed itself.
if (!form.hasAttribute("data-refused")) recover();
