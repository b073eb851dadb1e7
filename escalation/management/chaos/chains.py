"""How does one case go over both hops while everything breaks? Step by step, each done until it is done.

Every step looks first whether an earlier try has done it after all: what a person sees after an error page.
What is confirmed is confirmed by Baton's own actions; what engineering says is said in the practice Jira.
"""

import time
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.utils import timezone

from escalation.capture.preview import preview
from escalation.capture.recall import release
from escalation.capture.submit import submit
from escalation.knowledge.codec import from_json, to_json
from escalation.knowledge.state import Diagnostic, Fact, KnowledgeState, Source
from escalation.knowledge.words import Origin
from escalation.lifecycle.words import WITH_RECEIVER, Status
from escalation.management.chaos.cast import Cast, again, ask
from escalation.models import Handoff
from escalation.reception.further import escalate_further

NAMES: Final = UUID("6a4f0b7e-3a55-4a52-9f2f-2f3a1f6f7c10")


@dataclass(slots=True)
class Chain:
    """One case."""

    number: int
    ticket: str = ""
    begun: bool = False
    second: UUID | None = None
    answered: bool = False

    @property
    def first(self) -> UUID:
        """The id of the first handoff, known before it exists: a second try makes no second one."""
        return uuid5(NAMES, str(self.number))

    @property
    def said(self) -> str:
        """What engineering says about it, found nowhere else."""
        return f"The gateway drops the origin since case {self.number:06} of the trial."


def open_ticket(chain: Chain, cast: Cast) -> None:
    """This will open the user's ticket at the desk; of a lost answer one is left that nobody hands off."""
    opened = {"subject": f"Dashboard {chain.number}", "comment": {"body": "It does not load", "public": True}}
    answer = ask(cast.first.source, "POST", "/api/v2/tickets", {"ticket": opened})
    chain.ticket = str(answer["ticket"]["id"])


def hand_off(chain: Chain, cast: Cast) -> None:
    """This will confirm the first handoff."""
    now = timezone.now()
    state, chain.begun = _state(chain), True
    draft, _ = Handoff.objects.get_or_create(
        pk=chain.first,
        defaults={
            "route": cast.first,
            "author": cast.level_one,
            "status": Status.DRAFT,
            "summary": state.summary,
            "state": to_json(state),
            "source_reference": chain.ticket,
            "source_number": f"#{chain.ticket}",
            "created_at": now,
            "saved_at": now,
        },
    )
    _confirm(draft, cast.level_one)


def hand_further(chain: Chain, cast: Cast) -> None:
    """This will confirm the second handoff, once the first has its record."""
    held = Handoff.objects.select_related("route").get(pk=chain.first)
    if Status(held.status) not in WITH_RECEIVER:
        return
    sent = Handoff.objects.filter(previous=held).first()
    if sent is None:
        sent = escalate_further(handoff=held, route=cast.second, by=cast.level_two, now=timezone.now())
    if sent.status == Status.DRAFT:
        state = from_json(sent.state)
        facts = tuple(replace(each, origin=Origin.CONFIRMED) for each in state.facts)
        sent.state = to_json(replace(state, facts=facts))
        sent.save(update_fields=["state"])
    _confirm(sent, cast.level_two)
    chain.second = sent.pk


def answer(chain: Chain, cast: Cast, *, issue: str) -> None:
    """This will comment the issue and close it, as engineering does, once each."""
    engineering = cast.second.target
    path = f"/rest/api/3/issue/{issue}"
    known = ask(engineering, "GET", f"{path}/comment")["comments"]
    if not any(chain.said in str(each["body"]) for each in known):
        ask(engineering, "POST", f"{path}/comment", {"body": _document(chain.said)})
    status = ask(engineering, "GET", f"{path}?fields=status")["fields"]["status"]
    if status["statusCategory"]["key"] != "done":
        ways = ask(engineering, "GET", f"{path}/transitions")["transitions"]
        number = next(each["id"] for each in ways if each["to"]["statusCategory"]["key"] == "done")
        body = {"transition": {"id": number}, "fields": {"resolution": {"name": "Fixed"}}}
        ask(engineering, "POST", f"{path}/transitions", body)
    chain.answered = True


def move(chains: list[Chain], cast: Cast, *, until: float) -> None:
    """This will take each case as far as it can go now; after ``until`` (monotonic) no more are looked at."""
    ids = [each.second or each.first for each in chains]
    rows = again(Handoff.objects.in_bulk, ids)
    for chain in chains:
        if time.monotonic() > until:
            return
        row = rows.get(chain.second or chain.first)
        if row is None:
            again(hand_off, chain, cast)
        elif row.remote_id and chain.second is None:
            again(hand_further, chain, cast)
        elif row.remote_id and not chain.answered:
            again(answer, chain, cast, issue=row.remote_id)


def _confirm(draft: Handoff, by: User) -> None:
    if draft.status == Status.DRAFT:
        reviewed = preview(handoff=draft).draft.fingerprint()
        draft = submit(handoff=draft, fingerprint=reviewed, by=by, now=timezone.now())
    release(handoff=draft, by=by, now=timezone.now())


def _state(chain: Chain) -> KnowledgeState:
    return KnowledgeState(
        summary=f"Dashboard {chain.number} does not load: CORS error",
        ask="Find what changed and let the dashboard load again",
        facts=(Fact(id="f1", statement="Account is active"),),
        diagnostics=(Diagnostic(id="d1", check="Browser console", observation="CORS error"),),
        source=Source(tool="zendesk", reference=chain.ticket, number=f"#{chain.ticket}"),
    )


def _document(text: str) -> dict[str, Any]:
    paragraph = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return {"type": "doc", "version": 1, "content": [paragraph]}
