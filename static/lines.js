// How are the lines of the form worked by keyboard? Everything here is also a button of the form, which
// works without this file; the server reads the same fields either way. After each change the form gets
// an "input" event, on which capture.js saves.
const form = document.getElementById("sheet");
const undo = []; // what Alt+Z takes back, newest last: one function each

const lineOf = (element) => element.closest(".line");
const mainOf = (line) => line.querySelector(".line-main");
const say = (words) => form.dispatchEvent(new CustomEvent("baton:say", { detail: words }));
const isEmpty = (line) => [...line.querySelectorAll(".line-main, .line-more")].every((field) => !field.value.trim());

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function changed(line) {
  renumber(line ? line.closest(".part") : null);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

// Lines behind "… more" are there and not shown until somebody asks for them.
const shown = (line) => !line.matches(".found.later") || line.closest(".part").querySelector(".more-found input").checked;

function following(line) {
  let one = line?.nextElementSibling;
  while (one && !shown(one)) one = one.nextElementSibling;
  return one ?? null;
}

function renumber(part) {
  if (!part) return;
  part.querySelectorAll(".line .place").forEach((field, place) => { field.value = place; });
  // As the server labels them: what repeats the others is counted last, shown or not.
  const filled = [...part.querySelectorAll(".line")].filter((one) => !isEmpty(one));
  const late = (one) => one.matches(".found.later");
  part.querySelectorAll(".number").forEach((sign) => { sign.dataset.number = ""; });
  [...filled.filter((one) => !late(one)), ...filled.filter(late)].forEach((one, place) => {
    one.querySelector(".number").dataset.number = `${part.dataset.letter}${place + 1}`;
  });
  const waiting = [...part.querySelectorAll(".line.found")];
  const left = waiting.filter(shown).length;
  const all = part.querySelector(".accept-all");
  if (all) { all.hidden = left === 0; all.textContent = `Accept all ${left}`; }
  const more = part.querySelector(".more-found");
  const behind = waiting.filter((one) => one.classList.contains("later")).length;
  if (more) { more.hidden = behind === 0; more.querySelector("span").textContent = `${behind} more`; }
}

function identify(line) {
  const id = line.querySelector("input[name$='-id']");
  if (!id.value) id.value = newId();
  line.dataset.item = id.value;
}

function addLine(part) {
  const total = part.querySelector("input[name$='-TOTAL_FORMS']");
  const holder = document.createElement("ol");
  holder.innerHTML = part.querySelector("template").innerHTML.replaceAll("__prefix__", total.value);
  const line = holder.querySelector(".line");
  total.value = Number(total.value) + 1;
  part.querySelector(".lines").append(line);
  identify(line);
  renumber(part);
  return line;
}

function next(line) {
  const after = following(line) ?? (isEmpty(line) ? null : addLine(line.closest(".part")));
  if (after) return mainOf(after).focus();
  // An empty last line: on to the next part.
  const part = line.closest(".part").nextElementSibling;
  part?.querySelector(".line:last-child .line-main")?.focus();
}

function move(line, up) {
  const other = up ? line.previousElementSibling : line.nextElementSibling;
  if (!other || (!up && isEmpty(other))) return;
  const field = document.activeElement;
  if (up) other.before(line); else other.after(line);
  if (line.contains(field)) field.focus();
  changed(line);
}

function take(line, words) {
  const part = line.closest(".part");
  const goOn = following(line) ?? line.previousElementSibling;
  const before = line.nextElementSibling;
  undo.push(() => putBack(line, part, before));
  line.remove();
  if (!part.querySelector(".line")) addLine(part);
  mainOf(goOn ?? part.querySelector(".line")).focus();
  renumber(part);
  say(`${words} Alt+Z takes it back.`);
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

function putBack(line, part, before) {
  const lines = part.querySelector(".lines");
  lines.insertBefore(line, before?.parentElement === lines ? before : null);
  return line;
}

function giveBack() {
  const line = undo.pop()?.();
  if (!line) return;
  mainOf(line).focus();
  say("It is as it was.");
  changed(line);
}

// Returns what takes it back; nothing where there was nothing to accept.
function accept(line) {
  if (!line.classList.contains("found")) return null;
  const acts = line.querySelector(".line-acts");
  const before = [...acts.children];
  const origin = line.querySelector("input[name$='-origin']");
  line.classList.remove("found");
  origin.value = "confirmed";
  const plain = line.closest(".part").querySelector("template").content.querySelector(".line-acts");
  acts.replaceChildren(...plain.cloneNode(true).children);
  return () => {
    line.classList.add("found");
    origin.value = "found";
    acts.replaceChildren(...before);
    return line;
  };
}

function acceptAll(part) {
  const back = [...part.querySelectorAll(".line.found")].filter(shown).map(accept);
  if (!back.length) return say("No suggestion waits in this part.");
  undo.push(() => back.map((one) => one())[0]);
  say(`Accepted ${back.length}. Alt+Z takes it back.`);
  changed(part.querySelector(".line"));
  // The button is gone: go on where the next suggestions wait, or to the way out.
  (form.querySelector(".accept-all:not([hidden])") ?? form.querySelector("[data-out]")).focus();
}

function acceptAndGoOn(line) {
  const after = following(line);
  const back = accept(line);
  if (back) undo.push(back);
  changed(line);
  const waiting = [...document.querySelectorAll(".line.found")].find(shown);
  mainOf(after?.classList.contains("found") ? after : waiting ?? after ?? line).focus();
}

// The press stands beside the form, where the advice about this line is; the server writes the mask.
function mask(line) {
  const whose = line ? `:${line.dataset.item}` : "mask:head:";
  const press = form.querySelector(`button[name=do][value^="mask:"][value$="${CSS.escape(whose)}"]`);
  if (press) press.click(); else say("Nothing private was found here.");
}

function choose(line, number) {
  const group = line.querySelector(".seg");
  const radio = group?.querySelectorAll("input")[number - 1];
  if (!radio) return;
  // The same key again takes back what need not be said.
  const nothing = group.querySelector("input[value='']");
  (radio.checked && nothing ? nothing : radio).checked = true;
  changed(line);
}

function press(verb, element) {
  const line = lineOf(element);
  const part = element.closest(".part");
  const verbs = {
    add: () => mainOf(isEmpty(part.querySelector(".line:last-child")) ? part.querySelector(".line:last-child") : addLine(part)).focus(),
    up: () => move(line, true),
    down: () => move(line, false),
    remove: () => take(line, "Removed."),
    drop: () => take(line, "Dropped."),
    accept: () => acceptAndGoOn(line),
    accept_all: () => acceptAll(part),
  };
  verbs[verb]?.();
  return verb in verbs;
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  if (button && press(button.value.split(":")[0], button)) event.preventDefault();
});

form.addEventListener("change", (event) => {
  if (!event.target.matches(".more-found input")) return;
  const part = event.target.closest(".part");
  renumber(part);
  if (event.target.checked) mainOf(part.querySelector(".line.later")).focus();
});

form.addEventListener("input", (event) => {
  const line = event.target.matches?.(".line-main, .line-more, .seg input") && lineOf(event.target);
  if (!line) return;
  identify(line);
  if (isEmpty(line) === Boolean(line.querySelector(".number").dataset.number)) renumber(line.closest(".part"));
  // Whoever rewrites a suggestion has taken it over, and one less waits.
  if (event.target.matches(".line-main") && accept(line)) renumber(line.closest(".part"));
  if (event.target.matches(".line-main") && !line.nextElementSibling && !isEmpty(line)) addLine(line.closest(".part"));
}, true);

// Wherever the focus is: sending is for the page, not for a field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.ctrlKey) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("[data-out]"));
});

form.addEventListener("keydown", (event) => {
  const line = lineOf(event.target);
  if (event.ctrlKey) return;
  if (event.altKey && event.code === "KeyZ") { event.preventDefault(); return giveBack(); }
  if (event.altKey && event.code === "KeyM") { event.preventDefault(); return mask(line); }
  if (event.key === "Enter" && !event.shiftKey && event.target.matches(".line-main, .line-more, .other input")) {
    event.preventDefault();
    if (line) return next(line);
    const fields = [...form.querySelectorAll(".line-main")];
    return fields[fields.indexOf(event.target) + 1]?.focus();
  }
  if (!line || !event.altKey) return;
  const keys = {
    ArrowUp: () => move(line, true),
    ArrowDown: () => move(line, false),
    Backspace: () => { if (!isEmpty(line)) take(line, "Removed."); },
    KeyA: () => (event.shiftKey ? press("accept_all", line) : acceptAndGoOn(line)),
    KeyD: () => { if (line.classList.contains("found")) take(line, "Dropped."); },
  };
  const digit = /^Digit([1-5])$/.exec(event.code);
  const act = keys[event.code] ?? (digit && (() => choose(line, Number(digit[1]))));
  if (act) { event.preventDefault(); act(); }
});

if (!CSS.supports("field-sizing", "content")) {
  const grow = (field) => { field.style.height = "auto"; field.style.height = `${field.scrollHeight}px`; };
  form.addEventListener("input", (event) => { if (event.target.matches(".line-main")) grow(event.target); });
  form.querySelectorAll(".line-main").forEach(grow);
}
