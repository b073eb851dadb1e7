"""Which lines a page shows is a choice that stands in its address, and every line has one of its own."""

import re

import pytest

from escalation.models import Entry
from escalation.timeline.record import Line, record
from escalation.timeline.sieve import ABOUT, Sieve, sieve_from, values_of
from tests import builders
from tests.pages.posting import note

pytestmark = pytest.mark.django_db

SAYABLE = "We have found what causes the problem."


def add(handoff, kind: Entry.Kind, text: str = "", **values) -> Entry:
    return record(
        handoff=handoff, line=Line(kind=kind, happened_at=builders.NOW, text=text, **values), now=builders.NOW
    )


def shown(browser, handoff, query: str = "") -> list[int]:
    """The numbers of the lines that stand on the page, in its order."""
    html = browser.get(f"/handoffs/{handoff.pk}{query}").content.decode()
    return [int(each) for each in re.findall(r'id="line-(\d+)"', html)]


@pytest.fixture
def told(sent):
    """A handoff over two hops, with a line of each sort."""
    about = {"side": "receiver", "hop": 1, "number": "PLAT-42"}
    return {
        "note": note(sent, "Looking into the gateway", sayable=SAYABLE).sequence,
        "hop": add(sent, Entry.Kind.NOTE, "Patched", tool="jira", details=about, sayable=SAYABLE).sequence,
        "accepted": add(sent, Entry.Kind.ACCEPTED).sequence,
        "told": add(sent, Entry.Kind.TOLD, sayable=SAYABLE).sequence,
    }


def test_every_kind_of_line_is_about_something():
    assert set(ABOUT) == set(Entry.Kind)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?from=servicenow&about=words", ["note"]),
        ("?from=jira.1", ["hop"]),
        ("?from=jira", []),
        ("?from=baton&about=progress", ["accepted"]),
        ("?about=told", ["told"]),
        ("?sayable=on", ["hop", "note"]),
    ],
)
def test_a_choice_shows_what_fits_it_the_newest_first(page, sent, told, query, wanted):
    assert shown(page, sent, query) == [told[name] for name in wanted]


@pytest.mark.parametrize("query", ["", "?from=nowhere&about=nothing&sayable=", "?from=<script>"])
def test_without_a_choice_that_fits_all_lines_stand_there(page, sent, told, query):
    assert len(shown(page, sent, query)) == sent.entries.count()


def test_what_the_page_answers_is_read_from_all_lines_whatever_is_shown(page, sent, told):
    html = page.get(f"/handoffs/{sent.pk}?from=jira.1").content.decode()

    assert SAYABLE in html.partition('id="told-title"')[2]  # what the user was told
    assert "accepted it" in html.partition("Last done")[2].partition("</div>")[0]


def test_the_page_names_the_tools_and_hops_that_spoke(page, sent, told):
    html = page.get(f"/handoffs/{sent.pk}").content.decode()
    form = html.partition('id="sieve"')[2].partition("</form>")[0]

    titles = re.findall(r'<option value="[^"]*">([^<]+)</option>', form.partition("</select>")[0])
    assert titles[0] == "everywhere"
    assert {*titles[1:]} == {"Baton", "ServiceNow", "Jira PLAT-42, handed on"}


def test_a_page_that_polls_keeps_its_choice(page, sent, told):
    html = page.get(f"/handoffs/{sent.pk}?from=jira.1&sayable=on").content.decode()
    asks = re.search(r'id="poll"[^>]*hx-get="([^"]+)"', html)

    assert asks is not None
    fragment = page.get(asks[1].replace("&amp;", "&")).content.decode()
    assert re.findall(r'id="line-(\d+)"', fragment) == [str(told["hop"])]


def test_a_choice_without_lines_says_so_and_leads_back(page, sent):
    html = page.get(f"/handoffs/{sent.pk}?from=jira.1").content.decode()

    assert "No line fits this choice yet" in html
    assert f'<a class="btn-small" href="/handoffs/{sent.pk}">Show all</a>' in html


def test_every_line_links_to_itself_on_the_page_that_shows_all(page, sent, told):
    html = page.get(f"/handoffs/{sent.pk}?from=jira.1").content.decode()

    assert f'href="/handoffs/{sent.pk}#line-{told["hop"]}"' in html


@pytest.mark.parametrize("sieve", [Sieve(), Sieve(place="jira.2", about="words", sayable=True)])
def test_a_choice_is_read_as_it_was_written(sieve):
    assert sieve_from(values_of(sieve)) == sieve
