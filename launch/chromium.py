"""Where is the browser for the journeys? On this machine, or installed now, or said to be missing.

Journeys are never skipped: without a browser the test run ends here, with what to install.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# It looks up its maker's hosts at every start and opens connections of its own; a test wants neither.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # containers give it 64 MB, too little for one page
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # Its sandbox refuses to run as root; the pages are our own.
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),
)
MISSING = (
    "The browser journeys need Chromium. Install the package `chromium` (Debian, Fedora, Arch) or "
    "Google Chrome, or name one with CHROMIUM=/path/to/it."
)


def find() -> str | None:
    """Return the path of a Chromium on this machine."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install() -> None:
    """Install Debian's package: only as root, and only where apt-get is."""
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            check=False,
            timeout=600,
        )


def main() -> int:
    """Make sure that there is one; return 1 with a sentence when there cannot be."""
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser journeys.", flush=True)
        install()
    if find() is None:
        print(MISSING, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
