"""How does one person's data go? In one transaction, and trying it out is the same, taken back at the end.

Figures are counted from what stays: items, lines and moments keep their places, and only words go. What was
confirmed is written anew with its digest, so that ``verify`` finds every promise kept. What was delivered is
in the tools too, and has to be erased there.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction

from escalation.knowledge.codec import canonical
from escalation.knowledge.fingerprint import fingerprint
from escalation.models import (
    Attachment,
    AttachmentBytes,
    Delivery,
    Handoff,
    Inbox,
    Snapshot,
)
from escalation.upkeep.erasure import accounts, rows
from escalation.upkeep.erasure.person import ERASED, Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Erased:
    """What went, or would go."""

    counts: tuple[
        tuple[str, int], ...
    ]  # of each kind of thing, in plural, those of which there are none left out
    handoffs: tuple[UUID, ...]
    to_look_at: tuple[UUID, ...]  # files of these handoffs nobody can look into: pictures, documents
    accounts: tuple[accounts.Closed, ...]
    teams: frozenset[int]  # whose rows or people those are
    really: bool = field(default=False, compare=False)  # False where it was only tried out


def erase(person: Person, *, really: bool | Callable[[Erased], bool]) -> Erased:
    """This will erase the person, or (not ``really``) say what would go and change nothing.

    A function is asked before the transaction ends: what it is shown is what goes.
    """
    with transaction.atomic():
        erased = _erase(person)
        erased = replace(erased, really=really(erased) if callable(really) else really)
        if not erased.really:
            transaction.set_rollback(True)
    if erased.really:
        for file in _mails(person):
            file.unlink(missing_ok=True)
    return erased


def _erase(person: Person) -> Erased:
    counts: Counter[str] = Counter()
    closed = accounts.close(person, counts)
    handoffs = _handoffs(person)
    teams = {team for each in closed for team in each.teams}
    teams |= {team for both in _ends_of(handoffs) for team in both}
    to_look_at = []
    for handoff in Handoff.objects.filter(pk__in=handoffs).select_for_update().order_by("pk").iterator():
        theirs = replace(person, said=_said(handoff, person))
        _rows_of(handoff, theirs, counts)
        if _files_of(handoff, theirs, counts):
            to_look_at.append(handoff.pk)
    for model in rows.tables():  # what hangs on no handoff, or on none any more
        left = list(rows.found(model, person))
        teams |= rows.teams_of(model, [row.pk for row in left])
        _write(left, person, counts)
    teams |= _raw(person, counts)
    rows.look_up_words_anew(list(handoffs))
    counts["mails kept on disk"] += len(_mails(person))
    return Erased(
        counts=tuple(sorted((name, count) for name, count in counts.items() if count)),
        handoffs=tuple(sorted(handoffs)),
        to_look_at=tuple(to_look_at),
        accounts=closed,
        teams=frozenset(teams),
    )


def _ends_of(handoffs: set[UUID]) -> Iterable[tuple[int, int]]:
    return Handoff.objects.filter(pk__in=handoffs).values_list("route__sender", "route__receiver").distinct()


def _handoffs(person: Person) -> set[UUID]:
    """Every handoff that names them anywhere: in its own row or in one that hangs on it."""
    found: set[UUID] = set()
    for model in rows.tables():
        path = rows.path_to_handoff(model)
        if path:
            keys = [row.pk for row in rows.found(model, person)]
            found |= set(model._default_manager.filter(pk__in=keys).values_list(path, flat=True))
    return found - {None}  # a golden case may have lost its handoff


def _said(handoff: Handoff, person: Person) -> tuple[str, ...]:
    told = [handoff.conversation, handoff.state]
    snapshot = Snapshot.objects.filter(handoff=handoff).first()
    told += [snapshot.state, snapshot.draft] if snapshot else []
    texts = set().union(*(person.texts_in(each) for each in told))
    return tuple(sorted((text for text in texts if len(text) > 8), key=len, reverse=True))


def _rows_of(handoff: Handoff, person: Person, counts: Counter[str]) -> None:
    for model in rows.tables():
        path = rows.path_to_handoff(model)
        if path:
            _write(model._default_manager.filter(**{path: handoff.pk}), person, counts)


def _write(found: Iterable[models.Model], person: Person, counts: Counter[str]) -> None:
    for row in found:
        values = rows.changed(row, person)
        if isinstance(row, Delivery):
            values |= _confirmed_anew(row, person)
        if isinstance(row, Snapshot) and "state" in values:
            values["state_fingerprint"] = fingerprint(values["state"])
        if values:
            type(row)._default_manager.filter(pk=row.pk).update(**values)
            counts[str(row._meta.verbose_name_plural)] += 1


def _confirmed_anew(row: Delivery, person: Person) -> dict[str, Any]:
    body = canonical(person.taken_out(json.loads(bytes(row.body))))
    if body == bytes(row.body):
        return {}
    return {"body": body, "fingerprint": hashlib.sha256(body).hexdigest()}


def _files_of(handoff: Handoff, person: Person, counts: Counter[str]) -> bool:
    """Empty what they sent, take them out of texts; True when there are files that nobody can look into."""
    unseen = False
    for file in Attachment.objects.filter(handoff=handoff):
        text = file.content_type.startswith(("text/", "application/json"))
        body = file.body
        if person.said and file.seen_in_id:  # came with what they wrote
            after = b""
        elif text:
            after = str(person.taken_out(body.decode(errors="replace"))).encode()
        else:
            unseen, after = True, body
        if after != body:
            AttachmentBytes.objects.filter(attachment=file).update(body=after)
            digest = hashlib.sha256(after).hexdigest()
            Attachment.objects.filter(pk=file.pk).update(size=len(after), sha256=digest)
            if not after:
                Attachment.objects.filter(pk=file.pk).update(name=ERASED)
            counts["files"] += 1
    return unseen


def _raw(person: Person, counts: Counter[str]) -> set[int]:
    keys = list(rows.raw(person))
    teams = rows.teams_of(Inbox, keys)
    Inbox.objects.filter(pk__in=keys).update(body=b"", headers={}, words="")
    counts["raw webhooks"] += len(keys)
    return teams


def _mails(person: Person) -> list[Path]:
    folder = Path(settings.EMAIL_FILE_PATH)
    files = [each for each in folder.glob("*") if each.is_file()] if folder.is_dir() else []
    return [each for each in files if person.is_in(each.read_text(encoding="utf-8", errors="replace"))]
