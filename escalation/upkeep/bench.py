"""What becomes of an owner's change between the first word typed and its being in force?

It is kept, with everybody's saves in one row, until somebody publishes or discards it. On a route that wants
two persons, one owner asks and another publishes; a word typed after asking withdraws the request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from escalation.models import BenchDraft, Route, RuleSet, Template
from escalation.timeline.to_owners import tell_asked
from escalation.upkeep import golden
from escalation.upkeep.publish import NotValid

What = BenchDraft.What


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """What somebody typed into rules or template, and over which revision; 0 is a draft not begun."""

    what: str
    fields: Mapping[str, str]
    revision: int = 0
    because: str = ""


class Overtaken(Exception):
    """Somebody else saved, published or discarded it since; ``draft`` is what stands now, or None."""

    def __init__(self, draft: BenchDraft | None) -> None:
        """Keep what stands now."""
        super().__init__("The draft was changed meanwhile.")
        self.draft = draft


class NeedsSecond(Exception):
    """The route wants a second owner to publish; the text says what to do."""


def draft_of(route: Route, what: str) -> BenchDraft | None:
    """This will return what is being changed, or None."""
    rows = BenchDraft.objects.filter(route=route, what=what)
    return rows.select_related("route", "saved_by", "asked_by").first()


@transaction.atomic
def save(*, route: Route, typed: Typed, by: User, now: datetime) -> BenchDraft:
    """This will keep what was typed; raises ``Overtaken`` where somebody else saved over that revision.

    The same words again change nothing, and nobody overtakes themselves: a press may come before the answer
    to what was kept while typing.
    """
    row = _locked(route, typed.what)
    if row is not None and row.typed == dict(typed.fields):
        return row
    if not _is_over(row, typed.revision, by):
        raise Overtaken(row)
    if row is None:
        return _begin(route, typed, by, now)
    row.revision += 1
    if row.saved_by != by:
        row.saved_by, row.own_since = by, row.revision
    row.typed, row.saved_at = dict(typed.fields), now
    row.asked_by, row.asked_at = None, None
    row.save()
    return row


@transaction.atomic
def propose(*, route: Route, typed: Typed, by: User, now: datetime) -> BenchDraft:
    """This will begin a draft with a change already made; raises ``Overtaken`` where another is begun."""
    row = _locked(route, typed.what)
    if row is not None and row.typed != dict(typed.fields):
        raise Overtaken(row)
    return row or _begin(route, typed, by, now)


@transaction.atomic
def ask(*, draft: BenchDraft, by: User, now: datetime) -> BenchDraft:
    """This will ask the route's other owners to publish it; raises ``Overtaken``."""
    row = _locked(draft.route, draft.what)
    if row is None or row.revision != draft.revision:
        raise Overtaken(row)
    row.asked_by, row.asked_at = by, now
    row.save(update_fields=["asked_by", "asked_at"])
    tell_asked(row, now=now)
    return row


@transaction.atomic
def send_back(*, route: Route, what: str) -> None:
    """This will withdraw the request; the draft stays, to be worked on."""
    row = _locked(route, what)
    if row is not None:
        row.asked_by, row.asked_at = None, None
        row.save(update_fields=["asked_by", "asked_at"])


def discard(*, route: Route, what: str) -> None:
    """This will let the draft go; what is in force stays."""
    BenchDraft.objects.filter(route=route, what=what).delete()


@transaction.atomic
def publish(*, draft: BenchDraft, proposed: golden.Proposed, by: User, now: datetime) -> RuleSet | Template:
    """This will bring the draft into force and end it.

    Raises ``NeedsSecond``, ``Overtaken``, ``golden.NotAccepted``, ``NotValid``, ``NoReceiver``.
    """
    route, what = draft.route, draft.what
    row = _locked(route, what)
    if row is None or row.revision != draft.revision:
        raise Overtaken(row)
    asked = _second(row, by)
    publishes = golden.publish_rules if what == What.RULES else golden.publish_template
    published: RuleSet | Template = publishes(route=route, proposed=proposed, by=by, now=now)
    if asked is not None:
        published.proposed_by = asked
        published.save(update_fields=["proposed_by"])
    discard(route=route, what=what)
    return published


def needs_two(*, route: Route, wanted: bool, by: User, owners: int) -> None:
    """This will say whether that may be set now; raises ``NotValid`` with the reason."""
    if wanted and owners < 2:
        raise NotValid(
            "two_persons: There is only one owner of this route's teams, so nobody could approve. "
            "Give a second person of either team the role of owner first."
        )
    waiting = BenchDraft.objects.filter(route=route, asked_by=by).exists()
    if route.two_persons and not wanted and waiting:
        raise NotValid(
            "two_persons: Your own draft waits for the second person; another owner can change this."
        )


def _begin(route: Route, typed: Typed, by: User, now: datetime) -> BenchDraft:
    values = {"typed": dict(typed.fields), "because": typed.because[:255], "saved_by": by, "saved_at": now}
    return BenchDraft.objects.create(route=route, what=typed.what, **values)


def _is_over(row: BenchDraft | None, revision: int, by: User) -> bool:
    """Whether what was typed over that revision saw everything that others wrote."""
    if row is None:
        return revision == 0
    return revision == row.revision or (row.saved_by == by and revision >= row.own_since - 1)


def _second(row: BenchDraft, by: User) -> User | None:
    """Who asked for it, where the route wants two persons."""
    if not row.route.two_persons:
        return None
    if row.asked_by is None:
        raise NeedsSecond("This route wants two persons: ask for approval, and another owner publishes it.")
    if row.asked_by == by:
        raise NeedsSecond("You asked for this one; another owner of the route has to publish it.")
    return row.asked_by


def _locked(route: Route, what: str) -> BenchDraft | None:
    # The route's row is the lock, also for a draft that is not there yet.
    Route.objects.select_for_update().get(pk=route.pk)
    return draft_of(route, what)
