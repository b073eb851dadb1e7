"""Has the tool changed under a route, said in one line to whoever is about to use it?"""

from escalation.models import Drift, Route

# Of these a sender would notice something: the record is refused, or comes out otherwise.
TRIPS = (
    Drift.Kind.RIGHT_MISSING,
    Drift.Kind.FIELD_REQUIRED,
    Drift.Kind.FIELD_GONE,
    Drift.Kind.CHOICE_GONE,
    Drift.Kind.FIELD_IGNORED,
    Drift.Kind.CHOICE_RENAMED,
    Drift.Kind.ENTRY_RETIRED,
)


def drift_line(route: Route) -> str:
    """This will name the gravest finding, and who answers for the route; "" where nothing drifted."""
    found = list(Drift.objects.filter(route=route, over_at=None, kind__in=TRIPS).values_list("kind", "what"))
    if not found:
        return ""
    _, what = min(found, key=lambda each: TRIPS.index(Drift.Kind(each[0])))
    more = f" And {len(found) - 1} more." if len(found) > 1 else ""
    owner = (route.owner.get_full_name() or route.owner.get_username()) if route.owner else "an owner"
    return f"{route.target} has changed: {what}{more} Send as usual; {owner} is told."
