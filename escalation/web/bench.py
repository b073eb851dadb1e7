"""What becomes of what an owner types on a route's page: kept, tried, asked for, published, discarded?

For owners of a team of the route; for everybody else the page does not exist. Every press keeps the draft
first, so that nothing typed depends on the browser it was typed in.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalation.models import BenchDraft, Route, RuleSet, Template
from escalation.upkeep import bench, golden
from escalation.upkeep.replay import NoReceiver
from escalation.upkeep.versions import version_differences
from escalation.web.access import PersonRequest, Role, page
from escalation.web.effect import effect_of
from escalation.web.owed import place_on
from escalation.web.owning import RulesForm, TemplateForm, form_of, typed_in
from escalation.web.workbench import golden_of, owned_by, show

What = BenchDraft.What
_ENDS: dict[str, Callable[..., None]] = {"discard": bench.discard, "send_back": bench.send_back}
_SAID = {
    "discard": "Discarded. What is in force stays.",
    "send_back": "Sent back to be worked on.",
    "save": "Kept as a draft. Nothing is in force before you publish it.",
    "ask": "Asked. Another owner of the route can publish it now.",
}


@page(Role.OWNER)
@require_POST
def change(request: PersonRequest, route_id: int, what: str) -> HttpResponse:
    """This will do with the draft what was pressed; whatever goes on with it keeps it first."""
    owned, do = owned_by(request, route_id), request.POST.get("do", "try")
    if do in _ENDS:
        _ENDS[do](route=owned, what=what)
        return _said(request, owned, _SAID[do])
    try:
        draft = _kept(request, owned, what)
    except bench.Overtaken as held:
        return _overtaken(request, owned, what, held)
    form = form_of(owned, what, typed=draft.typed)
    if not form.is_valid() or do not in {"save", "ask", "publish"}:
        refused = "" if form.is_valid() else what
        return show(request, owned, {f"{what}_form": form, "refused": refused} | effect_of(owned, form))
    if do == "publish":
        return _publish(request, owned, draft, form)
    if do == "ask":
        bench.ask(draft=draft, by=request.user, now=timezone.now())
    return _said(request, owned, _SAID[do])


@page(Role.OWNER)
@require_http_methods(["GET", "POST"])
def live(request: PersonRequest, route_id: int, what: str) -> HttpResponse:
    """This will keep what is being typed, and answer with what it would change; for the page's script."""
    owned = owned_by(request, route_id)
    try:
        draft = _kept(request, owned, what) if request.method == "POST" else bench.draft_of(owned, what)
    except bench.Overtaken as held:
        return render(
            request,
            "partials/bench_effect.html",
            {"overtaken": held, "what": what, "route": owned, "revision": _number(request, "revision")},
        )
    if draft is None:
        raise Http404
    form = form_of(owned, what, typed=draft.typed)
    context = {"route": owned, "what": what, "draft": draft, "form": form, "golden": golden_of(owned)}
    return render(request, "partials/bench_effect.html", context | effect_of(owned, form))


@page(Role.OWNER)
@require_safe
def compare(request: PersonRequest, route_id: int, what: str) -> HttpResponse:
    """This will say how two versions differ: those asked for, or the newest and the one before."""
    owned = owned_by(request, route_id)
    rows: list[RuleSet | Template] = list(_versions(owned, what))
    known = {each.version: each for each in rows}
    after = known.get(_number(request, "to"), rows[0] if rows else None)
    before = known.get(_number(request, "from"), rows[1] if len(rows) > 1 else after)
    if after is None or before is None:
        raise Http404
    context = {
        "route": owned,
        "what": what,
        "versions": rows,
        "before": before,
        "after": after,
        "differences": version_differences(before.body, after.body),
    }
    return render(request, "pages/versions.html", context)


def _kept(request: PersonRequest, owned: Route, what: str) -> BenchDraft:
    typed = bench.Typed(what=what, fields=typed_in(request.POST, what), revision=_number(request, "revision"))
    return bench.save(route=owned, typed=typed, by=request.user, now=timezone.now())


def _overtaken(request: PersonRequest, owned: Route, what: str, held: bench.Overtaken) -> HttpResponse:
    """Show the own words, over what stands now: pressing again is meant to replace it."""
    return show(
        request,
        owned,
        {
            f"{what}_form": form_of(owned, what, typed=typed_in(request.POST, what)),
            "overtaken": held,
            "overtaken_in": what,
            "overtaken_revision": held.draft.revision if held.draft else 0,
        },
    )


def _publish(
    request: PersonRequest, owned: Route, draft: BenchDraft, form: RulesForm | TemplateForm
) -> HttpResponse:
    """Bring the draft into force, or show which golden cases would read differently and ask."""
    filled: dict[str, Any] = {f"{draft.what}_form": form}
    proposed = golden.Proposed(
        body=form.body(), note=form.cleaned_data["note"], accepted=request.POST.get("accepted", "")
    )
    try:
        row = bench.publish(draft=draft, proposed=proposed, by=request.user, now=timezone.now())
    except golden.NotAccepted as held:
        return show(request, owned, filled | {"cases": held.cases, "held": draft.what})
    except bench.Overtaken as held:
        return _overtaken(request, owned, draft.what, held)
    except (NoReceiver, bench.NeedsSecond) as error:
        form.add_error(None, str(error))
        return show(request, owned, filled | {"refused": draft.what})
    said = "Rules {} are in force." if draft.what == What.RULES else "Template {} is in force."
    return _said(request, owned, f"{said.format(row.version)} What was confirmed before stays as it was.")


def _said(request: PersonRequest, owned: Route, words: str) -> HttpResponse:
    """Say it at the top of the page: the forms' addresses lead to themselves, far below."""
    messages.success(request, words)
    return redirect(place_on(owned, "notices"))


def _versions(owned: Route, what: str) -> Any:
    kind = RuleSet if what == What.RULES else Template
    return kind.objects.filter(route=owned).select_related("published_by").order_by("-version")


def _number(request: PersonRequest, name: str) -> int:
    written = (request.POST if request.method == "POST" else request.GET).get(name, "")
    return int(written) if written.isdecimal() and len(written) < 9 else 0
