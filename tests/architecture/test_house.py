"""Does every room of the house have a name and a sign, and nothing in it that belongs to one machine?"""

import ast
import re
from pathlib import PurePath

from tests.architecture import sources

# Names that say nothing about what is inside, so everything ends up there.
EMPTY_NAMES = {
    "base",
    "common",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "services",
    "util",
    "utils",
}
# Registries and folders of whoever's machine it was: written so that this file does not hold them itself.
OF_A_MACHINE = re.compile(
    "|".join(
        (
            r"pypi\.(?:org|io)",
            r"python" + r"hosted\.org",
            r"npm" + r"js\.(?:org|com)",
            r"(?<![\w./{}-])/(?:root|work|opt)/\w",
        )
    )
)
# What people write in tickets may name any folder; binary files name none.
SPOKEN = ("escalation/practice/world/", "fixtures/", "tests/")
BINARY = (".png", ".ico", ".woff2", ".jpg", ".gz")
# Django and the browser look for these by name.
FOUND_BY_NAME = re.compile(r"(^|/)(400|403|403_csrf|404|500)\.html$|^admin/|^registration/|^account/|^mfa/")


def test_every_module_says_which_question_it_answers() -> None:
    silent = [path for path in sources.product_modules() if not ast.get_docstring(sources.tree(path))]

    assert silent == []


def test_every_folder_with_modules_is_a_package() -> None:
    modules = set(sources.product_modules())
    folders = {str(PurePath(path).parent) for path in modules}

    assert [folder for folder in sorted(folders) if f"{folder}/__init__.py" not in modules] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [
        path
        for path in sources.product_modules()
        if EMPTY_NAMES & {PurePath(path).stem, PurePath(path).parent.name}
    ]

    assert empty == []


def test_a_package_opens_with_a_docstring_and_nothing_else() -> None:
    # Django finds models only in escalation.models, and Celery its application with the settings.
    gathering = {"config/__init__.py", "escalation/models/__init__.py"}
    busy = [
        path
        for path in sources.product_modules()
        if path.endswith("__init__.py") and path not in gathering and len(sources.tree(path).body) > 1
    ]

    assert busy == []


def test_no_tracked_file_names_a_registry_or_a_folder_of_some_machine() -> None:
    named = []
    for path in sources.tracked():
        if path.endswith(BINARY) or path.startswith(SPOKEN):
            continue
        for number, line in enumerate(sources.text(path).splitlines(), start=1):
            if found := OF_A_MACHINE.search(line):
                named.append(f"{path}:{number}: {found[0]}")

    assert named == []


def test_every_picture_stands_in_the_docs_and_every_picture_of_the_docs_is_there() -> None:
    texts = {path: sources.text(path) for path in sources.tracked() if path.endswith(".md")}
    named = {
        str(PurePath(PurePath(path).parent, link))
        for path, text in texts.items()
        for link in re.findall(r"\]\(([\w./-]+\.png)\)", text)
    }
    there = {path for path in sources.tracked() if path.startswith("docs/") and path.endswith(".png")}

    assert named == there


def test_no_template_is_left_that_nobody_renders() -> None:
    templates = [path for path in sources.tracked() if path.endswith(".html") and "templates/" in path]
    readers = "\n".join(
        sources.text(path)
        for path in sources.tracked()
        if path.endswith((".py", ".html")) and path[:6] != "tests/"
    )

    orphans = []
    for path in templates:
        name = path.rpartition("templates/")[2]
        used = f'"{name}"' in readers or f"'{name}'" in readers or f'"{name}#' in readers
        if not used and not FOUND_BY_NAME.search(name):
            orphans.append(path)

    assert orphans == []
