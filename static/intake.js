// Which key leads where on the intake card? Letters alone, and none while somebody types.
const everything = document.getElementById("everything");
const places = {
  e: () => {
    everything.open = !everything.open;
    if (everything.open) everything.querySelector("summary").focus();
  },
  a: () => document.querySelector("#read-back, #read-back-later")?.focus(),
  q: () => document.getElementById("question")?.focus(),
  r: () => {
    const form = document.querySelector("form[action$='/return']");
    const fold = form?.closest("details") ?? form?.querySelector("details.fold");
    if (fold) fold.open = true;
    form?.querySelector("input[type=radio]").focus();
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const go = places[event.key];
  if (!go) return;
  event.preventDefault();
  go();
});
