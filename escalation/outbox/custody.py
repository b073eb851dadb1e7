"""Who has had a case, in which record, and what did each tier add to what it was given?

Read from the handoffs of the chain: what is not inherited in one is what its sending tier found out. The next
tier gets it told in its own record, as one internal note right after the record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import User

from escalation.knowledge.codec import from_json
from escalation.knowledge.words import Origin, Part
from escalation.models import Handoff
from escalation.outbox.chain import chain_of
from escalation.outbox.owe import Note, owe_note
from escalation.tools.registry import label, tool
from escalation.translation.lines import line

TRYING = frozenset({Part.DIAGNOSTICS, Part.REMEDIATION})
MOST_NEW = 20  # lines of a note


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """What one tier found out: what it looked at and tried, and how many lines else."""

    tried: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    inherited: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it."""
        return (*self.tried, *self.others)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tier:
    """One team that has had the case; ``handoff_id`` is the one it came by, None for where it began."""

    team: str
    person: str
    record: str
    url: str
    since: datetime
    handoff_id: UUID | None
    added: Added


def custody(handoff: Handoff) -> tuple[Tier, ...]:
    """This will name the tiers of the whole chain, the first one leading; () for a chain of one."""
    chain = chain_of(handoff)
    if len(chain) < 2:
        return ()
    first = chain[0]
    began = Tier(
        team=first.route.sender.name,
        person=_name(first.author),
        record=f"{label(first.route.source.tool)} {first.source_number}" if first.source_number else "",
        url="",
        since=first.created_at,
        handoff_id=None,
        added=added_by(first),
    )
    return began, *(_tier(each, chain) for each in chain)


def added_by(*handoffs: Handoff) -> Added:
    """This will return what the senders of those handoffs added to what they were given."""
    tried: list[str] = []
    others: list[str] = []
    inherited = 0
    for handoff in handoffs:
        today = _day(handoff)
        for part, item in from_json(handoff.state).stated().items():
            if item.origin is Origin.INHERITED:
                inherited += 1
            elif words := line(item, today=today).partition("\n")[0]:
                (tried if part in TRYING else others).append(words)
    return Added(tried=tuple(tried), others=tuple(others), inherited=inherited)


def owe_difference(*, handoff: Handoff, now: datetime) -> None:
    """This will owe the note that tells the next tier what is new, and who has had it before.

    A record that people outside the company read gets none: it would name ours.
    """
    target = handoff.route.target
    if handoff.previous_id is None or not handoff.remote_id:
        return
    if target.external or tool(target.tool).mirror is None:
        return
    note = Note(remote_id=handoff.remote_id, text="\n".join(_told(handoff)), once="difference")
    owe_note(handoff=handoff, connection=target, note=note, now=now)


def _told(handoff: Handoff) -> Iterator[str]:
    tiers = custody(handoff)
    new = added_by(handoff).lines
    since = handoff.source_number or "the record before"
    yield f"New since {since}:" if new else f"Nothing is new since {since}."
    yield from (f"- {each}" for each in new[:MOST_NEW])
    if len(new) > MOST_NEW:
        yield f"- and {len(new) - MOST_NEW} more, in the description"
    yield ""
    yield "Who has had it, and tried what:"
    for tier in tiers[:-1]:
        who = ", ".join(each for each in (tier.person, tier.record) if each)
        yield f"- {tier.team}{f' ({who})' if who else ''}: {'; '.join(tier.added.tried) or 'nothing tried'}"


def _tier(handoff: Handoff, chain: tuple[Handoff, ...]) -> Tier:
    return Tier(
        team=handoff.route.receiver.name,
        person=_name(handoff.receiver_person) if handoff.receiver_person else "",
        record=f"{label(handoff.route.target.tool)} {handoff.remote_number}".strip(),
        url=handoff.remote_url,
        since=handoff.confirmed_at or handoff.created_at,
        handoff_id=handoff.pk,
        added=added_by(*(each for each in chain if each.previous_id == handoff.pk)),
    )


def _day(handoff: Handoff) -> date:
    return (handoff.confirmed_at or handoff.created_at).date()


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()
