"""How is another team asked something before anything is handed to it?

A question of a minute on a draft, with the state as it stands, secrets taken out: it goes to people and no
tool. Nobody owns anything new by it. The answer becomes a line of the draft when the sender hands the case
over after all; else the draft is put aside as solved.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q
from django.urls import reverse

from escalation.guard.redaction import redact_state
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.state import Evidence, Fact
from escalation.knowledge.words import Origin, Role, Standing
from escalation.lifecycle.table import NotAllowedNow, after
from escalation.lifecycle.words import Move, Status
from escalation.models import Consult, Entry, Handoff, NoticeKind, Team
from escalation.reception.ask_back import LONGEST_ANSWER, NothingSaid
from escalation.reception.hold import lock
from escalation.timeline.audience import RECEIVING
from escalation.timeline.notify import News, tell
from escalation.timeline.record import Line, record

LONGEST_QUESTION = 280


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """Questions asked first: all, those answered, those that ended without and with a handoff."""

    asked: int
    answered: int
    settled: int
    escalated: int


@transaction.atomic
def ask_first(*, handoff: Handoff, team: Team, question: str, by: User, now: datetime) -> Consult:
    """This will ask; the same question while it is open is the same one.

    Raises ``NothingSaid`` or ``NotAllowedNow``.
    """
    draft = _own_draft(handoff, by)
    said = " ".join(question.split())[:LONGEST_QUESTION]
    if not said:
        raise NothingSaid("Write the question first.")
    open_one = Consult.objects.filter(handoff=draft, team=team, answered_at=None, ended_at=None).first()
    if open_one is not None:
        if open_one.question == said:
            return open_one
        raise NotAllowedNow(f"{team.name} has not answered your first question yet: “{open_one.question}”")
    state, _ = redact_state(from_json(draft.state))
    asked = Consult.objects.create(
        handoff=draft, team=team, question=said, state=to_json(state), by=by, at=now
    )
    line = Line(kind=Entry.Kind.CONSULTED, happened_at=now, by=by, text=said, details={"team": team.name})
    record(handoff=draft, line=line, now=now)
    members = team.memberships.filter(role__in=RECEIVING).values_list("user_id", flat=True)
    _tell(asked, NoticeKind.ASKED, f"{_name(by)} asks {team.name} first: {said}", to=list(members), now=now)
    return asked


@transaction.atomic
def answer_first(*, consult: Consult, text: str, by: User, now: datetime) -> Consult:
    """This will answer; raises ``NothingSaid``, or ``NotAllowedNow`` when another answer stands."""
    fresh, handoff = _locked(consult)
    said = text.strip()[:LONGEST_ANSWER]
    if not said:
        raise NothingSaid("Write the answer first.")
    if fresh.answer == said:
        return fresh
    if fresh.answered_by is not None:
        raise NotAllowedNow(f"{_name(fresh.answered_by)} has answered this already: “{fresh.answer}”")
    if fresh.ended_at is not None or handoff.status != Status.DRAFT:
        raise NotAllowedNow("This question is over: the sender went on without an answer.")
    fresh.answer, fresh.answered_by, fresh.answered_at = said, by, now
    fresh.save(update_fields=["answer", "answered_by", "answered_at"])
    line = Line(kind=Entry.Kind.ADVISED, happened_at=now, by=by, text=said)
    record(handoff=handoff, line=line, now=now)
    _tell(fresh, NoticeKind.ANSWERED, f"{_name(by)} answered: {fresh.question}", to=[fresh.by_id], now=now)
    return fresh


@transaction.atomic
def hand_over(*, consult: Consult, by: User, now: datetime) -> Handoff:
    """This will end the question as a handoff: the draft keeps all it has and gains the answer."""
    fresh, draft = _locked(consult)
    _own_draft(draft, by)
    if fresh.outcome == Consult.Outcome.ESCALATED:
        return draft
    _end(fresh, Consult.Outcome.ESCALATED, now=now)
    if fresh.answer:
        state = from_json(draft.state)
        state = replace(state, facts=(*state.facts, _as_fact(fresh)))
        draft.state, draft.revision, draft.saved_at = to_json(state), draft.revision + 1, now
        draft.save(update_fields=["state", "revision", "saved_at"])
    return draft


@transaction.atomic
def settle(*, consult: Consult, by: User, now: datetime) -> Handoff:
    """This will end the question as solved: nothing is handed over, and the draft is put aside."""
    fresh, draft = _locked(consult)
    if fresh.outcome == Consult.Outcome.SETTLED:
        return draft
    _own_draft(draft, by)
    _end(fresh, Consult.Outcome.SETTLED, now=now)
    draft.status, draft.saved_at = after(Status(draft.status), Move.DISCARD), now
    draft.save(update_fields=["status", "saved_at"])
    return draft


def counted(*, teams: Collection[int], since: datetime) -> Counts:
    """This will count what was asked of those teams since then, apart from handoffs and questions back."""
    asked = Consult.objects.filter(team__in=teams, at__gte=since)
    return Counts(
        **asked.aggregate(
            asked=Count("pk"),
            answered=Count("pk", filter=Q(answered_at__isnull=False)),
            settled=Count("pk", filter=Q(outcome=Consult.Outcome.SETTLED)),
            escalated=Count("pk", filter=Q(outcome=Consult.Outcome.ESCALATED)),
        )
    )


def _locked(consult: Consult) -> tuple[Consult, Handoff]:
    """The handoff's row is locked first, as everywhere; then the question is read anew."""
    handoff = lock(consult.handoff)
    fresh = Consult.objects.select_related("team", "by", "answered_by").get(pk=consult.pk)
    return fresh, handoff


def _own_draft(handoff: Handoff, by: User) -> Handoff:
    locked = lock(handoff)
    if locked.author_id != by.pk:
        raise NotAllowedNow("Only the author of a draft asks about it.")
    if locked.status != Status.DRAFT:
        raise NotAllowedNow("This handoff is no draft any more: ask on its page.")
    return locked


def _end(consult: Consult, outcome: Consult.Outcome, *, now: datetime) -> None:
    if consult.outcome:
        raise NotAllowedNow(f"This question has ended already: {consult.get_outcome_display().lower()}.")
    consult.outcome, consult.ended_at = outcome, now
    consult.save(update_fields=["outcome", "ended_at"])


def _as_fact(consult: Consult) -> Fact:
    """What the other team said, as somebody else's word: reported, with the quote."""
    name = _name(consult.answered_by) if consult.answered_by else ""
    said = " ".join(consult.answer.split())
    quote = Evidence(
        quote=said, tool="text", author=name, author_role=Role.TECHNICIAN, at=consult.answered_at
    )
    return Fact(
        id=f"consult-{consult.pk}",
        origin=Origin.CONFIRMED,
        statement=f"{consult.team.name}, asked first “{consult.question}”: {said}"[:1000],
        standing=Standing.REPORTED,
        evidence=(quote,),
    )


def _tell(consult: Consult, kind: NoticeKind, title: str, *, to: list[int], now: datetime) -> None:
    address = reverse("consult", args=[consult.pk])
    cause = f"consult:{consult.pk}:{kind}"
    news = News(
        handoff=consult.handoff, kind=kind, cause=cause, title=title, address=address, text=consult.answer
    )
    tell(news, to=to, now=now, but=consult.by_id if kind == NoticeKind.ASKED else consult.answered_by_id)


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
