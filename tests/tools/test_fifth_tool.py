"""Is a tool one folder, one line and its proof? The guide is followed in a copy of the house, and tried."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.recorded import ROOT

COPIED = ("escalation", "config", "launch", "tests", "fixtures", "pyproject.toml", ".importlinter")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules", "journeys", "pages", "database")
GUIDE = ROOT / "docs" / "adding-a-tool.md"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A copy of the house in which the guide has been followed to the letter."""
    house = tmp_path_factory.mktemp("house")
    for name in COPIED:
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, house / name, ignore=LEFT_OUT)
        else:
            shutil.copy(place, house / name)
    minimal = house / "tests/tools/minimal"
    shutil.copytree(minimal / "events", house / "fixtures/tools/minimal/events")
    shutil.copytree(minimal / "tool", house / "escalation/tools/minimal")
    for path, before, after in edits():
        text = (house / path).read_text()
        assert text.count(before) == 1, f"{GUIDE.name} changes a line of {path} that is not there"
        (house / path).write_text(text.replace(before, after))
    return house


def edits() -> list[tuple[str, str, str]]:
    """The changes of lines that the guide shows, as (file, line before, line or lines after)."""
    found = []
    for block in re.findall(r"```diff\n(.*?)```", GUIDE.read_text(), re.DOTALL):
        name, *lines = block.strip().split("\n")
        before = "\n".join(line[1:] for line in lines if not line.startswith("+"))
        after = "\n".join(line[1:] for line in lines if not line.startswith("-"))
        found.append((name.removeprefix("# "), before, after))
    return found


def run(house: Path, program: str, *command: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "COV_"))}
    return subprocess.run(
        [Path(sys.executable).parent / program, *command],
        cwd=house,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", "BATON_SHARED": str(house / "none")},
        capture_output=True,
        text=True,
        check=False,
    )


def suite(house: Path, *chosen: str) -> subprocess.CompletedProcess[str]:
    return run(house, "pytest", "-v", "-n0", "-p", "no:cacheprovider", *chosen)


def test_the_guide_changes_two_files_of_the_house_and_no_more():
    assert {path for path, _, _ in edits()} == {"escalation/tools/registry.py", ".importlinter"}


def test_a_tool_added_by_the_guide_passes_the_contract_suite(house):
    # What runs over all tools at once names none; that part stands in test_translate.py, which runs whole.
    named = suite(house, "-k", "minimal and not test_translate", "tests/tools/contract")
    translated = suite(house, "tests/tools/contract/test_translate.py")

    assert named.returncode == 0, named.stdout[-4000:]
    assert (
        "test_after_a_lost_answer_the_record_is_found_and_there_is_one[minimal-record] PASSED" in named.stdout
    )
    assert translated.returncode == 0, translated.stdout[-4000:]
    assert "test_the_scene_loses_nothing_that_has_no_field[minimal] PASSED" in translated.stdout


def test_the_suite_sees_it_when_the_tool_breaks_its_contract(house):
    path = house / "escalation/tools/minimal/receiver.py"
    kept = path.read_text()
    path.write_text(kept.replace("params=params", 'params={**params, "reference": ""}'))
    try:
        tried = suite(house, "-k", "minimal", "tests/tools/contract/test_records.py")
    finally:
        path.write_text(kept)

    assert tried.returncode == 1, tried.stdout[-4000:]
    assert "test_with_none_one_and_two_records_find_says_so[minimal-record] FAILED" in tried.stdout


def test_the_import_contracts_hold_with_the_tool_in_the_house(house):
    kept = run(house, "lint-imports", "--no-cache")

    assert kept.returncode == 0, kept.stdout[-4000:]
    assert "0 broken" in kept.stdout
