"""Who is told of a line without looking?

Rows are made in the transaction that writes the line, so that nobody is told of what did not happen and
nothing that happened is forgotten. Whoever did it is not told. What one remote update brings to several
handoffs of a chain is one cause.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.urls import reverse

from escalation.models import Entry, Handoff, Membership, Notice, NoticeChoice, NoticeHours, NoticeKind
from escalation.timeline.describe import title
from escalation.timeline.quiet import Hours, at_once, in_digest
from escalation.tools.registry import label

K, N = Entry.Kind, NoticeKind
TO_SENDER: Mapping[str, NoticeKind] = {
    K.ACCEPTED: N.TAKEN,
    K.READ_BACK: N.TAKEN,
    K.DIAGNOSING: N.TAKEN,
    K.ASKED: N.ASKED,
    K.NOTE: N.WORD,
    K.BOUNCED: N.RETURNED,
    K.REASON: N.RETURNED,
    K.WAITING: N.ENDED,
    K.RESOLVED: N.ENDED,
    K.REOPENED: N.ENDED,
    K.SILENT: N.SILENT,
    K.STUCK: N.STUCK,
}
TO_RECEIVER: Mapping[str, NoticeKind] = {
    K.DELIVERED: N.ARRIVED,
    K.ANSWERED: N.ANSWERED,
    K.NOTE: N.WORD,
    K.REOPENED: N.ENDED,
    K.SILENT: N.SILENT,
}
Mail = NoticeChoice.Mail


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """How one kind is told: in the page, by mail, in Slack."""

    page: bool = True
    mail: str = Mail.NEVER
    slack: bool = False


# What stands until a person chooses. A new arrival is on the queue, which is live; a mail is for what
# somebody has to act on.
DEFAULTS: Mapping[str, Wish] = {
    N.ARRIVED: Wish(page=False),
    N.ASKED: Wish(mail=Mail.AT_ONCE),
    N.ANSWERED: Wish(mail=Mail.AT_ONCE),
    N.TAKEN: Wish(),
    N.WORD: Wish(),
    N.RETURNED: Wish(mail=Mail.AT_ONCE),
    N.ENDED: Wish(mail=Mail.AT_ONCE),
    N.SILENT: Wish(mail=Mail.AT_ONCE),
    N.STUCK: Wish(mail=Mail.AT_ONCE),
    N.COACHED: Wish(),
    N.DRIFTED: Wish(mail=Mail.AT_ONCE),
    N.WAITS: Wish(mail=Mail.AT_ONCE),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What is told, and where it is shown."""

    kind: NoticeKind
    cause: str
    title: str
    address: str
    text: str = ""
    handoff: Handoff | None = None  # None: it is about a route


def notify(*, entry: Entry, handoff: Handoff, receivers: Iterable[int], now: datetime) -> None:
    """This will make the notices that follow from a new line; ``receivers`` are who receives the handoff."""
    if (kind := _for_sender(entry)) is not None:
        page = reverse("handoff", args=[handoff.pk])
        news = _news(entry, handoff, kind, address=f"{page}#line-{entry.sequence}")
        tell(news, to=[handoff.author_id], now=now, but=entry.by_id)
    if (kind := for_receiver(entry)) is not None:
        news = _news(entry, handoff, kind, address=reverse("intake", args=[handoff.pk]))
        tell(news, to=receivers, now=now, but=entry.by_id)


def tell(news: News, *, to: Iterable[int], now: datetime, but: int | None = None) -> None:
    """This will make one notice for each of those people, unless that person was told of it already."""
    choices = NoticeChoice.objects.filter(kind=news.kind)
    others = [each for each in to if each != but]
    people = User.objects.filter(pk__in=others, is_active=True)
    people = people.select_related("notice_hours").prefetch_related(
        Prefetch("notice_choices", queryset=choices, to_attr="chosen")
    )
    rows = [_notice(news, person, now=now) for person in people]
    Notice.objects.bulk_create([row for row in rows if row is not None], ignore_conflicts=True)


def hours_of(row: NoticeHours | None) -> Hours:
    """This will return a person's hours as the plain value."""
    if row is None:
        return Hours()
    return Hours(
        zone=row.zone, quiet_from=row.quiet_from, quiet_until=row.quiet_until, digest_at=row.digest_at
    )


def hours_row_of(user_id: int) -> NoticeHours:
    """This will return the person's row of hours, made by the clock of their first team if there is none."""
    zones = Membership.objects.filter(user=user_id).order_by("pk").values_list("team__zone", flat=True)
    row, _ = NoticeHours.objects.get_or_create(user_id=user_id, defaults={"zone": zones.first() or "UTC"})
    return row


def _notice(news: News, person: User, *, now: datetime) -> Notice | None:
    own: list[NoticeChoice] = person.chosen  # type: ignore[attr-defined]
    wish = Wish(page=own[0].page, mail=own[0].mail, slack=own[0].slack) if own else DEFAULTS[news.kind]
    row: NoticeHours | None = getattr(person, "notice_hours", None)
    hours = hours_of(row)
    mail_at = None
    if wish.mail != Mail.NEVER and person.email:
        mail_at = at_once(hours, now=now) if wish.mail == Mail.AT_ONCE else in_digest(hours, now=now)
    slack_at = at_once(hours, now=now) if wish.slack and row is not None and row.slack_user else None
    if not wish.page and mail_at is None and slack_at is None:
        return None
    return Notice(
        user=person,
        handoff=news.handoff,
        kind=news.kind,
        cause=news.cause,
        title=news.title[:255],
        text=" ".join(news.text.split())[:500],
        address=news.address,
        in_page=wish.page,
        made_at=now,
        mail_at=mail_at,
        slack_at=slack_at,
    )


def _news(entry: Entry, handoff: Handoff, kind: NoticeKind, *, address: str) -> News:
    said = title(entry, tool_label=label(entry.tool) if entry.tool else "")
    words = f"{said}: {handoff.summary}" if handoff.summary else said
    return News(
        handoff=handoff, kind=kind, cause=_cause(entry), title=words, address=address, text=entry.text
    )


def _cause(entry: Entry) -> str:
    if update := entry.details.get("update"):
        return f"update:{update}"
    if entry.kind == K.SILENT:
        return f"silent:{entry.handoff_id}:{entry.details.get('due', '')}"
    return f"line:{entry.handoff_id}:{entry.sequence}"


def _for_sender(entry: Entry) -> NoticeKind | None:
    if entry.kind == K.READ_BACK and entry.details.get("set_right"):
        return None  # it came from there
    if entry.kind == K.NOTE and entry.details.get("side") == "source":
        return None  # that is where the sender already is
    if entry.kind == K.STATE and entry.details.get("decided"):
        return N.ENDED  # what a later hop decided; other changes of state are on the page
    return TO_SENDER.get(entry.kind)


def for_receiver(entry: Entry) -> NoticeKind | None:
    """This will return as what the receiving side is told of the line; None where it is not."""
    if entry.kind == K.NOTE and entry.details.get("side") != "source":
        # What was said in a chat is for whoever sent it to weigh.
        return None
    if entry.kind == K.READ_BACK and entry.details.get("set_right"):
        return N.WORD
    return TO_RECEIVER.get(entry.kind)
