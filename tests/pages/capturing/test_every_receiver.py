"""Does the form show what each receiver of the route would get, the later ones too?"""

import pytest

from escalation.capture.onward import routes_after
from escalation.models import Handoff, Route, Team
from tests import builders
from tests.pages.posting import fields_of, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def ops_to_platform(desk_to_ops: Route) -> Route:
    """From the receiver's own records on to a team that works in Jira."""
    return further(desk_to_ops, "Platform", target=builders.connection("jira"))


def further(after: Route, team: str, **changes) -> Route:
    receiver, _ = Team.objects.get_or_create(name=team, defaults={"zone": "Europe/Berlin"})
    values = {"name": f"On to {team}", "source": after.target, "target": after.target, **changes}
    return Route.objects.create(sender=after.receiver, receiver=receiver, **values)


def beside(page, draft: Handoff, **fields: str) -> str:
    answer = page.post(f"/handoffs/{draft.pk}/save", fields_of(page, draft) | fields)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_receivers_record_is_shown_and_the_later_one_is_offered(page, draft, ops_to_platform):
    html = page.get(f"/handoffs/{draft.pk}/edit").content.decode()

    assert 'class="record record-servicenow"' in html
    assert "then Platform" in html
    assert 'class="record record-jira"' not in html


def test_a_later_receivers_record_follows_the_typing(page, draft, ops_to_platform):
    html = beside(page, draft, shown=str(ops_to_platform.pk), ask="Roll the gateway back to 2.3")

    assert 'class="record record-jira"' in html
    assert "What Infrastructure would hand on" in html
    assert "Roll the gateway back to 2.3" in html
    assert "#4711" not in html  # by then it starts from the record before, not from the user's ticket


def test_looking_at_it_changes_nothing_of_what_is_sent(page, draft, ops_to_platform):
    before = beside(page, draft)
    beside(page, draft, shown=str(ops_to_platform.pk))
    review = page.get(f"/handoffs/{draft.pk}/review").content.decode()

    assert 'class="record record-servicenow"' in review
    assert beside(page, draft).count("record-servicenow") == before.count("record-servicenow")
    draft.refresh_from_db()
    assert draft.route.name == "Desk to Ops"


def test_with_script_off_the_press_saves_and_shows_it(page, draft, ops_to_platform):
    answer = press(page, draft, f"show:{ops_to_platform.pk}", ask="Roll it back")

    assert answer.url.endswith(f"/edit?shown={ops_to_platform.pk}#beside")
    html = page.get(answer.url).content.decode()
    assert 'class="record record-jira"' in html
    assert "Roll it back" in html


@pytest.mark.parametrize("shown", ["", "0", "999999", "x", "9" * 5000])
def test_a_route_that_does_not_lead_on_from_here_shows_the_first(page, draft, ops_to_platform, shown):
    assert "record-servicenow" in beside(page, draft, shown=shown)


def test_a_receiver_whose_tool_takes_nothing_is_said_so(page, draft, desk_to_ops):
    chat = further(desk_to_ops, "Chat", target=builders.connection("slack"))

    assert "takes no handoffs" in beside(page, draft, shown=str(chat.pk))


def test_the_way_on_is_followed_hop_by_hop_and_never_in_a_circle(desk_to_ops, ops_to_platform):
    vendor = further(ops_to_platform, "Vendor")
    further(vendor, "Infrastructure")
    further(desk_to_ops, "Retired", active=False)
    further(desk_to_ops, "Elsewhere", source=builders.connection("zendesk", name="Another"))

    assert routes_after(desk_to_ops) == (ops_to_platform, vendor)
