"""What must a practice tool offer to be built and served with the others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask

from escalation.practice.clock import Clock
from escalation.practice.outgoing import Outgoing
from escalation.practice.store import Store

HERE = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """What a tool's application is given to work with.

    `baton_url` is where its pages offer to escalate, or "". `search_lag` gives the seconds by which a search
    index runs behind.
    """

    store: Store
    clock: Clock
    new_id: Callable[[], str]
    outgoing: Outgoing
    baton_url: str
    search_lag: Callable[[], float]


@dataclass(frozen=True, kw_only=True, slots=True)
class ToolKind:
    """One tool: how its application is made and its records begin.

    `install` writes what the vendor ships, `load_extra` recorded records
    from a folder (it gives lines to say). `refusal` is the JSON body of an answer with that status.
    """

    name: str
    create: Callable[[Surroundings], Flask]
    install: Callable[[Store, datetime], None]
    refusal: Callable[[int], Any]
    load_extra: Callable[[Store, Path], list[str]] | None = None


def new_flask(name: str) -> Flask:
    """Make the Flask application of a tool on the shared templates and static files."""
    flask = Flask(name, template_folder=str(HERE / "templates"), static_folder=str(HERE / "static"))
    flask.json.sort_keys = False  # type: ignore[attr-defined]
    flask.json.ensure_ascii = False  # type: ignore[attr-defined]
    return flask
