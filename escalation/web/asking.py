"""How do a template's category and its own fields stand on the form, and how are they read back?

What was typed is kept under the field's name when category or route change; what does not apply now is
folded away, never thrown away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from escalation.capture.asked import template_in_force
from escalation.models import Handoff, Route
from escalation.translation.asking import ExtraField, TemplateBody

PREFIX = "extra-"
LONGEST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedView:
    """What the route asks besides the six parts."""

    categories: tuple[str, ...]
    category: str
    fields: tuple[tuple[ExtraField, str], ...]
    kept: tuple[tuple[str, str], ...]  # typed for a field that is not asked for now
    newer: int  # the version of the template that was published since; 0 for none
    routes: tuple[Route, ...]  # where it could go instead

    @property
    def anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.categories or self.fields or self.kept or self.newer or len(self.routes) > 1)


def asked_view(handoff: Handoff, body: TemplateBody) -> AskedView:
    """This will return it for the draft."""
    fields = body.in_category(handoff.category).fields
    names = {each.name for each in fields}
    newest = template_in_force(handoff.route)
    newer = newest and handoff.template and newest.version > handoff.template.version
    routes = Route.objects.open_to(handoff.author).filter(
        sender_id=handoff.route.sender_id, source_id=handoff.route.source_id
    )
    return AskedView(
        categories=tuple(body.categories),
        category=handoff.category,
        fields=tuple((each, handoff.extras.get(each.name, "")) for each in fields),
        kept=tuple((name, value) for name, value in handoff.extras.items() if name not in names and value),
        newer=newest.version if newest and newer else 0,
        routes=tuple(routes.select_related("receiver").order_by("name")),
    )


def asked_in(posted: QueryDict, body: TemplateBody) -> Mapping[str, Any]:
    """This will return what a posted page says of them, as values of a draft's edit."""
    known = {each.name for each in body.fields}
    known |= {each.name for more in body.categories.values() for each in more.fields}
    said = {
        key.removeprefix(PREFIX): str(posted.get(key))[:LONGEST]
        for key in posted
        if key.startswith(PREFIX) and key.removeprefix(PREFIX) in known
    }
    category = str(posted.get("category", ""))
    chosen = category if category in body.categories else ""
    return {"extras": said, "category": chosen if "category" in posted else None}
