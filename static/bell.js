// How does the bell stay current on a page that has been open for a while? It asks twice a minute, only
// while somebody can see it. So it is the first to learn that nobody is logged in any more, and tells
// logged_out.js.
const bell = document.getElementById("bell");
const ASK_MS = 30_000;

async function ask() {
  if (document.hidden) return;
  const answer = await fetch(bell.dataset.unread, { headers: { Accept: "application/json" }, redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") document.dispatchEvent(new Event("baton:logged-out"));
  if (!answer?.ok) return;
  const { unread, token } = await answer.json();
  document.dispatchEvent(new CustomEvent("baton:logged-in", { detail: token }));
  bell.querySelector(".count").textContent = unread > 99 ? "99+" : unread;
  bell.classList.toggle("rings", unread > 0);
  bell.setAttribute("aria-label", `Notices, news of ${unread} thing${unread === 1 ? "" : "s"}`);
}

setInterval(ask, ASK_MS);
document.addEventListener("visibilitychange", ask);
