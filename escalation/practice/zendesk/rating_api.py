"""How do users of the practice Zendesk say whether they were content?

In both of the vendor's systems: the older rating of a ticket, good or bad, and the answer to a CSAT survey
on a scale of five. A survey's response is there from the moment the user is asked; its answer comes later.
"""

from datetime import datetime
from typing import Any, Final

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from escalation.practice.store import Document
from escalation.practice.zendesk.answers import listed
from escalation.practice.zendesk.authentication import authenticate, desk
from escalation.practice.zendesk.desk import Desk
from escalation.practice.zendesk.events import tell
from escalation.practice.zendesk.shapes import iso

rating_api = Blueprint("rating_api", __name__, url_prefix="/api/v2/guide")
rating_api.before_request(authenticate)
HIGHEST: Final = 5
_CONTENT: Final = 4
_LABELS: Final = ("Very unsatisfied", "Unsatisfied", "Neutral", "Satisfied", "Very satisfied")


@rating_api.get("/survey_responses")
def list_responses() -> ResponseReturnValue:
    """Answer the surveys sent since `filter[created_at_start]` (milliseconds), or those about one ticket."""
    start, about = request.args.get("filter[created_at_start]", "0"), request.args.get("filter[subject_zrns]")
    since = int(start) / 1000 if start.isdigit() else 0.0

    def fits(response: Document) -> bool:
        zrns = {each["zrn"] for each in response["subjects"]}
        asked_at = datetime.fromisoformat(response["created_at"]).timestamp()
        return asked_at >= since and (about is None or bool(zrns & set(about.split(","))))

    found = [one for one in desk().store.all("survey_response") if fits(one)]
    return listed("survey_responses", found, lambda one: one)


def keep_answer(at: Desk, ticket: Document, *, rating: int, comment: str) -> Document:
    """Write what the requester answers, into the ticket's survey if there is one, and tell who listens."""
    zrn, moment = f"zen:ticket:{ticket['id']}", iso(at.clock())
    with at.store.transaction():
        asked = [one for one in at.store.all("survey_response") if one["subjects"][0]["zrn"] == zrn]
        before: dict[str, Any] = dict(asked[-1]) if asked else _asked(at, ticket, zrn, moment)
        created = next((one["created_at"] for one in before["answers"]), moment)
        response = {**before, "answers": _answers(rating, comment, created_at=created, updated_at=moment)}
        at.store.put("survey_response", response["id"], response)
    tell(current_app.extensions["surroundings"], ticket, "csat_received")
    return response


def _asked(at: Desk, ticket: Document, zrn: str, moment: str) -> dict[str, Any]:
    return {
        "id": at.new_id(),
        "survey": {"id": "practice", "version": 1, "state": "enabled"},
        "responder_id": ticket["requester_id"],
        "subjects": [{"id": zrn, "type": "ticket", "zrn": zrn}],
        "answers": [],
        "created_at": moment,
        "expires_at": moment,
    }


def _answers(rating: int, comment: str, **times: str) -> list[dict[str, Any]]:
    options = [{"rating": place, "label": label} for place, label in enumerate(_LABELS, start=1)]
    question = {
        "id": "q1",
        "type": "rating_scale_emoji",
        "alias": "customer satisfaction",
        "options": options,
    }
    category = "good" if rating >= _CONTENT else "bad"
    scale: dict[str, Any] = {
        "type": "rating_scale",
        "question": question,
        "rating": rating,
        "rating_category": category,
    }
    words: dict[str, Any] = {
        "type": "open_ended",
        "question": {"id": "q2", "type": "open_ended"},
        "value": comment,
    }
    return [{**each, **times} for each in ([scale, words] if comment else [scale])]
