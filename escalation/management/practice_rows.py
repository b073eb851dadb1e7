"""The rows of one practice handoff of the past: as a real one would have left them, proof included."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from random import Random
from uuid import UUID, uuid5

from django.contrib.auth.models import User

from escalation.knowledge.codec import to_json
from escalation.knowledge.fingerprint import state_fingerprint
from escalation.lifecycle.words import Status
from escalation.management.practice_history import SEED, Past
from escalation.models import Delivery, Entry, Handoff, Rating, Receipt, Route, Snapshot, Template
from escalation.models.answer import ItemMark, Verdict
from escalation.outbox.owe import record_key
from escalation.tools.registry import tool
from escalation.translation.codec import to_json as translation_to_json
from escalation.translation.draft import Draft, Translation
from escalation.translation.given import Given
from escalation.translation.rules import Rules

_NAMESPACE = UUID("0d4f6a52-5f0b-4f0e-8a39-6d2c5c1e7b10")


def past_id(past: Past) -> UUID:
    """The id of the handoff: the same each time the history is written."""
    return uuid5(_NAMESPACE, str(past.number))


def ticket(number: int) -> str:
    """The ticket it began from, in the sender's tool."""
    return str(33_000 + number)


def ratings(pasts: tuple[Past, ...], route: Route) -> list[Rating]:
    """What users said of those tickets, and of three times as many that nobody handed on."""
    random = Random(SEED)  # noqa: S311 - a story, not a secret
    drawn = [(past, ticket(past.number), past.content) for past in pasts]
    for past in pasts:
        others = (ticket(10_000 + 3 * past.number + each) for each in range(3))
        drawn += [(past, other, random.random() < 0.88) for other in others]
    return [
        Rating(
            connection=route.source,
            remote_id=f"past-{number}",
            ticket=number,
            score=Rating.Score.GOOD if good else Rating.Score.BAD,
            rated_at=past.lines[-1].at,
            category=past.category,
        )
        for past, number, good in drawn
        if random.random() < 0.35  # most people say nothing
    ]


def handoff(past: Past, route: Route, desk: tuple[User, ...]) -> Handoff:
    """The handoff at its end."""
    return Handoff(
        id=past_id(past),
        route=route,
        author=desk[past.person],
        status=Status.BOUNCED if past.returned else Status.RESOLVED,
        summary=past.state.summary,
        state=to_json(past.state),
        category=past.category,
        source_reference=ticket(past.number),
        source_number=f"#{33_000 + past.number}",
        remote_id=past_id(past).hex,
        remote_number=_number(past),
        active_seconds=past.active_seconds,
        last_sequence=len(past.lines),
        created_at=past.lines[0].at,
        saved_at=past.confirmed_at,
        confirmed_at=past.confirmed_at,
    )


def entries(past: Past, desk: tuple[User, ...], receivers: tuple[User, ...]) -> list[Entry]:
    """Its timeline without a gap."""
    people = {"author": desk[past.person], "receiver": receivers[past.person]}
    arrived = {"number": _number(past), "delivery": str(_delivery_id(past))}
    return [
        Entry(
            handoff_id=past_id(past),
            sequence=sequence,
            kind=line.kind,
            by=people.get(line.role),
            who="" if line.role else receivers[past.person].get_full_name(),
            tool="" if line.role else "servicenow",
            text=line.text,
            sayable=line.sayable,
            details=line.details | (arrived if line.kind == Entry.Kind.DELIVERED else {}),
            happened_at=line.at,
            recorded_at=line.recorded_at,
        )
        for sequence, line in enumerate(past.lines, start=1)
    ]


def translated(past: Past, route: Route) -> Translation:
    """What the route's receiver was shown; raises ``ValueError`` when it takes no handoffs."""
    receiver = tool(route.target.tool).receiver
    if receiver is None:
        raise ValueError(f"{route.target} takes no handoffs.")
    given = Given(
        rules=Rules(), now=past.confirmed_at, sender=route.sender.name, receiver=route.receiver.name
    )
    return receiver.translate(past.state, given)


def verdict(past: Past, receivers: tuple[User, ...]) -> Verdict:
    """What the receiver said at the end."""
    return Verdict(
        handoff_id=past_id(past),
        guess=past.guess,
        level_one_could=past.number % 15 == 0,
        by=receivers[past.person],
        at=past.lines[-1].at,
    )


def marks(past: Past, receivers: tuple[User, ...]) -> Iterator[ItemMark]:
    """Which lines the receiver did again or found decisive: more of the latter where the guess was right."""
    random = Random(f"{SEED} {past.number}")  # noqa: S311 - a story, not a secret
    if past.returned:
        return
    found = (("r1", ItemMark.Kind.REDONE, 0.2), ("d1", ItemMark.Kind.DECISIVE, 0.4))
    for item, kind, often in found:
        if random.random() < often * (1.5 if past.guess == "right" else 0.7):
            yield ItemMark(
                handoff_id=past_id(past),
                item_id=item,
                kind=kind,
                by=receivers[past.person],
                at=past.lines[-1].at,
            )


def snapshot(
    past: Past, told: Translation, desk: tuple[User, ...], templates: Sequence[Template]
) -> Snapshot:
    """What was confirmed, by the template that was in force; ``templates`` the oldest first."""
    published = (each for each in templates if each.published_at and each.published_at <= past.confirmed_at)
    return Snapshot(
        handoff_id=past_id(past),
        state=to_json(past.state),
        state_fingerprint=state_fingerprint(past.state),
        template=next(reversed(list(published)), None),
        translation=translation_to_json(told),
        confirmed_by=desk[past.person],
        confirmed_at=past.confirmed_at,
    )


def delivery(past: Past, draft: Draft, route: Route) -> Delivery:
    """What was owed, and is done."""
    return Delivery(
        id=_delivery_id(past),
        handoff_id=past_id(past),
        connection=route.target,
        kind=Delivery.Kind.CREATE,
        position=1,
        body=draft.body(),
        fingerprint=draft.fingerprint(),
        status=Delivery.Status.DONE,
        not_before=past.confirmed_at,
        created_at=past.confirmed_at,
        done_at=_arrived_at(past),
    )


def receipt(past: Past, draft: Draft) -> Receipt:
    """The tool's proof of it."""
    return Receipt(
        delivery_id=_delivery_id(past),
        remote_id=past_id(past).hex,
        number=_number(past),
        kept=draft.payload(),
        received_at=_arrived_at(past),
    )


def _delivery_id(past: Past) -> UUID:
    return UUID(record_key(handoff_id=past_id(past)))


def _number(past: Past) -> str:
    return f"INC{10_200 + past.number:07}"


def _arrived_at(past: Past) -> datetime:
    return next((line.at for line in past.lines if line.kind == Entry.Kind.DELIVERED), past.confirmed_at)
