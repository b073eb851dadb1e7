"""How is a value of Zendesk's JSON read, whatever it turns out to be? Pure.

Nulls, missing keys, numbers for strings and the reverse all occur in recorded answers; a reader must not
trip over any of them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Document = Mapping[str, Any]


def text(value: Any) -> str:
    """This will return the value as text, "" for null; lists and objects are no text."""
    if isinstance(value, bool) or value is None or isinstance(value, list | dict):
        return ""
    return str(value)


def moment(value: Any) -> datetime | None:
    """This will read an ISO time of any precision ("…:30Z", "…:30.123456789Z"); None when it is none."""
    try:
        at = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def documents(value: Any) -> list[Document]:
    """This will return the objects of a list and leave out what is none."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def by_id(records: list[Document]) -> dict[str, Document]:
    """This will return the records by their id as text."""
    return {text(each.get("id")): each for each in records}
