"""The mail of the week: on Monday morning by the lead's clock, once, and not to who said no."""

import re
import smtplib
from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client

from escalation.metrics.keep import catch_up
from escalation.metrics.weekly import mail_due
from escalation.models import Membership, NoticeHours, Route
from tests import builders
from tests.pages.leading import past_handoff

MONDAY = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)  # 08:30 in New York, where the desk is
TOLD = {"seen": 1, "diagnosing": 1.8, "resolved": 4}


@pytest.fixture
def lead(desk_to_ops: Route) -> User:
    user = builders.person("ines", team=desk_to_ops.sender, role=Membership.Role.LEAD)
    User.objects.filter(pk=user.pk).update(email="ines@example.com")
    return user


@pytest.fixture
def page(browser_of, lead) -> Client:
    return browser_of(lead)


@pytest.fixture
def two_weeks(desk_to_ops, author) -> None:
    for number in range(11):
        for days, hours in ((4, 1.4), (11, 1.8)):
            confirmed = MONDAY - timedelta(days=days, minutes=number)
            told = TOLD | {"diagnosing": hours}
            past_handoff(route=desk_to_ops, author=author, confirmed_at=confirmed, told=told)
    while catch_up():
        pass


def test_it_comes_once_with_what_moved_and_a_way_to_every_number(lead, two_weeks):
    assert [mail_due(now=MONDAY), mail_due(now=MONDAY + timedelta(minutes=10))] == [1, 0]

    sent = mail.outbox[0]
    assert sent.to == ["ines@example.com"]
    assert sent.subject == "The week from 16 Nov: 11 handoffs"
    assert "11 sent, 11 in the week before." in sent.body
    assert "Rebuilding: 24 min, −50% better (before: 48 min)" in sent.body
    assert "/figures/rebuild?days=7&to=2026-11-22" in sent.body
    assert "&amp;" not in sent.body
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "<strong>−50% better</strong>" in html
    assert " style=" not in html


def test_the_address_in_the_mail_leads_to_that_week(lead, page, two_weeks):
    mail_due(now=MONDAY)
    address = re.search(r"/figures/rebuild\?\S+", mail.outbox[0].body)
    assert address is not None

    html = page.get(address[0]).content.decode()

    assert "11 handoffs</span>" in html


def test_what_it_says_of_the_week_before_opens_that_week(lead, page, two_weeks, desk_to_ops):
    mail_due(now=MONDAY)
    html = mail.outbox[0].alternatives[0][0]
    assert "before: http" in mail.outbox[0].body

    for path in (
        r"/figures/rebuild\?\S+2026-11-15",
        rf"/figures/sent\?\S+2026-11-15&amp;route={desk_to_ops.pk}",
    ):
        address = re.search(path, html)
        assert address is not None, path
        opened = page.get(address[0].replace("&amp;", "&")).content.decode()
        assert "11 handoffs</span>" in opened or "<h1>Sent: 11</h1>" in opened


def test_an_empty_week_says_so(lead):
    mail_due(now=MONDAY)

    assert mail.outbox[0].subject == "The week from 16 Nov: no handoffs"
    assert "Nothing was sent on your routes in this week" in mail.outbox[0].body
    assert "Nothing was sent on your routes in this week" in mail.outbox[0].alternatives[0][0]


def test_few_handoffs_move_nothing(lead, desk_to_ops, author):
    for days, hours in ((4, 1.2), (11, 1.8)):
        confirmed = MONDAY - timedelta(days=days)
        past_handoff(
            route=desk_to_ops, author=author, confirmed_at=confirmed, told=TOLD | {"diagnosing": hours}
        )

    mail_due(now=MONDAY)

    assert "Nothing got clearly better or worse" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("now", "mails"),
    [
        (MONDAY - timedelta(hours=1), 0),  # 07:30 there
        (MONDAY, 1),
        (MONDAY + timedelta(days=1), 1),
        (MONDAY + timedelta(days=3), 0),  # whoever becomes a lead on Thursday waits
    ],
)
def test_it_comes_by_the_leads_own_clock(lead, now, mails):
    assert mail_due(now=now) == mails


def test_the_hour_is_that_of_the_daily_digest(lead):
    NoticeHours.objects.create(user=lead, zone="Asia/Tokyo", digest_at=time(6))

    assert mail_due(now=datetime(2026, 11, 22, 20, 59, tzinfo=UTC)) == 0
    assert mail_due(now=datetime(2026, 11, 22, 21, 1, tzinfo=UTC)) == 1  # Monday, 06:01 in Tokyo


def test_who_leads_nothing_or_has_no_address_gets_none(desk_to_ops, author, receiver):
    builders.person("omar", team=desk_to_ops.sender, role=Membership.Role.LEAD)
    User.objects.filter(pk=receiver.pk).update(email="tomas@example.com")

    assert mail_due(now=MONDAY) == 0


def test_it_can_be_switched_off_and_on_again(page, lead):
    assert "It comes to ines@example.com on Mondays" in page.get("/figures/weekly").content.decode()

    page.post("/figures/weekly", {"do": "off"})
    assert "It does not come to you." in page.get("/figures/weekly").content.decode()
    assert mail_due(now=MONDAY) == 0

    page.post("/figures/weekly", {"do": "on"})
    assert mail_due(now=MONDAY) == 1


def test_the_mail_itself_has_a_link_that_stops_it_and_nothing_else(lead, page):
    mail_due(now=MONDAY)
    stop = re.search(r"No more of these: \S+?(/notices/stop/\S+)", mail.outbox[0].body)
    assert stop is not None
    assert mail.outbox[0].extra_headers["List-Unsubscribe"].endswith(f"{stop[1]}>")

    assert "the weekly mail with the figures" in Client().get(stop[1]).content.decode()
    assert NoticeHours.objects.get(user=lead).weekly  # looking stops nothing
    Client().post(stop[1])

    hours = NoticeHours.objects.get(user=lead)
    assert (hours.weekly, hours.zone) == (False, builders.EASTERN)
    assert not lead.notice_choices.exists()


def test_a_mail_server_that_is_down_is_asked_again(lead, monkeypatch):
    def refuse(self: EmailMessage, **_: object) -> int:
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse)
        assert mail_due(now=MONDAY) == 0

    assert mail_due(now=MONDAY + timedelta(minutes=10)) == 1


def test_it_can_be_sent_now_to_oneself_alone(page, lead, two_weeks):
    answer = page.post("/figures/weekly", {"do": "send", "to": "else@example.com"}, follow=True)

    assert "Sent to ines@example.com." in answer.content.decode()
    assert [each.to for each in mail.outbox] == [["ines@example.com"]]


def test_the_page_shows_what_the_mail_says(page, two_weeks, monkeypatch):
    monkeypatch.setattr("escalation.web.weekly.timezone.now", lambda: MONDAY)

    html = page.get("/figures/weekly").content.decode()

    assert "The week from 16 Nov to 22 Nov 2026" in html
    assert "11 sent</a></strong>, <a" in html
    assert ">11 in the week before</a>." in html
