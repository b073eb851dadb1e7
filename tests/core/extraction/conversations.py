"""Conversations that several tests of extraction read."""

from datetime import UTC, datetime, timedelta

from escalation.knowledge.conversation import Conversation, Message
from escalation.knowledge.state import Source
from escalation.knowledge.words import Role

NOW = datetime(2026, 9, 29, 14, 30, tzinfo=UTC)  # a Tuesday, 10:30 in New York
EASTERN = "America/New_York"


def said(text: str, *, role: Role = Role.REQUESTER, minutes: int = 0, public: bool = True) -> Message:
    """One message, ``minutes`` after NOW."""
    author = "Priya Raman" if role is Role.REQUESTER else "Amara Obi"
    return Message(
        tool="zendesk",
        reference=f"m{minutes}",
        author=author,
        role=role,
        text=text,
        at=NOW + timedelta(minutes=minutes),
        public=public,
        permalink=f"https://desk.example.com/tickets/1#m{minutes}",
    )


def talk(*messages: Message, subject: str = "") -> Conversation:
    """A conversation of a finance team lead in New York."""
    source = Source(tool="zendesk", reference="35436", requester="Priya Raman")
    return Conversation(source=source, subject=subject, messages=messages, zone=EASTERN)


FINANCE_DASHBOARD = talk(
    said(
        "Hi team,\n\nI can't open the finance dashboard (https://finance-dash.example.com) since this "
        "morning. It was fine on Friday.\n\nMonth-end close starts tomorrow and the six of us pull every "
        "accrual from there.\n\nI'm on Slack (@priya.raman) 08:00-17:00 Eastern and happy "
        "to test anything you want.\n\nThanks\nPriya\n\n--\nPriya Raman | Finance Team Lead\n+1 617 555 0142"
    ),
    said(
        "Hi Priya, thanks for the details. Can you open it in a private window?",
        role=Role.TECHNICIAN,
        minutes=5,
    ),
    said("same white page, error code FDX-4031 at the bottom", minutes=9),
    said(
        "Went through it with her on Slack.\n\n- account: active, not locked, licence ok\n"
        "- browser: Chrome 131, supported\n- other web apps (Workday, Concur): fine\n"
        "- cleared cache and cookies: no change\n\nConsole shows this as soon as the page loads:\n\n"
        "Access to fetch at 'https://finance-dash.example.com/api/v1/close' from origin "
        "'https://portal.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' "
        "header",
        role=Role.TECHNICIAN,
        minutes=20,
        public=False,
    ),
    said(
        "My guess: last weekend's infrastructure change did it. I have not checked the gateway itself.",
        role=Role.TECHNICIAN,
        minutes=30,
        public=False,
    ),
    subject="Finance dashboard will not open",
)
