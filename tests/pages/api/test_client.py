"""The client does what its page says: the example there is run as it stands, against the API itself."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from baton_client import Baton, Refused
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone

from escalation.callers.tokens import make_token
from escalation.models import Handoff, Lane
from escalation.models.access_token import Scope
from escalation.practice.adapter import PracticeAdapter
from tests.pages.posting import confirmed
from tests.pages.test_beginning import zendesk  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[3] / "client" / "README.md"
EXAMPLE = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]
ADDRESS = "https://baton.example"


@pytest.fixture
def token(author, settings) -> Iterator[str]:
    """The author's; between requests the test's own connection stays."""
    settings.ALLOWED_HOSTS = ["baton.example"]
    for each in (request_started, request_finished):
        each.disconnect(close_old_connections)
    yield make_token(name="client", scopes=list(Scope), days=1, by=author, now=timezone.now())[1]
    for each in (request_started, request_finished):
        each.connect(close_old_connections)


class Forgetful(PracticeAdapter):
    """Loses the answer to the first request that changes something."""

    lost = 0

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        answer = super().send(request, *args, **kwargs)
        if request.method != "GET" and not self.lost:
            self.lost = 1
            raise requests.ConnectionError("the line broke")
        return answer


def session(adapter: PracticeAdapter) -> requests.Session:
    made = requests.Session()
    made.mount("https://", adapter)
    return made


def test_the_example_on_its_page_sends_a_handoff(desk_to_ops, token, monkeypatch, capsys):
    adapter = PracticeAdapter(get_wsgi_application())
    monkeypatch.setattr(requests.Session, "get_adapter", lambda *_, **__: adapter)

    exec(EXAMPLE, {"token": token})

    handoff = Handoff.objects.get()
    assert (handoff.status, handoff.summary) == ("queued", "Finance dashboard does not load")
    assert "confirmed it; queued" in capsys.readouterr().out


def test_an_answer_that_was_lost_begins_no_second_draft(desk_to_ops, token):
    adapter = Forgetful(get_wsgi_application())
    baton = Baton(ADDRESS, token=token, session=session(adapter))

    draft = baton.begin(route=desk_to_ops.pk, text="The till prints nothing.")

    assert adapter.lost
    assert Handoff.objects.get().pk.hex == draft.id.replace("-", "")
    assert [each.id for each in baton.handoffs()] == [draft.id]


def test_what_is_refused_is_raised_with_its_sentence_and_place(desk_to_ops, draft, token):
    baton = Baton(ADDRESS, token=token, session=session(PracticeAdapter(get_wsgi_application())))
    mine = baton.draft(str(draft.pk))
    Handoff.objects.update(lane=Lane.URGENT)

    with pytest.raises(Refused, match="changed since you read it") as stale:
        baton.save(mine)
    with pytest.raises(Refused) as wrong:
        baton.begin(route=0)

    assert stale.value.status == 412
    assert (wrong.value.status, list(wrong.value.errors)) == (400, ["route"])


def test_files_a_question_first_and_a_correction_go_by_the_client(
    desk_to_ops, author, receiver, draft, token
):
    baton = Baton(ADDRESS, token=token, session=session(Forgetful(get_wsgi_application())))
    mine = str(draft.pk)

    file = baton.attach(mine, name="gateway.log", body=b"09:14 ERROR upstream refused", item="d1")
    asked = baton.ask_first(mine, route=desk_to_ops.pk, question="Is the gateway yours?")
    theirs = make_token(name="ops", scopes=list(Scope), days=1, by=receiver, now=timezone.now())[1]
    ops = Baton(ADDRESS, token=theirs, session=session(PracticeAdapter(get_wsgi_application())))
    ops.answer_first(asked.id, answer="Yes.")
    confirmed(draft, by=author)
    amendment = baton.amend(mine)
    amendment.state["facts"].append({"statement": "It fails on the VPN too", "standing": "confirmed"})
    amendment = baton.save_amendment(amendment)
    baton.send_amendment(amendment)

    assert [each.id for each in baton.files(mine)] == [file.id]
    assert draft.attachments.count() == 1
    assert baton.consult(asked.id).answer == "Yes."
    assert draft.amendments.get().text == amendment.text
    assert "It fails on the VPN too" in amendment.text


def test_the_client_lists_what_is_open_in_the_tool(desk_to_ops, token, zendesk):  # noqa: F811  # a fixture
    baton = Baton(ADDRESS, token=token, session=session(PracticeAdapter(get_wsgi_application())))

    assert any("dashboard" in each.subject for each in baton.tickets(desk_to_ops.pk))
