"""What became of each field: confirmed, sent, taken by the tool, changed since and by whom."""

import pytest

from escalation.models import Delivery, Entry, Receipt
from escalation.timeline.read import lines
from escalation.timeline.record import Line, record
from escalation.translation import codec
from escalation.web.receipts import receipts
from tests.builders import NOW


@pytest.fixture
def receipt(sent) -> Receipt:
    delivery = Delivery.objects.get(handoff=sent, kind=Delivery.Kind.CREATE)
    Receipt.objects.filter(delivery=delivery).delete()
    return Receipt.objects.create(
        delivery=delivery,
        remote_id="a" * 32,
        kept={"short_description": "Finance", "impact": "1"},
        ignored=["short_description"],
        received_at=NOW,
    )


def became(sent):
    translation = codec.from_json(sent.snapshot.translation)
    return {each.label: each for each in receipts(sent, translation, lines(handoff=sent))}


def test_every_field_that_was_confirmed_is_followed(sent, receipt):
    fields = codec.from_json(sent.snapshot.translation).draft.fields

    assert list(became(sent)) == [each.label for each in fields]
    assert not [each for each in became(sent).values() if each.sent]


def test_what_the_tool_did_not_take_is_said_with_what_it_has(sent, receipt):
    field = became(sent)["Short description"]

    assert (field.is_well, field.taken) == (False, "not taken; the tool has “Finance”")
    assert became(sent)["Description"].taken == "taken"


def test_before_the_tool_has_answered_nothing_is_claimed(sent):
    Receipt.objects.filter(delivery__handoff=sent).delete()

    assert {each.taken for each in became(sent).values()} == {"not answered yet"}


def test_who_changed_a_field_since_stands_beside_it(sent, receipt):
    details = {"field": "impact", "entry": "3", "shown": "3 - Low"}
    line = Line(
        kind=Entry.Kind.CORRECTED, happened_at=NOW, who="Petra Lang", tool="servicenow", details=details
    )
    record(handoff=sent, line=line, now=NOW)

    (change,) = became(sent)["Impact"].changes

    assert (change.shown, change.who) == ("3 - Low", "Petra Lang")


def test_the_handoffs_page_shows_it(page, sent, receipt):
    html = page.get(f"/handoffs/{sent.pk}").content.decode()

    assert "What became of each field" in html
    assert "not taken; the tool has “Finance”" in html
