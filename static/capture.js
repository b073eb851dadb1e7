// How does the form save itself? One request at a time: the next one starts when the answer has brought
// the new revision, so that this window never disagrees with itself. The answer also brings the
// receiver's record as it would be created now.
const form = document.getElementById("sheet");
const saved = document.getElementById("saved");
const loggedOut = document.getElementById("logged-out");
const PAUSE_MS = 250;
const CHOOSING_MS = 1500; // an arrow key marks what it passes: whoever listens to the choices has not chosen yet
const AGAIN_MS = 3000;
const IDLE_MS = 60_000;
const ANSWER_WITHIN_MS = 20_000; // a line that says nothing for so long is taken for broken
const KEEPALIVE_BYTES = 60_000; // browsers refuse a larger request that outlives its page

let dirty = false;
let timer = 0;
let underWay = null;
let blocked = false; // another window has saved: a person decides

const revision = form.elements.namedItem("revision");

// A slip in the field that is being typed in is said, and not yet held up as one.
let slipIn = null;

function say(words, { bad = false, slip = false } = {}) {
  slipIn = slip ? document.activeElement : null;
  saved.classList.toggle("bad", bad && !slip);
  if (saved.textContent !== words) saved.textContent = words;
}

function data() {
  const values = new FormData(form);
  // A name that is still being typed is looked up, and a paste is read when its button is pressed.
  for (const key of [...values.keys()]) if (key.startsWith("other-") || key === "paste" || key === "files") values.delete(key);
  return new URLSearchParams(values);
}

// Every request says which window it comes from and its how manieth it is: where an answer is lost after the
// save was made, the next request goes on from that save and is no other window's.
const me = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const request = form.elements.namedItem("window");
let requests = 0;

function stamp() {
  requests += 1;
  request.value = `${me}.${requests}`;
}

function later(wait = PAUSE_MS) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  timer = 0;
  if (underWay || !dirty || blocked) return underWay;
  dirty = false;
  underWay = send();
  try { await underWay; } finally { underWay = null; }
  if (dirty && !timer) later();
}

async function send() {
  stamp();
  const body = data().toString();
  try {
    const response = await fetch(form.dataset.save, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true" },
      body,
      keepalive: body.length < KEEPALIVE_BYTES,
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await take(response);
  } catch {
    notYet("Baton cannot be reached.");
  }
}

async function take(response) {
  if (response.ok || response.status === 422) return show(await response.text());
  if (response.status === 409 || response.status === 413) return refused(await response.text());
  if (response.status === 403 && await renewed()) { dirty = true; return later(0); }
  if (response.type === "opaqueredirect" || response.status === 403) {
    loggedOut.hidden = false;
    return notYet("You have been logged out.");
  }
  if (response.status === 429) return notYet("That was too fast for Baton; it is saved in a moment.");
  if (response.status === 404) { blocked = true; return say("Not saved: this draft was sent or discarded elsewhere.", { bad: true }); }
  if (response.status === 400) {
    blocked = true;
    form.dispatchEvent(new Event("baton:unsaved")); // kept.js keeps the words in this browser
    return say("Not saved: that is more than one handoff holds. Your words are kept in this browser. Shorten them and press Save.", { bad: true });
  }
  notYet("Baton has a problem.");
}

function notYet(why) {
  dirty = true;
  form.dispatchEvent(new Event("baton:unsaved"));
  // kept.js marks the form when the browser has truly kept it.
  say(form.dataset.kept ? `Not saved yet; kept in this browser. ${why}` : `Not saved yet: keep this page open. ${why}`, { bad: true });
  later(AGAIN_MS);
}

// Logging in again, in whichever tab, makes this page's token void; a page that may be opened has a new one.
async function renewed() {
  const response = await fetch(form.action, { redirect: "manual" });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("#sheet [name=csrfmiddlewaretoken]");
  const known = form.elements.namedItem("csrfmiddlewaretoken");
  if (!fresh) return false;
  known.value = fresh.value;
  return true;
}

async function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("beside");
  if (!fresh) return notYet("Baton answered something unexpected.");
  revision.value = fresh.dataset.revision;
  const before = held();
  await htmx.swap({ sourceElement: form, target: document.getElementById("beside"), swap: "outerMorph", text: fresh.outerHTML });
  if (before) holdOn(before);
  loggedOut.hidden = true;
  if (!dirty) {
    document.body.classList.remove("stale");
    form.dispatchEvent(new Event("baton:saved"));
  }
  lookAgain(fresh);
  const problem = fresh.dataset.problem;
  const typing = form.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
  say(problem ? `Saved ${fresh.dataset.saved}, except: ${problem}` : `Saved ${fresh.dataset.saved}`, { bad: Boolean(problem), slip: Boolean(problem) && typing });
  tell(fresh.dataset.tells);
}

// What has the focus may be gone from the new card: a question that is answered is one line, and the next one
// stands in its place. Whoever works by keyboard goes on at what became of it, never at the top of the page.
const stops = (card) => [...card.querySelectorAll("a[href], button, input:not([type=hidden]), summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility());

function held() {
  const [card, one] = [document.getElementById("beside"), document.activeElement];
  return card.contains(one) ? { name: one.name ?? "", place: stops(card).indexOf(one) } : null;
}

function holdOn({ name, place }) {
  const [card, one] = [document.getElementById("beside"), document.activeElement];
  if (one !== document.body && (!card.contains(one) || (one.name ?? "") === name)) return; // it stayed, or went on by itself
  const field = /^(?:answer|other|forget)-(.+)$/.exec(name)?.[1];
  const own = field && card.querySelector(`[name="forget-${CSS.escape(field)}"], [type=radio][name="answer-${CSS.escape(field)}"]`);
  const all = stops(card);
  (own || all[Math.min(place, all.length - 1)])?.focus();
}

// Who does not see the card hears what is new about it: after a pause in typing, and only where it differs.
function tell(words = "") {
  const told = document.getElementById("told");
  if (told && told.textContent !== words) told.textContent = words;
}

// The receiver's names are being read in: the card is asked for again until it has them.
function lookAgain(beside) {
  if (!("readingIn" in beside.dataset) || dirty) return;
  setTimeout(() => { if (!timer && !blocked) { dirty = true; save(); } }, AGAIN_MS);
}

function refused(text) {
  blocked = true;
  say("Not saved", { bad: true });
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("trouble");
  document.getElementById("trouble").replaceWith(fresh);
  fresh.scrollIntoView({ block: "center" });
}

// -- effort: seconds of work, without the time nobody touched anything --------------------------------

const effort = form.elements.namedItem("active_seconds");
let worked = Number(effort.value || 0);
let last = performance.now();

function touched() {
  const now = performance.now();
  if (now - last < IDLE_MS) worked += (now - last) / 1000;
  last = now;
  effort.value = Math.round(worked);
}
for (const kind of ["keydown", "pointerdown", "wheel", "focusin"]) document.addEventListener(kind, touched, { passive: true });

let byArrow = false;
form.addEventListener("keydown", (event) => { byArrow = event.key.startsWith("Arrow"); }, true);
form.addEventListener("pointerdown", () => { byArrow = false; }, true);

// -- when to save ---------------------------------------------------------------------------------------

form.addEventListener("input", (event) => {
  if (event.target.matches?.("[type=search], [data-unsaved]")) return;
  dirty = true;
  document.body.classList.add("stale");
  later(byArrow && event.target.matches?.(".question [type=radio]") ? CHOOSING_MS : PAUSE_MS);
});
form.addEventListener("click", (event) => {
  // Whose record is shown comes with the next answer; without script the press itself brings it.
  const whose = event.target.closest("[data-show]");
  if (!whose || blocked) return;
  event.preventDefault();
  form.elements.namedItem("shown").value = whose.dataset.show;
  for (const one of form.querySelectorAll("[data-show]")) one.setAttribute("aria-pressed", one === whose);
  document.body.classList.add("stale");
  dirty = true;
  later(0);
});
form.addEventListener("focusout", (event) => {
  if (dirty) later(0);
  if (event.target === slipIn) { slipIn = null; saved.classList.add("bad"); }
});
// Back from logging in, or on the network again: no need to wait for the next try.
for (const kind of ["focus", "online"]) window.addEventListener(kind, () => { if (dirty) later(0); });
form.addEventListener("baton:say", (event) => say(event.detail));
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
window.addEventListener("pagehide", () => {
  // Nobody will see this answer; a page that the browser brings back reloads itself below.
  if (!dirty || underWay || blocked || leaving) return;
  stamp();
  navigator.sendBeacon(form.dataset.save, data());
});

let leaving = false;
form.addEventListener("submit", async (event) => {
  if (leaving) return event.preventDefault();
  clearTimeout(timer);
  touched();
  if ((underWay || dirty) && !blocked) {
    // The answer brings the revision that this press must name; without an answer nobody leaves the page.
    event.preventDefault();
    const button = event.submitter;
    await underWay;
    await save();
    return dirty ? undefined : form.requestSubmit(button);
  }
  stamp();
  leaving = true;
});
window.addEventListener("pageshow", (event) => {
  leaving = false;
  if (event.persisted && !dirty) location.reload();
});
lookAgain(document.getElementById("beside"));
