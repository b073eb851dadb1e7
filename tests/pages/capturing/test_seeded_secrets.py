"""Secrets of more than thirty kinds in every part: refused, masked by one press each, and none leaves."""

import re
from dataclasses import fields, replace
from typing import Any

import pytest

from escalation.capture.draft import state_of
from escalation.capture.preview import preview
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import HEADLINES, Evidence, KnowledgeState
from escalation.knowledge.words import Part
from escalation.models import Delivery, Entry, Handoff, Snapshot
from escalation.timeline.pack import pack
from tests import builders
from tests.core.guard.samples import SAMPLES
from tests.pages.posting import press

pytestmark = pytest.mark.django_db

# A short one (a PIN of four digits) may stand in any number by chance and would prove nothing.
SEEDED = [row for row in SAMPLES if len(row[2]) >= 8]
KINDS = {kind for kind, *_ in SEEDED}
TOOLS = ("servicenow", "jira", "zendesk")


def seeded(state: KnowledgeState) -> KnowledgeState:
    """The scene with every secret in summary and ask, and in the first line and the quote of every part."""
    words = "\n".join(before + secret + after for _, before, secret, after in SEEDED)
    parts: dict[str, Any] = {}
    for part in Part:
        first, *rest = state.part(part)
        leaking = replace(first, evidence=(Evidence(quote=words),), **{HEADLINES[part]: words})
        parts[part.value] = (leaking, *rest)
    return replace(state, summary=f"Seeded {words}", ask=words, **parts)


@pytest.fixture
def leaking(draft: Handoff) -> Handoff:
    draft.state = to_json(seeded(state_of(draft)))
    draft.save()
    return draft


def leaked(text: str) -> list[str]:
    """The kinds of which the very secret stands in the text."""
    return [kind for kind, _, secret, _ in SEEDED if secret in text]


def confirm(page, handoff: Handoff) -> Any:
    html = page.get(f"/handoffs/{handoff.pk}/review").content.decode()
    found = re.search(r'name="fingerprint" value="([0-9a-f]{64})"', html)
    assert found
    return page.post(f"/handoffs/{handoff.pk}/review", {"fingerprint": found[1]})


def mask_everything(page, handoff: Handoff) -> int:
    """Press Mask beside each until none is offered; return how many presses it took."""
    for presses in range(len(Part) + 2):
        html = page.get(f"/handoffs/{handoff.pk}/edit").content.decode()
        offered = re.findall(r'name="do" value="(mask:[^"]*)"', html)
        if not offered:
            return presses
        press(page, handoff, offered[0])
    raise AssertionError("something is left that no press masks")


def test_there_are_more_than_thirty_kinds_to_seed():
    assert len(KINDS) >= 30


@pytest.mark.parametrize("external", [False, True], ids=["inside", "outside"])
def test_nothing_is_owed_while_a_secret_stands_unmasked(page, leaking, external):
    target = leaking.route.target
    target.external = external
    target.save()

    answer = confirm(page, leaking)

    assert answer.status_code == 422
    assert not Delivery.objects.exists()
    assert Handoff.objects.get().status == "draft"


def test_masked_by_one_press_for_each_line_none_leaves_by_any_way(page, leaking, caplog):
    presses = mask_everything(page, leaking)
    answer = confirm(page, leaking)

    assert presses == len(Part) + 1
    assert answer.status_code == 302
    handoff = Handoff.objects.get()
    delivery = Delivery.objects.get()
    assert leaked(bytes(delivery.body).decode()) == []
    assert leaked(delivery.reason + delivery.key) == []
    assert leaked(str(handoff.state) + handoff.summary) == []
    assert leaked(str(Snapshot.objects.values_list("state", "translation").get())) == []
    rows = Entry.objects.values_list(*(field.attname for field in Entry._meta.concrete_fields))
    assert leaked(str(list(rows))) == []
    assert leaked(str(pack(handoff=handoff, now=builders.NOW))) == []
    assert leaked(page.get(f"/handoffs/{handoff.pk}").content.decode()) == []
    assert leaked(caplog.text) == []


@pytest.mark.parametrize("tool", TOOLS)
def test_the_record_of_every_tool_is_clean_once_the_state_is(page, leaking, tool):
    mask_everything(page, leaking)
    target = leaking.route.target
    target.tool = tool
    target.save()

    made = preview(handoff=Handoff.objects.select_related("route__target").get())

    assert "redacted" in made.draft.body().decode()
    assert leaked(made.draft.body().decode()) == []
    assert leaked(str([getattr(made, field.name) for field in fields(made)])) == []
