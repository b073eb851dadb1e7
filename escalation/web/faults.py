"""Where does a route lose what was known, and what would have saved most time?

For owners of the route: each return and question back with its fault, template and mapping before the
person, a correction where the rule is wrong, and a draft of the change that would have kept it away.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from escalation.knowledge.words import PART_TITLES, Part
from escalation.models import BenchDraft, Entry, Route, Ruling
from escalation.upkeep import bench
from escalation.upkeep.mending import mended_rules, mended_template
from escalation.upkeep.setbacks import MENDABLE, Found, Loss, losses, setbacks
from escalation.web.access import PersonRequest, Role, page
from escalation.web.owed import place_on
from escalation.web.owning import RulesForm, TemplateForm, as_typed
from escalation.web.workbench import owned_by

Fault = Ruling.Fault
DAYS = (30, 90, 365)
EXAMPLES = 10
A_PAGE = 25
_KINDS = {
    "part": "",
    "field": "Field ",
    "question": "A question the form lacks: ",
    "map": "What fills ",
    "catalog": "The catalog, for ",
    "lost": "What the record has no room for: ",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class LossView:
    """One place where time went, as its line shows it."""

    key: str
    title: str
    place: str
    times: int
    hours: float
    examples: tuple[Found, ...]
    change: str  # "template" or "rules", whichever would help; "" for neither


@page(Role.OWNER)
@require_safe
def faults(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will show the faults of a period, by how much time they took."""
    owned, days = owned_by(request, route_id), _days(request)
    now = timezone.now()
    found = setbacks(route=owned, since=now - timedelta(days=days), now=now)
    all_of = losses(found)
    counted = Counter(each.attribution.fault for each in found)
    only = request.GET.get("only", "")
    behind = _behind(only, found, all_of)
    context = {
        "route": owned,
        "days": days,
        "periods": DAYS,
        "found": found,
        "counted": [(fault, counted[fault]) for fault in Fault],
        "only": only if len(behind) < len(found) else "",
        "shown": Paginator(behind, A_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"days": days, "only": only}),
        "choices": Fault.choices,
        "mendable": [_view(owned, each) for each in all_of if each.fault in MENDABLE],
        "others": [_view(owned, each) for each in all_of if each.fault not in MENDABLE],
    }
    return render(request, "pages/faults.html", context)


@page(Role.OWNER)
@require_POST
def rule(request: PersonRequest, route_id: int, handoff_id: UUID, sequence: int) -> HttpResponse:
    """This will keep what the person says was at fault; blank takes the rule's word again."""
    owned, said = owned_by(request, route_id), request.POST.get("fault", "")
    kinds = (Entry.Kind.ASKED, Entry.Kind.BOUNCED)
    line = get_object_or_404(
        Entry, handoff=handoff_id, handoff__route=owned, sequence=sequence, kind__in=kinds
    )
    about: dict[str, Any] = {"handoff_id": line.handoff_id, "sequence": sequence}
    if said in Fault.values:
        Ruling.objects.update_or_create(
            **about, defaults={"fault": said, "by": request.user, "at": timezone.now()}
        )
        messages.success(request, f"Kept: {Fault(said).label.lower()}.")
    else:
        Ruling.objects.filter(**about).delete()
        messages.success(request, "The rule's word counts again.")
    return _back(request, owned)


@page(Role.OWNER)
@require_POST
def propose(request: PersonRequest, route_id: int) -> HttpResponse:
    """This will begin a draft with the change that would have kept the setbacks of one place away."""
    owned, now = owned_by(request, route_id), timezone.now()
    since = now - timedelta(days=_days(request))
    key = request.POST.get("key", "")
    loss = next(
        (each for each in losses(setbacks(route=owned, since=since, now=now)) if each.key == key), None
    )
    change = _change(owned, loss) if loss else None
    if loss is None or change is None:
        raise Http404
    what, typed = change
    times = len(loss.found)
    because = f"{times} setback{'' if times == 1 else 's'}, {_hours(loss):.1f} h: {_place(loss)}"
    typed["note"] = because[:255]
    try:
        proposed = bench.Typed(what=what, fields=typed, because=because)
        bench.propose(route=owned, typed=proposed, by=request.user, now=now)
    except bench.Overtaken:
        messages.error(
            request,
            f"Somebody is changing the {what} of this route already: publish or discard that draft first.",
        )
        return redirect("route", owned.pk)
    messages.success(request, "Begun as a draft. Look at what it would change, then publish or discard it.")
    return redirect(place_on(owned, what))


def _behind(only: str, found: tuple[Found, ...], all_of: tuple[Loss, ...]) -> tuple[Found, ...]:
    """The setbacks of one fault, or of one fault in one place; all of them where it names neither."""
    of_fault = tuple(each for each in found if each.attribution.fault == only)
    in_place = next((each.found for each in all_of if each.key == only), ())
    return in_place or of_fault or found


def _view(owned: Route, loss: Loss) -> LossView:
    change = _change(owned, loss)
    return LossView(
        key=loss.key,
        title=str(loss.fault.label),
        place=_place(loss),
        times=len(loss.found),
        hours=_hours(loss),
        examples=loss.found[:EXAMPLES],
        change=change[0] if change else "",
    )


def _change(owned: Route, loss: Loss) -> tuple[str, dict[str, str]] | None:
    template = mended_template(owned.asked_in_force(), loss)
    if template is not None:
        return BenchDraft.What.TEMPLATE.value, as_typed(TemplateForm(body=template))
    rules = mended_rules(owned.rules_in_force(), loss)
    return (BenchDraft.What.RULES.value, as_typed(RulesForm(base=rules))) if rules is not None else None


def _place(loss: Loss) -> str:
    kind, _, name = loss.place.partition(":")
    label = PART_TITLES[Part(name)] if name in set(Part) else name
    if kind in {"map", "catalog"}:
        fields = (field for each in loss.found for field in each.known.translation.draft.fields)
        label = next((field.label for field in fields if field.name == name), name.replace("_", " "))
    return f"{_KINDS.get(kind, '')}{label}" or "No one place"


def _hours(loss: Loss) -> float:
    return loss.took.total_seconds() / 3600


def _days(request: PersonRequest) -> int:
    asked = (request.POST if request.method == "POST" else request.GET).get("days", "")
    return int(asked) if asked in {str(each) for each in DAYS} else DAYS[1]


def _back(request: PersonRequest, owned: Route) -> HttpResponse:
    answer = redirect("faults", owned.pk)
    query = urlencode({"days": _days(request), "only": request.POST.get("only", "")})
    answer["Location"] += f"?{query}#setbacks"
    return answer
