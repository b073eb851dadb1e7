"""How does an owner erase one person? First what would go, then a press that says so again.

An erasure is whole or it is none: it is for owners of all teams whose handoffs name the person or which the
person is in, and never of an administrator's account or one's own. For everything else there is whoever runs
Baton, with ``manage.py erase_person``. The names are asked for and stored nowhere,
not even in the audit.
"""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from escalation.models import Handoff, Membership, Team
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
    done: bool = False


@page(Role.OWNER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: PersonRequest) -> HttpResponse:
    """This will ask who is meant, show what would go, or erase it."""
    form = PersonForm(request.POST or None)
    looked, problem = None, ""
    if form.is_valid():
        try:
            person = form.person()
            looked = _looked(request, person)
        except TooVague as error:
            problem = str(error)
        else:
            if request.POST.get("do") == "erase" and looked.erased.counts and not looked.others:
                looked = Looked(erased=erase(person, really=True), others=(), done=True)
    context = {"form": form, "looked": looked, "problem": problem}
    return render(request, "pages/erase_person.html", context, status=422 if problem else 200)


def _looked(request: PersonRequest, person: Person) -> Looked:
    would_go = erase(person, really=False)
    mine = Membership.objects.filter(user=request.user, role=Role.OWNER).values("team")
    found = Handoff.objects.filter(pk__in=would_go.handoffs)
    teams = set(found.values_list("route__sender", flat=True)) | set(
        found.values_list("route__receiver", flat=True)
    )
    accounts = User.objects.filter(username__in=would_go.accounts)
    teams |= set(Membership.objects.filter(user__in=accounts).values_list("team", flat=True))
    others = [each.name for each in Team.objects.filter(pk__in=teams).exclude(pk__in=mine).order_by("name")]
    closed_by_others = accounts.filter(Q(is_staff=True) | Q(is_superuser=True) | Q(pk=request.user.pk))
    others += [f"the account {each.username}" for each in closed_by_others]
    return Looked(erased=would_go, others=tuple(others))
