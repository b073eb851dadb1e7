"""Where do recorded cases from outside the repository lie? In the folder that BATON_SHARED names.

They are not part of the project. A test over them asks for the `shared` fixture; where the folder is
missing such tests are not collected, and the report's header says so.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("BATON_SHARED") or ROOT.parent / "shared")


def files(pattern: str) -> list[Path]:
    """Return the recorded files that match, in a fixed order: the cases of a parametrised test."""
    return sorted(SHARED.glob(pattern)) if SHARED.is_dir() else []
