"""A status question never needs Level Two: the sender's page answers each (FEATURES U23 and U31)."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from escalation.models import Entry, Notice
from escalation.reception.silence import tell_silence
from escalation.timeline.record import Line, record
from tests import builders

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


def facts(page, sent) -> dict[str, str]:
    """What the status box answers, as a person reads it."""
    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    rows = re.findall(r"<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", html, flags=re.DOTALL)
    return {name: " ".join(unescape(re.sub(r"<[^>]+>", " ", value)).split()) for name, value in rows}


@pytest.fixture
def worked_on(sent, browser_of, receiver):
    """Accepted with a read-back, and a next word promised by the receiver."""
    two = browser_of(receiver)
    two.post(f"/handoffs/{sent.pk}/accept", {"read_back": "Let the dashboard load"})
    two.post(f"/handoffs/{sent.pk}/promise", {"by": "in 2 hours"})
    sent.refresh_from_db()
    return sent


def test_where_does_it_stand(page, worked_on):
    html = page.get(f"/handoffs/{worked_on.pk}").content.decode()

    assert re.search(r'aria-current="step">\s*Accepted', html)


def test_who_has_it(page, worked_on):
    assert facts(page, worked_on)["With"] == "Tomas, Infrastructure"


def test_was_i_understood(page, worked_on):
    assert facts(page, worked_on)["Understood as"] == "“Let the dashboard load”"


def test_what_did_a_person_last_do_and_when(page, worked_on):
    said = facts(page, worked_on)["Last done"]

    assert said.startswith("Tomas promised the next update ")
    assert re.search(r"\w{3} \d\d:\d\d$", said)


def test_when_do_i_hear_again_and_who_says_so(page, worked_on):
    said = facts(page, worked_on)["Next word by"]

    assert re.match(r"\w{3} \d\d:\d\d , in 1\shour, 59\sminutes promised by the receiver$", said)


def test_when_is_it_fixed_and_who_said_so(page, worked_on):
    details = {"expected": "within two hours", "side": "receiver"}
    line = Line(
        kind=Entry.Kind.NOTE, happened_at=builders.NOW, who="Ann Lee", tool="servicenow", details=details
    )
    record(handoff=worked_on, line=line, now=builders.NOW)

    assert facts(page, worked_on)["Fix expected"].startswith("within two hours said by Ann Lee, Mon 10:00")


def test_is_it_late_and_who_knows(page, worked_on):
    now = timezone.now()
    worked_on.update_due_at = now - 3 * MINUTE
    worked_on.save()
    tell_silence(now=now)

    assert "overdue by 3" in facts(page, worked_on)["Next word by"].replace("\xa0", " ")
    assert "No word since the promise ran out" in page.get(f"/handoffs/{worked_on.pk}").content.decode()
    told = Notice.objects.filter(kind="silent").values_list("user__username", flat=True)
    assert set(told) == {"lena", "tomas"}


def test_how_fresh_is_what_i_read(page, worked_on):
    assert re.search(
        r"as of\s*<time>\d\d:\d\d</time>", page.get(f"/handoffs/{worked_on.pk}").content.decode()
    )


def test_has_anything_to_be_done_by_me(page, browser_of, worked_on, receiver):
    browser_of(receiver).post(f"/handoffs/{worked_on.pk}/ask", {"question": "Which tenant?"})

    assert "Your answer to: Which tenant?" in page.get(f"/handoffs/{worked_on.pk}").content.decode()


def test_what_was_the_user_told_when_and_by_whom(page, worked_on):
    line = Line(
        kind=Entry.Kind.NOTE, happened_at=builders.NOW, text="Found it", sayable="We found the cause."
    )
    entry = record(handoff=worked_on, line=line, now=builders.NOW)
    page.post(f"/handoffs/{worked_on.pk}/lines/{entry.sequence}/told")

    html = page.get(f"/handoffs/{worked_on.pk}").content.decode()
    log = html[html.index('id="told-title"') :]
    assert "We found the cause." in log
    assert re.search(r"Lena, \w{3} \d\d:\d\d, copied", log)


def test_nothing_is_promised_of_what_has_ended(page, browser_of, worked_on, receiver):
    browser_of(receiver).post(f"/handoffs/{worked_on.pk}/resolve", {"cause": "Certificate", "fix": "Renewed"})

    said = facts(page, worked_on)
    assert "Next word by" not in said
    assert (said["Cause"], said["Fix"]) == ("Certificate", "Renewed")
