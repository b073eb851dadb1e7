"""Where may a test keep a database? Anywhere but in pytest's own folder.

Whenever pytest is started on a machine it closes its folder to everybody but its user. As root the embedded
server runs as a user of its own: a second run would take the ground from under the database of the first,
which then ends with "Permission denied" at its next checkpoint.
"""

import os
import tempfile
from pathlib import Path


def room(name: str) -> Path:
    """Make a folder that goes with all others when the tests end."""
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=os.environ["DATA_DIR"]))
