"""How does an owner write rules as lines of text, and how are they read back? Pure.

``field = value`` for a default, ``field: our word = the tool's value`` for a table, ``resolved en = line``
for a wording. An empty line says nothing; what cannot be read is named by its number.
"""

from collections.abc import Iterator, Mapping


class NotReadable(ValueError):
    """A line is not written as it should be; the text names the line and shows how."""


def pairs_of(text: str) -> dict[str, str]:
    """This will read lines like ``contact_type = phone``; raises ``NotReadable``."""
    found: dict[str, str] = {}
    for number, line in numbered_lines(text):
        name, value = halves(number, line, example="contact_type = phone")
        if name in found:
            raise NotReadable(f"Line {number}: {name} is there twice.")
        found[name] = value
    return found


def tables_of(text: str) -> dict[str, dict[str, str]]:
    """This will read lines like ``category: vpn = network``; raises ``NotReadable``."""
    return _nested(text, between=":", example="category: vpn = network")


def wording_of(text: str) -> dict[str, dict[str, str]]:
    """This will read lines like ``resolved en = Your problem is solved.``; raises ``NotReadable``."""
    return _nested(text, between=" ", example="resolved en = Your problem is solved.")


def written_pairs(values: Mapping[str, str]) -> str:
    """This will write what ``pairs_of`` reads."""
    return "\n".join(f"{name} = {value}" for name, value in sorted(values.items()))


def written_tables(values: Mapping[str, Mapping[str, str]]) -> str:
    """This will write what ``tables_of`` reads."""
    return _written(values, between=": ")


def written_wording(values: Mapping[str, Mapping[str, str]]) -> str:
    """This will write what ``wording_of`` reads."""
    return _written(values, between=" ")


def _written(values: Mapping[str, Mapping[str, str]], *, between: str) -> str:
    rows = ((first, second, value) for first, table in values.items() for second, value in table.items())
    return "\n".join(f"{first}{between}{second} = {value}" for first, second, value in sorted(rows))


def _nested(text: str, *, between: str, example: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for number, line in numbered_lines(text):
        left, value = halves(number, line, example=example)
        first, _, second = (part.strip() for part in left.partition(between))
        if not first or not second:
            raise NotReadable(f"Line {number}: write it like “{example}”.")
        if second in found.setdefault(first, {}):
            raise NotReadable(f"Line {number}: {left} is there twice.")
        found[first][second] = value
    return found


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def halves(number: int, line: str, *, example: str) -> tuple[str, str]:
    left, met, right = (part.strip() for part in line.partition("="))
    if not met or not left or not right:
        raise NotReadable(f"Line {number}: write it like “{example}”.")
    return left, right
