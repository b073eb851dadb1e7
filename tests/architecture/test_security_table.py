"""Every row of docs/security.md that says it is proven names a test that is there."""

import ast
import re

from tests.architecture.sources import ROOT

TABLE = ROOT / "docs" / "security.md"
ROW = re.compile(r"^\| (V\d+ [^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row) for row in ROW.findall(TABLE.read_text(encoding="utf-8"))]


def test_each_named_test_exists() -> None:
    named = [proof.strip("`") for _, _, proof in rows() if proof != "open"]
    assert len(named) > 40

    missing = []
    for proof in named:
        path, _, name = proof.partition("::")
        tree = (
            ast.parse((ROOT / path).read_text(encoding="utf-8"))
            if (ROOT / path).is_file()
            else ast.Module([], [])
        )
        if name not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
            missing.append(proof)
    assert missing == []


def test_no_chapter_that_occurs_is_left_out() -> None:
    assert {int(chapter.split()[0][1:]) for chapter, _, _ in rows()} == set(range(1, 17))
