"""What do the strings of a JSON text say once their escapes are read, and what of it is secret?

A secret that is written with escapes (``\\u002f`` for a slash, ``\\"`` for a quote) is found by nobody who
looks at the text alone. Read are a whole JSON text and one with an object a line, as programs write logs.
"""

import json
from typing import Any

from escalation.guard.redaction import redact
from escalation.guard.secrets import secrets


def cleaned_json(text: str) -> tuple[str, tuple[str, ...]]:
    """This will mask what only reading the escapes shows, and name the kind of each; other text stays as is.

    Labels in front of a value are not looked at here: the text that comes back is to be searched as any.
    """
    if "\\" not in text:
        return text, ()
    whole = _read(text)
    if whole is not None:
        return whole
    kinds: list[str] = []
    lines = text.split("\n")
    for place, line in enumerate(lines):
        read = _read(line) if "\\" in line else None
        if read is not None:
            lines[place], found = read
            kinds += found
    return "\n".join(lines), tuple(kinds)


def _read(text: str) -> tuple[str, tuple[str, ...]] | None:
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return None
    kinds: list[str] = []
    clean = _clean(values, kinds)
    if not kinds:
        return text, ()
    lines = len(text.splitlines()) > 1
    return json.dumps(clean, ensure_ascii=False, indent=1 if lines else None), tuple(kinds)


def _clean(value: Any, kinds: list[str]) -> Any:
    if isinstance(value, str):
        found = secrets(value)
        kinds += (each.kind for each in found)
        return redact(value, spans=found)
    if isinstance(value, list):
        return [_clean(each, kinds) for each in value]
    if isinstance(value, dict):
        return {_clean(name, kinds): _clean(each, kinds) for name, each in value.items()}
    return value
