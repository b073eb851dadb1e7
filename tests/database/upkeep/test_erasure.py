"""One person goes: their names, addresses and words, wherever they stand. The figures and promises stay."""

import json
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessLog
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client

from escalation.knowledge.codec import conversation_to_json
from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.words import Role as KnownRole
from escalation.metrics.keep import measure_anew
from escalation.metrics.tallies import count_anew
from escalation.models import (
    BenchDraft,
    Entry,
    Handoff,
    Inbox,
    Lesson,
    Measurement,
    Notice,
    RemoteUpdate,
    Route,
    Tally,
    Team,
)
from escalation.upkeep.erasure import rows
from escalation.upkeep.erasure.erase import erase
from escalation.upkeep.erasure.person import ERASED, Person, TooVague
from escalation.upkeep.verify import verify
from tests import builders
from tests.pages.access import world
from tests.pages.posting import note

pytestmark = pytest.mark.django_db(transaction=True)
KNOWN_AS = ("Priya Raman", "priya.raman@example.com", "@priya")
PRIYA = Person.of(KNOWN_AS)
WROTE = "My screen went dark right after lunch, help me"
TRACES = ("priya", "raman", "went dark right after lunch")
NOW = builders.NOW


@pytest.fixture
def everything() -> world.World:
    """Two handoffs with all that hangs on them; Priya is the user, and wrote in the ticket and after it."""
    everything = world.build()
    first = Message(tool="zendesk", reference="1", author="Priya Raman", role=KnownRole.REQUESTER, text=WROTE)
    second = replace(
        first, reference="2", author="Lena", role=KnownRole.TECHNICIAN, text="Priya Raman called"
    )
    conversation = Conversation(source=builders.source(), subject="Screen", messages=(first, second))
    for handoff in (everything.draft, everything.sent):
        Handoff.objects.filter(pk=handoff.pk).update(
            conversation=conversation_to_json(conversation), people={"priya.raman@example.com": "u-7"}
        )
    note(everything.sent, f"Spoke with Priya Raman, who says: {WROTE}")
    Entry.objects.filter(handoff=everything.sent, sequence=1).update(who="Priya Raman", text="It is back")
    target = everything.sent.route.target
    RemoteUpdate.objects.create(
        handoff=everything.sent,
        connection=target,
        key="k",
        kind="note",
        remote_id="r",
        text="Still dark",
        author="Priya Raman",
        happened_at=NOW,
        applied_at=NOW,
    )
    body = b'{"from": "priya.raman@example.com"}'
    Inbox.objects.create(
        connection=target,
        event_id="e9",
        headers={},
        body=body,
        not_before=NOW,
        received_at=NOW,
        status=Inbox.Status.APPLIED,
    )
    Lesson.objects.create(
        connection=target, reference="4711", text="dashboard of Priya Raman", remote_ids=["r"], learned_at=NOW
    )
    return everything


def whole_database() -> str:
    """Every row of every table as text, bytes too."""
    told = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        cursor.execute("SET bytea_output = 'escape'")
        for table in sorted(tables):
            if not table.startswith(("django_session", "django_migrations")):
                cursor.execute(f'SELECT t::text FROM "{table}" AS t')
                told += [f"{table}: {row[0]}" for row in cursor.fetchall()]
        cursor.execute("RESET bytea_output")
    return "\n".join(told).lower()


def traces() -> list[str]:
    return [line[:300] for line in whole_database().splitlines() if any(each in line for each in TRACES)]


def figures(sent: Handoff) -> tuple[Any, Any]:
    count_anew(measure_anew([sent.pk]))
    return list(Measurement.objects.order_by("pk").values()), list(
        Tally.objects.order_by("starts", "grain", "dimension", "value").values(
            "starts", "value", "sent", "numbers"
        )
    )


def test_nothing_of_the_person_is_left_anywhere(everything):
    assert len(traces()) > 8

    erased = erase(PRIYA, really=True)

    assert traces() == []
    assert set(erased.handoffs) == {everything.draft.pk, everything.sent.pk}
    assert dict(erased.counts)["raw webhooks"] == 1


def test_what_others_wrote_stays(everything):
    erase(PRIYA, really=True)

    written = Entry.objects.get(handoff=everything.sent, kind="note").text
    assert written == f"Spoke with {ERASED}, who says: {ERASED}"
    state = Handoff.objects.get(pk=everything.sent.pk).state
    assert "Account is active" in str(state)
    conversation = Handoff.objects.get(pk=everything.sent.pk).conversation
    assert [each["text"] for each in conversation["messages"]] == [ERASED, f"{ERASED} called"]


def test_figures_are_the_same_and_every_promise_is_kept(everything):
    before = figures(everything.sent)
    assert before[0]
    assert before[1]
    broken = verify(now=NOW)

    erase(PRIYA, really=True)

    assert figures(everything.sent) == before
    assert verify(now=NOW) == broken


def test_pages_of_what_was_erased_still_open(everything):
    erase(PRIYA, really=True)

    for address in ("", "/intake", "/intake.txt", "/capsule", "/capsule.json"):
        answer = everything.browser("receiver").get(f"/handoffs/{everything.sent.pk}{address}")
        assert answer.status_code == 200, address
    assert everything.browser("author").get(f"/handoffs/{everything.draft.pk}/edit").status_code == 200


def test_trying_it_out_changes_nothing(everything):
    before = whole_database()

    tried = erase(PRIYA, really=False)

    assert whole_database() == before
    assert erase(PRIYA, really=True) == tried


def test_a_name_in_every_column_of_every_table_is_found(everything):
    """Whatever may hold words is looked into: a column that is new is not forgotten."""
    filled = 0
    for model in rows.tables():
        names = [
            field.attname
            for field in rows.columns(model)
            if isinstance(field, models.CharField | models.TextField) and (field.max_length or 999) >= 40
        ]
        for row in model._default_manager.all():
            said = {name: f"Priya Raman {row.pk}"[:40] for name in names if getattr(row, name)}
            model._default_manager.filter(pk=row.pk).update(**said)
            filled += len(said)
    assert filled > 30

    erase(PRIYA, really=True)

    assert traces() == []


def test_every_table_is_looked_into_or_says_why_not():
    ours = {each.__name__ for each in apps.get_app_config("escalation").get_models()}

    left_out = ours - {each.__name__ for each in rows.tables()}

    assert {name for name in left_out if rows.columns(apps.get_model("escalation", name))} <= set(
        rows.NOT_HERE
    )
    assert set(rows.NOT_HERE) <= left_out


def test_an_account_is_closed_and_loses_its_name_and_what_it_did_stays(everything):
    lena = everything.people["author"]
    User.objects.filter(pk=lena.pk).update(first_name="Lena", last_name="Okafor", email="lena@example.com")
    SocialAccount.objects.create(
        user=lena, provider="openid_connect", uid="u-1", extra_data={"name": "Lena Okafor"}
    )
    AccessLog.objects.create(username="lena", ip_address="10.1.1.1")
    LogEntry.objects.create(
        user=lena,
        content_type=ContentType.objects.get_for_model(User),
        object_id="1",
        object_repr="Lena Okafor",
        action_flag=CHANGE,
    )
    lines = Entry.objects.count()

    erased = erase(Person.of(["Lena Okafor", "lena@example.com"]), really=True)

    lena.refresh_from_db()
    assert [each.username for each in erased.accounts] == ["lena"]
    assert (lena.username, lena.get_full_name(), lena.email) == (f"erased-{lena.pk}", "", "")
    assert not lena.is_active
    assert not lena.has_usable_password()
    assert not Notice.objects.filter(user=lena).exists()
    assert not [line for line in whole_database().splitlines() if "okafor" in line or "lena@" in line]
    assert Entry.objects.count() == lines
    assert Handoff.objects.filter(author=lena).count() == 2


def test_files_on_disk_and_files_of_handoffs_go(everything, tmp_path, settings):
    settings.EMAIL_FILE_PATH = tmp_path
    (tmp_path / "1.log").write_text("To: priya.raman@example.com", encoding="utf-8")
    (tmp_path / "2.log").write_text("To: lena@example.com", encoding="utf-8")
    file = everything.draft.attachments.get()
    file.bytes.body = b"login of Priya Raman failed"
    file.bytes.save()

    erase(PRIYA, really=False)
    assert (tmp_path / "1.log").exists()
    erase(PRIYA, really=True)

    assert [each.name for each in tmp_path.iterdir()] == ["2.log"]
    file.refresh_from_db()
    assert file.body == f"login of {ERASED} failed".encode()
    assert file.size == len(file.body)


def test_a_name_inside_of_a_word_is_another_one(everything):
    Handoff.objects.filter(pk=everything.draft.pk).update(summary="Priya Ramanathan calls")

    erase(PRIYA, really=True)

    assert Handoff.objects.get(pk=everything.draft.pk).summary == "Priya Ramanathan calls"


@pytest.mark.parametrize("word", ["", "  ", "Ann", "a@b"])
def test_what_would_be_found_everywhere_is_refused(word):
    with pytest.raises(TooVague):
        Person.of([word])


def test_the_command_says_what_would_go_and_then_lets_it_go(everything):
    told = StringIO()
    call_command("erase_person", *KNOWN_AS, stdout=told)
    assert "Nothing was changed" in told.getvalue()
    assert traces()

    call_command("erase_person", *KNOWN_AS, "--really", stdout=told)
    assert traces() == []
    call_command("erase_person", *KNOWN_AS, stdout=told)
    assert "Nobody of that name is here." in told.getvalue()
    with pytest.raises(CommandError, match="too short"):
        call_command("erase_person", "Ann")


# -- the owner's page -------------------------------------------------------------------------------------


def test_an_owner_of_all_teams_looks_first_and_then_erases(everything):
    route = everything.sent.route
    builders.Membership.objects.create(user=everything.people["owner"], team=route.receiver, role="owner")
    browser = everything.browser("owner")
    values = {"known_as": "\n".join(KNOWN_AS)}

    looked = browser.post("/erase", values | {"do": "look"}).content.decode()
    assert "What would go" in looked
    assert traces()
    done = browser.post("/erase", values | {"do": "erase"}).content.decode()

    assert "Erased." in done
    assert traces() == []  # nor in the audit, which has a line


def test_an_erasure_is_whole_or_none(everything):
    browser = everything.browser("owner")  # of the sending team alone
    before = traces()

    answer = browser.post("/erase", {"known_as": "Priya Raman", "do": "erase"}).content.decode()

    assert everything.sent.route.receiver.name in answer
    assert "Erase for good" not in answer
    assert "What would go" not in answer  # what other teams hold of somebody is not theirs to count
    assert traces() == before


def of_all_teams(everything: world.World) -> Client:
    builders.Membership.objects.create(
        user=everything.people["owner"], team=everything.sent.route.receiver, role="owner"
    )
    return everything.browser("owner")


@pytest.mark.parametrize("held", ["raw call", "draft of rules"])
def test_what_hangs_on_no_handoff_is_for_those_whose_it_is(everything, held):
    """A call of a tool that other teams work with, and a draft of the rules of other teams."""
    source, target = builders.connection("zendesk", name="Z2"), builders.connection("servicenow", name="S2")
    field, plant = (Team.objects.create(name=each) for each in ("Field", "Plant"))
    other = Route.objects.create(name="There", source=source, target=target, sender=field, receiver=plant)
    if held == "raw call":
        body = "{“von”: “Günther Öhrström”}".encode()
        Inbox.objects.create(connection=other.source, body=body, not_before=NOW, received_at=NOW)
    else:
        BenchDraft.objects.create(
            route=other, what="rules", typed={"note": "Günther Öhrström asked"}, saved_at=NOW
        )
    browser = of_all_teams(everything)

    answer = browser.post("/erase", {"known_as": "Günther Öhrström", "do": "erase"}).content.decode()

    assert "Others have to answer for this too: Field, Plant." in answer


def test_a_press_goes_over_the_rows_once(everything, monkeypatch):
    passes = []
    original = rows.raw
    monkeypatch.setattr(rows, "raw", lambda person: (passes.append(person), original(person))[1])

    of_all_teams(everything).post("/erase", {"known_as": "\n".join(KNOWN_AS), "do": "erase"})

    assert len(passes) == 1
    assert traces() == []


def test_raw_bytes_are_found_by_the_database_in_whatever_way_they_are_written(everything):
    target = everything.sent.route.target
    name = "Günther Öhrström"
    ways = [
        name.encode(),
        json.dumps(name).encode(),
        name.replace(" ", "+").encode(),
        b"\xff " + name.encode(),
    ]
    for each in (*ways, b"G\xfcnther", b"Someone else"):
        Inbox.objects.create(connection=target, body=each, not_before=NOW, received_at=NOW)

    found = Inbox.objects.filter(pk__in=rows.raw(Person.of([name])))

    assert {bytes(row.body) for row in found} == set(ways)


def test_the_page_refuses_what_is_too_short_in_words(everything):
    answer = everything.browser("owner").post("/erase", {"known_as": "Ann", "do": "look"})

    assert answer.status_code == 422
    assert "too short" in answer.content.decode()


@pytest.mark.parametrize("who", ["staff", "owner", "elsewhere"])
def test_an_owner_closes_no_account_that_others_answer_for(everything, who):
    """Not an administrator's, not their own, not one of another team."""
    person = everything.people[who]
    User.objects.filter(pk=person.pk).update(first_name="Rosa", last_name="Lindqvist")
    browser = everything.browser("owner")

    answer = browser.post("/erase", {"known_as": "Rosa Lindqvist", "do": "erase"}).content.decode()

    assert "Others have to answer for this too" in answer
    assert User.objects.get(pk=person.pk).last_name == "Lindqvist"
    assert User.objects.get(pk=person.pk).is_active
