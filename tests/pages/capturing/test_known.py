"""Before sending: the same problem with that team already, and the like of it that was solved."""

from dataclasses import replace

import pytest

from escalation.capture.draft import state_of
from escalation.knowledge.codec import to_json
from escalation.models import CatalogRow, Delivery, Entry, Handoff, Membership, Verdict
from tests import builders

pytestmark = pytest.mark.django_db

BOX = "may have this already"


@pytest.fixture
def gateway(desk_to_ops) -> CatalogRow:
    """What the texts are linked to, so that the receiver's history learns them."""
    return CatalogRow.objects.create(
        connection=desk_to_ops.target,
        remote_id="c1",
        kind="configuration_item",
        name="Finance API Gateway",
        hosts=["finance-dash.example.com"],
        synced_at=builders.NOW,
    )


@pytest.fixture
def second(gateway, sent, author) -> Handoff:
    """A draft of the same trouble from another ticket, while the first is running."""
    source = builders.source(reference="4712", number="#4712", requester="Amir Haddad")
    state = replace(builders.scene(), source=source)
    return builders.handoff(route=sent.route, author=author, state=state, source_number="#4712")


def review(page, handoff: Handoff) -> str:
    return page.get(f"/handoffs/{handoff.pk}/review").content.decode()


def join(page, handoff: Handoff, running: Handoff):
    return page.post(f"/handoffs/{handoff.pk}/join/{running.pk}")


def test_the_same_trouble_with_that_team_is_shown_on_form_and_review(page, second, sent):
    for html in (page.get(f"/handoffs/{second.pk}/edit").content.decode(), review(page, second)):
        assert BOX in html
        assert f'href="/handoffs/{sent.pk}"' in html
        assert "INC0012345" in html
    assert "Join it instead" in review(page, second)


def test_the_same_ticket_is_named_even_where_the_words_differ(page, sent, author):
    state = replace(builders.scene(), summary="Coffee", facts=(), diagnostics=(), hypothesis=())
    draft = builders.handoff(route=sent.route, author=author, state=state)

    assert "from this very ticket" in review(page, draft)


def test_another_trouble_is_not_shown(page, second):
    state = replace(
        state_of(second), summary="Till printer prints blank", facts=(), diagnostics=(), hypothesis=()
    )
    second.state = to_json(state)
    second.save()

    assert BOX not in review(page, second)


def test_what_has_ended_is_not_offered_for_joining(page, second, sent):
    sent.status = "resolved"
    sent.save()

    assert BOX not in review(page, second)
    assert join(page, second, sent)["Location"] == f"/handoffs/{second.pk}/review"
    second.refresh_from_db()
    assert second.status == "draft"


def test_joining_tells_the_record_and_the_timeline_and_puts_the_draft_aside(page, second, sent):
    answer = join(page, second, sent)

    second.refresh_from_db()
    note = Delivery.objects.get(handoff=sent, kind=Delivery.Kind.NOTE)
    line = Entry.objects.get(handoff=sent, kind=Entry.Kind.JOINED)
    assert answer["Location"] == f"/handoffs/{sent.pk}"
    assert second.status == "discarded"
    assert note.remote_id == sent.remote_id
    assert b"#4712" in bytes(note.body)
    assert b"Amir Haddad" in bytes(note.body)
    assert line.details["number"] == "#4712"
    assert "joined another ticket to it: #4712" in page.get(answer["Location"]).content.decode()


def test_a_second_press_owes_no_second_note(page, second, sent):
    join(page, second, sent)

    assert join(page, second, sent).status_code == 404
    assert Delivery.objects.filter(handoff=sent, kind=Delivery.Kind.NOTE).count() == 1


def test_a_secret_does_not_travel_with_the_note(page, second, sent):
    secret = "hunter2-" + "Winter26!"
    second.state = to_json(replace(state_of(second), summary=f"Dashboard, password: {secret}"))
    second.save()

    join(page, second, sent)

    note = Delivery.objects.get(handoff=sent, kind=Delivery.Kind.NOTE)
    assert secret.encode() not in bytes(note.body)


def test_a_handoff_without_a_record_yet_is_shown_but_not_joined(page, second, sent):
    sent.status, sent.remote_id = "queued", ""
    sent.save()

    assert BOX in review(page, second)
    assert "Join it instead" not in review(page, second)
    join(page, second, sent)
    assert not Delivery.objects.filter(handoff=sent, kind=Delivery.Kind.NOTE).exists()


def test_nobody_joins_another_persons_draft(browser_of, teammate, second, sent):
    assert join(browser_of(teammate), second, sent).status_code == 404


def test_how_the_like_of_it_was_solved_stands_on_the_review(page, second, sent):
    sent.status = "resolved"
    sent.save()
    Verdict.objects.create(
        handoff=sent, cause="CORS policy lost in the change", fix="Policy restored", at=builders.NOW
    )

    html = review(page, second)

    assert "Solved before" in html
    assert "CORS policy lost in the change" in html
    assert "Policy restored" in html


def test_what_the_author_may_not_see_is_not_shown(page, draft, teammate):
    builders.handoff(
        route=draft.route, author=teammate, status="delivered", confirmed_at=builders.NOW, remote_id="b" * 32
    )
    assert BOX in review(page, draft)

    Membership.objects.filter(user=draft.author).delete()

    assert BOX not in review(page, draft)
