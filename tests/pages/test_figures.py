"""What a lead sees of handoffs, and that every number opens to what it was read from."""

import csv
from datetime import UTC, datetime, time, timedelta
from io import BytesIO, StringIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pyarrow import parquet

from escalation.management.practice_company import DESK, OPERATIONS, ROUTE
from escalation.management.practice_history import HANDOFFS
from escalation.metrics import behind
from escalation.metrics.figures import METRICS
from escalation.models import Handoff, Membership, Rating, RatingPass, Route, Team
from escalation.templatetags.figures import span
from escalation.web.export import safe
from tests import builders
from tests.pages.leading import past_handoff

Role = Membership.Role


@pytest.fixture
def lead(desk_to_ops: Route) -> User:
    return builders.person("ines", team=desk_to_ops.sender, role=Role.LEAD)


@pytest.fixture
def page(browser_of, lead) -> Client:
    return browser_of(lead)


@pytest.fixture
def past(desk_to_ops: Route, author: User) -> list:
    now = timezone.now()
    quick = {"seen": 1, "accepted": 1.5, "diagnosing": 2, "resolved": 4}
    return [
        past_handoff(route=desk_to_ops, author=author, confirmed_at=now - timedelta(days=3), told=quick),
        past_handoff(
            route=desk_to_ops,
            author=author,
            confirmed_at=now - timedelta(days=5),
            told={"seen": 2, "asked": 3, "bounced": 9},
            summary="=HYPERLINK(1)",
        ),
        past_handoff(route=desk_to_ops, author=author, confirmed_at=now - timedelta(days=40), told=quick),
    ]


def test_the_page_shows_a_period_beside_the_one_before(page, past):
    html = page.get("/figures?days=30").content.decode()

    assert "2 sent</a> in the last 30 days" in html
    assert "1 in the 30 before</a>" in html
    assert "50%" in html  # one of two returned


def test_every_figure_says_what_it_means_and_opens(page, past):
    html = page.get("/figures").content.decode()

    for metric in METRICS.values():
        assert metric.means.split(":")[0].replace("'", "&#x27;") in html
        assert f'href="/figures/{metric.key}?days=30"' in html


def test_figures_stand_by_category_shift_template_and_completeness(page, past, desk_to_ops, author):
    confirmed = timezone.now() - timedelta(days=2)
    past_handoff(
        route=desk_to_ops, author=author, confirmed_at=confirmed, told={"seen": 1}, category="vpn tunnel"
    )

    html = page.get("/figures").content.decode()

    for heading in ("By completeness", "By category", "By template version", "By shift"):
        assert heading in html
    assert "<strong>vpn tunnel</strong>" in html
    assert "<strong>Without a category</strong>" in html


def test_the_numbers_of_a_kind_stand_beside_those_before_and_open(page, desk_to_ops, author):
    told = {"seen": 1, "diagnosing": 2, "resolved": 4}
    for number in range(12):
        for days, hours in ((3, 1.2), (33, 1.8)):
            confirmed = timezone.now() - timedelta(days=days, minutes=number)
            past_handoff(
                route=desk_to_ops,
                author=author,
                confirmed_at=confirmed,
                told=told | {"diagnosing": hours},
                category="vpn & co" if number < 10 else "print",
            )

    html = page.get("/figures").content.decode()
    assert '<span class="nowrap better">−75% better</span>' in html
    assert '<span class="nowrap">of 2</span>; <span class="nowrap">was 48 min</span>, too few' in html
    address = "/figures/rebuild?days=30&by=category&of=vpn+%26+co"
    assert address.replace("&", "&amp;") in html

    behind = page.get(address).content.decode()
    assert "Only: vpn &amp; co" in behind
    assert "10 handoffs</span>" in behind


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        ("", 2),
        ("&by=category&of=", 2),
        ("&by=category&of=other", 0),
        ("&by=template&of=", 2),
        ("&by=shift&of=none", 0),
        ("&by=parts&of=6", 0),
    ],
)
def test_what_was_sent_is_a_list(page, past, choice, count):
    html = page.get(f"/figures/sent?days=30{choice}").content.decode()

    assert f"<h1>Sent: {count}</h1>" in html
    assert html.count('class="title"') == count


def test_a_week_and_the_period_before_open_too(page, past):
    day = (timezone.now() - timedelta(days=36)).date()

    html = page.get(f"/figures/to_seen?days=30&to={day}").content.decode()

    assert f"/handoffs/{past[2].pk}" in html
    assert f"/handoffs/{past[0].pk}" not in html


@pytest.mark.parametrize("choice", ["by=colour", "by=parts&of=many", "by=template&of=x"])
def test_a_kind_that_is_none_is_not_found(page, past, choice):
    assert page.get(f"/figures?{choice}").status_code == 404


@pytest.mark.parametrize("day", ["yesterday", "9999-12-31", "2026-02-30", ""])
def test_a_last_day_that_is_none_or_to_come_is_today(page, past, day):
    assert "in the last 30 days" in page.get(f"/figures?to={day}").content.decode()


def test_the_number_of_ratings_opens_to_tickets_and_handoffs(page, past, desk_to_ops):
    now = timezone.now() - timedelta(days=1)
    past[0].source_reference = "t0"
    past[0].save()
    for ticket in ("t0", "t1"):
        Rating.objects.create(
            connection=desk_to_ops.source,
            remote_id=ticket,
            ticket=ticket,
            score="bad",
            category="vpn",
            rated_at=now,
        )

    html = page.get("/figures").content.decode()
    assert "/figures/ratings?days=30&amp;category=vpn&amp;escalated=1" in html

    handed_on = page.get("/figures/ratings?days=30&category=vpn&escalated=1").content.decode()
    others = page.get("/figures/ratings?days=30&category=vpn&escalated=0").content.decode()
    assert ("<td>t0</td>" in handed_on, "<td>t1</td>" in handed_on) == (True, False)
    assert f"/handoffs/{past[0].pk}" in handed_on
    assert ("<td>t0</td>" in others, "<td>t1</td>" in others) == (False, True)


def test_users_are_compared_once_there_are_five_on_both_sides(page, past, desk_to_ops):
    now = timezone.now() - timedelta(days=1)
    past[0].source_reference = "t0"
    past[0].save()
    Rating.objects.create(
        connection=desk_to_ops.source, remote_id="r0", ticket="t0", score="bad", category="vpn", rated_at=now
    )

    html = page.get("/figures").content.decode()

    assert "No kind of ticket has five ratings on both sides yet" in html
    assert "too few to compare" in html


def test_each_source_says_how_far_its_ratings_are_read(page, past, desk_to_ops):
    assert "not read yet" in page.get("/figures").content.decode()

    done = RatingPass.objects.create(connection=desk_to_ops.source, way="survey", read_at=timezone.now())
    assert "by its surveys." in page.get("/figures").content.decode()

    done.trouble = "The tool is not available for now."
    done.save()
    assert f"{desk_to_ops.source}: The tool is not available" in page.get("/figures").content.decode()


def test_too_few_handoffs_are_not_compared(page, past):
    html = page.get("/figures").content.decode()

    assert "too few to compare" in html
    assert 'class="num worse"' not in html


@pytest.mark.parametrize("key", list(METRICS))
def test_a_figure_opens_to_the_handoffs_behind_it(page, past, key):
    answer = page.get(f"/figures/{key}?days=90")

    assert answer.status_code == 200
    assert METRICS[key].title.replace("→", "→") in answer.content.decode()


@pytest.mark.parametrize(("key", "first"), [("to_seen", 1), ("first_time_right", 1), ("silence", 1)])
def test_the_most_telling_handoff_stands_first(page, past, key, first):
    html = page.get(f"/figures/{key}?days=30").content.decode()

    places = [html.index(f"/handoffs/{past[number].pk}") for number in (first, 1 - first)]
    assert places == sorted(places)
    assert "2 handoffs</span>" in html


@pytest.mark.parametrize("key", ["to_seen", "asked", "silence", "promised_s"])
def test_only_the_page_that_is_shown_is_read(page, past, key, monkeypatch):
    read = []
    monkeypatch.setattr("escalation.web.figure.A_PAGE", 2)
    monkeypatch.setattr(
        "escalation.metrics.behind._measured",
        lambda row, tail, measured=behind._measured: read.append(row) or measured(row, tail),
    )

    html = page.get(f"/figures/{key}?days=90").content.decode()

    assert "3 handoffs</span>" in html
    assert len(read) == 2


def test_behind_a_figure_stand_the_lines_it_was_read_from(page, past):
    html = page.get("/figures/returned").content.decode()

    assert f"/handoffs/{past[1].pk}" in html
    assert "Somebody returned it" in html


def test_the_file_holds_every_handoff_and_no_formula(page, past):
    answer = page.get("/figures.csv?days=90")

    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    assert answer["Content-Type"].startswith("text/csv")
    assert [row["summary"] for row in rows][1] == "'=HYPERLINK(1)"
    assert (rows[0]["to_engaged"], rows[0]["returned"]) == ("6840", "no")
    assert len(rows) == 3


def test_as_parquet_every_measure_has_its_type(page, past):
    answer = page.get("/figures.parquet?days=90")

    table = parquet.read_table(BytesIO(answer.content))
    assert answer["Content-Disposition"].endswith('.parquet"')
    assert {str(table.schema.field(name).type) for name in ("to_engaged", "open_s")} == {"double"}
    assert str(table.schema.field("returned").type) == "bool"
    assert str(table.schema.field("undisclosed").type) == "int64"
    assert str(table.schema.field("confirmed_at").type) == "timestamp[us, tz=UTC]"
    rows = table.to_pylist()
    assert [row["handoff"] for row in rows] == [str(past[n].pk) for n in (0, 1, 2)]
    assert (rows[0]["to_engaged"], rows[0]["first_time_right"]) == (6840, True)
    assert (rows[1]["to_engaged"], rows[1]["summary"]) == (None, "=HYPERLINK(1)")


def test_a_file_of_nothing_has_its_columns_all_the_same(page):
    table = parquet.read_table(BytesIO(page.get("/figures.parquet").content))

    assert table.num_rows == 0
    assert "rebuild" in table.column_names
    assert len(page.get("/figures.csv").content.decode().splitlines()) == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_text_that_would_calculate_is_written_as_text(text):
    assert safe(text) == f"'{text}"


def test_an_ordinary_text_stays_as_it_is():
    assert safe("Printer = offline") == "Printer = offline"


def test_a_lead_sees_no_route_of_other_teams(page, past, desk_to_ops):
    elsewhere = builders.Team.objects.create(name="Elsewhere")
    nowhere = builders.Team.objects.create(name="Nowhere")
    other = Route.objects.create(
        name="Other", sender=elsewhere, receiver=nowhere, source=desk_to_ops.source, target=desk_to_ops.target
    )

    assert page.get(f"/figures?route={other.pk}").status_code == 404
    assert "Other" not in page.get("/figures").content.decode()


def test_leading_one_team_opens_no_figures_of_a_team_one_only_works_in(page, past, lead, desk_to_ops):
    third = builders.Team.objects.create(name="Third")
    fourth = builders.Team.objects.create(name="Fourth")
    Membership.objects.create(user=lead, team=third, role=Role.LEVEL_ONE)
    other = Route.objects.create(
        name="Third way", sender=third, receiver=fourth, source=desk_to_ops.source, target=desk_to_ops.target
    )

    assert page.get(f"/figures?route={other.pk}").status_code == 404


@pytest.mark.parametrize("address", ["/figures", "/figures/rebuild", "/figures.csv", "/figures.parquet"])
def test_the_figures_do_not_exist_for_level_one_two_and_strangers(
    browser_of, author, receiver, stranger, address
):
    assert {browser_of(each).get(address).status_code for each in (author, receiver, stranger)} == {404}


@pytest.mark.parametrize("address", ["/figures/colour", "/figures?route=999999"])
def test_what_is_not_there_is_not_found(page, address):
    assert page.get(address).status_code == 404


def test_a_lead_without_handoffs_is_told_so(page):
    assert "No handoff was sent on these routes yet" in page.get("/figures").content.decode()


@pytest.mark.parametrize("address", ["/figures", "/figures/rebuild"])
def test_the_pages_keep_to_the_policy(page, past, address):
    html = page.get(address).content.decode()

    assert " style=" not in html
    assert "<script>" not in html


def test_the_dashboard_asks_the_database_a_fixed_number_of_times(
    page, past, desk_to_ops, author, django_assert_max_num_queries
):
    for day in range(1, 9):
        confirmed = timezone.now() - timedelta(days=day)
        past_handoff(route=desk_to_ops, author=author, confirmed_at=confirmed, told={"seen": 1})

    page.get("/figures")  # what is new is measured once
    with django_assert_max_num_queries(23):
        page.get("/figures")


def test_behind_a_chart_stand_its_weeks_and_what_was_published(page, past, desk_to_ops):
    now = timezone.now()
    desk_to_ops.templates.update(published_at=now - timedelta(days=8), note="Asks for <b>sites</b>")

    html = page.get("/figures/to_engaged").content.decode()

    assert html.count("data-week=") == 12
    assert html.count("data-value=") == 2  # two weeks with handoffs, and none of them is made up
    monday = now.date() - timedelta(days=now.weekday(), weeks=11)
    place = round((now - timedelta(days=8) - datetime.combine(monday, time(), UTC)) / timedelta(weeks=1), 2)
    assert f'data-place="{place}"' in html
    assert "Template 1 of Desk to Ops: Asks for &lt;b&gt;sites&lt;/b&gt;" in html


def test_a_chart_of_nothing_is_not_drawn(page, past):
    html = page.get("/figures/guess_right").content.decode()

    assert "Nothing measured in these twelve weeks" in html
    assert "<canvas" not in html


def test_who_tries_baton_loads_a_past_with_one_press(page, desk_to_ops):
    Route.objects.filter(pk=desk_to_ops.pk).update(name=ROUTE)
    Team.objects.filter(pk=desk_to_ops.receiver_id).update(name=OPERATIONS)
    Team.objects.filter(pk=desk_to_ops.sender_id).update(name=DESK)

    offered = page.get("/figures").content.decode()
    told = page.post("/figures/practice-past", follow=True).content.decode()
    again = page.post("/figures/practice-past")

    assert 'action="/figures/practice-past"' in offered
    assert "Sixty days of the practice company are loaded" in told
    assert 'action="/figures/practice-past"' not in told
    assert Handoff.objects.count() == HANDOFFS
    assert again.status_code == 302


def test_without_a_practice_route_the_press_says_what_is_missing(page):
    told = page.post("/figures/practice-past", follow=True).content.decode()

    assert "There is no practice route yet" in told
    assert not Handoff.objects.exists()


def test_no_past_is_invented_outside_practice(page, settings):
    settings.PRACTICE = False

    assert "practice-past" not in page.get("/figures").content.decode()
    assert page.post("/figures/practice-past").status_code == 404


def test_a_share_moves_by_points(page, desk_to_ops, author):
    for number in range(40):
        for days in (3, 33):
            gone_back = {"bounced": 2} if days == 3 and number < 20 else {"accepted": 2}
            confirmed = timezone.now() - timedelta(days=days, minutes=number)
            told = {"seen": 1, **gone_back}
            past_handoff(route=desk_to_ops, author=author, confirmed_at=confirmed, told=told)

    html = page.get("/figures").content.decode()

    assert "+50 points worse" in html
    assert "−50 points worse" in html  # first time right


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1.24, "1.2 s"),
        (9.96, "10 s"),
        (45.4, "45 s"),
        (60, "1.0 min"),
        (150, "2.5 min"),
        (1500, "25 min"),
        (9000, "2.5 h"),
    ],
)
def test_a_span_is_written_so_that_a_third_can_be_seen(seconds, words):
    assert span(seconds) == words
