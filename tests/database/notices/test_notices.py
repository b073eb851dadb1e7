"""A person is told once for one cause, as chosen, and never of what they did themselves."""

from datetime import time, timedelta

import pytest
from django.db import transaction

from escalation.models import Entry, Notice, NoticeChoice, NoticeHours, NoticeKind
from escalation.notices import mail as mailing
from escalation.notices.mail import mail_due
from escalation.reception.ask_back import Asked, ask
from escalation.reception.silence import tell_silence
from escalation.timeline.notify import DEFAULTS
from escalation.timeline.record import Line, record
from tests.builders import NOW

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def agent(agent):
    agent.email = "lena@example.com"
    agent.save()
    return agent


@pytest.fixture
def receiver(receiver):
    receiver.email = "tomas@example.com"
    receiver.save()
    return receiver


def write(handoff, kind: Entry.Kind, *, by=None, now=NOW, **values) -> Entry:
    with transaction.atomic():
        line = Line(kind=kind, happened_at=now, by=by, **values)
        return record(handoff=handoff, line=line, now=now)


def test_every_kind_has_a_default():
    assert set(DEFAULTS) == set(NoticeKind.values)


def test_the_sender_is_told_that_it_was_asked_back_and_the_asker_is_not(delivered, agent, receiver):
    ask(handoff=delivered, asked=Asked(text="Which gateway?"), by=receiver, now=NOW)

    told = Notice.objects.get()
    assert (told.user, told.kind) == (agent, NoticeKind.ASKED)
    assert told.title.startswith("Tomas asked back: Finance dashboard")
    assert told.address == f"/handoffs/{delivered.pk}#line-1"


def test_both_sides_are_told_of_silence_once(delivered, agent, receiver):
    delivered.update_due_at = NOW
    delivered.save()

    for minute in (1, 2, 3):
        tell_silence(now=NOW + minute * MINUTE)

    assert sorted(Notice.objects.values_list("user__username", "kind")) == [
        ("lena", "silent"),
        ("tomas", "silent"),
    ]


def test_what_one_update_brings_to_two_handoffs_is_one_notice(delivered, agent, receiver):
    for _ in range(2):
        write(
            delivered, Entry.Kind.NOTE, who="Ann", text="Found it", details={"update": 7, "side": "receiver"}
        )

    assert Notice.objects.filter(user=agent).count() == 1


def test_a_note_in_the_source_ticket_is_news_for_the_receiver_alone(delivered, agent, receiver):
    write(delivered, Entry.Kind.NOTE, who="Priya", text="Still down", details={"side": "source"})

    assert list(Notice.objects.values_list("user__username", flat=True)) == ["tomas"]


def test_whoever_has_taken_it_is_told_and_the_rest_of_the_team_is_not(delivered, receiver, stranger):
    stranger.memberships.create(team=delivered.route.receiver, role="level_two")
    delivered.receiver_person = stranger
    delivered.save()

    write(delivered, Entry.Kind.ANSWERED, text="The second one")

    assert list(Notice.objects.values_list("user__username", flat=True)) == ["mallory"]


def test_a_line_that_is_rolled_back_tells_nobody(delivered, agent):
    with transaction.atomic():
        record(handoff=delivered, line=Line(kind=Entry.Kind.BOUNCED, happened_at=NOW), now=NOW)
        transaction.set_rollback(True)

    assert not Notice.objects.exists()


def test_a_kind_that_is_wanted_nowhere_makes_no_row(delivered, agent):
    NoticeChoice.objects.create(user=agent, kind=NoticeKind.WORD, page=False)

    write(delivered, Entry.Kind.NOTE, who="Ann", text="Found it")

    assert not Notice.objects.exists()


def test_a_mail_says_what_happened_and_leaves_once(delivered, agent, mailoutbox):
    write(delivered, Entry.Kind.BOUNCED, who="Ann", text="This belongs to another team")

    left = [mail_due(now=NOW + minute * MINUTE) for minute in range(3)]

    assert left == [1, 0, 0]
    mail = mailoutbox[0]
    assert mail.to == ["lena@example.com"]
    assert "This belongs to another team" in mail.body
    assert f"/handoffs/{delivered.pk}#line-1" in mail.body
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_quiet_hours_gather_what_comes_into_one_mail(delivered, agent, mailoutbox):
    NoticeHours.objects.create(user=agent, zone="UTC", quiet_from=time(14), quiet_until=time(17))
    for number in range(3):
        write(delivered, Entry.Kind.BOUNCED, text=f"Reason {number}", now=NOW + number * MINUTE)

    quiet = mail_due(now=NOW + 60 * MINUTE)
    after = mail_due(now=NOW + 121 * MINUTE)

    assert (quiet, after) == (0, 1)
    assert mailoutbox[0].subject == "3 things in Baton"


def test_what_was_read_in_the_page_is_not_mailed(delivered, agent, mailoutbox):
    write(delivered, Entry.Kind.BOUNCED, text="Wrong team")
    Notice.objects.update(read_at=NOW)

    assert mail_due(now=NOW) == 0
    assert mailoutbox == []


def test_a_mail_server_that_is_down_costs_time_and_says_so(delivered, agent, mailoutbox, monkeypatch):
    write(delivered, Entry.Kind.BOUNCED, text="Wrong team")
    whole = mailing.EmailMessage.send
    monkeypatch.setattr(
        mailing.EmailMessage, "send", lambda self: (_ for _ in ()).throw(ConnectionRefusedError)
    )
    mail_due(now=NOW)
    monkeypatch.setattr(mailing.EmailMessage, "send", whole)

    assert "ConnectionRefusedError" in Notice.objects.get().trouble
    assert mail_due(now=NOW + MINUTE) == 0
    assert mail_due(now=NOW + 6 * MINUTE) == 1
    assert Notice.objects.get().trouble == ""


def test_a_line_break_in_a_title_reaches_no_header(delivered, agent, mailoutbox):
    delivered.summary = "Dashboard\r\nBcc: everybody@example.com"
    delivered.save()
    write(delivered, Entry.Kind.BOUNCED, text="Wrong team")

    mail_due(now=NOW)

    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["lena@example.com"]
