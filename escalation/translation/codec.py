"""How is a translation written to JSON, so that what a person saw can be shown again?"""

from typing import Any

from pydantic import TypeAdapter

from escalation.translation.draft import Translation

_ADAPTER: TypeAdapter[Translation] = TypeAdapter(Translation)


def to_json(translation: Translation) -> dict[str, Any]:
    """This will return the translation as plain JSON values."""
    values: dict[str, Any] = _ADAPTER.dump_python(translation, mode="json")
    return values


def from_json(values: Any) -> Translation:
    """This will read back what ``to_json`` wrote."""
    return _ADAPTER.validate_python(values)
