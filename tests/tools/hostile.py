"""States and contexts as hostile as their types allow: what ``translate`` must survive, whatever the tool."""

from dataclasses import replace
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
from escalation.linking.entries import CatalogEntry, EntryKind, Link
from escalation.translation.given import Given
from escalation.translation.rules import Rules

# What people and programs paste: every script, control characters, markup, direction tricks, long logs.
NASTY = st.sampled_from(
    [
        "",
        " ",
        "\n\n",
        "Löschen des Caches → keine Änderung",
        "ダッシュボードが開かない",
        "[code]<script>alert(1)</script>[/code]",
        "[co[code]de]x",
        "<b>bold</b> & {{ticket.id}} ${jndi:ldap://x}",
        "line one\r\nPROVEN\r\n- It was Bob",
        "2026-11-23 09:00:00 - Joe Employee (Work notes)\nforged",
        "\u202eesrever\u202c \u200bzero\ufeff",
        "nul\x00bell\x07esc\x1b[31m",
        "👩‍💻🇩🇪 e\u0301",
        "^NQcorrelation_id!=x^ORDERBYnumber",
        "x" * 5000,
        ("at com.example.Gateway.handle(Gateway.java:42)\n" * 60),
        "=HYPERLINK(1)",
    ]
)
TEXT = st.one_of(st.text(max_size=80), NASTY)
SHORT = st.one_of(st.text(max_size=20), st.sampled_from(["", "FD-4031", "@priya", "https://acme.example/1"]))
ZONES = st.sampled_from(
    ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "", "Mars/Base", "../etc/passwd"]
)
TIMES = st.one_of(
    st.none(),
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 1, 1)),
)
LEVELS = st.none() | st.sampled_from(Level)
MOMENTS = st.none() | st.builds(Moment, words=SHORT, at=TIMES)
EVIDENCE = st.lists(
    st.builds(
        Evidence,
        quote=TEXT,
        tool=SHORT,
        author=SHORT,
        permalink=SHORT,
        author_role=st.sampled_from(Role),
        at=TIMES,
    ),
    max_size=2,
).map(tuple)
WINDOWS = st.lists(
    st.builds(
        Window,
        opens=st.times(),
        closes=st.times(),
        zone=ZONES,
        weekdays=st.lists(st.integers(0, 6), max_size=7).map(tuple),
        on=st.none() | st.dates(),
    ),
    max_size=2,
).map(tuple)
ORIGINS = st.sampled_from(Origin)


def _items(kind, **fields):
    return st.lists(
        st.builds(kind, id=st.just("?"), origin=ORIGINS, evidence=EVIDENCE, **fields), max_size=3
    ).map(tuple)


def _with_ids(state: KnowledgeState) -> KnowledgeState:
    """Ids are unique within a state, as the rest of Baton sees to."""
    parts = {
        name: tuple(replace(item, id=f"{name[0]}{place}") for place, item in enumerate(getattr(state, name)))
        for name in ("facts", "diagnostics", "remediation", "hypothesis", "business", "availability")
    }
    return replace(state, **parts)


SOURCES = st.none() | st.builds(
    Source,
    tool=st.sampled_from(["zendesk", ""]),
    reference=SHORT,
    number=SHORT,
    url=SHORT,
    requester=TEXT,
    requester_email=st.sampled_from(["", "priya@acme.example", "x@y"]),
    requester_zone=ZONES,
    organisation=SHORT,
    priority=SHORT,
    thread_urls=st.lists(SHORT, max_size=2).map(tuple),
)

STATES = st.builds(
    KnowledgeState,
    summary=TEXT,
    ask=TEXT,
    facts=_items(Fact, statement=TEXT, standing=st.sampled_from(Standing), how_verified=SHORT),
    diagnostics=_items(Diagnostic, check=TEXT, observation=TEXT, error_code=SHORT, when=MOMENTS),
    remediation=_items(Remediation, step=TEXT, outcome=st.sampled_from(Outcome), when=MOMENTS),
    hypothesis=_items(
        Hypothesis, statement=TEXT, confidence=st.sampled_from(Confidence), because=SHORT, wrong_if=SHORT
    ),
    business=_items(
        Business,
        affected=TEXT,
        affected_count=st.none() | st.integers(0, 10**9),
        impact=LEVELS,
        urgency=LEVELS,
        deadline=MOMENTS,
        priority_reason=SHORT,
    ),
    availability=_items(
        Availability,
        words=TEXT,
        windows=WINDOWS,
        channel=st.none() | st.sampled_from(Channel),
        handle=SHORT,
        can_test=st.none() | st.booleans(),
    ),
    source=SOURCES,
    investigation_url=SHORT,
).map(_with_ids)

ENTRIES = {
    entry.id: entry
    for entry in (
        CatalogEntry(
            id="c" * 32,
            kind=EntryKind.CONFIGURATION_ITEM,
            name="Finance API Gateway",
            hosts=("finance-dash.example.com",),
            related=("g" * 32, "e" * 32, "missing"),
        ),
        CatalogEntry(id="s" * 32, kind=EntryKind.BUSINESS_SERVICE, name="Finance reporting"),
        CatalogEntry(id="g" * 32, kind=EntryKind.ASSIGNMENT_GROUP, name="API Platform"),
        CatalogEntry(
            id="e" * 32,
            kind=EntryKind.CHANGE,
            name="CHG0030187",
            ends_at=datetime(2026, 11, 21, 22, 10, tzinfo=UTC),
        ),
        CatalogEntry(
            id="PLAT/component/10010", kind=EntryKind.COMPONENT, name='{panel}API "Gateway" [x|http://y]'
        ),
        CatalogEntry(
            id="PLAT/version/10021",
            kind=EntryKind.VERSION,
            name="2.4.1",
            released_at=datetime(2026, 11, 21, tzinfo=UTC),
        ),
    )
}


@st.composite
def links(draw):
    """Some of the entries, linked with any score, the best first."""
    found = {}
    for entry in ENTRIES.values():
        if draw(st.booleans()):
            link = Link(
                entry_id=entry.id,
                kind=entry.kind,
                name=entry.name,
                score=draw(st.floats(0, 1)),
                because=tuple(draw(st.lists(SHORT, max_size=2))),
            )
            found[entry.kind] = (link,)
    return found


RULES = st.builds(
    Rules,
    defaults=st.builds(
        dict.__or__,
        st.dictionaries(
            st.sampled_from(
                ["category", "assignment_group", "contact_type", "u_region", "comments", "short_description"]
            ),
            SHORT,
            max_size=3,
        ),
        st.sampled_from([{}, {"flavour": "data-center"}, {"project": "PLAT"}]),
    ),
    values=st.sampled_from(
        [
            {},
            {"category": {"gateway": "network"}},
            {"impact": {"high": "9"}},
            {"assignment_group": {"gateway": "g" * 32}, "group_id": {"a": "77"}},
        ]
    ),
    work_note=st.booleans(),
    default_impact=st.sampled_from(Level),
)

GIVENS = st.builds(
    Given,
    rules=RULES,
    now=st.just(datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
    links=links(),
    entries=st.sampled_from([{}, ENTRIES]),
    answers=st.dictionaries(
        st.sampled_from(
            ["cmdb_ci", "assignment_group", "caller_id", "short_description", "description", "impact"]
        ),
        st.one_of(st.just(""), SHORT, NASTY),
        max_size=2,
    ),
    key=st.sampled_from(["", "3f2b8c52-7f5e-4b36-9c2e-1a2b3c4d5e6f"]),
    people=st.sampled_from([{}, {"priya@acme.example": "u" * 32}]),
    sender=SHORT,
    receiver=SHORT,
)
