"""One id leads through the log from the form to the receipt."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client
from structlog.contextvars import clear_contextvars

from config import logs
from escalation.models import Delivery
from tests import builders
from tests.database import owing
from tests.pages.posting import fields_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def written(monkeypatch) -> Iterator[StringIO]:
    """What an installation writes, line by line."""
    told = StringIO()
    line = logs.configured(level="INFO", as_json=True)["formatters"]["line"]
    handler = logging.StreamHandler(told)
    handler.setFormatter(line.pop("()")(**line))
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [handler])
    monkeypatch.setattr(root, "level", logging.INFO)
    root.manager._clear_cache()  # type: ignore[attr-defined]
    yield told
    root.manager._clear_cache()  # type: ignore[attr-defined]


def test_one_id_leads_from_the_form_to_the_receipt(written, to_fake, author, clock, tenant):
    draft = builders.handoff(route=to_fake, author=author)
    browser = Client()
    browser.force_login(author)
    fields = fields_of(browser, draft)
    browser.post(f"/handoffs/{draft.pk}/save", fields, headers={"HX-Request": "true"})
    look = browser.get(f"/handoffs/{draft.pk}/review").content.decode()
    fingerprint = look.split('name="fingerprint" value="')[1][:64]
    browser.post(f"/handoffs/{draft.pk}/review", {"fingerprint": fingerprint})
    clear_contextvars()  # as between a web server and a worker
    owing.until_done(Delivery.objects.get(handoff=draft), clock)

    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    ours = [each for each in lines if each.get("handoff") == str(draft.pk)]

    assert {each["event"] for each in ours} >= {"answered", "delivery: arrived"}
    paths = [each["path"] for each in ours if each["event"] == "answered"]
    assert [path.rpartition("/")[2] for path in paths] == ["edit", "save", "review", "review"]
    arrived = next(each for each in ours if each["event"] == "delivery: arrived")
    assert arrived["number"]
    assert arrived["delivery"] == str(Delivery.objects.get(handoff=draft).pk)
    assert all(each["request_id"] for each in ours if each["event"] == "answered")
    # What somebody wrote stands in no line.
    assert "CORS" not in written.getvalue()
