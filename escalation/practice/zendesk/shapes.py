"""What does each record look like: every key the vendor sends, with null where it has nothing.

Records are stored in the shape they are answered in; only addresses (`url`, `content_url`) are added on the
way out.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from escalation.practice.zendesk.texts import framed, html_of, plain_of

STATUSES: Final = ("new", "open", "pending", "hold", "solved", "closed")
PRIORITIES: Final = ("low", "normal", "high", "urgent")
TYPES: Final = ("problem", "incident", "question", "task")
CUSTOM_STATUS_IDS: Final = {status: 8_447_320_465_700 + place for place, status in enumerate(STATUSES)}
BRAND_ID: Final = 8_447_346_621_310
FORM_ID: Final = 8_646_151_517_822
ACCOUNT_ID: Final = 22_129_848


def iso(moment: datetime) -> str:
    """Write a moment as the vendor does: UTC, whole seconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ticket(given: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Complete a ticket."""
    moment = given.get("updated_at") or given.get("created_at") or iso(now)
    status = given.get("status") or "new"
    subject = given.get("subject") or ""
    whole: dict[str, Any] = {
        "id": 0,
        "external_id": None,
        "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
        "created_at": moment,
        "updated_at": moment,
        "generated_timestamp": int(datetime.fromisoformat(moment).timestamp()),
        "type": None,
        "subject": subject,
        "raw_subject": subject,
        "description": "",
        "priority": None,
        "status": status,
        "recipient": None,
        "requester_id": None,
        "submitter_id": given.get("requester_id"),
        "assignee_id": None,
        "organization_id": None,
        "group_id": None,
        "collaborator_ids": [],
        "follower_ids": [],
        "email_cc_ids": [],
        "forum_topic_id": None,
        "problem_id": None,
        "has_incidents": False,
        "is_public": True,
        "due_at": None,
        "tags": [],
        "custom_fields": [],
        "satisfaction_rating": None,
        "sharing_agreement_ids": [],
        "custom_status_id": CUSTOM_STATUS_IDS.get(status, CUSTOM_STATUS_IDS["open"]),
        "fields": [],
        "followup_ids": [],
        "ticket_form_id": FORM_ID,
        "brand_id": BRAND_ID,
        "allow_channelback": False,
        "allow_attachments": True,
        "from_messaging_channel": False,
    }
    return whole | dict(given)


def comment(given: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Complete a comment: from `html_body` or from `body`, whichever was given, its other forms follow."""
    written = given.get("html_body")
    plain = plain_of(written) if written else str(given.get("body") or "")
    whole: dict[str, Any] = {
        "id": 0,
        "type": "Comment",
        "author_id": None,
        "body": plain,
        "html_body": framed(written) if written else html_of(plain),
        "plain_body": plain,
        "public": True,
        "attachments": [],
        "audit_id": 0,
        "via": {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}},
        "created_at": iso(now),
        "metadata": {"system": {}, "custom": {}},
    }
    kept = {name: value for name, value in given.items() if name in whole and name != "html_body"}
    return whole | {**kept, "body": kept.get("body") or plain}


def user(given: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Complete a user."""
    whole: dict[str, Any] = {
        "id": 0,
        "name": "",
        "email": None,
        "created_at": iso(now),
        "updated_at": iso(now),
        "time_zone": "UTC",
        "iana_time_zone": "Etc/UTC",
        "phone": None,
        "shared_phone_number": None,
        "photo": None,
        "locale_id": 1,
        "locale": "en-US",
        "organization_id": None,
        "role": "end-user",
        "verified": True,
        "external_id": None,
        "tags": [],
        "alias": "",
        "active": True,
        "shared": False,
        "shared_agent": False,
        "last_login_at": None,
        "two_factor_auth_enabled": None,
        "signature": None,
        "details": "",
        "notes": "",
        "role_type": None,
        "custom_role_id": None,
        "moderator": False,
        "ticket_restriction": "requested",
        "only_private_comments": False,
        "restricted_agent": True,
        "suspended": False,
        "default_group_id": None,
        "user_fields": {},
    }
    return whole | dict(given)


def organization(given: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """Complete an organisation."""
    whole: dict[str, Any] = {
        "id": 0,
        "name": "",
        "shared_tickets": False,
        "shared_comments": False,
        "external_id": None,
        "created_at": iso(now),
        "updated_at": iso(now),
        "domain_names": [],
        "details": "",
        "notes": "",
        "group_id": None,
        "tags": [],
        "organization_fields": {},
    }
    return whole | dict(given)
