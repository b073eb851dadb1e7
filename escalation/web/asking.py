"""How do a template's category and its own fields stand on the form, and how are they read back?

What was typed is kept under the field's name when category or route change; what does not apply now is
folded away, never thrown away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict

from escalation.capture.guesses import likely_categories, likely_routes
from escalation.models import Handoff, Route
from escalation.translation.asking import ExtraField, TemplateBody
from escalation.web.picking import Option, Picker, not_called, route_options

PREFIX = "extra-"
LONGEST = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedView:
    """What the route asks besides the six parts."""

    categories: Picker | None
    fields: tuple[tuple[ExtraField, str], ...]
    kept: tuple[tuple[str, str], ...]  # typed for a field that is not asked for now
    newer: int  # the version of the template that was published since; 0 for none
    routes: Picker | None  # where it could go instead

    @property
    def anything(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.categories or self.fields or self.kept or self.newer or self.routes)


def asked_view(
    handoff: Handoff, body: TemplateBody, *, alike: Mapping[UUID, float], typed: str | None = None
) -> AskedView:
    """This will return it for the draft.

    ``alike`` are handoffs by the chance to be the same; ``typed`` is the category as a refused page has it.
    """
    fields = body.in_category(handoff.category).fields
    names = {each.name for each in fields}
    newest = handoff.route.template_in_force()
    newer = newest and handoff.template and newest.version > handoff.template.version
    return AskedView(
        categories=_categories(handoff, body, alike=alike, typed=typed),
        fields=tuple((each, handoff.extras.get(each.name, "")) for each in fields),
        kept=tuple((name, value) for name, value in handoff.extras.items() if name not in names and value),
        newer=newest.version if newest and newer else 0,
        routes=_routes(handoff, alike=alike),
    )


def _categories(
    handoff: Handoff, body: TemplateBody, *, alike: Mapping[UUID, float], typed: str | None
) -> Picker | None:
    if not body.categories:
        return None
    return Picker(
        name="category",
        label="Category",
        options=tuple(Option(value=name) for name in body.categories),
        chosen=handoff.category if typed is None else typed,
        guesses=likely_categories(handoff, tuple(body.categories), alike=alike),
        nothing="none of these",
    )


def _routes(handoff: Handoff, *, alike: Mapping[UUID, float]) -> Picker | None:
    here = Route.objects.open_to(handoff.author).filter(
        sender_id=handoff.route.sender_id, source_id=handoff.route.source_id
    )
    routes = tuple(here.select_related("receiver").order_by("name"))
    if len(routes) < 2:
        return None
    return Picker(
        name="route",
        label="To",
        options=route_options(routes),
        chosen=handoff.route.name,
        guesses=likely_routes(handoff, routes, alike=alike),
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
    return {"extras": said, "category": _category_in(posted, body)}


def category_unknown(posted: QueryDict, body: TemplateBody) -> tuple[str, ...]:
    """This will say that no category is called as it was typed."""
    typed = str(posted.get("category", ""))
    if not typed.strip() or _category_in(posted, body) is not None:
        return ()
    return (not_called(typed, tuple(body.categories), what="category"),)


def _category_in(posted: QueryDict, body: TemplateBody) -> str | None:
    """The category; None where the page does not ask, or where what was typed is none of them yet."""
    typed = str(posted.get("category", "")).strip().casefold()
    if not typed:
        return "" if "category" in posted else None
    return next((name for name in body.categories if name.casefold() == typed), None)
