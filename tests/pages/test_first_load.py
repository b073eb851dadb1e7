"""How much has a browser to fetch before the form is there? Everything counted, as compressed on the wire."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db

MOST_BYTES = 120_000
FETCHED = re.compile(r'<(?:script|link)[^>]*(?:src|href)="/static/([^"#]+)"')


def test_the_form_is_sent_compressed_and_its_first_load_stays_within_the_budget(page: Client, draft):
    answer = page.get(f"/handoffs/{draft.pk}/edit", headers={"Accept-Encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    html = gzip.decompress(answer.content).decode()
    files = set(FETCHED.findall(html)) | {"icons.svg"}
    assert any(name.endswith("htmx.min.js") for name in files)
    assert any(name.endswith("baton.css") for name in files)
    sizes = {"page": len(answer.content)}
    for name in files:
        found = finders.find(name)
        assert found, name
        with open(str(found), "rb") as file:
            sizes[name] = len(gzip.compress(file.read(), 9))
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_a_browser_that_cannot_unpack_gets_it_as_it_is(page: Client, draft):
    answer = page.get(f"/handoffs/{draft.pk}/edit")

    assert "Content-Encoding" not in answer
    assert b"<html" in answer.content
