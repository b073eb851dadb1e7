"""When a team mostly sends such cases on, form and review say so in numbers and offer the other way."""

from datetime import timedelta

import pytest

from escalation.capture.draft import state_of
from escalation.catalog.learn import learn
from escalation.catalog.spoken import technical_text
from escalation.models import CatalogRow, Entry, Handoff, Lesson, Membership, Route, Team
from tests import builders
from tests.pages.posting import press

pytestmark = pytest.mark.django_db

BOX = "usually sends such cases on"
DAY = timedelta(days=1)


@pytest.fixture
def gateway(desk_to_ops) -> CatalogRow:
    return CatalogRow.objects.create(
        connection=desk_to_ops.target,
        remote_id="c1",
        kind="configuration_item",
        name="Finance API Gateway",
        hosts=["finance-dash.example.com"],
        synced_at=builders.NOW,
    )


@pytest.fixture
def platform(desk_to_ops) -> Route:
    """A direct way to the team behind the receiver."""
    team = Team.objects.create(name="Platform Engineering", zone="Europe/Berlin")
    return Route.objects.create(
        name="Desk to platform",
        sender=desk_to_ops.sender,
        receiver=team,
        source=desk_to_ops.source,
        target=desk_to_ops.target,
    )


@pytest.fixture
def past(gateway, desk_to_ops, author):
    """Write one past handoff like the scene, and what became of it."""

    def write(
        *, status: str = "resolved", to: Route | None = None, reason: str = "", days: int = 9
    ) -> Handoff:
        at = builders.NOW - days * DAY
        handoff = builders.handoff(
            route=desk_to_ops, author=author, status=status, confirmed_at=at, remote_id="b" * 32
        )
        text = technical_text(state_of(handoff))
        assert learn(
            connection=desk_to_ops.target,
            reference=str(handoff.pk),
            text=text,
            remote_ids=[gateway.remote_id],
            now=at,
        )
        if to is not None:
            builders.handoff(route=to, author=author, status="resolved", confirmed_at=at, previous=handoff)
        if reason:
            Entry.objects.create(
                handoff=handoff,
                sequence=1,
                kind=Entry.Kind.BOUNCED,
                happened_at=at,
                recorded_at=at,
                details={"reason": reason},
            )
        return handoff

    return write


def pages(page, draft: Handoff) -> tuple[str, str]:
    form, review = (page.get(f"/handoffs/{draft.pk}/{name}").content.decode() for name in ("edit", "review"))
    return " ".join(form.split()), " ".join(review.split())


def test_the_numbers_and_the_other_team_stand_on_form_and_review(page, draft, past, platform):
    past(to=platform)
    past(to=platform)
    past(status="bounced", reason="wrong_team")
    past()

    for html in pages(page, draft):
        assert BOX in html
        assert "Of 4 like this in 180 days, 2 went on to Platform Engineering and 1 came back" in html
        assert "mostly with “This belongs to another team”" in html


def test_one_press_hands_off_there_and_keeps_what_was_typed(page, draft, past, platform):
    for _ in range(3):
        past(to=platform)
    before = state_of(draft)
    form, review = pages(page, draft)
    assert f'value="route:{platform.pk}"' in form
    assert "Change the receiver on the form" in review

    press(page, draft, f"route:{platform.pk}")

    draft.refresh_from_db()
    assert draft.route == platform
    assert state_of(draft).facts == before.facts
    assert BOX not in pages(page, draft)[0]


def test_cases_that_mostly_stay_say_nothing(page, draft, past, platform):
    past(to=platform)
    past(status="bounced", reason="wrong_team")
    past()
    past()

    assert BOX not in pages(page, draft)[0]


def test_two_cases_are_no_habit_and_neither_are_old_ones(page, draft, past, platform):
    past(to=platform)
    past(to=platform)
    past(to=platform, days=200)

    assert BOX not in pages(page, draft)[0]


def test_other_troubles_do_not_count(page, draft, past, platform):
    for _ in range(3):
        past(to=platform)
    Lesson.objects.all().delete()

    assert BOX not in pages(page, draft)[0]


def test_without_a_way_there_the_page_says_who_could_make_one(page, draft, past, platform):
    for _ in range(3):
        past(to=platform)
    Route.objects.filter(pk=platform.pk).update(active=False)

    form, _ = pages(page, draft)
    assert BOX in form
    assert "unless the owner of the routes adds one" in form
    assert f"route:{platform.pk}" not in form


def test_what_the_author_may_not_see_is_not_counted(page, draft, past, platform, teammate):
    for _ in range(3):
        past(to=platform)
    Handoff.objects.exclude(pk=draft.pk).update(author=teammate)
    assert BOX in pages(page, draft)[0]

    Membership.objects.filter(user=draft.author).delete()

    assert BOX not in page.get(f"/handoffs/{draft.pk}/review").content.decode()
