// How do files come onto the form by paste and drop? They go into the form's own file field, and its own
// button is pressed: what happens then is the same with and without this file.
const form = document.getElementById("sheet");
const field = document.getElementById("files-input");
const button = form.querySelector("button[value=add_files]");
const target = form.elements.namedItem("files_for");

function add(files, line) {
  if (!files.length) return;
  const given = new DataTransfer();
  for (const file of files) given.items.add(file);
  field.files = given.files;
  target.value = line?.dataset.item ?? "";
  form.requestSubmit(button);
}

const holds = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

document.addEventListener("paste", (event) => {
  const files = [...(event.clipboardData?.files ?? [])];
  if (!files.length) return;
  event.preventDefault();
  add(files, event.target.closest?.(".line[data-item]"));
});
document.addEventListener("dragover", (event) => {
  if (!holds(event)) return;
  event.preventDefault();
  document.body.classList.add("dropping");
  for (const line of form.querySelectorAll(".line.drop-here")) line.classList.remove("drop-here");
  event.target.closest?.(".line[data-item]")?.classList.add("drop-here");
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
document.addEventListener("drop", (event) => {
  if (!holds(event)) return;
  event.preventDefault();
  document.body.classList.remove("dropping");
  add([...event.dataTransfer.files], event.target.closest?.(".line[data-item]"));
});
// Whoever has chosen files means to add them.
field.addEventListener("change", () => { if (field.files.length) form.requestSubmit(button); });
// A file of the ticket is fetched before the page answers; the pressed button says so meanwhile.
form.addEventListener("submit", (event) => {
  const pressed = event.submitter;
  if (!pressed?.matches("[data-fetches]") || event.defaultPrevented) return;
  pressed.setAttribute("aria-busy", "true");
  pressed.textContent = "Fetching…";
});
