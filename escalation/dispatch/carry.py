"""How is one delivery carried to its tool?

Find, and only when nothing is found, write. The same conversation for every tool; it runs outside any
transaction and knows the tool only by its protocols.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from escalation.dispatch.setback import FoundTwice
from escalation.models import Attachment, Delivery, Receipt
from escalation.models.connection import NotConfigured
from escalation.tools.contract import (
    Chat,
    Files,
    Mirror,
    Post,
    Proof,
    Receiver,
    Remote,
    Sent,
    Statuses,
    Tool,
    WebLink,
    WebLinks,
)
from escalation.translation.statuses import Wanted
from escalation.transport.door import Door
from escalation.transport.errors import Refused

Role = TypeVar("Role", Receiver, Mirror, Files, Chat, Statuses, WebLinks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """The tool holds what was owed."""

    proof: Proof
    found: bool  # an earlier try had arrived


def carry(row: Delivery, *, tool: Tool, door: Door, may_write: Callable[[], None]) -> Arrival:
    """This will see to it that the tool holds what the row owes.

    ``may_write`` is called right before a write and raises when this worker must not. Raises the errors
    of ``transport.errors`` and ``FoundTwice``.
    """
    if row.kind == Delivery.Kind.CREATE:
        return _record(row, tool=tool, door=door, may_write=may_write)
    if row.kind == Delivery.Kind.FILE:
        return _file(row, files=_part(tool.files, tool), door=door, may_write=may_write)
    if row.kind == Delivery.Kind.POST:
        return _post(row, chat=_part(tool.chat, tool), door=door, may_write=may_write)
    if row.kind == Delivery.Kind.STATUS:
        return _status(row, statuses=_part(tool.statuses, tool), door=door, may_write=may_write)
    if row.kind == Delivery.Kind.LINK:
        return _link(row, links=_part(tool.links, tool), door=door, may_write=may_write)
    return _note(row, mirror=_part(tool.mirror, tool), door=door, may_write=may_write)


def _record(row: Delivery, *, tool: Tool, door: Door, may_write: Callable[[], None]) -> Arrival:
    receiver = _part(tool.receiver, tool)
    there = _one(receiver.find(door, key=row.key))
    if there is not None:
        return _found(row, there, tool=tool, door=door)
    may_write()
    try:
        return Arrival(proof=receiver.create(door, payload=_said(row), key=row.key), found=False)
    except Refused:
        # What a tool answers when the key is already taken is documented nowhere: look before believing it.
        there = _one(receiver.find(door, key=row.key))
        if there is None:
            raise
        return _found(row, there, tool=tool, door=door)


def _found(row: Delivery, there: Remote, *, tool: Tool, door: Door) -> Arrival:
    """Finishing does the same however often, so it needs no leave to write."""
    proof = Proof(remote=there, kept={})
    if tool.finisher is not None:
        proof = tool.finisher.finish(door, remote=there, payload=_said(row), key=row.key)
    return Arrival(proof=proof, found=True)


def _note(row: Delivery, *, mirror: Mirror, door: Door, may_write: Callable[[], None]) -> Arrival:
    # A note that was owed before its record stood waited behind it in the lane: by now the record has an id.
    record = row.remote_id or row.handoff.remote_id
    there = mirror.find_note(door, remote_id=record, key=row.key)
    if there:
        remote = Remote(remote_id=record, number="", url="")
        return Arrival(proof=Proof(remote=remote, kept={}, note_ids=(there,)), found=True)
    may_write()
    said = _said(row)
    # The user sees it only where both say so: the kind of the row and the bytes a person confirmed.
    public = row.kind == Delivery.Kind.REPLY and said["public"] is True
    proof = mirror.note(door, remote_id=record, text=said["text"], key=row.key, public=public)
    return Arrival(proof=proof, found=False)


def _file(row: Delivery, *, files: Files, door: Door, may_write: Callable[[], None]) -> Arrival:
    record, said = row.remote_id or row.handoff.remote_id, _said(row)
    body = Attachment.objects.get(pk=said["attachment"]).body
    sent = Sent(name=said["name"], content_type=said["content_type"], body=body)
    there = files.find_file(door, remote_id=record, sent=sent, key=row.key)
    if there:
        remote = Remote(remote_id=record, number="", url="")
        return Arrival(proof=Proof(remote=remote, kept={}, note_ids=(there,)), found=True)
    may_write()
    return Arrival(proof=files.attach(door, remote_id=record, sent=sent, key=row.key), found=False)


def _link(row: Delivery, *, links: WebLinks, door: Door, may_write: Callable[[], None]) -> Arrival:
    record, link = row.remote_id or row.handoff.remote_id, WebLink(**_said(row))
    there = links.find_link(door, remote_id=record, link=link)
    if there:
        remote = Remote(remote_id=record, number="", url="")
        return Arrival(proof=Proof(remote=remote, kept={"url": link.url}), found=True)
    may_write()
    return Arrival(proof=links.add_link(door, remote_id=record, link=link), found=False)


def _status(row: Delivery, *, statuses: Statuses, door: Door, may_write: Callable[[], None]) -> Arrival:
    if _overtaken(row):
        # An earlier try may still be under way: closed before it is over, it would take the newer one back.
        may_write()
        remote = Remote(remote_id=row.remote_id, number="", url="")
        return Arrival(proof=Proof(remote=remote, kept={}), found=True)
    said = _said(row)
    wanted = Wanted(status=said["status"], fields=said["fields"], said=said["said"])
    since = row.created_at if row.ambiguous else None
    there = statuses.find_status(door, remote_id=row.remote_id, wanted=wanted, key=row.key, since=since)
    if there is not None:
        return Arrival(proof=there, found=True)
    may_write()
    proof = statuses.set_status(door, remote_id=row.remote_id, wanted=wanted, key=row.key)
    return Arrival(proof=proof, found=False)


def _overtaken(row: Delivery) -> bool:
    """A newer status of the same record says how it is now; this one would take it back."""
    newer = Delivery.objects.filter(
        connection=row.connection_id,
        remote_id=row.remote_id,
        kind=Delivery.Kind.STATUS,
        created_at__gt=row.created_at,
    )
    return newer.exclude(status=Delivery.Status.STUCK).exists()


def _post(row: Delivery, *, chat: Chat, door: Door, may_write: Callable[[], None]) -> Arrival:
    said = _said(row)
    post = Post(
        place=row.remote_id, text=said["text"], url=said["url"], key=row.key, thread=_thread_before(row)
    )
    there = chat.find_post(door, post=post, since=row.created_at)
    if there is not None:
        return Arrival(proof=there, found=True)
    may_write()
    return Arrival(proof=chat.post(door, post=post), found=False)


def _thread_before(row: Delivery) -> str:
    """The thread that the handoff's first post in this channel began; "" for the first."""
    earlier = Receipt.objects.filter(
        delivery__handoff=row.handoff_id,
        delivery__connection=row.connection_id,
        delivery__kind=Delivery.Kind.POST,
        delivery__remote_id=row.remote_id,
    )
    first = earlier.order_by("delivery__position").values_list("remote_id", flat=True).first()
    return first or ""


def _one(found: tuple[Remote, ...]) -> Remote | None:
    if len(found) > 1:
        numbers = ", ".join(each.number or each.remote_id for each in found)
        raise FoundTwice(f"More than one record carries this handoff's key: {numbers}.")
    return found[0] if found else None


def _said(row: Delivery) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(bytes(row.body))
    return said


def _part(role: Role | None, tool: Tool) -> Role:
    if role is None:
        raise NotConfigured(f"{tool.label} cannot take this kind of delivery.")
    return role
