// How long is it until the promised word? The page says it as it was drawn; this keeps it true.
const MINUTE = 60_000;

function span(ms) {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / MINUTE));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

function tick() {
  for (const sign of document.querySelectorAll("[data-due]")) {
    const left = new Date(sign.dataset.due) - Date.now();
    sign.textContent = left > 0 ? `, in ${span(left)}` : `, overdue by ${span(left)}`;
    sign.parentElement.classList.toggle("overdue", left <= 0);
  }
}

tick();
setInterval(tick, 15_000);
