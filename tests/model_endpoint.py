"""A practice language model behind a connection, for tests of pages and actions."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from escalation.drafting.setup import Setup, keep
from escalation.models import Connection
from escalation.practice.adapter import PracticeAdapter
from escalation.practice.credentials import LANGUAGE_MODEL_KEY
from escalation.practice.tool import Plan, PracticeTool, build
from escalation.transport.door import Door

ADDRESS = "https://llm.example/v1"


@contextmanager
def practice_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[PracticeTool]:
    """Lead every door to the endpoint's host to a practice language model."""
    model = build("language_model", Plan(with_world=False, say=lambda _: None))
    original = Connection.door

    def door(self: Connection, *, trial: bool = False) -> Door:
        opened = original(self, trial=trial)
        opened.session.mount("https://llm.example", PracticeAdapter(model.application))  # type: ignore[attr-defined]
        return opened

    monkeypatch.setattr(Connection, "door", door)
    yield model
    model.close()


def switched_on(model: str = "practice-drafter", *, key: str = LANGUAGE_MODEL_KEY) -> Connection:
    """Enter the endpoint as an owner would, with both drafts on."""
    return keep(Setup(address=ADDRESS, model=model, key=key, items=True, lines=True))
