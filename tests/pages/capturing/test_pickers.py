"""Is one of many found by its name, the likely ones first, and nothing changed by half a word?"""

import pytest

from escalation.models import Handoff, Route, Team
from escalation.upkeep.publish import publish_template
from tests import builders
from tests.pages.posting import confirmed, fields_in, fields_of, press

pytestmark = pytest.mark.django_db

MANY = [f"Category {number}" for number in range(1, 14)]


def with_categories(route: Route, names: list[str]) -> None:
    body = {"categories": {name: {"needs": ["facts"]} for name in names}}
    publish_template(route=route, body=body, note="", by=None, now=builders.NOW)


def to_team(route: Route, name: str) -> Route:
    team, _ = Team.objects.get_or_create(name=name, defaults={"zone": "Europe/Berlin"})
    values = {"sender": route.sender, "source": route.source, "target": route.target}
    return Route.objects.create(name=f"Desk to {name}", receiver=team, **values)


def form(page, draft: Handoff) -> str:
    return page.get(f"/handoffs/{draft.pk}/edit").content.decode()


def test_a_dozen_is_a_list_and_more_are_searched(page, draft, desk_to_ops):
    with_categories(desk_to_ops, MANY[:12])
    assert '<select name="category">' in form(page, draft)

    with_categories(desk_to_ops, MANY)
    press(page, draft, "template")

    html = form(page, draft)
    assert '<select name="category">' not in html
    assert 'list="category-form-list"' in html
    assert html.count('<option value="Category ') == 13


def test_a_typed_category_is_taken_whatever_its_case(page, draft, desk_to_ops):
    with_categories(desk_to_ops, MANY)

    press(page, draft, "save", category="category 7")

    draft.refresh_from_db()
    assert draft.category == "Category 7"
    assert fields_of(page, draft)["category"] == "Category 7"


def test_half_a_name_changes_nothing_while_typing_and_is_answered_when_pressed(page, draft, desk_to_ops):
    with_categories(desk_to_ops, MANY)
    press(page, draft, "save", category="Category 7")
    typing = fields_of(page, draft) | {"category": "ategory 1"}

    saved = page.post(f"/handoffs/{draft.pk}/save", typing)
    pressed = press(page, draft, "save", category="ategory 1", ask="Still kept")

    draft.refresh_from_db()
    html = pressed.content.decode()
    assert saved.status_code == 200
    assert pressed.status_code == 422
    assert draft.category == "Category 7"
    assert "No category is called “ategory 1”. Did you mean “Category 1”, “Category 10”" in html
    assert fields_in(html)["category"] == "ategory 1"
    assert fields_in(html)["ask"] == "Still kept"


def test_no_category_is_a_choice_too(page, draft, desk_to_ops):
    with_categories(desk_to_ops, MANY)
    press(page, draft, "save", category="Category 7")

    press(page, draft, "save", category="")

    draft.refresh_from_db()
    assert draft.category == ""


def test_what_the_text_names_and_what_is_taken_most_stand_first(page, draft, desk_to_ops, author):
    with_categories(desk_to_ops, [*MANY, "CORS"])
    for name in ("Category 9", "Category 9", "Category 4"):
        earlier = confirmed(builders.handoff(route=desk_to_ops, author=author), by=author)
        Handoff.objects.filter(pk=earlier.pk).update(category=name)

    html = form(page, draft)

    places = [html.index(f'<option value="{name}" label="likely') for name in ("CORS", "Category 9")]
    assert places == sorted(places)
    assert places[-1] < html.index('<option value="Category 1"')


def test_many_receivers_are_searched_and_named_by_team_or_route(page, draft, desk_to_ops):
    for number in range(1, 13):
        to_team(desk_to_ops, f"Team {number}")
    html = form(page, draft)
    assert 'list="route-form-list"' in html
    assert fields_in(html)["route"] == "Desk to Ops"

    press(page, draft, "route", route="team 3", ask="Kept")
    draft.refresh_from_db()
    assert draft.route.receiver.name == "Team 3"
    press(page, draft, "route", route="Desk to Ops")
    draft.refresh_from_db()
    assert draft.route == desk_to_ops

    refused = page.post(
        f"/handoffs/{draft.pk}/edit", fields_of(page, draft) | {"do": "route", "route": "eam 1"}, follow=True
    )
    assert "No receiver is called “eam 1”. Did you mean “Desk to Team 1”" in refused.content.decode()
    draft.refresh_from_db()
    assert (draft.route, fields_of(page, draft)["ask"]) == (desk_to_ops, "Kept")


def test_a_handoff_begins_at_the_receiver_that_is_typed(page, desk_to_ops):
    for number in range(1, 13):
        to_team(desk_to_ops, f"Team {number}")
    assert 'list="route-text-list"' in page.get("/desk").content.decode()

    begun = page.post("/start", {"route": "Team 5", "text": "The label printer prints blank labels"})
    refused = page.post("/start", {"route": "Team", "text": "The label printer prints blank labels"})

    assert Handoff.objects.get().route.receiver.name == "Team 5"
    assert begun.status_code == 302
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "No receiver is called “Team”" in html
    assert "The label printer prints blank labels" in html
