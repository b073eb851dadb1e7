"""Hostile words in every field, and every page and file that shows them: they stay words everywhere."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.urls import reverse

from escalation.knowledge.codec import from_json, to_json
from escalation.models import AuditLine, Connection, Route, Team
from tests import builders
from tests.pages.access import world
from tests.pages.access.matrix import MATRIX
from tests.pages.posting import note

pytestmark = pytest.mark.django_db
# A formula to a spreadsheet; to a page a way out of a text, an attribute, a script and a comment.
WORDS = (
    "=HYPERLINK(1) <hostile-tag onclick=x> \"' hostile-attr=\"1\" hostile-attr='1' "
    "--> </textarea></title></script><script>hostile()</script> {{ 7 }}"
)
SHORT = "=1<hostile-tag onclick=x>\"' hostile-attr=1"
LEADS_NOWHERE = "javascript:hostile()"
# Fields of a knowledge state that hold what somebody wrote; the others are words of ours, times and ids.
WRITTEN = frozenset(
    [
        "summary",
        "ask",
        "statement",
        "how_verified",
        "check",
        "observation",
        "error_code",
        "words",
        "step",
        "because",
        "wrong_if",
        "affected",
        "priority_reason",
        "handle",
        "quote",
        "author",
        "requester",
        "organisation",
        "priority",
        "number",
    ]
)
ADDRESSES = frozenset({"url", "permalink"})
LEADS = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "data-src"})
READERS = ("author", "receiver", "lead", "owner")


def poisoned(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: poisoned(each, key) for key, each in value.items()}
    if isinstance(value, list):
        return [poisoned(each, name) for each in value]
    if isinstance(value, str) and name in ADDRESSES:
        return LEADS_NOWHERE
    return WORDS if isinstance(value, str) and name in WRITTEN else value


@pytest.fixture
def hostile(monkeypatch) -> Iterator[world.World]:
    state = from_json(poisoned(to_json(builders.scene())))
    monkeypatch.setattr(builders, "scene", lambda: state)
    everything = world.build()
    note(everything.sent, WORDS, sayable=WORDS)
    User.objects.update(first_name=SHORT, last_name=SHORT)
    Route.objects.update(name=SHORT)
    for row in (*Team.objects.all(), *Connection.objects.all()):
        row.name = f"{SHORT} {row.pk}"
        row.save()
    everything.sent.read_back = WORDS
    everything.sent.remote_number = SHORT
    everything.sent.save()
    # The pages and files of a period begin from now: the walk is a day after what it looks at.
    with time_machine.travel(builders.NOW + timedelta(days=1)):
        yield everything


class Harm(HTMLParser):
    """What a browser would take for more than text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.in_script = tag == "script"
        if tag.startswith("hostile") or (tag == "script" and "src" not in own and "type" not in own):
            self.found.append(f"<{tag}>")
        self.found += [name for name in own if name.startswith(("on", "hostile")) or name == "srcdoc"]
        for name in LEADS & set(own):
            if urlsplit((own[name] or "").strip()).scheme not in {"", "http", "https", "mailto", "data"}:
                self.found.append(f"{name}={own[name]}")

    def handle_data(self, data: str) -> None:
        if self.in_script and "hostile()" in data:
            self.found.append("script")

    def handle_endtag(self, tag: str) -> None:
        self.in_script = False


PARQUET = "application/vnd.apache.parquet"


def harm_in(answer: HttpResponse) -> list[str]:
    kind = answer["Content-Type"].partition(";")[0]
    if kind == PARQUET:  # columns with types: nothing in it is a formula or markup to whoever opens it
        return [] if answer["X-Content-Type-Options"] == "nosniff" else [kind]
    text = answer.content.decode()
    if kind == "text/html":
        reader = Harm()
        reader.feed(text)
        return reader.found
    if kind == "text/csv":
        cells = [cell for row in csv.reader(StringIO(text)) for cell in row]
        return [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]
    return [] if answer["X-Content-Type-Options"] == "nosniff" else [kind]


def walked(hostile: world.World, reader: str) -> Any:
    """Every page and file that the matrix opens to this reader."""
    column, browser = world.READERS.index(reader), hostile.browser(reader)
    for name, state, get, _ in MATRIX:
        if get[column] == "o":
            yield f"{name} {state}", browser.get(_address(hostile, name, state))


def _address(hostile: world.World, name: str, state: str) -> str:
    names, pattern = hostile.names[state or "draft"], world.addresses()[name]
    return reverse(name, kwargs={each: names[each] for each in pattern.pattern.converters})


@pytest.mark.parametrize("reader", READERS)
def test_hostile_words_stay_words_on_every_page_and_in_every_file(hostile, reader):
    # A line of the audit holds the person's name too.
    AuditLine.objects.create(
        at=builders.NOW, user=hostile.people["author"], did="saw", page="x", path=f"/{SHORT}"
    )
    showed: Counter[str] = Counter()
    harm = {}
    for where, answer in walked(hostile, reader):
        assert answer.status_code < 500, where
        if answer.streaming:
            continue
        showed[answer["Content-Type"].partition(";")[0]] += b"hostile" in answer.content
        if found := harm_in(answer):
            harm[where] = found

    assert harm == {}
    assert showed["text/html"] >= 8  # the walk has met the words, not only empty pages
    assert bool(showed["text/csv"]) == (reader in {"lead", "owner"})


@pytest.mark.parametrize(
    ("page", "harmful"),
    [
        (f"<p>{WORDS}</p>", True),
        (f'<input value="{WORDS}">', True),
        (f'<a href="{LEADS_NOWHERE}">x</a>', True),
        ('<p title="on click">harmless</p><script src="/static/a.js"></script>', False),
    ],
)
def test_the_reader_of_pages_knows_harm_when_it_meets_it(page, harmful):
    assert bool(harm_in(HttpResponse(page))) is harmful
