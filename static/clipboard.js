// How does a text get into the clipboard? Only a page that came over HTTPS may write into it by itself; any may
// copy what is selected, and what cannot even be copied is selected for the reader's own keys.
export const SELECTED = "Selected: copy it with Ctrl+C";

// Resolves to whether it was copied. ``text`` may be a promise; where it fails, what the page shows is copied.
export async function copied(text, shown) {
  try {
    await navigator.clipboard.writeText(await text);
    return true;
  } catch {
    getSelection().selectAllChildren(shown);
    return document.execCommand("copy");
  }
}
