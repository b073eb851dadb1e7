// How long can what was sent still be called back? The server said how many seconds when it made the box;
// this file counts them down and takes the buttons away when they no longer do anything. The box is drawn
// anew with every line of the stream, so it is looked for each time.
const TICK_MS = 250;
const ends = new WeakMap();

function tick() {
  const box = document.getElementById("leaving");
  if (!box) return;
  if (!ends.has(box)) ends.set(box, performance.now() + Number(box.dataset.seconds) * 1000);
  const left = Math.ceil((ends.get(box) - performance.now()) / 1000);
  const shown = box.querySelector("[data-left]");
  if (left > 0) {
    if (shown.textContent !== String(left)) shown.textContent = left;
    return;
  }
  box.querySelector("p").textContent = "Leaving now.";
  box.querySelectorAll("form").forEach((form) => form.remove());
  box.removeAttribute("id");
}

setInterval(tick, TICK_MS);
