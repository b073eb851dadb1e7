"""Trying to write tells what is missing and leaves nothing that anybody works on, or says what."""

from escalation.tools.trying import TITLE
from escalation.tools.zendesk import trial

KEY = "5" * 32


def tickets(zendesk):
    return [one for one in zendesk.tool.store.all("ticket") if one["subject"] == TITLE]


def test_the_ticket_is_internal_and_deleted_again(zendesk, zendesk_door):
    done = trial.try_writing(zendesk_door, key=KEY)

    (ticket,) = tickets(zendesk)
    comments = [one for one in zendesk.tool.store.all("comment") if one["ticket_id"] == ticket["id"]]
    assert done.lacks == ()
    assert f"#{ticket['id']} is deleted" in done.left
    assert ticket["status"] == "deleted"
    assert [each["public"] for each in comments] == [False, False]


def test_who_may_not_delete_leaves_a_solved_ticket_and_says_which(zendesk, zendesk_door):
    zendesk.fault(method="DELETE", path="/api/v2/tickets/*", status=403)

    done = trial.try_writing(zendesk_door, key=KEY)

    (ticket,) = tickets(zendesk)
    assert f"#{ticket['id']} stays there, solved" in done.left
    assert ticket["status"] == "solved"


def test_who_may_not_open_tickets_is_told_so(zendesk, zendesk_door):
    zendesk.fault(method="POST", path="/api/v2/tickets.json", status=403)

    ((what, fix),) = trial.try_writing(zendesk_door, key=KEY).lacks

    assert "cannot open tickets" in what
    assert "tickets:write" in fix
    assert tickets(zendesk) == []


def test_notes_and_files_that_are_refused_are_named(zendesk, zendesk_door):
    zendesk.fault(method="POST", path="/api/v2/uploads.json", status=403)

    ((what, _),) = trial.try_writing(zendesk_door, key=KEY).lacks

    assert "notes and files" in what


def test_a_lost_answer_is_said(zendesk, zendesk_door):
    zendesk.fault(method="POST", path="/api/v2/tickets.json", lose_answer=True)

    assert trial.try_writing(zendesk_door, key=KEY).unsure
