// How does a capsule get into a chat or onto paper with one press? Without script the browser's own menu and
// the files do the same, so the buttons only come with it.
import { SELECTED, copied } from "./clipboard.js";

const copy = document.getElementById("copy");
const print = document.getElementById("print");
const sheet = document.querySelector(".capsule-text");

// With nobody at the other end, what is on the page is there all the same.
async function asText() {
  const answer = await fetch(copy.dataset.text, { redirect: "error" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.text();
}

copy.addEventListener("click", async () => {
  copy.textContent = (await copied(asText(), sheet)) ? "Copied" : SELECTED;
});
print.addEventListener("click", () => window.print());
copy.hidden = print.hidden = false;
