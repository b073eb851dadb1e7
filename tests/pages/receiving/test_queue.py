"""The queue says what waits for whom, finds by any word, and keeps a person's views."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial

import pytest
from django.db import connection
from django.db.models import Func, TextField, Value
from django.utils import timezone

from escalation.knowledge.state import Availability, Window
from escalation.models import Handoff, Question, SavedView, SearchText
from escalation.reception import find, queue
from escalation.upkeep.publish import publish_template
from tests import builders
from tests.pages.posting import note

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def another(route, author, summary: str, **changes) -> Handoff:
    """A delivered handoff of its own."""
    state = replace(changes.pop("state", builders.scene()), summary=summary, ask=f"Look into {summary}")
    values = {"status": "delivered", "confirmed_at": builders.NOW} | changes
    return builders.handoff(route=route, author=author, state=state, **values)


def asks(browser, query: str = "") -> list[str]:
    """What the page lists, in its order."""
    html = browser.get(f"/queue{query}").content.decode()
    return re.findall(r'class="title" href="/handoffs/[^"]+">([^<]+)<', html)


@pytest.fixture
def two(browser_of, receiver):
    return browser_of(receiver)


def test_the_oldest_promise_comes_first(two, desk_to_ops, author):
    now = timezone.now()
    for name, hours in (("late", 5), ("broken", -3), ("soon", 1)):
        another(desk_to_ops, author, name, update_due_at=now + hours * HOUR)
    another(desk_to_ops, author, "unpromised")

    assert asks(two) == ["Look into broken", "Look into soon", "Look into late", "Look into unpromised"]


def test_users_who_can_be_reached_now_come_first_when_asked(two, desk_to_ops, author):
    now = timezone.now()
    today = {"on": now.date(), "zone": "UTC"}
    open_now = Window(opens=time(0), closes=time(23, 59, 59), **today)
    here = (Availability(id="a1", words="today", windows=(open_now,)),)
    away = (
        Availability(
            id="a1", words="last week", windows=(replace(open_now, on=now.date() - 7 * timedelta(1)),)
        ),
    )
    another(
        desk_to_ops, author, "away", state=replace(builders.scene(), availability=away), update_due_at=now
    )
    another(desk_to_ops, author, "here", state=replace(builders.scene(), availability=here))

    assert asks(two) == ["Look into away", "Look into here"]
    assert asks(two, "?reachable=on") == ["Look into here", "Look into away"]


def test_a_user_who_can_be_reached_is_found_behind_any_number_who_cannot(two, desk_to_ops, author):
    now = timezone.now()
    window = Window(on=now.date(), zone="UTC", opens=time(0), closes=time(23, 59, 59))
    here = (Availability(id="a1", words="today", windows=(window,)),)
    nobody = replace(builders.scene(), availability=())
    for number in range(60):
        another(desk_to_ops, author, f"away {number}", state=nobody, update_due_at=now + number * HOUR)
    another(desk_to_ops, author, "here", state=replace(nobody, availability=here))

    listed = asks(two, "?reachable=on")

    assert listed[:2] == ["Look into here", "Look into away 0"]
    assert len(listed) == 50
    assert "Of the first" not in two.get("/queue?reachable=on").content.decode()


def test_where_looking_for_who_can_be_reached_ended_is_said(two, desk_to_ops, author, monkeypatch):
    monkeypatch.setattr(queue, "MOST_LOOKED_AT", 2)
    for name in ("one", "two", "three"):
        another(desk_to_ops, author, name, state=replace(builders.scene(), availability=()))

    html = two.get("/queue?reachable=on").content.decode()

    assert len(asks(two, "?reachable=on")) == 2
    assert "Narrow the filters to look at the others" in html


def test_a_category_of_the_routes_is_a_filter_and_can_be_kept(two, desk_to_ops, author, receiver):
    publish_template(
        route=desk_to_ops,
        body={"categories": {"vpn": {}, "finance": {}}},
        note="two categories",
        by=None,
        now=builders.NOW,
    )
    another(desk_to_ops, author, "tunnel", category="vpn")
    another(desk_to_ops, author, "ledger", category="finance")

    html = two.get("/queue?category=vpn").content.decode()
    two.post("/queue/views", {"name": "Tunnels", "category": "vpn"})

    assert asks(two, "?category=vpn") == ["Look into tunnel"]
    assert "<option>finance</option><option selected>vpn</option>" in html
    assert SavedView.objects.get(user=receiver).query == "category=vpn"


def test_a_category_that_no_template_has_any_more_still_filters(two, desk_to_ops, author):
    another(desk_to_ops, author, "fax", category="fax")

    html = two.get("/queue?category=fax").content.decode()

    assert asks(two, "?category=fax") == ["Look into fax"]
    assert "<option selected>fax</option>" in html


def test_filters_keep_what_waits_for_whom(two, desk_to_ops, author, receiver):
    asked = another(desk_to_ops, author, "asked back")
    Question.objects.create(handoff=asked, text="Which?", by=receiver, at=builders.NOW)
    another(desk_to_ops, author, "ours", receiver_person=receiver)
    another(desk_to_ops, author, "held", status="waiting")
    another(desk_to_ops, author, "under way", status="queued")
    another(desk_to_ops, author, "done", status="resolved")

    assert asks(two, "?waits=sender") == ["Look into asked back"]
    assert asks(two, "?waits=receiver") == ["Look into ours"]
    assert asks(two, "?waits=outside") == ["Look into held"]
    assert asks(two, "?waits=tool") == ["Look into under way"]
    assert asks(two, "?mine=on") == ["Look into ours"]
    assert asks(two, "?status=ended") == ["Look into done"]
    assert asks(two, f"?route={desk_to_ops.pk + 1}") == []


def test_a_handoff_is_found_by_any_of_its_words(two, desk_to_ops, author, sent):
    another(desk_to_ops, author, "Printer in Hall 3")
    note(sent, "The gateway policy was rolled back")

    for words in (
        "inc00123",
        "4711",
        "finance-dash",
        "ERR_FAILED",
        "rolled gateway",
        "@priya",
        "Lena Okafor",
    ):
        assert len(asks(two, f"?words={words}")) >= 1, words
    assert asks(two, "?words=hall printer") == ["Look into Printer in Hall 3"]
    assert asks(two, "?words=printer rolled") == []


@pytest.mark.parametrize(
    "words", ["'", "\\", "a & b | !c", ":*", "<->", "\x00", "'; drop table x; --", "(" * 150]
)
def test_any_sign_may_be_looked_for(two, sent, words):
    assert two.get("/queue", {"words": words}).status_code == 200


def test_ended_handoffs_are_found_too_and_others_only_when_open(two, desk_to_ops, author):
    another(desk_to_ops, author, "Kerberos trouble", status="resolved")

    assert asks(two) == []
    assert asks(two, "?words=kerberos") == ["Look into Kerberos trouble"]
    assert asks(two, "?words=kerberos&status=queued") == []


@pytest.mark.parametrize("few", [0, 1000])
def test_what_has_ended_comes_behind_what_is_open_the_newest_first(
    two, desk_to_ops, author, monkeypatch, few
):
    monkeypatch.setattr(find, "FEW", few)  # with none the words are common
    for name, status, days in (
        ("old", "resolved", 9),
        ("new", "bounced", 1),
        ("between", "resolved", 5),
        ("open", "seen", 30),
    ):
        another(
            desk_to_ops,
            author,
            f"{name} kerberos",
            status=status,
            confirmed_at=builders.NOW - days * 24 * HOUR,
        )
    another(desk_to_ops, author, "something else", status="resolved")

    assert asks(two, "?words=kerberos") == [
        f"Look into {name} kerberos" for name in ("open", "new", "between", "old")
    ]
    assert asks(two, "?words=kerberos&status=ended")[0] == "Look into new kerberos"


def common_words(monkeypatch, *, looked_through: int) -> None:
    """As if the planner had found the words in half of a million handoffs."""
    monkeypatch.setattr(find, "_common", lambda _holding: True)
    monkeypatch.setattr(find, "LOOKED_THROUGH", looked_through)
    monkeypatch.setattr(find, "ENDED_LOOKED_THROUGH", looked_through)


def test_words_that_stand_everywhere_are_looked_for_in_what_comes_first_and_the_page_says_so(
    two, desk_to_ops, author, monkeypatch
):
    for name, status, days in (
        ("first kerberos", "seen", 3),
        ("second", "seen", 2),
        ("third kerberos", "seen", 1),
        ("newest kerberos", "resolved", 1),
        ("older", "resolved", 2),
        ("oldest kerberos", "resolved", 3),
    ):
        another(desk_to_ops, author, name, status=status, confirmed_at=builders.NOW - days * 24 * HOUR)
    exact = asks(two, "?words=kerberos")
    common_words(monkeypatch, looked_through=2)

    assert len(exact) == 4
    assert asks(two, "?words=kerberos") == ["Look into first kerberos", "Look into newest kerberos"]
    shown = two.get("/queue?words=kerberos").content.decode()
    assert "Add a rarer word, a name or a number" in shown
    assert "of those that have ended" in shown
    none = two.get("/queue?words=kerberos&status=queued").content.decode()
    assert "Add a rarer word" in none
    assert "Nothing fits these filters" not in none


def test_a_search_that_takes_too_long_is_answered_from_what_comes_first(
    two, desk_to_ops, author, monkeypatch
):
    another(desk_to_ops, author, "kerberos")
    slow = SearchText.objects.annotate(
        wait=Func(Value(5), template="pg_sleep(%(expressions)s)::text", output_field=TextField())
    )
    monkeypatch.setattr(find, "PATIENCE_MS", 20)
    monkeypatch.setattr(find, "_few", partial(lambda few, _holding: few(slow.filter(wait="")), find._few))

    shown = two.get("/queue?words=kerberos")

    assert "Look into kerberos" in shown.content.decode()
    assert "Add a rarer word" in shown.content.decode()


def test_a_rare_word_is_looked_for_in_all_of_them(desk_to_ops, author, monkeypatch):
    """Whether words are common is known from the planner's own figures."""
    monkeypatch.setattr(find, "FEW", 20)
    rows = [another(desk_to_ops, author, "printer jam" if n else "kerberos trouble") for n in range(60)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE escalation_searchtext")

    assert find.look("printer").common
    assert find.look("printer jam").common
    assert find.look("kerberos printer").few == []
    assert find.look("kerberos").few == [rows[0].pk]
    assert find.look("nosuchword").few == []


def test_nobody_finds_what_is_not_for_their_teams(browser_of, sent, author, stranger):
    assert browser_of(stranger).get("/queue?words=cors").status_code == 404
    builders.Membership.objects.create(user=stranger, team=sent.route.sender, role="lead")

    assert asks(browser_of(stranger), "?words=cors&status=every") == []


def test_a_lead_to_whom_no_route_leads_hears_why_and_opens_no_stream(browser_of, sent):
    lead = browser_of(builders.person("ines", team=sent.route.sender, role="lead"))

    html = lead.get("/queue").content.decode()

    assert "No route leads to a team of yours" in html
    assert "data-live" not in html
    assert lead.get("/figures/sent").status_code == 200


def test_a_view_is_kept_under_a_name_linked_and_removed(two, sent, receiver):
    two.post("/queue/views", {"name": "Held", "waits": "outside", "mine": "on"})
    view = SavedView.objects.get(user=receiver)

    html = two.get("/queue?waits=outside&mine=on").content.decode()
    assert view.query == "waits=outside&mine=on"
    assert '<h1 id="queue">Held</h1>' in html
    assert "Nothing fits these filters" in html

    two.post(f"/queue/views/{view.pk}/forget")
    assert not SavedView.objects.exists()


def test_a_view_of_somebody_else_is_left_alone(two, browser_of, desk_to_ops, receiver):
    other = builders.person("olga", team=desk_to_ops.receiver, role="level_two")
    two.post("/queue/views", {"name": "Held", "waits": "outside"})

    browser_of(other).post(f"/queue/views/{SavedView.objects.get().pk}/forget")

    assert SavedView.objects.count() == 1
    assert "Held" not in browser_of(other).get("/queue").content.decode()


def test_more_views_than_one_can_find_again_are_not_kept(two, receiver):
    for number in range(21):
        answer = two.post("/queue/views", {"name": f"View {number}", "status": "ended"}, follow=True)

    assert SavedView.objects.count() == 20
    assert "Remove one before you keep another" in answer.content.decode()


def test_a_filter_that_does_not_fit_is_left_out(two, sent):
    assert len(asks(two, "?route=gibberish&status=dancing&waits=godot")) == 1


def test_nothing_waits_is_said(two):
    assert "Nothing waits." in two.get("/queue").content.decode()


def test_the_list_alone_is_drawn_when_a_page_asks_for_it(two, sent):
    html = two.get("/queue?words=cors", headers={"HX-Request": "true"}).content.decode()

    assert html.strip().startswith('<div id="queue-list"')
    assert "words=cors" in html
    assert "<h1" not in html


def test_the_words_of_a_user_are_never_markup(two, desk_to_ops, author):
    another(desk_to_ops, author, "<script>alert(1)</script>")

    assert "<script>alert" not in two.get("/queue?words=<script>alert").content.decode()


def test_a_long_queue_says_that_it_goes_on(two, desk_to_ops, author):
    for number in range(51):
        another(desk_to_ops, author, f"case {number}")

    assert len(asks(two)) == 50
    assert "These are the first 50" in two.get("/queue").content.decode()


def test_the_list_costs_as_many_queries_with_one_as_with_thirty(
    two, desk_to_ops, author, django_assert_max_num_queries
):
    for number in range(30):
        another(desk_to_ops, author, f"case {number}", update_due_at=datetime.now(tz=builders.UTC))

    with django_assert_max_num_queries(18):
        two.get("/queue")


def test_the_list_reads_no_more_of_a_handoff_than_it_shows(two, sent, django_assert_max_num_queries):
    with django_assert_max_num_queries(18) as asked:
        html = two.get("/queue").content.decode()

    assert "Find what changed" in html
    assert "reachable" in html
    rows = [each["sql"] for each in asked.captured_queries if 'FROM "escalation_handoff"' in each["sql"]]
    assert rows
    for column in ("conversation", "offered_files", "people", "extras", "answers"):
        assert not any(f'"escalation_handoff"."{column}"' in each for each in rows), column
