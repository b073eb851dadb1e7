// Which lines does a field of the record come from, and where does a line end up? Pointing at or focusing
// one lights the others; pressing a label goes there.
const form = document.getElementById("sheet");

function light(ids) {
  const wanted = new Set(ids);
  for (const element of form.querySelectorAll("[data-items], .line[data-item], [data-goto], mark[id]")) {
    const own = element.dataset.items?.split(" ") ?? [element.dataset.item ?? element.dataset.goto];
    element.classList.toggle("lit", own.some((id) => id && wanted.has(id)));
  }
}

function idsOf(element) {
  const field = element.closest("[data-items]");
  const one = element.closest("[data-goto]");
  const line = element.closest(".line[data-item]");
  if (one) return [one.dataset.goto];
  if (line) return [line.dataset.item];
  return field ? field.dataset.items.trim().split(" ").filter(Boolean) : [];
}

// A field that comes from several lines leads to one after the other, press by press.
const before = { field: "", id: "" };

function step(field) {
  const ids = idsOf(field).filter((id) => form.querySelector(`.line[data-item="${CSS.escape(id)}"]`));
  if (!ids.length) return;
  const again = before.field === field.dataset.field ? ids.indexOf(before.id) + 1 : 0;
  const place = again % ids.length;
  Object.assign(before, { field: field.dataset.field, id: ids[place] });
  go(ids[place]);
  light(ids);
  if (ids.length > 1) form.dispatchEvent(new CustomEvent("baton:say", { detail: `Line ${place + 1} of ${ids.length} in this field` }));
}

function go(id) {
  const line = form.querySelector(`.line[data-item="${CSS.escape(id)}"]`);
  if (!line) return;
  const more = line.matches(".found.later") && line.closest(".part").querySelector(".more-found input:not(:checked)");
  if (more) more.click();
  line.querySelector(".line-main").focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
}

// Pressing a line, or coming to it by Tab, brings the first of its fields into sight, where the card scrolls
// by itself.
function bringFields(line) {
  const column = form.querySelector(".beside-column");
  const field = [...column.querySelectorAll(".record .field")].find((one) => idsOf(one).includes(line.dataset.item));
  if (!field || getComputedStyle(column).overflowY !== "auto") return;
  const [seen, box] = [column.getBoundingClientRect(), field.getBoundingClientRect()];
  if (box.top < seen.top || box.top > seen.bottom - box.height) column.scrollTop += box.top - seen.top - seen.height / 3;
}

form.addEventListener("focusin", (event) => light(idsOf(event.target)));
form.addEventListener("keyup", (event) => {
  const line = event.key === "Tab" && event.target.matches(".line-main") && event.target.closest(".line[data-item]");
  if (line) bringFields(line);
});
form.addEventListener("pointerover", (event) => {
  if (event.target.closest(".beside-column")) light(idsOf(event.target));
});
form.addEventListener("click", (event) => {
  const one = event.target.closest("[data-goto]");
  if (one) return go(one.dataset.goto);
  const field = event.target.closest(".record .field");
  if (field && !event.target.closest("a, button, input") && !getSelection().toString()) step(field);
  const line = event.target.matches(".line-main, .number") && event.target.closest(".line[data-item]");
  if (line) { light([line.dataset.item]); bringFields(line); }
  const quote = event.target.closest(".quote a");
  if (quote) document.getElementById("conversation").open = true;
});
