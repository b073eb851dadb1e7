"""A route's template steers the form: parts, prompts, its own fields; and nothing typed is ever lost."""

import pytest

from escalation.models import Delivery, ItemMark, Membership, Question
from escalation.translation.asking import Demanded, ExtraField, Kind
from escalation.upkeep.publish import publish_template
from tests import builders
from tests.builders import NOW
from tests.pages.posting import confirmed, fields_in, fields_of, press

pytestmark = pytest.mark.django_db

TEMPLATE = {
    "needs": ["remediation"],
    "folded": ["hypothesis"],
    "prompts": {"facts": "Which till, which shop?"},
    "fields": [
        {
            "name": "u_site",
            "label": "Site",
            "kind": "choice",
            "choices": ["Berlin", "Zaragoza"],
            "needed": True,
        }
    ],
    "categories": {"vpn": {"fields": [{"name": "u_gateway", "label": "Gateway"}], "needs": ["availability"]}},
}


@pytest.fixture
def steered(desk_to_ops, draft):
    publish_template(route=desk_to_ops, body=TEMPLATE, note="", by=None, now=NOW)
    return draft


def form(page, draft) -> str:
    return page.get(f"/handoffs/{draft.pk}/edit").content.decode()


def send(page, draft, **fields):
    review = page.get(f"/handoffs/{draft.pk}/review").content.decode()
    seen = fields_in(review, form_id="send")["fingerprint"]
    return page.post(f"/handoffs/{draft.pk}/review", {"fingerprint": seen} | fields)


def test_the_form_asks_in_the_templates_words(page, steered):
    html = form(page, steered)

    assert "Which till, which shop?" in html
    assert "<option>Zaragoza</option>" in html
    assert 'Attempted remediation <span class="tag needed"' in html


def test_a_category_asks_for_more_and_what_was_typed_for_it_is_kept(page, steered):
    press(page, steered, "save", category="vpn")
    assert 'name="extra-u_gateway"' in form(page, steered)
    press(page, steered, "save", **{"extra-u_gateway": "gw-07"})

    press(page, steered, "save", category="")

    html = form(page, steered)
    assert 'name="extra-u_gateway"' not in html
    assert "u_gateway: gw-07" in html


def test_what_was_typed_reaches_the_tools_own_field(page, steered):
    press(page, steered, "save", **{"extra-u_site": "Zaragoza"})

    send(page, steered)

    assert b'"u_site":"Zaragoza"' in bytes(Delivery.objects.get(handoff=steered).body)


def test_only_what_the_receiver_truly_needs_holds_a_handoff_up(page, steered):
    answer = send(page, steered)

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Site: Infrastructure cannot start without it." in html
    assert 'name="reason"' in html

    sent = send(page, steered, reason="Nobody knows which site it is")

    assert sent["Location"] == f"/handoffs/{steered.pk}"
    timeline = page.get(sent["Location"]).content.decode()
    assert "All the same (no Site), because: Nobody knows which site it is" in timeline


def test_a_value_that_is_none_of_the_fields_is_said_and_kept(page, steered):
    press(page, steered, "save", **{"extra-u_site": "Atlantis"})

    assert "choose one of Berlin, Zaragoza" in form(page, steered)
    steered.refresh_from_db()
    assert steered.extras["u_site"] == "Atlantis"


def test_what_the_tool_demands_is_asked_on_the_form_and_holds_the_handoff_up(page, steered, desk_to_ops):
    field = ExtraField(
        name="customfield_7",
        label="Found in",
        kind=Kind.CHOICE,
        choices=("Live", "Test"),
        needed=True,
        sends=(("Live", '{"id": "70"}'), ("Test", '{"id": "71"}')),
    )
    desk_to_ops.demanded = Demanded(fields=(field,)).model_dump(mode="json", exclude_defaults=True)
    desk_to_ops.save()
    press(page, steered, "save", **{"extra-u_site": "Berlin"})

    assert 'name="extra-customfield_7"' in form(page, steered)
    refused = send(page, steered)
    assert refused.status_code == 422
    assert "Found in: Acme servicenow takes no record without it." in refused.content.decode()

    press(page, steered, "save", **{"extra-customfield_7": "Test"})
    send(page, steered)
    assert b'"customfield_7":{"id":"71"}' in bytes(Delivery.objects.get(handoff=steered).body)


def test_a_draft_keeps_the_questions_it_began_with_until_somebody_takes_the_newer(page, steered, desk_to_ops):
    press(page, steered, "save")
    publish_template(route=desk_to_ops, body={}, note="", by=None, now=NOW)
    assert "Which till, which shop?" in form(page, steered)
    assert "Use version 3 of the questions" in form(page, steered)

    press(page, steered, "template")

    assert "Which till, which shop?" not in form(page, steered)


def test_another_receiver_gets_everything_that_was_typed(page, steered, desk_to_ops):
    other = builders.route(
        name="Desk to Cloud", source=desk_to_ops.source, target=builders.connection("jira")
    )
    press(page, steered, "save", **{"extra-u_site": "Berlin"})
    before = fields_of(page, steered)

    answer = press(page, steered, "route", route=str(other.pk))

    assert answer.status_code == 302
    steered.refresh_from_db()
    assert steered.route_id == other.pk
    assert fields_of(page, steered)["facts-0-statement"] == before["facts-0-statement"]
    assert steered.extras == {"u_site": "Berlin"}
    assert "u_site: Berlin" in form(page, steered)


def test_a_route_of_other_teams_is_none_to_choose(page, steered):
    before = steered.route_id

    for named in ("999999", "Somebody else's route"):
        assert press(page, steered, "route", route=named).status_code == 302
        steered.refresh_from_db()
        assert steered.route_id == before


def test_advice_begins_with_what_this_receiver_asks_back(page, desk_to_ops, author, receiver):
    publish_template(route=desk_to_ops, body={"needs": ["facts", "availability"]}, note="", by=None, now=NOW)
    earlier = confirmed(builders.handoff(route=desk_to_ops, author=author), by=author)
    for number in range(2):
        Question.objects.create(
            handoff=earlier,
            by=receiver,
            at=NOW,
            text=f"When? {number}",
            part="availability",
            item_id=str(number),
        )
    ItemMark.objects.create(handoff=earlier, by=receiver, at=NOW, item_id="a1", kind="decisive")
    bare = builders.handoff(
        route=desk_to_ops, author=author, state=builders.KnowledgeState(summary="s", ask="a")
    )

    html = form(page, bare)

    reason = "asked back for this 2 times in 90 days"
    assert reason in html
    assert html.index(reason) < html.index("What have you checked?")


def test_advice_says_what_was_decisive_for_this_receiver(page, desk_to_ops, author, receiver):
    publish_template(route=desk_to_ops, body={"needs": ["facts", "diagnostics"]}, note="", by=None, now=NOW)
    for _ in range(2):
        earlier = confirmed(builders.handoff(route=desk_to_ops, author=author), by=author)
        ItemMark.objects.create(handoff=earlier, by=receiver, at=NOW, item_id="d1", kind="decisive")
    bare = builders.handoff(
        route=desk_to_ops, author=author, state=builders.KnowledgeState(summary="s", ask="a")
    )

    html = form(page, bare)

    reason = "Infrastructure called such lines decisive 2 times in 90 days."
    assert reason in html
    assert html.index(reason) < html.index("What have you checked?")


def test_an_owner_writes_fields_categories_and_clocks(desk_to_ops, browser_of):
    owner = builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER)
    browser = browser_of(owner)
    lines = "u_site = Site, choice: Berlin | Zaragoza, needed"
    browser.post(
        f"/routes/{desk_to_ops.pk}/template",
        {
            "fields_lines": lines,
            "categories": "vpn: needs = diagnostics",
            "fold_hypothesis": "on",
            "do": "publish",
        },
    )
    browser.post(f"/routes/{desk_to_ops.pk}/owner", {"recall_seconds": "20", "owed_within_minutes": "45"})

    body = builders.template_of(desk_to_ops).body
    assert body["fields"][0]["choices"] == ["Berlin", "Zaragoza"]
    assert body["categories"] == {"vpn": {"needs": ["diagnostics"]}}
    assert body["folded"] == ["hypothesis"]
    desk_to_ops.refresh_from_db()
    assert (desk_to_ops.recall_seconds, desk_to_ops.owed_within_minutes) == (20, 45)
    assert lines in browser.get(f"/routes/{desk_to_ops.pk}").content.decode()


def test_an_owners_slip_is_named_and_nothing_is_published(desk_to_ops, browser_of):
    owner = builders.person("kenji", team=desk_to_ops.sender, role=Membership.Role.OWNER)
    before = builders.template_of(desk_to_ops).version

    answer = browser_of(owner).post(
        f"/routes/{desk_to_ops.pk}/template", {"categories": "vpn: needs = gossip"}
    )

    assert "gossip" in answer.content.decode()
    assert builders.template_of(desk_to_ops).version == before
