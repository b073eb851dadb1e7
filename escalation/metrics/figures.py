"""Which figures are there, and what does each mean in words? Pure.

The one list: the page, its explanations, the export and the query all follow it. How handoffs are summed up
to one, ``summing`` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Form(StrEnum):
    """How a figure is summed up over handoffs."""

    SPAN = "span"  # seconds: median and p90
    SHARE = "share"  # handoffs for which it is so, of those for which it can be said
    PART = "part"  # part of a whole that is summed up too, as of the open time of all handoffs
    COUNT = "count"  # summed up


@dataclass(frozen=True, kw_only=True, slots=True)
class Metric:
    """One figure; ``key`` is the field of ``Measures`` it sums up."""

    key: str
    title: str
    means: str
    form: Form
    less_is_better: bool | None = True  # None where neither is
    business: str = ""  # the field with the same span in business hours
    user: str = ""  # the field with how much of the span it waited for the user
    user_left_out: bool = False  # the span itself leaves that time out
    whole: str = ""  # what a part is a part of
    kinds: tuple[str, ...] = ()  # the entries it is read from


_METRICS = (
    Metric(
        key="effort",
        title="Handoff effort",
        means="Seconds of work between opening the form and confirming, pauses over 60 seconds left out.",
        form=Form.SPAN,
        kinds=("started", "confirmed"),
    ),
    Metric(
        key="to_delivered",
        title="Sent → delivered",
        means="From confirming to the tool's proof that it holds the record. What was called back and sent "
        "again counts from the last confirming before the proof.",
        form=Form.SPAN,
        kinds=("confirmed", "delivered"),
    ),
    Metric(
        key="to_seen",
        title="Delivered → seen",
        means="From the tool's proof to the receiver's first view.",
        form=Form.SPAN,
        business="to_seen_business",
        user="user_seen",
        kinds=("delivered", "seen"),
    ),
    Metric(
        key="to_accepted",
        title="Delivered → accepted",
        means="From the tool's proof to the receiver taking it on.",
        form=Form.SPAN,
        business="to_accepted_business",
        user="user_accepted",
        kinds=("delivered", "accepted"),
    ),
    Metric(
        key="to_engaged",
        title="Delivered → diagnosing",
        means="From the tool's proof to the receiver saying that diagnosing has started.",
        form=Form.SPAN,
        business="to_engaged_business",
        user="user_engaged",
        kinds=("delivered", "diagnosing"),
    ),
    Metric(
        key="rebuild",
        title="Rebuilding",
        means="From the receiver's first view to the start of diagnosing or to the first question back, "
        "time on hold left out: what it takes to understand the case.",
        form=Form.SPAN,
        user="user_rebuild",
        user_left_out=True,
        kinds=("seen", "diagnosing", "asked", "waiting"),
    ),
    Metric(
        key="diagnosing",
        title="Diagnosing",
        means="From the start of diagnosing to resolved, time on hold left out.",
        form=Form.SPAN,
        user="user_diagnosing",
        user_left_out=True,
        kinds=("diagnosing", "waiting", "resolved"),
    ),
    Metric(
        key="to_resolved",
        title="Delivered → resolved",
        means="From the tool's proof to the first time it was resolved.",
        form=Form.SPAN,
        business="to_resolved_business",
        user="user_resolved",
        kinds=("delivered", "resolved"),
    ),
    Metric(
        key="returned",
        title="Returned",
        means="Share of handoffs that came back with a coded reason. A question back is not counted here.",
        form=Form.SHARE,
        kinds=("bounced",),
    ),
    Metric(
        key="asked",
        title="Asked back",
        means="Share of handoffs about which the receiver had a question; ownership stayed.",
        form=Form.SHARE,
        kinds=("asked", "answered"),
    ),
    Metric(
        key="tossed",
        title="Ping-pong",
        means="Share of handoffs whose record went from group A to B and back to A in the receiver's tool.",
        form=Form.SHARE,
        kinds=("assigned",),
    ),
    Metric(
        key="first_time_right",
        title="First time right",
        means="Share taken up without return and without a question, of those taken up, asked about or "
        "returned. A question that the form never asked, as the receiver says, is not held against it.",
        form=Form.SHARE,
        less_is_better=False,
        kinds=("accepted", "diagnosing", "asked", "bounced"),
    ),
    Metric(
        key="redone",
        title="Done again",
        means="Share of the handoffs taken up in which the receiver marked a check or a step as done again.",
        form=Form.SHARE,
        kinds=("accepted", "diagnosing", "resolved"),
    ),
    Metric(
        key="redone_steps",
        title="Redo rate",
        means="Checks and tries that the receiver did again, of all that were listed in the handoffs taken "
        "up.",
        form=Form.PART,
        whole="listed_steps",
        kinds=("accepted", "diagnosing", "resolved"),
    ),
    Metric(
        key="guess_right",
        title="Hypothesis right",
        means="Share of hypotheses the receiver called right, of those it gave a verdict on.",
        form=Form.SHARE,
        less_is_better=None,
        kinds=("learned", "resolved"),
    ),
    Metric(
        key="level_one_could",
        title="Level One could have",
        means="Share of handoffs whose receiver said at the end that Level One could have done this, of "
        "those it gave a verdict on.",
        form=Form.SHARE,
        less_is_better=None,
        kinds=("learned", "resolved"),
    ),
    Metric(
        key="overridden",
        title="Sent past an objection",
        means="Share of handoffs that went by the urgent lane with parts still owed, or past something "
        "that held them up (a missing line, something private) with a reason why, then or in a later "
        "correction. Stands beside the averages, because what is skipped makes them look quick.",
        form=Form.SHARE,
        kinds=("confirmed", "amended"),
    ),
    Metric(
        key="junk",
        title="Empty words",
        means="Lines that say nothing (“not working”, “see above”) of all lines sent, title and ask among "
        "them. Stands beside the averages, because a form filled with them looks complete.",
        form=Form.PART,
        whole="stated",
        kinds=("confirmed",),
    ),
    Metric(
        key="lag",
        title="Tool → shown",
        means="From something happening in the receiver's tool to its line on the sender's page: per "
        "handoff the median of its lines.",
        form=Form.SPAN,
        kinds=("note", "state", "assigned", "resolved"),
    ),
    Metric(
        key="told_lag",
        title="Shown → user told",
        means="From a line that can be said to the user to the next time the user was told: per handoff "
        "the median of its lines. News nobody passed on is not in it.",
        form=Form.SPAN,
        kinds=("note", "state", "resolved", "told", "replied"),
    ),
    Metric(
        key="silence",
        title="Longest silence",
        means="The longest time without a human word while the handoff was open.",
        form=Form.SPAN,
        kinds=("confirmed", "seen", "accepted", "diagnosing", "note", "state", "asked", "resolved"),
    ),
    Metric(
        key="promised_s",
        title="Under a promise",
        means="Part of the open time that lay within the route's promise after the last human word.",
        form=Form.PART,
        whole="open_s",
        less_is_better=False,
        kinds=("confirmed", "seen", "accepted", "diagnosing", "note", "state", "resolved"),
    ),
    Metric(
        key="waiting_s",
        title="On hold",
        means="Part of the open time spent waiting for the user, a vendor or an approval. Stands beside the "
        "clocks, so that nobody looks faster by parking work.",
        form=Form.PART,
        whole="open_s",
        less_is_better=None,
        kinds=("waiting", "went_on"),
    ),
    Metric(
        key="on_user_s",
        title="Waiting for the user",
        means="Part of the open time in which the tool said that it waits for the user; the rest on hold is "
        "for a vendor or an approval.",
        form=Form.PART,
        whole="open_s",
        less_is_better=None,
        kinds=("waiting", "went_on"),
    ),
    Metric(
        key="undisclosed",
        title="Undisclosed loss",
        means="Confirmed items that are in no field of the record and were not named as lost. Must be 0.",
        form=Form.COUNT,
        kinds=("confirmed",),
    ),
)
METRICS: Mapping[str, Metric] = MappingProxyType({each.key: each for each in _METRICS})
OPEN_TIME = "open_s"
# Of an open handoff these grow until somebody looks.
RUNNING = (OPEN_TIME, "waiting_s", "on_user_s", "promised_s")
