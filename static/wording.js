// How does an owner begin a line of their own? The shipped one is put into the field, to be changed; what it
// would say is asked of the server as if it had been typed.
const field = document.getElementById("id_wording");
const effect = document.getElementById("wording-effect").parentElement;

// The buttons are of use only here, so the page comes with them hidden.
function show() {
  for (const button of effect.querySelectorAll(".own-line")) button.hidden = false;
}

function begin(button) {
  const lines = field.value.split("\n").filter((line) => line.trim());
  let place = lines.findIndex((line) => line.split("=")[0].trim().replace(/\s+/g, " ") === button.dataset.key);
  if (place < 0) place = lines.push(`${button.dataset.key} = ${button.dataset.line}`) - 1;
  field.value = lines.join("\n");
  const start = lines.slice(0, place).join("\n").length + (place ? 1 : 0);
  field.focus();
  field.setSelectionRange(start + lines[place].indexOf("=") + 2, start + lines[place].length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

effect.addEventListener("click", (event) => {
  const button = event.target.closest(".own-line");
  if (button) begin(button);
});
new MutationObserver(show).observe(effect, { childList: true, subtree: true });
show();
