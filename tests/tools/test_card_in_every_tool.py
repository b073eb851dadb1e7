"""In each tool the record holds the card in the receiver's order, and only its own people read our notes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given as over

from escalation.knowledge.state import Fact
from escalation.practice import credentials
from escalation.tools.jira import adf, site
from escalation.tools.jira import mirror as jira_mirror
from escalation.tools.jira import receiver as jira
from escalation.tools.servicenow import mirror as servicenow_mirror
from escalation.tools.servicenow import receiver as servicenow
from escalation.tools.servicenow.vocabulary import LIMITS
from escalation.tools.zendesk import mirror as zendesk_mirror
from escalation.tools.zendesk import receiver as zendesk
from escalation.translation.rules import Rules
from escalation.transport.credentials import Bearer
from escalation.transport.door import Door
from tests.builders import scene
from tests.tools.hostile import NASTY, STATES
from tests.tools.servicenow.test_translate import given

KEY = "3f2b8c527f5e4b369c2e1a2b3c4d5e6f"
LINKS = "Answer without an account:\nSay the ask back: https://baton.example/r/read-back/abc_def-1:xyz"
CARD = (
    "Ask", "Find what changed", "Believed (unproven)", "broke the CORS policy", "Proven", "Account is active",
    "Browser console", "Tried", "Cleared cache and cookies", "no change", "Impact and deadline",
    "Finance team", "month-end close", "Reachability", "08:00–17:00 Eastern",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Adapter:
    """One adapter: a door, what it makes records with, and how to read them as the tool tells them."""

    door: Door
    receiver: Any
    mirror: Any
    text: Callable[[Door, str], str]  # what the record says of itself
    internal: Callable[[Door, str], list[str]]  # the notes that only the tool's own people read
    outside: Callable[[Door, str], list[str]]  # what the customer reads
    defaults: Mapping[str, str] | None = None
    needs: Mapping[str, Any] | None = None


def _journal(element: str) -> Callable[[Door, str], list[str]]:
    def texts(door: Door, record: str) -> list[str]:
        wanted = {"sysparm_query": f"element_id={record}^element={element}"}
        address = f"{door.base_url}/api/now/v2/table/sys_journal_field"
        rows = door.session.ask("GET", address, params=wanted).json["result"]
        return [each["value"] for each in rows]

    return texts


def _description(door: Door, record: str) -> str:
    answer = door.session.ask("GET", f"{door.base_url}/api/now/v2/table/incident/{record}").json
    return str(answer["result"]["description"])


def _comments(*, public: bool) -> Callable[[Door, str], list[str]]:
    def texts(door: Door, record: str) -> list[str]:
        address = f"{door.base_url}/api/v2/tickets/{record}/comments.json"
        comments = door.session.ask("GET", address).json["comments"]
        return [each["body"] for each in comments if each["public"] is public]

    return texts


def _first_comment(door: Door, record: str) -> str:
    return _comments(public=False)(door, record)[0]


def _issue(door: Door, record: str) -> str:
    return _said(site.get(door, site.issue_path(record))["fields"]["description"])


def _said(body: Any) -> str:
    return body if isinstance(body, str) else adf.to_text(body)


def _jira_comments(*, internal: bool) -> Callable[[Door, str], list[str]]:
    def texts(door: Door, record: str) -> list[str]:
        found = site.get(door, site.issue_path(record, "/comment"), expand="properties")["comments"]
        kept = []
        for each in found:
            properties = {one["key"]: one["value"] for one in each["properties"]}
            if properties["sd.public.comment"]["internal"] is internal:
                kept.append(_said(each["body"]))
        return kept

    return texts


def _portal(door: Door, record: str) -> list[str]:
    """What a service desk's portal shows the customer: what Jira itself calls public."""
    found = site.get(door, site.issue_path(record, "/comment"))["comments"]
    return [_said(each["body"]) for each in found if each["jsdPublic"]]


NAMES = ("servicenow", "jira-cloud", "jira-data-center", "jira-service-management", "zendesk")


@pytest.fixture(params=NAMES)
def adapter(request: pytest.FixtureRequest) -> Adapter:
    built = {
        "servicenow": _servicenow, "jira-cloud": _cloud, "jira-data-center": _data_center,
        "jira-service-management": _service_desk, "zendesk": _zendesk,
    }  # fmt: skip
    made: Adapter = built[request.param](request)
    return made


def _servicenow(request: pytest.FixtureRequest) -> Adapter:
    return Adapter(
        door=request.getfixturevalue("servicenow_door"), receiver=servicenow, mirror=servicenow_mirror,
        text=_description, internal=_journal("work_notes"), outside=_journal("comments"),
    )  # fmt: skip


def _zendesk(request: pytest.FixtureRequest) -> Adapter:
    return Adapter(
        door=request.getfixturevalue("zendesk_door"), receiver=zendesk, mirror=zendesk_mirror,
        text=_first_comment, internal=_comments(public=False), outside=_comments(public=True),
    )  # fmt: skip


def _in_jira(door: Door, **more: Any) -> Adapter:
    values: dict[str, Any] = {
        "text": _issue,
        "internal": _jira_comments(internal=True),
        "outside": _jira_comments(internal=False),
    }
    return Adapter(door=door, receiver=jira, mirror=jira_mirror, **values | more)


def _cloud(request: pytest.FixtureRequest) -> Adapter:
    needs = {"customfield_10041": {"value": "Production"}}
    return _in_jira(request.getfixturevalue("jira_door"), needs=needs)


def _service_desk(request: pytest.FixtureRequest) -> Adapter:
    defaults = {"project": "SUP", "requesttype": "Report a system problem"}
    return _in_jira(request.getfixturevalue("jira_door"), defaults=defaults, outside=_portal)


def _data_center(request: pytest.FixtureRequest) -> Adapter:
    token = Bearer(token=credentials.JIRA_PERSONAL_TOKEN)
    door = request.getfixturevalue("jira").opened(
        token, our_user="Baton", project="PLAT", flavour="data-center"
    )
    needs = {"customfield_10041": {"value": "Production"}}
    return _in_jira(door, defaults={"flavour": "data-center"}, needs=needs)


def _record(adapter: Adapter, state: Any = None) -> str:
    wanted = given(key=KEY, links={}, people={}, entries={}, rules=Rules(defaults=adapter.defaults or {}))
    draft = adapter.receiver.translate(state or scene(), wanted).draft
    payload = {**draft.payload(), **(adapter.needs or {})}
    return str(adapter.receiver.create(adapter.door, payload=payload, key=KEY).remote.remote_id)


def in_order(text: str, words: tuple[str, ...]) -> bool:
    """Whether the words stand there one after the other, whatever the case and the markup between."""
    plain = re.sub(r"\\(.)", r"\1", text)
    return re.search(".*?".join(map(re.escape, words)), plain, flags=re.DOTALL | re.IGNORECASE) is not None


def test_the_record_holds_the_card_in_the_receivers_order(adapter: Adapter):
    record = _record(adapter)

    assert in_order(adapter.text(adapter.door, record), CARD)


def test_links_and_notes_are_internal_and_the_customer_reads_nothing(adapter: Adapter):
    record = _record(adapter)
    before = adapter.outside(adapter.door, record)

    adapter.mirror.note(adapter.door, remote_id=record, text=LINKS, key="n1", public=False)

    noted = adapter.internal(adapter.door, record)
    assert [each.count("https://baton.example/r/read-back/abc_def-1:xyz") for each in noted[-1:]] == [1]
    assert before == adapter.outside(adapter.door, record) == []


def test_only_a_reply_that_was_meant_to_be_public_is(adapter: Adapter):
    record = _record(adapter)

    adapter.mirror.note(adapter.door, remote_id=record, text="We found it.", key="r1", public=True)

    assert any("We found it." in each for each in adapter.outside(adapter.door, record))


# -- the card as a work note with headings and lists ---------------------------------------------------------


class Outline(HTMLParser):
    """The elements of a note, and its text."""

    def __init__(self, note: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.text = ""
        self.feed(note.removeprefix("[code]").removesuffix("[/code]"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def rich(state: Any, **changes: Any) -> Any:
    rules = Rules(rich_note=True)
    fields = servicenow.translate(
        state, given(key=KEY, links={}, people={}, entries={}, rules=rules, **changes)
    )
    return next((each for each in fields.draft.fields if each.name == "work_notes"), None)


def test_a_work_note_can_be_the_whole_card(servicenow_door: Door):
    field = rich(scene())

    outline = Outline(field.value)
    assert in_order(outline.text, CARD)
    assert "<blockquote><h4>BELIEVED (UNPROVEN)</h4>" in field.value
    assert "https://acme.zendesk.com/agent/tickets/4711" in outline.links
    assert "<" not in field.shown  # the preview shows what is read, not how it is written
    proof = servicenow.create(
        servicenow_door, payload={"short_description": "x", "work_notes": field.value}, key=KEY
    )
    assert _journal("work_notes")(servicenow_door, proof.remote.remote_id) == [field.value]
    assert _journal("comments")(servicenow_door, proof.remote.remote_id) == []


def test_a_note_left_as_it_was_shown_keeps_its_markup_and_one_written_anew_is_plain():
    field = rich(scene())

    kept = rich(scene(), answers={"work_notes": field.shown})
    anew = rich(scene(), answers={"work_notes": "Mine <b>alone</b>"})

    assert kept.value == field.value
    assert anew.value == "Mine <b>alone</b>"


@over(NASTY)
def test_words_from_outside_are_never_markup_in_the_note(words: str):
    field = rich(replace(scene(), ask=words, facts=(Fact(id="f1", statement=words),)))

    assert set(Outline(field.value).tags) <= {"h4", "ul", "li", "blockquote", "a", "br", "p"}
    assert all(str(link).startswith("http") for link in Outline(field.value).links)
    inside = field.value.removeprefix("[code]").removesuffix("[/code]")
    assert not set("[]") & set(inside)


@over(STATES)
def test_whatever_the_state_the_note_fits_its_journal(state: Any):
    field = rich(state)

    assert field is None or len(field.value) <= LIMITS["work_notes"]
