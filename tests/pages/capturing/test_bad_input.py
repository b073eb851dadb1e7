"""Whatever is posted to the form: a clear answer, nothing lost, nothing of it where it does not belong."""

import json
import string

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from escalation.capture import amend
from escalation.capture.draft import MOST_ITEMS, MOST_SECONDS, state_of
from escalation.knowledge.state import Business, Fact, KnowledgeState
from escalation.models import CatalogRow, Delivery, Handoff
from tests import builders
from tests.pages.posting import confirmed, fields_in, fields_of, press

pytestmark = pytest.mark.django_db

MANY_DIGITS = "9" * 5000


def stored(handoff: Handoff) -> KnowledgeState:
    handoff.refresh_from_db()
    return state_of(handoff)


def save(browser, handoff, fields):
    return browser.post(f"/handoffs/{handoff.pk}/save", fields)


@pytest.fixture
def full(desk_to_ops, author) -> Handoff:
    """A draft with as many lines as one may have, most of them in one part."""
    facts = tuple(Fact(id=f"f{number}", statement=f"Fact {number}") for number in range(MOST_ITEMS - 1))
    state = KnowledgeState(summary="S", ask="A", facts=facts, business=(Business(id="b", affected="All"),))
    return builders.handoff(route=desk_to_ops, author=author, state=state)


def test_a_draft_at_its_limit_is_saved_whole(page, full):
    answer = save(page, full, fields_of(page, full) | {"ask": "Changed"})

    assert answer.status_code == 200
    assert stored(full).ask == "Changed"
    assert len(stored(full).facts) == MOST_ITEMS - 1


def test_lines_beyond_what_is_read_are_refused_aloud_and_not_cut_off(page, draft):
    fields = fields_of(page, draft) | {"facts-TOTAL_FORMS": "5000", "facts-4999-statement": "The last"}

    answers = [save(page, draft, fields), page.post(f"/handoffs/{draft.pk}/edit", fields)]

    assert [answer.status_code for answer in answers] == [413, 409]
    assert all("at most 500 lines" in answer.content.decode() for answer in answers)
    assert len(stored(draft).facts) == 4


def test_more_fields_than_a_server_should_read_get_a_page_of_ours(page, draft):
    answer = page.post(f"/handoffs/{draft.pk}/edit", {f"x{number}": "1" for number in range(10_001)})

    assert answer.status_code == 400
    assert "what you typed is still on the page" in answer.content.decode()


def test_a_character_that_cannot_be_stored_costs_no_word(page, draft):
    fields = fields_of(page, draft) | {
        "ask": "Let it\x00 load",
        "answer-cmdb_ci": "\x00",
        "other-cmdb_ci": "no\x00thing",
        "category": "\x00",
    }

    answer = save(page, draft, fields)
    looked = page.get(f"/handoffs/{draft.pk}/pick/cmdb_ci", {"other-cmdb_ci": "a\x00b", "like": "\x00"})

    assert answer.status_code == 422
    assert "nothing called “nothing”" in answer.content.decode()
    assert stored(draft).ask == "Let it load"
    assert looked.status_code == 200


@pytest.mark.parametrize("do", ["overwrite:", "restore:", "lane:"])
def test_a_number_with_thousands_of_digits_is_no_number(page, draft, do):
    assert press(page, draft, f"{do}{MANY_DIGITS}").status_code in {302, 409}
    assert len(stored(draft).facts) == 4


def test_a_route_with_thousands_of_digits_is_no_route(page, draft):
    answer = page.post(
        f"/handoffs/{draft.pk}/edit",
        fields_of(page, draft) | {"do": "route", "route": MANY_DIGITS},
        follow=True,
    )

    assert "No receiver is called" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.route.name == "Desk to Ops"


@pytest.mark.parametrize("seconds", ["99999999999", MANY_DIGITS])
def test_no_page_has_counted_more_work_than_a_month(page, draft, seconds):
    fields = fields_of(page, draft) | {"active_seconds": seconds, "ask": "Changed"}

    assert save(page, draft, fields).status_code in {200, 422}
    assert stored(draft).ask == "Changed"
    assert draft.active_seconds in {0, MOST_SECONDS}


def test_no_correction_has_counted_more_work_than_a_month(page, sent, author):
    opened = amend.begin(handoff=sent, by=author, now=builders.NOW)

    page.post(f"/handoffs/{sent.pk}/amendments/1/save", {"revision": "0", "active_seconds": "99999999999"})

    opened.refresh_from_db()
    assert opened.active_seconds == MOST_SECONDS


def test_taking_up_what_was_sent_is_refused_in_words(page, browser_of, teammate, receiver, sent):
    for browser in (page, browser_of(teammate), browser_of(receiver)):
        answer = browser.post(f"/handoffs/{sent.pk}/restore", follow=True)
        assert answer.status_code == 200
        assert sent.summary in answer.content.decode()
    sent.refresh_from_db()
    assert sent.status == "delivered"


def test_a_press_on_a_form_that_was_sent_meanwhile_is_told_so(page, draft, author):
    fields = fields_of(page, draft)
    confirmed(draft, by=author)

    answer = page.post(f"/handoffs/{draft.pk}/edit", fields | {"ask": "Too late"}, follow=True)

    assert "sent or discarded in another window" in answer.content.decode()


def catalog(connection, **changes) -> CatalogRow:
    values = {"kind": "configuration_item", "remote_id": "c" * 32, "name": "Finance API Gateway"}
    return CatalogRow.objects.create(connection=connection, synced_at=builders.NOW, **values | changes)


@pytest.mark.parametrize(
    ("field", "value"),
    [("description", "Wipe the disk"), ("cmdb_ci", "f" * 32), ("made_up", ""), ("description", "c" * 32)],
)
def test_what_was_not_asked_and_ids_that_do_not_exist_never_reach_the_record(page, draft, field, value):
    catalog(draft.route.target)

    answer = save(page, draft, fields_of(page, draft) | {f"answer-{field}": value, "ask": "Changed"})

    draft.refresh_from_db()
    assert draft.answers == {}
    assert stored(draft).ask == "Changed"
    assert answer.status_code == 422
    assert "Please choose again" in answer.content.decode()


MEGABYTE = "The gateway answers with 403 since Sunday. " * 24_000


def test_a_megabyte_in_the_paste_box_is_refused_in_words_and_comes_back(page, draft):
    fields = fields_of(page, draft) | {"paste": MEGABYTE, "ask": "Typed in the same moment"}

    answer = page.post(f"/handoffs/{draft.pk}/paste", fields)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "at most 200,000" in html
    assert fields_in(html)["paste"] == MEGABYTE
    assert fields_in(html)["ask"] == "Typed in the same moment"


@pytest.mark.parametrize(
    "field", ["facts-0-statement", "facts-4-statement", "diagnostics-0-check", "summary"]
)
def test_a_megabyte_in_a_line_is_refused_in_words_and_costs_nothing_else(page, draft, field):
    before = stored(draft)
    fields = fields_of(page, draft) | {field: MEGABYTE, "ask": "Typed in the same moment"}

    saved = save(page, draft, fields)
    pressed = page.post(f"/handoffs/{draft.pk}/edit", fields | {"revision": "1"})

    html = pressed.content.decode()
    assert (saved.status_code, pressed.status_code) == (422, 422)
    for each in (saved.content.decode(), html):
        assert "A line holds at most 20,000 characters; this one has 1,031,999." in each
        assert "Use the box to paste a log, or attach it as a file." in each
    assert fields_in(html)[field].strip() == MEGABYTE.strip()
    assert stored(draft).ask == "Typed in the same moment"
    assert (stored(draft).summary, stored(draft).facts[:4]) == (before.summary, before.facts)


def test_a_line_that_came_in_long_can_still_be_sent(page, desk_to_ops, author):
    state = KnowledgeState(summary="S", ask="A", facts=(Fact(id="f", statement=MEGABYTE.strip()),))
    long = builders.handoff(route=desk_to_ops, author=author, state=state)

    assert press(page, long, "review").status_code == 302


def test_more_than_a_server_reads_gets_a_page_of_ours(page, draft):
    answer = page.post(
        f"/handoffs/{draft.pk}/edit",
        "ask=" + "x" * 3_000_000,
        content_type="application/x-www-form-urlencoded",
    )

    assert answer.status_code == 400
    assert "what you typed is still on the page" in answer.content.decode()
    assert stored(draft).ask.startswith("Find what changed")


def test_one_line_more_than_a_draft_holds_is_refused_and_stays_on_the_page(page, full):
    fields = fields_of(page, full) | {"diagnostics-0-check": "One more", "ask": "Changed"}

    saved, pressed = save(page, full, fields), page.post(f"/handoffs/{full.pk}/edit", fields)

    assert (saved.status_code, pressed.status_code) == (413, 409)
    assert all("at most 500 lines" in each.content.decode() for each in (saved, pressed))
    assert fields_in(pressed.content.decode())["diagnostics-0-check"] == "One more"
    assert stored(full).ask == "A"


CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, 0x202E, 0x2066, 0xFEFF]))


def test_control_characters_reach_no_record_and_break_no_page(page, draft):
    press(page, draft, "save", summary=f"Dash{CONTROLS}board", **{"facts-0-statement": f"Ac{CONTROLS}tive"})

    html = page.get(f"/handoffs/{draft.pk}/review").content.decode()
    fingerprint = fields_in(html, form_id="send")["fingerprint"]
    sent = page.post(f"/handoffs/{draft.pk}/review", {"fingerprint": fingerprint})

    body = json.loads(bytes(Delivery.objects.get(handoff=draft).body))
    assert sent.status_code == 302
    assert not [sign for sign in CONTROLS if sign in "".join(map(str, body.values()))]
    assert "board" in body["short_description"]


def test_nothing_can_be_done_to_a_colleagues_draft_and_nothing_is_learned_of_it(page, desk_to_ops, teammate):
    secret = KnowledgeState(summary="Between us", ask="Keep it so", facts=(Fact(id="f", statement="Quiet"),))
    theirs = builders.handoff(route=desk_to_ops, author=teammate, state=secret)
    forged = {"revision": "0", "summary": "Mine now", "do": "save", "whole": "1", "reason": "because"}

    for address in ("edit", "save", "paste", "unpaste", "review", "discard", "restore", "recall", "release"):
        answer = page.post(f"/handoffs/{theirs.pk}/{address}", forged)
        assert (address, answer.status_code) == (address, 404)
        assert "Between us" not in answer.content.decode()
    for address in ("edit", "review", "pick/cmdb_ci"):
        assert page.get(f"/handoffs/{theirs.pk}/{address}").status_code == 404

    assert stored(theirs) == secret
    assert theirs.status == "draft"


# -- whatever else a request may hold -------------------------------------------------------------------

NAMES = st.sampled_from(
    ["do", "revision", "active_seconds", "summary", "ask", "category", "route", "reason", "paste", "pasted"]
    + ["answer-cmdb_ci", "answer-", "other-cmdb_ci", "forget-cmdb_ci", "extra-x", "file-item-x", "files_for"]
    + [f"{part}-{rest}" for part in ("facts", "business") for rest in ("TOTAL_FORMS", "INITIAL_FORMS")]
    + [f"facts-0-{rest}" for rest in ("id", "origin", "kept", "place", "statement", "standing")]
    + [f"business-0-{rest}" for rest in ("affected", "affected_count", "impact", "deadline")]
    + ["availability-0-words", "availability-0-can_test", "diagnostics-0-when", "fingerprint"]
)
VERBS = st.one_of(
    st.sampled_from(["save", "review", "send_now", "overwrite", "restore", "route", "template", "lane"]),
    st.sampled_from(["mask", "accept", "unaccept", "remove", "up", "add_files", "remove_file", "drop"]),
    st.sampled_from(["put_file_back", "send"]),
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=string.digits + "-٣", max_size=12),
    st.sampled_from(["\x00", MANY_DIGITS, "-1", "1e9", "NaN", "\u202e", "a" * 70_000, "2026-13-45", "∞"]),
)
POSTS = st.builds(
    lambda values, verb, rest: values | {"do": ":".join([verb, *rest])},
    st.dictionaries(NAMES, WORDS, max_size=6),
    VERBS,
    st.lists(WORDS, max_size=2),
)


class AnyPost(TestCase):
    """Each example in a transaction of its own."""

    def setUp(self) -> None:
        route = builders.route()
        author = builders.person("lena", team=route.sender)
        self.browser = Client()
        self.browser.force_login(author)
        self.draft = builders.handoff(route=route, author=author)
        self.sent = confirmed(builders.handoff(route=route, author=author), by=author)
        amend.begin(handoff=self.sent, by=author, now=builders.NOW)

    @settings(max_examples=25)
    @given(POSTS, st.sampled_from(["edit", "save", "paste", "unpaste", "restore", "review", "amend"]))
    def test_no_post_breaks_a_page(self, values, page) -> None:
        address = f"/handoffs/{self.draft.pk}/{page}"
        if page == "amend":
            address = f"/handoffs/{self.sent.pk}/amendments/1"
        filled = fields_of(self.browser, self.draft) if page in {"edit", "save", "paste"} else {}

        answer = self.browser.post(address, filled | values, follow=True)

        assert answer.status_code < 500
        self.draft.refresh_from_db()
        assert self.browser.get(f"/handoffs/{self.draft.pk}/edit", follow=True).status_code == 200
