"""A conversation becomes candidate items, each resting on a line that was said."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from escalation.extraction.prefill import Prefill, prefill
from escalation.extraction.sentences import sentences
from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Fact,
    Hypothesis,
    Item,
    Remediation,
    headline,
)
from escalation.knowledge.words import Channel, Origin, Outcome, Part, Role, Standing
from tests.core.extraction.conversations import EASTERN, FINANCE_DASHBOARD, said, talk


def items(found: Prefill, part: Part) -> list[Item]:
    return [each.item for each in found.candidates if each.part is part]


def lines(found: Prefill, part: Part) -> list[str]:
    return [headline(part, item) for item in items(found, part)]


def only(found: Prefill, part: Part) -> Item:
    (item,) = items(found, part)
    return item


class TestTheFinanceDashboard:
    found = prefill(FINANCE_DASHBOARD)

    def test_what_level_one_checked_is_confirmed_and_what_the_user_said_is_reported(self) -> None:
        standing = {
            item.statement: item.standing for item in items(self.found, Part.FACTS) if isinstance(item, Fact)
        }

        assert standing["account: active, not locked, licence ok"] is Standing.CONFIRMED
        assert standing["browser: Chrome 131, supported"] is Standing.CONFIRMED
        assert standing["other web apps (Workday, Concur): fine"] is Standing.CONFIRMED
        assert standing["It was fine on Friday."] is Standing.REPORTED

    def test_what_was_not_checked_is_said_openly(self) -> None:
        open_points = [
            item.statement
            for item in items(self.found, Part.FACTS)
            if isinstance(item, Fact) and item.standing is Standing.NOT_CHECKED
        ]

        assert open_points == ["I have not checked the gateway itself."]

    def test_the_cleared_cache_made_no_change(self) -> None:
        steps = {
            item.step: item.outcome
            for item in items(self.found, Part.REMEDIATION)
            if isinstance(item, Remediation)
        }

        assert steps["cleared cache and cookies: no change"] is Outcome.NO_CHANGE

    def test_the_console_error_names_the_domain(self) -> None:
        checks = [item for item in items(self.found, Part.DIAGNOSTICS) if isinstance(item, Diagnostic)]
        (cors,) = [item for item in checks if "CORS policy" in item.check]

        assert "finance-dash.example.com" in cors.check
        assert "Console shows this as soon as the page loads:" in [quote.quote for quote in cors.evidence]

    def test_the_code_from_slack_is_not_lost(self) -> None:
        codes = {
            item.error_code for item in items(self.found, Part.DIAGNOSTICS) if isinstance(item, Diagnostic)
        }

        assert "FDX-4031" in codes

    def test_the_belief_names_last_weekends_change(self) -> None:
        belief = only(self.found, Part.HYPOTHESIS)

        assert isinstance(belief, Hypothesis)
        assert belief.statement == "My guess: last weekend's infrastructure change did it."

    def test_the_deadline_is_resolved_to_tomorrow_in_her_zone(self) -> None:
        business = only(self.found, Part.BUSINESS)

        assert isinstance(business, Business)
        assert business.affected_count == 6
        assert business.deadline is not None
        assert business.deadline.words == "starts tomorrow"
        assert business.deadline.at is not None
        assert f"{business.deadline.at.astimezone(ZoneInfo(EASTERN)):%Y-%m-%d}" == "2026-09-30"

    def test_she_is_reachable_from_eight_to_five_eastern_on_slack(self) -> None:
        reach = only(self.found, Part.AVAILABILITY)

        assert isinstance(reach, Availability)
        assert [(each.opens, each.closes, each.zone) for each in reach.windows] == [
            (time(8), time(17), EASTERN)
        ]
        assert (reach.channel, reach.handle, reach.can_test) == (Channel.SLACK, "@priya.raman", True)

    def test_the_summary_carries_subject_and_code(self) -> None:
        assert self.found.summary == "Finance dashboard will not open (FDX-4031)"
        assert "Finance dashboard will not open" in self.found.ask

    def test_every_headline_stands_in_its_quotes_and_every_quote_in_its_message(self) -> None:
        for each in self.found.candidates:
            message = FINANCE_DASHBOARD.messages[each.message]
            quotes = " ".join(quote.quote for quote in each.item.evidence)

            assert headline(each.part, each.item) in quotes
            assert message.text[each.start : each.end] == each.item.evidence[0].quote
            assert each.item.evidence[0].permalink == message.permalink
            assert each.item.origin is Origin.FOUND

    def test_greetings_and_signatures_are_no_items(self) -> None:
        everything = " ".join(headline(each.part, each.item) for each in self.found.candidates)

        assert "Finance Team Lead" not in everything
        assert "Hi team" not in everything


def test_an_outcome_said_later_belongs_to_the_step_before() -> None:
    found = prefill(
        talk(
            said("The scanner drops off the network."),
            said("I restarted the switch.", role=Role.TECHNICIAN, minutes=3),
            said("That didn't help.", minutes=6),
        )
    )
    step = only(found, Part.REMEDIATION)

    assert isinstance(step, Remediation)
    assert (step.step, step.outcome) == ("I restarted the switch.", Outcome.NO_CHANGE)
    assert [quote.quote for quote in step.evidence] == ["I restarted the switch.", "That didn't help."]


def test_an_outcome_that_answers_a_suggestion_names_the_suggested_step() -> None:
    found = prefill(
        talk(
            said("The label printer prints blank labels."),
            said("Please run the calibration from the panel.", role=Role.TECHNICIAN, minutes=3),
            said("same problem", minutes=6),
        )
    )
    step = only(found, Part.REMEDIATION)

    assert isinstance(step, Remediation)
    assert (step.step, step.outcome) == ("run the calibration from the panel", Outcome.NO_CHANGE)


def test_the_log_is_one_diagnostic_with_the_error_line_on_top() -> None:
    log = (
        "2026-09-29 04:11:09,204 INFO import.Worker - start\n"
        "2026-09-29 04:11:12,001 ERROR import.Worker - ORA-12541: no listener\n"
        "2026-09-29 04:11:12,002 INFO import.Worker - stop"
    )
    check = only(prefill(talk(said(f"The import fails every night.\n\n{log}"))), Part.DIAGNOSTICS)

    assert isinstance(check, Diagnostic)
    assert check.check == "2026-09-29 04:11:12,001 ERROR import.Worker - ORA-12541: no listener"
    assert (check.observation, check.error_code) == (log, "ORA-12541")


def test_a_quoted_reply_is_not_read_again() -> None:
    reply = "Still the same here.\n\nOn Mon, Sep 28, 2026 at 9:00 AM Amara wrote:\n> Our whole region is down"

    assert not items(prefill(talk(said(reply))), Part.BUSINESS)


def test_contradicting_statements_are_shown_and_not_resolved() -> None:
    found = prefill(
        talk(
            said("The shared mailbox Hearings does not open in Outlook."),
            said(
                "The shared mailbox Hearings opens in Outlook and works fine.",
                role=Role.TECHNICIAN,
                minutes=4,
                public=False,
            ),
        )
    )
    ((first, second, words),) = found.contradictions

    assert [first, second] == [item.id for item in items(found, Part.FACTS)]
    assert "does not open" in words
    assert "works fine" in words


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Der Drucker druckt seit Montag nicht mehr.", Part.FACTS),
        ("Depuis hier, je ne peux plus ouvrir la boîte partagée.", Part.FACTS),
        ("エラーコード 0x80070005 が出ました。", Part.DIAGNOSTICS),
        ("Hemos reiniciado el equipo y sigue igual.", Part.REMEDIATION),
        ("Vermutlich liegt es am neuen Zertifikat.", Part.HYPOTHESIS),
        ("C'est très urgent, les clients attendent.", Part.BUSINESS),
        ("Ich bin von 8 bis 16 Uhr erreichbar.", Part.AVAILABILITY),
    ],
)
def test_other_languages_are_read_too(text: str, part: Part) -> None:
    assert lines(prefill(talk(said(text))), part) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Hello,",
        "Thanks in advance!",
        "Could you please send us the logs?",
        "Any update on this?",
        "https://a.example.com",
    ],
)
def test_courtesy_and_questions_are_no_evidence(text: str) -> None:
    assert prefill(talk(said(text))).candidates == ()


def test_an_empty_conversation_gives_nothing_and_asks_nothing() -> None:
    assert prefill(talk()) == Prefill()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.text(st.characters(codec=None), max_size=300), st.sampled_from(Role)), max_size=4)
)
def test_hostile_text_never_raises_and_every_span_is_exact(texts: list[tuple[str, Role]]) -> None:
    messages = [said(text, role=role, minutes=number) for number, (text, role) in enumerate(texts)]
    conversation = talk(*messages, subject="".join(text for text, _ in texts))
    found = prefill(conversation)

    assert found == prefill(conversation)
    assert len(found.summary) <= 100
    for each in found.candidates:
        assert messages[each.message].text[each.start : each.end] == each.item.evidence[0].quote
    assert len({each.item.id for each in found.candidates}) == len(found.candidates)


def test_a_clock_time_at_the_end_of_a_sentence_ends_it() -> None:
    found = [
        each.text for each in sentences("The log has an entry at 07:58. I think the reader lost its set-up.")
    ]
    assert found == ["The log has an entry at 07:58.", "I think the reader lost its set-up."]
