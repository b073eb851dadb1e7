"""One delivery, tried: what the tool holds, what the timeline says, what a person reads."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from escalation.dispatch import lease
from escalation.dispatch.deliver import deliver
from escalation.dispatch.retry import retry
from escalation.lifecycle.words import Status
from escalation.models import Attempt, Delivery, Drift, Entry, Handoff
from tests.builders import NOW
from tests.database import owing
from tests.database.fakes import Clock, FakeTenant, Held, WorkerKilled

pytestmark = pytest.mark.django_db


def kinds(handoff: Handoff) -> list[str]:
    return list(handoff.entries.order_by("sequence").values_list("kind", flat=True))


def last_text(handoff: Handoff) -> str:
    return handoff.entries.latest("sequence").text


def test_the_tool_gets_the_very_record_that_was_confirmed(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    deliver(delivery=record.pk, clock=clock)

    assert [each.payload for each in tenant.records] == [owing.draft().payload()]
    assert tenant.records[0].key == record.key
    handoff.refresh_from_db()
    assert handoff.status == Status.DELIVERED
    assert (handoff.remote_id, handoff.remote_number) == ("record-1", "REC0001")
    assert handoff.update_due_at == NOW + timedelta(minutes=handoff.route.update_within_minutes)
    assert kinds(handoff) == [Entry.Kind.DELIVERED]
    assert handoff.entries.get().details["number"] == "REC0001"
    record.refresh_from_db()
    assert (record.status, record.lease, record.done_at) == (Delivery.Status.DONE, None, NOW)
    assert record.receipt.kept == owing.draft().payload()


def test_a_first_try_looks_for_no_earlier_one(
    record: Delivery, clock: Clock, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(18) as asked:
        deliver(delivery=record.pk, clock=clock)

    about_tries = [each["sql"] for each in asked if "escalation_attempt" in each["sql"]]
    # The lease and the try it is for; the lease given back and the try that it ends.
    assert ["INSERT" in each for each in about_tries] == [True, False]
    assert all("UPDATE escalation_delivery" in each for each in about_tries)


def test_a_second_task_for_the_same_row_changes_nothing(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    for _ in range(3):
        deliver(delivery=record.pk, clock=clock)

    assert len(tenant.records) == 1
    assert record.attempts.count() == 1
    assert kinds(handoff) == [Entry.Kind.DELIVERED]


def test_a_field_that_the_tool_did_not_take_is_said(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.ignores = ("urgency",)

    deliver(delivery=record.pk, clock=clock)

    assert kinds(handoff) == [Entry.Kind.DELIVERED, Entry.Kind.FIELD_IGNORED]
    assert handoff.entries.latest("sequence").details["field"] == "urgency"


def test_a_field_that_the_tool_did_not_take_stays_with_the_owner_until_a_record_keeps_it(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    def open_findings() -> list[tuple[str, str]]:
        found = Drift.objects.filter(route=handoff.route, over_at=None)
        return list(found.order_by("field").values_list("kind", "field"))

    def deliver_another() -> None:
        following = owing.owed(owing.confirmed(route=handoff.route, author=handoff.author))
        deliver(delivery=following.pk, clock=clock)

    tenant.ignores = ("short_description", "urgency")
    deliver(delivery=record.pk, clock=clock)
    assert open_findings() == [
        ("field_ignored", "short_description"),
        ("field_ignored", "urgency"),
    ]
    since = Drift.objects.get(field="urgency").since
    assert "REC0001" in Drift.objects.get(field="urgency").what

    tenant.ignores = ("urgency",)
    deliver_another()
    assert open_findings() == [("field_ignored", "urgency")]
    assert Drift.objects.get(field="urgency").since == since

    tenant.ignores = ()
    deliver_another()
    assert open_findings() == []


def test_what_the_next_record_loses_too_keeps_its_date_and_names_that_record(handoff: Handoff) -> None:
    later = NOW + timedelta(days=1)
    Drift.objects.note_ignored(handoff.route, ["urgency", "impact"], record="REC0000", at=NOW)

    Drift.objects.note_ignored(handoff.route, ["urgency"], record="REC0001", at=later)

    rows = {row.field: row for row in Drift.objects.filter(route=handoff.route)}
    assert (rows["urgency"].since, rows["urgency"].over_at) == (NOW, None)
    assert "REC0001" in rows["urgency"].what
    assert rows["impact"].over_at == later


def test_a_record_that_was_found_again_says_nothing_of_its_fields(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.ignores = ("urgency",)
    Drift.objects.note_ignored(handoff.route, ["urgency"], record="REC0000", at=NOW)
    tenant.plans.append("lost after")

    owing.until_done(record, clock)

    assert Drift.objects.filter(route=handoff.route, over_at=None).count() == 1


def test_a_lost_answer_leads_to_looking_and_the_record_is_adopted(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("lost after")

    deliver(delivery=record.pk, clock=clock)
    record.refresh_from_db()
    assert (record.status, record.ambiguous) == (Delivery.Status.OWED, True)
    owing.until_done(record, clock)

    assert len(tenant.records) == 1
    assert list(record.attempts.order_by("number").values_list("result", flat=True)) == [
        Attempt.Result.AMBIGUOUS,
        Attempt.Result.FOUND,
    ]
    assert handoff.entries.get(kind=Entry.Kind.DELIVERED).details["found"] is True


def test_after_no_answer_the_tool_has_thirty_seconds_before_anything_is_written_again(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("lost before")

    owing.until_done(record, clock)

    assert len(tenant.records) == 1
    assert tenant.calls.count("create") == 2
    assert clock.now >= NOW + lease.SETTLING


def test_a_call_that_the_tool_finishes_after_we_gave_up_is_not_done_twice(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("late")

    owing.until_done(record, clock)

    assert len(tenant.records) == 1
    assert tenant.calls.count("create") == 1


def test_a_worker_that_is_killed_after_the_call_leaves_a_row_that_is_found_when_its_lease_ends(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("killed after")
    with pytest.raises(WorkerKilled):
        deliver(delivery=record.pk, clock=clock)

    clock.forward(30)
    deliver(delivery=record.pk, clock=clock)
    assert tenant.calls == ["find", "create"]  # the lease still runs
    clock.forward(31)
    deliver(delivery=record.pk, clock=clock)

    assert len(tenant.records) == 1
    assert kinds(handoff) == [Entry.Kind.DELIVERED]
    assert record.attempts.get(number=1).words == "The worker stopped in the middle."


def test_a_worker_whose_lease_ran_out_while_it_looked_does_not_write(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    def sleep_and_be_overtaken(*, door: object, key: str) -> tuple[()]:
        tenant.find = FakeTenant.find.__get__(tenant)  # type: ignore[method-assign]
        clock.forward(61)
        deliver(delivery=record.pk, clock=clock)
        return ()

    tenant.find = lambda door, *, key: sleep_and_be_overtaken(door=door, key=key)  # type: ignore[method-assign]
    deliver(delivery=record.pk, clock=clock)

    assert len(tenant.records) == 1
    record.refresh_from_db()
    assert (record.status, record.attempts_made) == (Delivery.Status.DONE, 2)


def test_a_busy_tool_gets_the_wait_it_asked_for_and_the_delay_is_said_once(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.extend(["busy"] * 4)

    deliver(delivery=record.pk, clock=clock)
    record.refresh_from_db()
    assert record.not_before >= NOW + timedelta(seconds=7)
    assert kinds(handoff) == []
    record.connection.refresh_from_db()
    assert record.connection.trouble == "The tool takes no more calls for now."
    owing.until_done(record, clock)

    assert kinds(handoff) == [Entry.Kind.DELAYED, Entry.Kind.DELIVERED]
    record.connection.refresh_from_db()
    assert record.connection.trouble == ""


def test_a_refusal_stops_and_says_what_failed_what_was_saved_and_who_can_mend_it(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("refused")

    deliver(delivery=record.pk, clock=clock)

    record.refresh_from_db()
    assert record.status == Delivery.Status.STUCK
    assert record.reason == (
        "Fake did not take the record. The tool did not accept this: Assignment group is mandatory. "
        "What was confirmed is kept here, unchanged. "
        "Whoever looks after “Acme fake” can change what Fake refuses; then try again."
    )
    assert kinds(handoff) == [Entry.Kind.STUCK]
    assert last_text(handoff) == record.reason


def test_a_refusal_of_a_key_that_is_taken_is_an_arrival(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    # A tool whose search did not show the record at first, and whose create then says "duplicate".
    found = iter([(), None])

    def find(door: object, *, key: str) -> tuple[object, ...]:
        return () if next(found, None) == () else FakeTenant.find(tenant, door, key=key)  # type: ignore[arg-type]

    tenant.records.append(Held(remote_id="record-7", key=record.key, payload={}))
    tenant.find = find  # type: ignore[assignment,method-assign]
    tenant.plans.append("refused")

    deliver(delivery=record.pk, clock=clock)

    record.refresh_from_db()
    assert record.status == Delivery.Status.DONE
    assert record.receipt.remote_id == "record-7"


def test_credentials_that_fail_stop_the_row_and_show_on_the_connection(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.reads.append("unauthorised")

    deliver(delivery=record.pk, clock=clock)

    record.refresh_from_db()
    assert record.status == Delivery.Status.STUCK
    assert "The owner of “Acme fake” can mend it" in record.reason
    record.connection.refresh_from_db()
    assert record.connection.trouble == "The tool does not accept this connection's credentials."


def test_two_records_with_our_key_stop_the_row_and_are_both_named(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.records += [Held(remote_id=each, key=record.key, payload={}) for each in ("record-3", "record-4")]

    deliver(delivery=record.pk, clock=clock)

    record.refresh_from_db()
    assert record.status == Delivery.Status.STUCK
    assert "REC0003, REC0004" in record.reason
    assert tenant.calls == ["find"]


def test_an_error_of_our_own_is_raised_for_the_log_and_kept_on_the_row(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.reads.append("bug")

    with pytest.raises(KeyError):
        deliver(delivery=record.pk, clock=clock)

    record.refresh_from_db()
    assert record.status == Delivery.Status.OWED
    assert record.reason == "Baton met an error of its own (KeyError); the log holds the details."
    assert owing.until_done(record, clock).status == Delivery.Status.DONE


def test_a_connection_without_credentials_names_what_is_missing(
    record: Delivery, tenant: FakeTenant, clock: Clock
) -> None:
    record.connection.keep_credentials({})
    record.connection.save()

    deliver(delivery=record.pk, clock=clock)

    record.refresh_from_db()
    assert record.status == Delivery.Status.STUCK
    assert "The connection Acme fake has no credentials yet." in record.reason


def test_a_person_sets_a_stuck_row_going_again_and_a_second_press_does_nothing(
    record: Delivery, handoff: Handoff, author: User, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.plans.append("refused")
    deliver(delivery=record.pk, clock=clock)

    for _ in range(2):
        retry(delivery=record, by=author, now=clock())
    assert record.status == Delivery.Status.OWED
    deliver(delivery=record.pk, clock=clock)

    assert kinds(handoff) == [Entry.Kind.STUCK, Entry.Kind.RETRIED, Entry.Kind.DELIVERED]
    assert len(tenant.records) == 1


def test_a_note_waits_for_the_record_and_goes_out_internally_once(
    record: Delivery, handoff: Handoff, author: User, tenant: FakeTenant, clock: Clock
) -> None:
    note = owing.note_owed(handoff, "The user can test until 17:00 Eastern.", remote_id="record-1", by=author)

    deliver(delivery=note.pk, clock=clock)
    assert tenant.calls == []
    owing.until_done(record, clock)
    tenant.plans.append("lost after")
    owing.until_done(note, clock)

    assert tenant.calls.count("note") == 1
    assert tenant.calls.count("reply") == 0
    assert note.receipt.note_ids == [tenant.records[0].updates[0].note_id]
    sent = handoff.entries.get(kind=Entry.Kind.NOTE_SENT)
    assert sent.by == author


def test_a_note_on_another_connection_does_not_wait_for_the_record(
    record: Delivery, handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.records.append(Held(remote_id="ticket-1", key="", payload={}))
    handoff.route.source.tool = "fake"
    handoff.route.source.save()

    note = owing.note_owed(handoff, "Handed to Ops.", remote_id="ticket-1", connection=handoff.route.source)

    assert owing.until_done(note, clock).status == Delivery.Status.DONE


def test_only_a_reply_that_a_person_confirmed_as_public_is_public(
    handoff: Handoff, tenant: FakeTenant, clock: Clock
) -> None:
    tenant.records.append(Held(remote_id="record-9", key="", payload={}))

    reply = owing.note_owed(handoff, "We have found it.", remote_id="record-9", public=True)
    owing.until_done(reply, clock)

    assert tenant.calls.count("reply") == 1
    told = handoff.entries.latest("sequence")
    assert (told.kind, told.sayable) == (Entry.Kind.REPLIED, "We have found it.")
