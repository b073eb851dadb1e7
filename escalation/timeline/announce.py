"""What does a team read in its own channel about a handoff it sent?

Each line that tells where the handoff stands becomes one post, owed in the transaction that writes the line:
the first begins a thread, what follows goes into it. The row is all that is made here; the relay carries it.
"""

from datetime import datetime
from uuid import uuid5

from django.conf import settings
from django.urls import reverse

from escalation.knowledge.codec import canonical
from escalation.knowledge.fingerprint import fingerprint
from escalation.models import Delivery, Entry, Handoff, TeamChannel
from escalation.timeline.describe import title
from escalation.tools.registry import label

K = Entry.Kind
TOLD = frozenset(
    {K.DELIVERED, K.STUCK, K.ACCEPTED, K.ASKED, K.DIAGNOSING, K.WAITING, K.NOTE}
    | {K.PROMISED, K.RESOLVED, K.REOPENED, K.BOUNCED, K.REASON, K.SILENT}
)
LONGEST = 1200  # characters of somebody's words; the rest is one press away


def for_channel(entry: Entry) -> bool:
    """This will say whether the line is one that a sending team's channel is told of."""
    return entry.kind in TOLD and not _from_our_side(entry)


def announce(*, entry: Entry, handoff: Handoff, channel: int | None, now: datetime) -> Delivery | None:
    """This will owe a post of the line to the sending team's channel, where it has one by that key."""
    if channel is None:
        return None
    return _owed_to(TeamChannel.objects.select_related("connection").get(pk=channel), entry, handoff, now=now)


def _owed_to(channel: TeamChannel, entry: Entry, handoff: Handoff, *, now: datetime) -> Delivery | None:
    if channel.connection.tool == entry.tool:
        # What is about the channel itself does not go there: a post that failed would owe the next.
        return None
    url = f"{settings.PUBLIC_URL}{reverse('handoff', args=[handoff.pk])}"
    values = {
        "text": _said(entry, handoff, outside=channel.connection.external),
        "url": url,
        "place_name": channel.name,
    }
    delivery = Delivery(
        id=uuid5(handoff.pk, f"post {entry.sequence} {channel.connection_id}"),
        handoff=handoff,
        connection=channel.connection,
        kind=Delivery.Kind.POST,
        position=handoff.deliveries.count() + 1,
        remote_id=channel.place,
        body=canonical(values),
        fingerprint=fingerprint(values),
        not_before=now,
        created_at=now,
    )
    delivery.save(force_insert=True)
    return delivery


def _from_our_side(entry: Entry) -> bool:
    """What was written in the source ticket or in a chat is where the team already is."""
    return entry.kind == K.NOTE and entry.details.get("side") != "receiver"


def _said(entry: Entry, handoff: Handoff, *, outside: bool) -> str:
    """The line as the timeline shows it; to people outside the company only what happened, no words."""
    said = [title(entry, tool_label=label(entry.tool) if entry.tool else "")]
    if outside:
        return said[0]
    if handoff.summary:
        said.insert(0, handoff.summary)
    if entry.text:
        text = " ".join(entry.text.split())
        said.append(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
    if entry.sayable:
        said.append(f"For the user: {entry.sayable}")
    return "\n".join(said)
