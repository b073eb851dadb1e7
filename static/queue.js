// How does the queue stay current, and how does one walk it by keyboard? The stream only says that
// something changed; the list is then fetched as it is, so that filters and order hold.
import { growing } from "./patience.js";

const sign = document.getElementById("queue-live");
const words = document.getElementById("words");
const POLL_MS = 30_000;

function refresh() {
  htmx.trigger("#queue-list", "baton:changed");
}

// A browser opens a stream again that broke off, but not one that was refused: that is for us.
const pause = growing();

function listen() {
  const stream = new EventSource(sign.dataset.live);
  stream.addEventListener("changed", refresh);
  stream.addEventListener("open", () => {
    pause.over();
    // What came while the stream was down.
    if (sign.classList.contains("lost")) refresh();
    sign.classList.remove("lost");
    sign.classList.add("live");
  });
  stream.addEventListener("error", () => {
    sign.classList.remove("live");
    sign.classList.add("lost");
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, pause.next());
  });
}

// Without an address there is no route that anything could come by.
if (sign.dataset.live) {
  listen();
  setInterval(() => { if (!sign.classList.contains("live")) refresh(); }, POLL_MS);
}

for (const field of document.querySelectorAll("#filters select, #filters input[type=checkbox]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

function walk(step) {
  const titles = [...document.querySelectorAll("#queue-list a.title")];
  if (!titles.length) return;
  const at = titles.indexOf(document.activeElement);
  titles[Math.min(Math.max(at + step, 0), titles.length - 1)].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/") {
    event.preventDefault();
    words.select();
    words.focus();
  } else if (event.key === "j") {
    walk(1);
  } else if (event.key === "k") {
    walk(-1);
  }
});
