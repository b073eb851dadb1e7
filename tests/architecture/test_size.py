"""Can every file be read in one sitting? Long ones hide that two questions are answered in one place."""

import ast
import re

from tests.architecture import sources

CODE_LIMIT = 400
# Tests, templates and tables of data are read by looking up, not from top to bottom.
DATA_LIMIT = 600
DATA = re.compile(
    r"^tests/|\.html$|/practice/world/|/(vocabulary|dictionary|choices)\b[^/]*\.py$|/cue_words/"
)
FUNCTION_LIMIT = 50


def test_no_file_is_longer_than_its_kind_may_be() -> None:
    too_long = []
    for path in sources.tracked():
        if path.endswith((".py", ".html")) and "/migrations/" not in path:
            lines = sources.text(path).count("\n")
            limit = DATA_LIMIT if DATA.search(path) else CODE_LIMIT
            if lines > limit:
                too_long.append(f"{path}: {lines} lines, {limit} allowed")

    assert too_long == []


def test_no_function_of_the_product_is_longer_than_fifty_lines() -> None:
    too_long = []
    for path in sources.product_modules():
        for node in ast.walk(sources.tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LIMIT:
                    too_long.append(f"{path}:{node.lineno} {node.name}: {lines} lines")

    assert too_long == []
