"""What is one practice tool: its application, its records, its faults and its outgoing posts, built by name.

A new tool is a folder with an `app.py` that offers a `ToolKind` and one line in `KINDS`; a part in the story
is one more in `_WORLDS`. A tool that only its own tests know is built from its `ToolKind`.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask

from escalation.practice.clock import Clock, utc_now
from escalation.practice.controls import CallLog, LoggedApplication, controls
from escalation.practice.faults import Faults, FaultyApplication
from escalation.practice.jira.app import JIRA
from escalation.practice.kinds import Surroundings, ToolKind
from escalation.practice.language_model.app import LANGUAGE_MODEL
from escalation.practice.outgoing import Outgoing, Send, post
from escalation.practice.servicenow.app import SERVICENOW
from escalation.practice.slack.app import SLACK
from escalation.practice.store import Store
from escalation.practice.world.into_jira import load_jira
from escalation.practice.world.into_servicenow import load_servicenow
from escalation.practice.world.into_slack import load_slack
from escalation.practice.world.into_zendesk import load_zendesk
from escalation.practice.world.times import anchored
from escalation.practice.zendesk.app import ZENDESK

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# What the practice story writes into each tool: the tools themselves know no story.
_WORLDS: Final[dict[str, Callable[[Store, datetime], None]]] = {
    "zendesk": load_zendesk,
    "servicenow": load_servicenow,
    "slack": load_slack,
    "jira": load_jira,
}
_OURS: Final = (ZENDESK, SERVICENOW, SLACK, JIRA, LANGUAGE_MODEL)
KINDS: Final[dict[str, ToolKind]] = {kind.name: kind for kind in _OURS}


@dataclass(frozen=True, kw_only=True, slots=True)
class PracticeTool:
    """One running stand-in. `application` is WSGI; `flask` is the same without faults and call log."""

    name: str
    application: "WSGIApplication"
    flask: Flask
    store: Store
    faults: Faults
    outgoing: Outgoing

    def close(self) -> None:
        """Stop posting and close the file."""
        self.outgoing.close()
        self.store.close()


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """How to build a tool. `data` is the folder shared by all tools (None: in memory)."""

    data: Path | None = None
    clock: Clock = utc_now
    baton_url: str = ""
    with_world: bool = True
    extra: Path | None = None
    send: Send = post
    say: Callable[[str], object] = print


def build(tool: str | ToolKind, plan: Plan | None = None) -> PracticeTool:
    """Build a practice tool, by its name in `KINDS` or as given, with its world on the first start."""
    plan = plan or Plan()
    kind = KINDS[tool] if isinstance(tool, str) else tool
    store = Store(None if plan.data is None else plan.data / f"{kind.name}.sqlite3")
    faults = Faults()
    outgoing = Outgoing(clock=plan.clock, faults=faults, send=plan.send)
    surroundings = Surroundings(
        store=store,
        clock=plan.clock,
        new_id=_new_id,
        outgoing=outgoing,
        baton_url=plan.baton_url,
        search_lag=faults.search_lag,
    )
    flask = kind.create(surroundings)
    now = anchored(plan.data, plan.clock())

    def fill() -> None:
        _fill(kind, store, plan, now)

    if not store.all("filled"):
        fill()
    _load_extra(kind, store, plan)
    log = CallLog(clock=plan.clock)
    flask.register_blueprint(
        controls(faults=faults, log=log, outgoing=outgoing, reset=lambda: _reset(store, fill))
    )
    application = LoggedApplication(FaultyApplication(flask, faults, kind.refusal), log)
    return PracticeTool(
        name=kind.name, application=application, flask=flask, store=store, faults=faults, outgoing=outgoing
    )


def _new_id() -> str:
    return secrets.token_hex(16)


def _fill(kind: ToolKind, store: Store, plan: Plan, now: datetime) -> None:
    with store.transaction():
        kind.install(store, now)
        if plan.with_world and kind.name in _WORLDS:
            _WORLDS[kind.name](store, now)
        store.put("filled", "filled", {"at": now.isoformat()})


def _load_extra(kind: ToolKind, store: Store, plan: Plan) -> None:
    if plan.extra is not None and kind.load_extra is not None:
        with store.transaction():
            for line in kind.load_extra(store, plan.extra):
                plan.say(line)


def _reset(store: Store, fill: Callable[[], None]) -> None:
    """Begin again. Who listens stays registered, or a running Baton would go deaf."""
    with store.transaction():
        listeners: list[Any] = store.all("webhook")
        store.clear()
        for listener in listeners:
            store.put("webhook", listener["id"], listener)
        fill()
