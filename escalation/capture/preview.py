"""What will the receiver see, if the draft is sent as it stands?

The same function makes the card beside the form, the review and the record that is sent: all three
are one value. Times are read against the moment the handoff began, never against the present one, so
that looking again changes nothing.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from escalation.capture import reviewed
from escalation.capture.asked import asked_for
from escalation.capture.demanded import questioned
from escalation.capture.draft import state_of, zone_of
from escalation.capture.extras import placed, typed, unfilled, with_extras
from escalation.capture.files import with_files
from escalation.capture.weighing import weighed
from escalation.catalog.links import links_at_hand
from escalation.guard.advice import Finding, advise
from escalation.guard.redaction import redact_state
from escalation.knowledge.state import KnowledgeState
from escalation.models import Connection, Handoff
from escalation.outbox.owe import record_key
from escalation.tools.registry import tool
from escalation.translation.draft import Loss, Translation
from escalation.translation.given import Given
from escalation.translation.rules import Rules

RETIRED = "“{name}”, which was chosen here, is retired in {tool} meanwhile and not filled in. Choose again."
STILL_READ_IN = "its names are still being read in; what it calls these things is not found yet."


class NoReceiver(Exception):
    """The route leads into a tool in which no record can be created; an owner must mend it."""


def preview(*, handoff: Handoff) -> Translation:
    """This will translate what people stated; suggestions that nobody accepted are left out."""
    state, rules = stated(handoff), handoff.route.rules_in_force()
    translation = translate(handoff=handoff, state=state, rules=rules)
    if not any(STILL_READ_IN in each.what for each in translation.losses):  # in a moment there is more to it
        reviewed.keep(handoff, reviewed.basis_of(handoff, state=state, rules=rules), translation)
    return translation


def stated(handoff: Handoff) -> KnowledgeState:
    """This will return what people stated, with the way back to the whole investigation."""
    address = f"{settings.PUBLIC_URL}{reverse('handoff', args=[handoff.pk])}"
    return with_files(replace(state_of(handoff).stated(), investigation_url=address), handoff=handoff)


def translate(*, handoff: Handoff, state: KnowledgeState, rules: Rules | None = None) -> Translation:
    """This will translate a state under the handoff's route, linked to the receiver's catalog.

    ``rules`` are the route's, where the caller has read them already.
    """
    route = handoff.route
    receiver = tool(route.target.tool).receiver
    if receiver is None:
        raise NoReceiver(f"{route.target.name} takes no handoffs; ask whoever owns the route {route.name}.")
    state, masked = masked_for(route.target, state)
    found = links_at_hand(
        connection_id=route.target_id,
        state=state,
        said_at=handoff.created_at,
        zone=zone_of(handoff),
        chosen=handoff.answers.values(),
    )
    extras = typed(handoff)
    given = Given(
        rules=with_extras(rules or route.rules_in_force(), extras),
        now=handoff.created_at,
        links=found.links,
        entries=found.entries,
        answers=standing(handoff.answers, found.retired),
        key=record_key(handoff_id=handoff.pk),
        people=handoff.people,
        sender=route.sender.name,
        receiver=route.receiver.name,
    )
    translation = questioned(receiver.translate(state, given), route=route)
    if extras:
        translation = placed(translation, extras, tool=tool(route.target.tool).label)
    losses = (*translation.losses, *masked, *_retired_losses(handoff, found.retired))
    if not found.looked:
        losses = (*losses, Loss(what=f"{route.target.name}: {STILL_READ_IN}"))
    if state.files and tool(route.target.tool).files is None:
        what = f"{tool(route.target.tool).label} takes no files; theirs stay here, behind the link."
        losses = (*losses, Loss(what=what))
    return replace(translation, losses=losses)


def standing(answers: Mapping[str, str], retired: Mapping[str, str]) -> dict[str, str]:
    """This will leave out what was chosen and is retired meanwhile: it is asked anew, never filed under."""
    return {name: value for name, value in answers.items() if value not in retired}


def _retired_losses(handoff: Handoff, retired: Mapping[str, str]) -> tuple[Loss, ...]:
    label = tool(handoff.route.target.tool).label
    chosen = dict.fromkeys(value for value in handoff.answers.values() if value in retired)
    return tuple(Loss(what=RETIRED.format(name=retired[each], tool=label)) for each in chosen)


def masked_for(target: Connection, state: KnowledgeState) -> tuple[KnowledgeState, tuple[Loss, ...]]:
    """This will return the state as that receiver may read it, and what was masked for it.

    People outside the company never see a secret, whatever a page or a later change of ours forgets.
    """
    if not target.external:
        return state, ()
    clean, changed = redact_state(state)
    what = f"A secret is masked: {target.name} is read by people outside the company."
    places = (*changed, *([""] if (clean.summary, clean.ask) != (state.summary, state.ask) else []))
    return clean, tuple(Loss(what=what, item_id=each) for each in places)


def advice(*, handoff: Handoff) -> tuple[Finding, ...]:
    """This will say what deserves a second look before sending. Advice, never a gate."""
    asked = asked_for(handoff)
    found = advise(state_of(handoff).stated(), needs=asked.needs)
    return (*weighed(found, handoff=handoff), *unfilled(handoff, asked))
