"""How does an owner erase one person? First what would go, then a press that says so again.

An erasure is whole or it is none: it is for owners of all teams whose handoffs, drafts of rules or tools'
calls name the person or which the person is in, and never of an administrator's account or one's own. For
everything else there is whoever runs Baton, with ``manage.py erase_person``. The names are asked for and
stored nowhere, not even in the audit.
"""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from escalation.models import Membership, Team
from escalation.upkeep.erasure.erase import Erased, erase
from escalation.upkeep.erasure.person import Person, TooVague
from escalation.web.access import PersonRequest, Role, page


class PersonForm(forms.Form):
    """The words by which somebody is known, one to a line."""

    known_as = forms.CharField(max_length=1000, widget=forms.Textarea)

    def person(self) -> Person:
        """Return who is meant; raises ``TooVague``."""
        return Person.of(self.cleaned_data["known_as"].splitlines())


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What the page tells: what would go or went, and for which teams and accounts somebody else answers."""

    erased: Erased
    others: tuple[str, ...]

    @property
    def done(self) -> bool:
        """Whether it went."""
        return self.erased.really


@page(Role.OWNER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: PersonRequest) -> HttpResponse:
    """This will ask who is meant, show what would go, or erase it."""
    form = PersonForm(request.POST or None)
    looked, problem = None, ""
    if form.is_valid():
        try:
            looked = _looked(request, form.person())
        except TooVague as error:
            problem = str(error)
    context = {"form": form, "looked": looked, "problem": problem}
    return render(request, "pages/erase_person.html", context, status=422 if problem else 200)


def _looked(request: PersonRequest, person: Person) -> Looked:
    pressed = request.POST.get("do") == "erase"
    erased = erase(
        person, really=lambda found: pressed and bool(found.counts) and not _others(request.user, found)
    )
    return Looked(erased=erased, others=() if erased.really else _others(request.user, erased))


def _others(by: User, found: Erased) -> tuple[str, ...]:
    """Teams and accounts for which somebody else answers, by name."""
    mine = Membership.objects.filter(user=by, role=Role.OWNER).values("team")
    teams = Team.objects.filter(pk__in=found.teams).exclude(pk__in=mine).order_by("name")
    accounts = [each for each in found.accounts if each.runs_baton or each.pk == by.pk]
    return (*(each.name for each in teams), *(f"the account {each.username}" for each in accounts))
