"""Under which names are the static files served? Hashed ones, also where one script of ours imports another.

Without the hash in the import, an upgraded page would load the new script with the old one that its browser
has kept. The packages' own modules import much that no page loads, so they are left as they are.
"""

from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage as Base

OWN = Path(__file__).resolve().parents[1] / "static"
_IMPORTS = Base._js_module_import_aggregation_patterns[1]  # noqa: SLF001 - else for every script or none


class HashedStorage(Base):  # type: ignore[misc]  # WhiteNoise tells no types
    """WhiteNoise's storage, whose names also stand in our own imports."""

    patterns = (*Base.patterns, *((each.name, _IMPORTS) for each in sorted(OWN.glob("*.js"))))
