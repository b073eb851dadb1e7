"""A script that another one imports is asked for by its hashed name, so an upgrade loads both anew."""

import re
from pathlib import Path

from config.static import OWN, HashedStorage

IMPORT = re.compile(r'^import .* from "\./([^"]+)";', re.MULTILINE)


def test_every_import_of_ours_names_a_file_by_its_hash(tmp_path: Path):
    names = [path.name for path in OWN.glob("*.js")]
    for name in names:
        (tmp_path / name).write_bytes((OWN / name).read_bytes())
    storage = HashedStorage(location=tmp_path)
    storage.manifest_storage = storage

    # A compressed copy is told under the plain name as well.
    told = storage.post_process({name: (storage, name) for name in names})
    made = {name: hashed for name, hashed, _ in told if str(hashed).endswith(".js")}

    scripts = [(tmp_path / hashed).read_text(encoding="utf-8") for hashed in made.values()]
    imported = {target for script in scripts for target in IMPORT.findall(script)}
    assert imported
    assert imported <= set(made.values()) - set(names)
