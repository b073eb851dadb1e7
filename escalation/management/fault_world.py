"""What is needed to let three receivers fail: practice tools in processes of their own, and what is owed.

Everything is made up, lies in the database of the run and on loopback, and is thrown away with it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkContext, ForkProcess
from typing import Any, Final

from django.contrib.auth.models import User

from escalation.knowledge.codec import to_json
from escalation.knowledge.fingerprint import state_fingerprint
from escalation.knowledge.state import Diagnostic, Fact, KnowledgeState, Source
from escalation.lifecycle.words import Status
from escalation.models import Attachment, AttachmentBytes, Connection, Handoff, Route, Snapshot, Team
from escalation.outbox.files import owe_files
from escalation.outbox.owe import Note, owe_note, owe_record, record_key
from escalation.practice import credentials
from escalation.practice.serve import serve
from escalation.practice.tool import Plan
from escalation.tools.registry import tool
from escalation.translation.codec import to_json as translation_to_json
from escalation.translation.given import Given
from escalation.translation.rules import Rules

FILE_EVERY: Final = 10  # every tenth handoff carries a file
FILE_BODY: Final = b"12:00:01 blocked by CORS policy\n" * 64
# Together 30 % of all calls. The server answers 500 and 504 without having done anything, or after it.
FAULTS: Final[tuple[Mapping[str, Any], ...]] = (
    {"share": 0.1, "status": 500},
    {"share": 0.02, "status": 429, "retry_after": 1},
    {"share": 0.05, "status": 504, "html": True},
    {"share": 0.05, "lose_answer": True},
    {"share": 0.05, "lose_answer": "504"},
    {"share": 0.075, "html": True},
)
# A share is drawn from what the rules before it left over, so they sum up to 30 % of all calls.


@dataclass(frozen=True, kw_only=True, slots=True)
class Receiver:
    """One practice tenant as a receiver."""

    tool: str
    base_url: str
    our_user: str
    credentials: Mapping[str, str]
    settings: Mapping[str, str]
    rules: Rules


RECEIVERS: Final = (
    Receiver(
        tool="servicenow",
        base_url="https://acme.service-now.com",
        our_user=credentials.SERVICENOW_USER,
        credentials={
            "scheme": "basic",
            "user": credentials.SERVICENOW_USER,
            "password": credentials.SERVICENOW_PASSWORD,
        },
        settings={},
        rules=Rules(),
    ),
    Receiver(
        tool="jira",
        base_url="https://acme.atlassian.net",
        our_user="Baton",
        credentials={
            "scheme": "basic",
            "user": credentials.JIRA_EMAIL,
            "password": credentials.JIRA_API_TOKEN,
        },
        settings={"project": "PLAT"},
        rules=Rules(defaults={"project": "PLAT", "customfield_10041": '{"value": "Production"}'}),
    ),
    Receiver(
        tool="zendesk",
        base_url="https://acme.zendesk.com",
        our_user=credentials.ZENDESK_INTEGRATION_EMAIL,
        credentials={
            "scheme": "basic",
            "user": f"{credentials.ZENDESK_INTEGRATION_EMAIL}/token",
            "password": credentials.ZENDESK_API_TOKEN,
        },
        settings={},
        rules=Rules(),
    ),
)


def start_tool(fork: ForkContext, receiver: Receiver, *, port: int) -> ForkProcess:
    """This will serve one practice tool, in memory, until it is terminated."""
    plan = Plan(say=lambda _: None)
    arguments = {"tool": receiver.tool, "host": "127.0.0.1", "port": port, "plan": plan}
    process = fork.Process(target=serve, kwargs=arguments, daemon=True)
    process.start()
    return process


def spoil(target: Connection, *, rules: Sequence[Mapping[str, Any]] = FAULTS) -> None:
    """This will make the tool fail by these rules: three calls in ten, if none are given."""
    door = target.door(trial=True)
    for rule in rules:
        door.session.ask("POST", f"{door.base_url}/practice/faults", body=dict(rule))


def mend(target: Connection) -> None:
    """This will lift every fault."""
    door = target.door(trial=True)
    door.session.ask("DELETE", f"{door.base_url}/practice/faults")


def owe_all(receiver: Receiver, *, port: int, handoffs: int, now: datetime, name: str = "") -> Connection:
    """This will confirm that many handoffs to the receiver, each with a note and every tenth with a file.

    The connection is a new one each time; ``name`` tells it from others to the same tool.
    """
    target = _connection(receiver, port=port, name=name or f"Faulty {receiver.tool}")
    route = _route(target)
    author, _ = User.objects.get_or_create(username="fault.run")
    for number in range(1, handoffs + 1):
        _owe(route, author, receiver, number=number, now=now)
    return target


def note_text(handoff: Handoff) -> str:
    """The words of a handoff's note, found nowhere else."""
    return f"The user of case {handoff.pk.hex} can test until 17:00."


def _owe(route: Route, author: User, receiver: Receiver, *, number: int, now: datetime) -> None:
    state = _state(number)
    handoff = Handoff.objects.create(
        route=route,
        author=author,
        status=Status.QUEUED,
        summary=state.summary,
        created_at=now,
        saved_at=now,
        confirmed_at=now,
    )
    if number % FILE_EVERY == 0:
        _file(handoff, now=now)
    given = Given(rules=receiver.rules, now=now, key=record_key(handoff_id=handoff.pk))
    part = tool(receiver.tool).receiver
    if part is None:
        raise ValueError(f"{receiver.tool} takes no records.")
    translation = part.translate(state, given)
    Snapshot.objects.create(
        handoff=handoff,
        state=to_json(state),
        state_fingerprint=state_fingerprint(state),
        translation=translation_to_json(translation),
        confirmed_by=author,
        confirmed_at=now,
    )
    owe_record(handoff=handoff, connection=route.target, draft=translation.draft, now=now)
    note = Note(remote_id="", text=note_text(handoff))
    owe_note(handoff=handoff, connection=route.target, note=note, now=now)
    owe_files(handoff=handoff, connection=route.target, now=now)


def _file(handoff: Handoff, *, now: datetime) -> None:
    row = Attachment.objects.create(
        handoff=handoff,
        name="browser.log",
        content_type="text/plain",
        size=len(FILE_BODY),
        sha256=hashlib.sha256(FILE_BODY).hexdigest(),
        added_at=now,
    )
    AttachmentBytes.objects.create(attachment=row, body=FILE_BODY)


def _state(number: int) -> KnowledgeState:
    return KnowledgeState(
        summary=f"Dashboard {number} does not load: CORS error",
        ask="Find what changed and let the dashboard load again",
        facts=(Fact(id="f1", statement="Account is active"),),
        diagnostics=(Diagnostic(id="d1", check="Browser console", observation="CORS error"),),
        source=Source(tool="zendesk", reference=str(number), number=f"#{number}"),
    )


def _connection(receiver: Receiver, *, port: int, name: str) -> Connection:
    row = Connection(
        tool=receiver.tool,
        name=name,
        base_url=receiver.base_url,
        reached_at=f"http://127.0.0.1:{port}",
        allow_private=True,
        our_user=receiver.our_user,
        settings=dict(receiver.settings),
    )
    row.keep_credentials(dict(receiver.credentials))
    row.save()
    return row


def _route(target: Connection) -> Route:
    sender, _ = Team.objects.get_or_create(name="Desk of the fault run")
    receiver, _ = Team.objects.get_or_create(name="Receivers of the fault run")
    return Route.objects.create(
        name=f"Fault run into {target.name}", sender=sender, receiver=receiver, source=target, target=target
    )
