"""Does a redacted state hold no secret, and everything else unchanged?"""

from hypothesis import given, settings

from escalation.guard.redaction import redact_state
from escalation.guard.secrets import secrets
from escalation.knowledge.state import Diagnostic, Evidence, Fact, KnowledgeState, Source
from tests.core.guard.samples import JWT
from tests.strategies import states

PASSWORD = "Password: " + "Summ" + "er2024!"
CARD = "card " + "4111 1111 " + "1111 1111"


def state() -> KnowledgeState:
    quote = Evidence(quote=f"{PASSWORD} and {JWT}", tool="zendesk", reference="42")
    return KnowledgeState(
        summary=f"Cannot sign in. {PASSWORD}",
        facts=(
            Fact(id="f1", statement="Account is active", how_verified="Looked it up"),
            Fact(id="f2", statement=f"Charged {CARD}"),
        ),
        diagnostics=(Diagnostic(id="d1", check="Console", observation="CORS error", evidence=(quote,)),),
        source=Source(tool="zendesk", reference="4711", url="https://acme.example.com/tickets/4711"),
    )


def test_every_text_of_the_state_is_redacted_and_the_changed_items_are_named() -> None:
    clean, changed = redact_state(state())

    assert changed == ("f2", "d1")
    assert clean.summary == "Cannot sign in. Password: ‹redacted: password›"
    assert clean.facts[1].statement == "Charged card ‹redacted: card number›"
    assert clean.diagnostics[0].evidence[0].quote == (
        "Password: ‹redacted: password› and ‹redacted: signed token (JWT)›"
    )
    assert clean.facts[0] == state().facts[0]
    assert clean.source == state().source


def test_only_the_wanted_kinds_are_redacted() -> None:
    clean, changed = redact_state(state(), kinds=("card number",))

    assert changed == ("f2",)
    assert clean.summary == state().summary


@settings(max_examples=30, deadline=None)
@given(states())
def test_a_redacted_state_has_no_secret_left_and_stays_itself_when_redacted_again(
    random: KnowledgeState,
) -> None:
    clean, _ = redact_state(random)

    assert redact_state(clean) == (clean, ())
    assert not secrets(clean.summary)
