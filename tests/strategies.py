"""Random knowledge states, for promises that say "always"."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from escalation.knowledge.state import (
    Availability,
    Business,
    Diagnostic,
    Evidence,
    Fact,
    Hypothesis,
    KnowledgeState,
    Moment,
    Remediation,
    Source,
    Window,
)
from escalation.knowledge.words import Channel, Confidence, Level, Origin, Outcome, Role, Standing

# Everything people paste: markup, control characters, right-to-left, emoji. Lone surrogates are no text.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
words = texts.filter(lambda text: text.strip() != "")
times = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2035, 1, 1), timezones=st.just(UTC))
zones = st.sampled_from(["UTC", "America/New_York", "Europe/Berlin", "Asia/Tokyo", "Asia/Kolkata"])

evidence = st.builds(
    Evidence,
    quote=words,
    tool=st.just("zendesk"),
    author=texts,
    author_role=st.sampled_from(Role),
    at=st.none() | times,
)
moments = st.builds(Moment, words=words, at=st.none() | times)
windows = st.builds(
    Window,
    opens=st.times(),
    closes=st.times(),
    zone=zones,
    weekdays=st.lists(st.integers(0, 6), unique=True).map(tuple),
    on=st.none() | st.dates(),
)
_SHARED = {"origin": st.sampled_from(Origin), "evidence": st.lists(evidence, max_size=2).map(tuple)}


def _items(build: st.SearchStrategy, prefix: str) -> st.SearchStrategy:
    # Ids are unique within a state, as the form makes them.
    return st.lists(build, max_size=4).map(
        lambda makers: tuple(make(f"{prefix}{number}") for number, make in enumerate(makers))
    )


def _with_id(kind: type, **fields: st.SearchStrategy) -> st.SearchStrategy:
    values = st.fixed_dictionaries({**_SHARED, **fields})
    return values.map(lambda chosen: lambda item_id: kind(id=item_id, **chosen))


def states() -> st.SearchStrategy[KnowledgeState]:
    """Whole states, with any words in every field."""
    return st.builds(
        KnowledgeState,
        summary=texts,
        ask=texts,
        facts=_items(
            _with_id(Fact, statement=words, standing=st.sampled_from(Standing), how_verified=texts), "f"
        ),
        diagnostics=_items(
            _with_id(Diagnostic, check=words, observation=texts, error_code=texts, when=st.none() | moments),
            "d",
        ),
        remediation=_items(
            _with_id(Remediation, step=words, outcome=st.sampled_from(Outcome), when=st.none() | moments), "r"
        ),
        hypothesis=_items(
            _with_id(
                Hypothesis,
                statement=words,
                confidence=st.sampled_from(Confidence),
                because=texts,
                wrong_if=texts,
            ),
            "h",
        ),
        business=_items(
            _with_id(
                Business,
                affected=words,
                affected_count=st.none() | st.integers(0, 10**6),
                impact=st.none() | st.sampled_from(Level),
                urgency=st.none() | st.sampled_from(Level),
                deadline=st.none() | moments,
                priority_reason=texts,
            ),
            "b",
        ),
        availability=_items(
            _with_id(
                Availability,
                words=words,
                windows=st.lists(windows, max_size=2).map(tuple),
                channel=st.none() | st.sampled_from(Channel),
                handle=texts,
                can_test=st.none() | st.booleans(),
            ),
            "a",
        ),
        source=st.none()
        | st.builds(
            Source,
            tool=st.just("zendesk"),
            reference=st.integers(1, 10**6).map(str),
            number=st.integers(1, 10**6).map("#{}".format),
            requester=texts,
            requester_email=st.sampled_from(["", "priya.raman@example.com"]),
            requester_zone=zones,
        ),
        investigation_url=st.sampled_from(["", "https://baton.example.com/handoffs/1"]),
    )
