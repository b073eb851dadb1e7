// What becomes of words when a log-in ends while the page is open? It is said on the page; whoever logs in
// again in another tab can go on here; and what was sent in vain stands in its form again after the log-in.
// The big form looks after its words itself (kept.js), by saving them all the time.
const SENT = "baton.sent"; // what the last press wanted to send
const OUT = "baton.out"; // the log-in came after it instead of an answer
const notice = document.getElementById("logged-out-notice");

document.addEventListener("baton:logged-out", () => {
  if (!notice || document.getElementById("logged-out")) return;
  const shown = notice.content.cloneNode(true);
  shown.firstElementChild.id = "logged-out";
  document.getElementById("notices").append(shown);
});

document.addEventListener("baton:logged-in", (event) => {
  const shown = document.querySelector("#notices > #logged-out");
  if (!shown) return;
  // A new log-in makes the tokens of this page void.
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = event.detail;
  shown.remove();
});

const who = () => document.getElementById("put-back")?.dataset.who;
// Forms in which people write; never one that takes a secret.
const writes = (form) => form.method === "post" && form.id !== "sheet" && form.querySelector("textarea") && !form.matches("[data-erase]") && !form.querySelector("[type=password]");
const fields = (form) => [...form.querySelectorAll("textarea, input[type=text], input:not([type])")];
const leadsTo = (form, action) => form.action === action || [...form.elements].some((each) => each.formAction === action);

document.addEventListener("submit", ({ target: form, submitter }) => {
  if (!writes(form)) return;
  const values = fields(form).map((field) => [field.name, field.value]);
  sessionStorage.setItem(SENT, JSON.stringify({ who: who(), action: submitter?.formAction || form.action, values }));
});

function putBack() {
  const { who: whose, action, values } = JSON.parse(sessionStorage.getItem(SENT));
  if (whose !== who()) return; // somebody else has logged in at this desk
  const form = [...document.forms].find((each) => writes(each) && leadsTo(each, action));
  if (!form) return;
  for (const field of fields(form)) {
    const [, kept] = values.find(([name, value]) => name === field.name && value) ?? [];
    if (kept) field.value = kept;
  }
  form.closest("details")?.setAttribute("open", "");
  document.getElementById("notices").append(document.getElementById("put-back").content.cloneNode(true));
  fields(form)[0].focus();
}

if (document.querySelector("[data-log-in]")) {
  sessionStorage.setItem(OUT, "yes");
} else {
  if (sessionStorage.getItem(OUT) && sessionStorage.getItem(SENT)) putBack();
  sessionStorage.removeItem(OUT);
  sessionStorage.removeItem(SENT);
}
