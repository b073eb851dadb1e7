"""What does a bare change of state in a tool mean?

Words of ServiceNow, Jira and Zendesk as their default set-ups have them, and Baton's own. A word that
does not say how the work ended (*closed*) is unclear here, because a tool closes fixed and unfixed alike.
"""

from escalation.translation.cues.kinds import Meaning

_WORDS: dict[Meaning, tuple[str, ...]] = {
    Meaning.RECEIVED: (
        "new",
        "open",
        "to do",
        "assigned",
        "accepted",
        "acknowledged",
        "selected for development",
        "delivered",
    ),
    Meaning.BEING_WORKED: (
        "in progress",
        "work in progress",
        "started",
        "diagnosing",
        "started diagnosing",
        "reopened",
        "in review",
    ),
    Meaning.WAITING_FOR_APPROVAL: (
        "awaiting approval",
        "waiting for approval",
        "awaiting change",
        "authorize",
        "in approval",
    ),
    Meaning.WAITING_FOR_VENDOR: (
        "awaiting vendor",
        "waiting for vendor",
        "waiting for supplier",
        "waiting for third party",
    ),
    Meaning.WAITING_FOR_USER: ("awaiting caller", "awaiting user info", "waiting for customer", "pending"),
    Meaning.FIX_IN_PROGRESS: ("implement", "scheduled", "in testing", "ready for release", "deploying"),
    Meaning.FIXED_WATCHING: ("monitoring", "under observation"),
    Meaning.RESOLVED: ("resolved", "solved", "fixed", "solved permanently", "solution provided"),
    Meaning.NOT_FIXED: (
        "won't do",
        "won't fix",
        "wont fix",
        "cannot reproduce",
        "not a bug",
        "duplicate",
        "declined",
        "canceled",
        "cancelled",
        "not solved",
    ),
    Meaning.NEEDS_ANSWER: ("needs answer", "asked back", "need more info", "waiting for support"),
    Meaning.BOUNCED: ("bounced", "returned"),
    Meaning.PAUSED: ("on hold", "hold", "paused", "backlog", "deferred"),
}
_MEANINGS = {word: meaning for meaning, words in _WORDS.items() for word in words}
_MEANINGS |= {meaning.value.replace("_", " "): meaning for meaning in Meaning}


def state_meaning(word: str) -> Meaning:
    """This will return the meaning of a state's name in any case and spelling, ``UNCLEAR`` if unknown."""
    plain = " ".join(word.replace("_", " ").replace("-", " ").replace("’", "'").casefold().split())
    return _MEANINGS.get(plain, Meaning.UNCLEAR)
