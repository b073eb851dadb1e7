"""How is a list of Zendesk's read to its end, by cursor?

zenpy walks its own lists; this is for what zenpy does not know or whose pages we must see. Source: Zendesk
developer documentation, "Pagination".
"""

from collections.abc import Iterator, Mapping
from typing import Final

from escalation.tools.zendesk.shapes import Document, documents, text
from escalation.transport.door import Door
from escalation.transport.errors import Unavailable

PAGE: Final = 100


def listed(
    door: Door, path: str, member: str, *, most_pages: int, params: Mapping[str, str] | None = None
) -> Iterator[Document]:
    """This will go through the records page by page; raises the errors of transport on the way."""
    asked = {**(params or {}), "page[size]": str(PAGE)}
    for _ in range(most_pages):
        answer = door.session.ask("GET", f"{door.base_url}{path}", params=asked).json
        if not isinstance(answer, Mapping) or not isinstance(answer.get(member), list):
            raise Unavailable(f"Zendesk's answer is not a list of {member.replace('_', ' ')}.")
        yield from documents(answer.get(member))
        meta = answer.get("meta")
        after = text(meta.get("after_cursor")) if isinstance(meta, Mapping) else ""
        if not after or not isinstance(meta, Mapping) or meta.get("has_more") is not True:
            return
        asked["page[after]"] = after
