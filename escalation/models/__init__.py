"""The tables, one module per aggregate; the lowest Django layer.

Django finds the models here. Everything a user may see goes through ``visible_to(user)`` of the
aggregate's queryset.
"""

from escalation.models.access_token import AccessToken
from escalation.models.allowance import Allowance
from escalation.models.amendment import Amendment
from escalation.models.answer import ItemMark, Question, UsedLink, Verdict
from escalation.models.attachment import Attachment, AttachmentBytes
from escalation.models.audit import AuditLine
from escalation.models.baseline import Baseline
from escalation.models.bench import BenchDraft
from escalation.models.breaker import Breaker
from escalation.models.catalog import CatalogPass, CatalogRow, Lesson
from escalation.models.channel import ChatThread, TeamChannel
from escalation.models.connection import Connection
from escalation.models.consult import Consult
from escalation.models.delivery import Attempt, Delivery, Receipt
from escalation.models.drift import Drift
from escalation.models.entry import Entry
from escalation.models.golden import GoldenCase
from escalation.models.handoff import Handoff, Lane, Snapshot
from escalation.models.inbox import Inbox, RemoteUpdate
from escalation.models.kept_answer import KeptAnswer
from escalation.models.machine_draft import MachineDraft
from escalation.models.measurement import MeasureDue, Measurement, RatingDue, RatingTally, Tally
from escalation.models.muted import MutedAdvice
from escalation.models.notice import Notice, NoticeChoice, NoticeHours, NoticeKind
from escalation.models.past import PastReading, PastRecord
from escalation.models.queue import SavedView, SearchText
from escalation.models.rating import Rating, RatingPass
from escalation.models.review import GoodExample, Review, ReviewSample
from escalation.models.route import Route, RuleSet, Template
from escalation.models.ruling import Ruling
from escalation.models.subscriber import Message, Subscriber
from escalation.models.team import Membership, Team
from escalation.models.tick import Tick

__all__ = [
    "AccessToken",
    "Allowance",
    "Amendment",
    "Attachment",
    "AttachmentBytes",
    "Attempt",
    "AuditLine",
    "Baseline",
    "BenchDraft",
    "Breaker",
    "CatalogPass",
    "CatalogRow",
    "ChatThread",
    "Connection",
    "Consult",
    "Delivery",
    "Drift",
    "Entry",
    "GoldenCase",
    "GoodExample",
    "Handoff",
    "Inbox",
    "ItemMark",
    "KeptAnswer",
    "Lane",
    "Lesson",
    "MachineDraft",
    "MeasureDue",
    "Measurement",
    "Membership",
    "Message",
    "MutedAdvice",
    "Notice",
    "NoticeChoice",
    "NoticeHours",
    "NoticeKind",
    "PastReading",
    "PastRecord",
    "Question",
    "Rating",
    "RatingDue",
    "RatingPass",
    "RatingTally",
    "Receipt",
    "RemoteUpdate",
    "Review",
    "ReviewSample",
    "Route",
    "RuleSet",
    "Ruling",
    "SavedView",
    "SearchText",
    "Snapshot",
    "Subscriber",
    "Tally",
    "Team",
    "TeamChannel",
    "Template",
    "Tick",
    "UsedLink",
    "Verdict",
]
