"""How is Baton asked? One method for each thing that a person does."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import requests

from baton_client.values import (
    Amendment,
    Consult,
    Draft,
    File,
    Handoff,
    Line,
    Preview,
    Refused,
    Route,
    Ticket,
    read,
)

TIMEOUT_S = 30
TRIES = 3
STATE = ("summary", "ask", "facts", "diagnostics", "remediation", "hypothesis", "business", "availability")


class Baton:
    """One installation, as the person whose token it is."""

    def __init__(self, address: str, *, token: str, session: requests.Session | None = None) -> None:
        self._base = f"{address.rstrip('/')}/api/"
        self._session = session or requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def routes(self) -> list[Route]:
        """Return where the person may hand off to."""
        return [read(Route, each) for each in self._ask("GET", "routes").json()]

    def tickets(self, route: int) -> list[Ticket]:
        """Return the open tickets of the tool that a route begins in."""
        return [read(Ticket, each) for each in self._ask("GET", f"routes/{route}/tickets").json()]

    def handoffs(self) -> Iterator[Handoff]:
        """Yield the handoffs that the person may see, newest first, page by page."""
        address: str | None = "handoffs"
        while address:
            page = self._ask("GET", address).json()
            yield from (read(Handoff, each) for each in page["results"])
            address = page["next"]

    def handoff(self, handoff: str) -> Handoff:
        """Return where one stands."""
        return read(Handoff, self._ask("GET", f"handoffs/{handoff}").json())

    def begin(self, *, route: int, ticket: str = "", text: str = "") -> Draft:
        """Begin a draft, prefilled from a ticket or from text."""
        return _draft(self._press("handoffs", {"route": route, "ticket": ticket, "text": text}))

    def draft(self, handoff: str) -> Draft:
        """Return one's own draft, with the suggestions that nobody has accepted yet."""
        return _draft(self._ask("GET", f"handoffs/{handoff}/draft"))

    def save(self, draft: Draft) -> Draft:
        """Save the draft over what was read; raises ``Refused`` (412) when somebody else wrote meanwhile."""
        answer = self._ask(
            "PUT",
            f"handoffs/{draft.id}/draft",
            body=draft.state,
            headers={"If-Match": draft.mark, "Idempotency-Key": str(uuid4())},
        )
        return _draft(answer)

    def preview(self, handoff: str) -> Preview:
        """Return the exact record that confirming sends."""
        return read(Preview, self._ask("GET", f"handoffs/{handoff}/preview").json())

    def confirm(self, handoff: str, *, fingerprint: str) -> Handoff:
        """Send the record that was previewed; raises ``Refused`` (409) when it is another one by now."""
        return self.press(handoff, "confirm", {"fingerprint": fingerprint})

    def press(self, handoff: str, what: str, said: Mapping[str, Any] | None = None) -> Handoff:
        """Press any of the others, as ``recall``, ``accept``, ``resolve``, with what it takes."""
        return read(Handoff, self._press(f"handoffs/{handoff}/{what}", said).json())

    def timeline(self, handoff: str, *, after: int = 0) -> list[Line]:
        """Return the lines after that number, oldest first."""
        answer = self._ask("GET", f"handoffs/{handoff}/timeline?after={after}")
        return [read(Line, each) for each in answer.json()]

    def attach(self, handoff: str, *, name: str, body: bytes, item: str = "") -> File:
        """Put one file to one's own draft, as evidence of the line with that id."""
        headers = {"Idempotency-Key": str(uuid4()), "Content-Type": "application/octet-stream"}
        path = f"handoffs/{handoff}/files?{urlencode({'name': name, 'item': item})}"
        return read(File, self._ask("POST", path, body=body, headers=headers).json())

    def files(self, handoff: str) -> list[File]:
        """Return the files that travel with it."""
        return [read(File, each) for each in self._ask("GET", f"handoffs/{handoff}/files").json()]

    def ask_first(self, handoff: str, *, route: int, question: str) -> Consult:
        """Ask the team that a route leads to, before anything is handed to it."""
        said = {"route": route, "question": question}
        return read(Consult, self._press(f"handoffs/{handoff}/consults", said).json())

    def consult(self, consult: int) -> Consult:
        """Return a question that was asked first, with its answer once there is one."""
        return read(Consult, self._ask("GET", f"consults/{consult}").json())

    def answer_first(self, consult: int, *, answer: str) -> Consult:
        """Answer as one of the team that was asked."""
        return read(Consult, self._press(f"consults/{consult}/answer", {"answer": answer}).json())

    def amend(self, handoff: str) -> Amendment:
        """Open a correction of what was sent, or return one's own that is open."""
        return _amendment(handoff, self._press(f"handoffs/{handoff}/amendments", None))

    def save_amendment(self, amendment: Amendment) -> Amendment:
        """Save it over what was read; its ``text`` is then what would go."""
        answer = self._ask(
            "PUT",
            f"handoffs/{amendment.handoff}/amendments/{amendment.number}",
            body={name: amendment.state[name] for name in STATE},
            headers={"If-Match": amendment.mark, "Idempotency-Key": str(uuid4())},
        )
        return _amendment(amendment.handoff, answer)

    def send_amendment(self, amendment: Amendment) -> Handoff:
        """Send its very note; raises ``Refused`` (409) when it is another one by now."""
        path = f"handoffs/{amendment.handoff}/amendments/{amendment.number}/send"
        return read(Handoff, self._press(path, {"fingerprint": amendment.fingerprint}).json())

    def _press(self, path: str, said: Mapping[str, Any] | None) -> requests.Response:
        return self._ask("POST", path, body=said, headers={"Idempotency-Key": str(uuid4())})

    def _ask(
        self, method: str, path: str, *, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> requests.Response:
        address = path if "://" in path else f"{self._base}{path}"
        given: Mapping[str, Any] = {"data": body} if isinstance(body, bytes) else {"json": body}
        for left in reversed(range(TRIES)):
            try:
                answer = self._session.request(
                    method, address, headers=dict(headers or {}), timeout=TIMEOUT_S, **given
                )
                break
            except (requests.ConnectionError, requests.Timeout):
                # Nobody knows whether it was done. The same key again tells.
                if not left:
                    raise
        if answer.status_code >= 400:
            raise _refused(answer)
        return answer


def _draft(answer: requests.Response) -> Draft:
    values = answer.json()
    return Draft(id=values["id"], state=values, mark=answer.headers["ETag"])


def _amendment(handoff: str, answer: requests.Response) -> Amendment:
    values = answer.json()
    return Amendment(
        handoff=handoff,
        number=values["number"],
        state=values,
        text=values["text"],
        fingerprint=values["fingerprint"],
        mark=answer.headers["ETag"],
    )


def _refused(answer: requests.Response) -> Refused:
    try:
        problem = answer.json()
    except ValueError:
        problem = {"detail": answer.reason}
    detail, errors = str(problem.get("detail", "")), problem.get("errors", {})
    return Refused(status=answer.status_code, detail=detail, errors=errors)
