"""Handoffs that were sent without a word on what they are teach a young catalog what stands beside a name."""

from dataclasses import replace
from datetime import timedelta

import pytest

from escalation.catalog.index import index_of
from escalation.catalog.spoken import HEARD, sent_unanswered
from escalation.knowledge.codec import to_json
from escalation.knowledge.state import KnowledgeState
from escalation.linking.entries import EntryKind
from escalation.linking.overheard import FEWEST
from escalation.models import CatalogRow, Connection, Handoff, Lesson, Snapshot
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db
ITEM = EntryKind.CONFIGURATION_ITEM
BESIDE = {"Heron": "peer lag tail sink", "Egret": "cashier coins receipt drawer"}
ASKED = "Peer lag\nThe tail of the sink"


@pytest.fixture
def receiver() -> Connection:
    receiver = builders.connection()
    for name in BESIDE:
        CatalogRow.objects.create(
            connection=receiver, remote_id=name, kind=ITEM, name=name, synced_at=NOW
        )  # fmt: skip
    return receiver


def send(receiver: Connection, count: int) -> list[Handoff]:
    author = builders.person("author")
    route = builders.route(target=receiver)
    handoffs = []
    for number in range(count):
        name = tuple(BESIDE)[number % 2]
        state = replace(KnowledgeState(), summary=f"{name} {number} stuck: {BESIDE[name]}")
        sent = builders.handoff(route=route, author=author, state=state)
        Snapshot.objects.create(
            handoff=sent,
            state=to_json(state),
            state_fingerprint=f"{number:064d}",
            translation={},
            confirmed_by=author,
            confirmed_at=NOW + timedelta(minutes=number),
        )
        handoffs.append(sent)
    return handoffs


def reason(receiver: Connection) -> tuple[str, ...]:
    (first, _) = index_of(connection_id=receiver.pk).index.rank(ASKED, kind=ITEM)
    return (first.entry_id, *first.because)


def test_what_was_sent_without_a_word_helps_the_next(receiver: Connection):
    send(receiver, FEWEST + 4)
    assert reason(receiver) == ("Heron", "reads like texts that name it")


def test_too_few_say_nothing(receiver: Connection):
    send(receiver, FEWEST - 1)
    assert "reads like texts that name it" not in reason(receiver)


def test_what_a_person_said_is_a_lesson_and_no_guess(receiver: Connection):
    first, second = send(receiver, 2)
    Lesson.objects.create(
        connection=receiver, reference=str(first.pk), text="x", remote_ids=["Egret"], learned_at=NOW
    )
    answered = set(Lesson.objects.values_list("reference", flat=True))
    (text,) = sent_unanswered(connection_id=receiver.pk, answered=answered)
    assert text == f"Egret 1 stuck: {BESIDE['Egret']}"
    assert sent_unanswered(connection_id=builders.connection(tool="jira").pk, answered=()) == []
    assert str(second.pk) not in answered


def test_the_newest_are_read_oldest_first(receiver: Connection, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("escalation.catalog.spoken.HEARD", 3)
    send(receiver, 5)
    texts = sent_unanswered(connection_id=receiver.pk, answered=())
    assert [text.split()[1] for text in texts] == ["2", "3", "4"]
    assert HEARD > FEWEST
