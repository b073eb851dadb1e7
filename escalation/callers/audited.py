"""Which requests are lines of the audit, and as what?

Every press is one, unless it is listed as too small; looking is one where it shows or takes away what
customers and colleagues wrote.
"""

from datetime import datetime
from typing import Final

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from escalation.callers.asker import address
from escalation.models import AuditLine
from escalation.models.insert import Insert

Did = AuditLine.Did
LINE: Final = Insert(AuditLine)
LONGEST_PATH = 300
LOOKED_AT = {
    **dict.fromkeys(("handoff", "intake", "card_text", "review", "file", "capsule", "consult"), Did.SAW),
    **dict.fromkeys(("api_handoff", "api_state", "api_timeline", "api_draft", "api_preview"), Did.SAW),
    **dict.fromkeys(
        ("api_tickets", "api_file_bytes", "api_consult", "api_amendments", "api_amendment"), Did.SAW
    ),
    **dict.fromkeys(("api_questions", "faults", "review_one", "people", "person"), Did.SAW),
    **dict.fromkeys(("capsule_json", "capsule_markdown", "audit_csv"), Did.EXPORTED),
    **dict.fromkeys(("figures_csv", "figures_parquet"), Did.EXPORTED),
}
SENDS = frozenset(
    {"review", "release", "reply", "note", "further", "amendment", "hand_over", "api_confirm", "api_release"}
    | {"send_webhook_again", "api_reply", "api_join"}
    | {"api_send_amendment", "api_ask_first"}
)
SETS_UP = frozenset(
    {
        *("test_connection", "secret_connection", "listen_connection", "retry_connection"),
        *("new_tenant", "change_tenant", "team_channels", "enter_secret", "prove_connection", "try_writing"),
        *("app_key", "language_model", "test_language_model", "tokens", "revoke_token", "require_factor"),
        *("route_rules", "route_template", "route_owner", "route_drift", "route_vouch"),
        *("roll_back_rules", "roll_back_template", "keep_golden", "forget_golden", "baseline", "by_person"),
        *("webhooks", "test_webhook", "stop_webhook"),
        *("rule_fault", "propose_change", "past"),
    }
)
# While typing there is one every two seconds; the draft counts them itself.
REPLAYED = "Idempotency-Replayed"  # the header of an answer that was kept and is given once more
TOO_SMALL = frozenset(
    {
        "live_rules",
        "live_template",
        "save",
        "save_amendment",
        "read_all",
        "open_notice",
        "keep_view",
        "forget_view",
        "told",
        "seen",
    }
)


def audit(
    request: HttpRequest, user: User, response: HttpResponse, *, now: datetime, token: str = ""
) -> None:
    """This will write the line of a request that was answered, if it is one; ``token`` is its name.

    What is answered once more was done once, and has its line.
    """
    match = request.resolver_match
    did = _did(request.method or "", match.url_name or "") if match else None
    if did is None or match is None or response.status_code >= 400 or REPLAYED in response:
        return
    LINE.create(
        at=now,
        user=user,
        did=did,
        page=match.url_name or "",
        path=request.path[:LONGEST_PATH],
        handoff_id=match.kwargs.get("handoff_id") or match.kwargs.get("pk"),
        token=token,
        come_from=address(request)[:64],
    )


def _did(method: str, name: str) -> str | None:
    if method == "GET":
        return LOOKED_AT.get(name)
    # A program's PUT is a whole save, not one of those that a page makes while somebody types.
    if method not in {"POST", "PUT"} or name in TOO_SMALL:
        return None
    if name in SENDS:
        return Did.SENT
    return Did.SET_UP if name in SETS_UP else Did.CHANGED
