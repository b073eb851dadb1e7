"""Every form of every page, sent with whatever: a clear answer, and nothing that was confirmed is lost.

The forms are read from the pages themselves, so that a new one is tried without being named here.
"""

import json
import string
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.models import Entry, Handoff
from tests.pages.access import world
from tests.pages.access.matrix import MATRIX

pytestmark = pytest.mark.django_db

# Between them they have every form: who sends, who takes in, who sets up.
READERS = ("author", "receiver", "owner")
EXAMPLES = 80
WORDS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=string.digits + "-.:/٣", max_size=12),
    st.sampled_from(["", "\x00", "a\x00b", "9" * 5000, "-1", "1e9", "NaN", "\u202e", "x" * 70_000, "∞"]),
    st.sampled_from(["2026-13-45", "25:61", "item:", "part:nothing", "item:f1", "http://[", "{}", "[[[["]),
)


@dataclass(slots=True)
class Form:
    """What one form posts, and where to."""

    reader: str
    address: str
    fields: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.reader}: {self.address} {sorted(self.fields)}"


class Forms(HTMLParser):
    """The forms of a page that post, with every field and button they hold."""

    def __init__(self, reader: str, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.reader, self.page, self.open, self.select = reader, page, False, ""
        self.found: list[Form] = []
        self.by_id: dict[str, Form] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.open = own.get("method", "").lower() == "post" or "hx-post" in own
            if self.open:
                # Where the page scrolls to afterwards never reaches the server.
                action = urldefrag(own.get("action") or own.get("hx-post") or self.page).url
                self.found.append(Form(self.reader, urljoin(self.page, action)))
                self.by_id[own.get("id", "")] = self.found[-1]
        form = self.by_id.get(own["form"]) if "form" in own else self.found[-1] if self.open else None
        if form is None:
            return
        if tag in {"button", "input"} and own.get("formaction"):
            self.found.insert(0, Form(self.reader, urljoin(self.page, own["formaction"]), form.fields))
        if tag in {"input", "textarea", "button", "select"} and own.get("name"):
            form.fields.setdefault(own["name"], own.get("value", ""))
            self.select = own["name"] if tag == "select" else ""
        if tag == "option" and self.select:
            form.fields[self.select] = form.fields[self.select] or own.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open and tag != "form"


@pytest.fixture
def everything() -> world.World:
    return world.build()


@pytest.fixture
def forms(everything: world.World) -> list[Form]:
    """Each form of each page once, as the first reader meets it."""
    found: dict[tuple[str, str, tuple[str, ...]], Form] = {}
    for reader in READERS:
        browser = everything.browser(reader)
        for name, state, get, _ in MATRIX:
            if get[world.READERS.index(reader)] != "o":
                continue
            names = everything.names[state or "draft"]
            kinds = world.addresses()[name].pattern.converters
            page = reverse(name, kwargs={each: names[each] for each in kinds})
            answer = browser.get(page)
            if not answer.get("Content-Type", "").startswith("text/html"):
                continue
            read = Forms(reader, page)
            read.feed(answer.content.decode())
            for each in read.found:
                found.setdefault((reader, each.address, tuple(sorted(each.fields))), each)
    return list(found.values())


@contextmanager
def taken_back() -> Iterator[None]:
    """What one example leaves is gone before the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def confirmed_words(handoff: Handoff) -> Any:
    """What was confirmed and what was told of it since."""
    handoff.refresh_from_db()
    lines = list(Entry.objects.filter(handoff=handoff).order_by("sequence").values_list("sequence", "text"))
    sent = [bytes(each.body) for each in handoff.deliveries.order_by("position")]
    return json.dumps(handoff.state, sort_keys=True), lines, sent


def parts_of(forms: list[Form]) -> set[str]:
    return {each.address.rstrip("/").rsplit("/", 1)[-1] for each in forms}


def test_no_form_breaks_whatever_is_put_into_it(everything, forms):
    assert {"start", "edit", "review", "accept", "resolve", "return", "ask", "promise"} <= parts_of(forms)
    assert {"answer", "settings", "tokens", "sessions", "rules", "template"} <= parts_of(forms)
    assert len(forms) > 60

    @settings(max_examples=EXAMPLES)
    @given(st.sampled_from(forms), st.data())
    def holds(form: Form, data: st.DataObject) -> None:
        names = st.sampled_from(sorted(form.fields) or ["do"]) | st.text(max_size=8)
        values = form.fields | data.draw(st.dictionaries(names, WORDS, max_size=5))
        missing = data.draw(st.sets(st.sampled_from(sorted(values)), max_size=2))
        with taken_back():
            browser = everything.browser(form.reader)
            before = confirmed_words(everything.sent)

            answer = browser.post(
                form.address, {name: values[name] for name in values if name not in missing}
            )

            assert answer.status_code < 500, str(form)
            if answer.status_code in {301, 302} and answer["Location"].startswith("/"):
                assert browser.get(answer["Location"]).status_code < 500, str(form)
            state, lines, sent = confirmed_words(everything.sent)
            assert state == before[0]
            assert lines[: len(before[1])] == before[1]
            assert sent[: len(before[2])] == before[2]

    holds()
