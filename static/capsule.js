// How does a capsule get into a chat or onto paper with one press? Without script the browser's own menu and
// the files do the same, so the buttons only come with it.
const copy = document.getElementById("copy");
const print = document.getElementById("print");
const sheet = document.querySelector(".capsule-text");

async function copied() {
  try {
    const answer = await fetch(copy.dataset.text, { redirect: "error" });
    if (!answer.ok) throw new Error(answer.statusText);
    await navigator.clipboard.writeText(await answer.text());
    return true;
  } catch {
    // Without HTTPS, or with nobody at the other end: what is on the page is there all the same.
    getSelection().selectAllChildren(sheet);
    return document.execCommand("copy");
  }
}

copy.addEventListener("click", async () => {
  copy.textContent = (await copied()) ? "Copied" : "Selected: copy it with Ctrl+C";
});
print.addEventListener("click", () => window.print());
copy.hidden = print.hidden = false;
