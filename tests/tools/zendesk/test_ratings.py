"""What users said comes out of both of Zendesk's systems, each ticket once, and nothing is made up."""

from datetime import timedelta

import pytest

from escalation.practice.zendesk import rating_api
from escalation.tools.zendesk import ratings
from tests.tools.bench import NOW

SINCE = NOW - timedelta(days=90)
AT = "2026-11-23T14:00:00Z"


def answer(rating, **more):
    return {"type": "rating_scale", "rating": rating, "created_at": AT, "updated_at": AT, **more}


def response(*answers, ticket="48", number="r1", **subject):
    about = {"id": f"zen:ticket:{ticket}", "type": "ticket", "zrn": f"zen:ticket:{ticket}"} | subject
    return {"id": number, "subjects": [about], "answers": list(answers), "created_at": AT}


def serve(zendesk, *responses):
    for each in responses:
        zendesk.tool.store.put("survey_response", each["id"], each)


def page_of(zendesk):
    return zendesk.tool.flask.test_client()


def solved(zendesk):
    return next(one for one in zendesk.tool.store.all("ticket") if one["status"] == "solved")


def test_ratings_of_the_older_kind_are_read_with_their_ticket_and_time(zendesk, zendesk_door):
    readout = ratings.ratings(zendesk_door, since=NOW - timedelta(days=365))

    kept = zendesk.tool.store.all("satisfaction_rating")
    assert readout.way == ratings.LEGACY
    assert {(each.ticket, each.good) for each in readout.ratings} == {
        (str(each["ticket_id"]), each["score"] == "good") for each in kept if each["score"] in {"good", "bad"}
    }
    assert all(each.at.tzinfo for each in readout.ratings)


@pytest.mark.parametrize(
    ("said", "good"),
    [
        (answer(4, rating_category="good"), True),
        (answer(5), True),
        (answer(4), True),
        (answer(3), False),
        (answer(2, question={"options": [{"rating": 1}, {"rating": 2}]}), True),
        (answer(1, question={"options": [{"rating": 1}, {"rating": 2}]}), False),
        (answer(5, rating_category="bad"), False),  # their word counts before our reading of the scale
    ],
    ids=str,
)
def test_an_answer_on_a_scale_is_content_as_zendesk_counts_it(zendesk, zendesk_door, said, good):
    serve(zendesk, response(said, {"type": "open_ended", "value": "Thanks"}))

    readout = ratings.ratings(zendesk_door, since=SINCE)

    (one,) = [each for each in readout.ratings if each.rating_id == "r1"]
    assert (one.ticket, one.good, readout.way) == ("48", good, ratings.SURVEY)


@pytest.mark.parametrize(
    "silent",
    [
        response(),
        response({"type": "skipped"}),
        response(answer("very")),
        response(answer(5, created_at="", updated_at=None)),
        response(answer(5), ticket="x", id="", type="ticket"),
        response(answer(5), zrn="zen:chat:9", id="9", type="chat"),
    ],
    ids=["asked", "skipped", "no number", "no time", "no ticket", "another subject"],
)
def test_who_has_said_nothing_of_a_ticket_is_not_counted(zendesk, zendesk_door, silent):
    serve(zendesk, silent)

    assert "r1" not in {each.rating_id for each in ratings.ratings(zendesk_door, since=SINCE).ratings}


def test_all_pages_are_read(zendesk, zendesk_door, monkeypatch):
    monkeypatch.setattr(ratings, "PAGE", 2)
    serve(zendesk, *(response(answer(5), number=f"r{place}", ticket=str(place)) for place in range(5)))

    found = {each.rating_id for each in ratings.ratings(zendesk_door, since=SINCE).ratings}

    assert {f"r{place}" for place in range(5)} <= found


def test_an_account_without_surveys_is_read_by_its_ratings_and_without_either_says_why(zendesk, zendesk_door):
    zendesk.fault(path="/api/v2/guide/survey_responses", status=404, times=0)
    assert ratings.ratings(zendesk_door, since=SINCE - timedelta(days=300)).way == ratings.LEGACY

    zendesk.fault(path="/api/v2/satisfaction_ratings", status=403, times=0)
    readout = ratings.ratings(zendesk_door, since=SINCE)

    assert (readout.ratings, readout.way) == ((), "")
    assert "neither survey answers" in readout.words
    assert "permission" in readout.words


@pytest.mark.parametrize(("form", "good", "way"), [("good", True, "rating"), ("2", False, "survey")])
def test_what_was_said_of_one_ticket_is_read_alone(zendesk, zendesk_door, form, good, way):
    ticket = solved(zendesk)
    page_of(zendesk).post(f"/agent/tickets/{ticket['id']}/rating", data={"rating": form})

    readout = ratings.ratings_of(zendesk_door, ticket=str(ticket["id"]))

    (one,) = readout.ratings
    assert (one.ticket, one.good, readout.way) == (str(ticket["id"]), good, way)


def test_a_ticket_that_nobody_rated_and_what_is_no_ticket_say_nothing(zendesk, zendesk_door):
    unrated = next(one for one in zendesk.tool.store.all("ticket") if not one.get("satisfaction_rating"))

    assert ratings.ratings_of(zendesk_door, ticket=str(unrated["id"])).ratings == ()
    assert ratings.ratings_of(zendesk_door, ticket="1 OR 1").ratings == ()


def test_changing_ones_mind_is_the_same_rating(zendesk, zendesk_door):
    ticket = solved(zendesk)
    for said in ("good", "bad"):
        page_of(zendesk).post(f"/agent/tickets/{ticket['id']}/rating", data={"rating": said})
    for said in ("5", "1"):
        page_of(zendesk).post(f"/agent/tickets/{ticket['id']}/rating", data={"rating": said})

    found = [
        each
        for each in ratings.ratings(zendesk_door, since=SINCE).ratings
        if each.ticket == str(ticket["id"])
    ]

    assert len({each.rating_id for each in found}) == 2  # one in each system
    assert rating_api.HIGHEST == 5


def test_the_kind_of_a_ticket_is_its_type_or_what_the_named_field_shows(zendesk, zendesk_door):
    store = zendesk.tool.store
    ticket = solved(zendesk)
    field = {"id": 360, "title": "Topic", "custom_field_options": [{"name": "Remote access", "value": "vpn"}]}
    store.put("ticket_field", 360, field)
    changed = {**ticket, "type": "question", "custom_fields": [{"id": 360, "value": "vpn"}]}
    store.put("ticket", ticket["id"], changed)
    number = str(ticket["id"])

    assert ratings.kinds_of(zendesk_door, tickets=(number, "not one")) == {number: "Question"}

    zendesk_door.settings["kind_field"] = "360"
    assert ratings.kinds_of(zendesk_door, tickets=(number,)) == {number: "Remote access"}
