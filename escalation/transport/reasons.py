"""Why does a tool say no, in one sentence?

Reads the documented error bodies of the tools and nothing else: a body of another shape, a web page
or a stack trace is never shown to anybody. What comes out is one line of plain text.
"""

from collections.abc import Iterator, Mapping
from typing import Any

LONGEST = 300


def reason(body: Any) -> str:
    """This will return the sentence in a decoded error body, "" when there is none we know.

    ServiceNow ``{"error":{"message","detail"}}``; Zendesk ``{"error","description","details"}`` and
    ``{"error":{"title","message"}}``; Jira ``{"errorMessages":[],"errors":{}}``, its service desk
    ``{"errorMessage"}``; OAuth (RFC 6749 5.2)
    ``{"error","error_description"}``.
    """
    if not isinstance(body, Mapping):
        return ""
    parts: list[str] = []
    for part in _parts(body):
        line = one_line(part)
        if line and not any(line in known for known in parts):
            parts.append(line)
    return _cut(": ".join(parts))


def field_of(body: Any) -> str:
    """This will return the name of the first field that the tool complains about, or ""."""
    if not isinstance(body, Mapping):
        return ""
    for member in ("details", "errors"):
        named = body.get(member)
        if isinstance(named, Mapping) and named:
            return str(next(iter(named)))
    return ""


def one_line(text: str) -> str:
    """This will return the first line that says something, with control characters taken out."""
    for line in text.splitlines():
        plain = "".join(each for each in line if each.isprintable()).strip()
        if plain:
            return plain
    return ""


def _parts(body: Mapping[str, Any]) -> Iterator[str]:
    error = body.get("error")
    if isinstance(error, Mapping):
        yield from _texts(error, "title", "message", "detail")
    elif isinstance(error, str):
        yield error
    yield from _texts(body, "error_description", "description", "message", "errorMessage")
    messages = body.get("errorMessages")
    if isinstance(messages, list):
        yield from (each for each in messages if isinstance(each, str))
    yield from _by_field(body.get("errors"))
    yield from _by_field(body.get("details"))


def _texts(body: Mapping[str, Any], *names: str) -> Iterator[str]:
    for name in names:
        if isinstance(body.get(name), str):
            yield body[name]


def _by_field(named: Any) -> Iterator[str]:
    if not isinstance(named, Mapping):
        return
    for name, said in named.items():
        if isinstance(said, str):
            yield f"{name}: {said}"
        elif isinstance(said, list):
            for each in said:
                if isinstance(each, Mapping) and isinstance(each.get("description"), str):
                    yield each["description"]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
