"""How is the user of a handoff spoken to: in which language, and in whose words?

As the rules say under which the handoff was confirmed; what is published later changes nothing here.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass

from escalation.knowledge.codec import from_json
from escalation.models import Handoff, Snapshot
from escalation.translation.meaning import Meaning
from escalation.translation.rules import Rules
from escalation.translation.sayable import sayable_state
from escalation.translation.wording import LANGUAGE_NAMES, Unsayable, Wording

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """Language and wording of the lines for one user."""

    zone: str  # in which the receiver's times are meant
    language: str = "en"
    wording: Wording | None = None
    users: str = ""  # the user's own language, where it is another one that has lines


def voice_of(handoff: Handoff) -> Voice:
    """This will return the voice of a handoff whose ``route.receiver`` is loaded."""
    zone = handoff.route.receiver.zone
    snapshot = Snapshot.objects.select_related("rule_set").filter(handoff=handoff).first()
    if snapshot is None or snapshot.rule_set is None:
        return Voice(zone=zone, users=_users(handoff, "en"))
    rules = snapshot.rule_set.rules
    return Voice(
        zone=zone,
        language=rules.language,
        wording=_wording(rules),
        users=_users(handoff, rules.language),
    )


def said_of(meaning: Meaning, *, handoff: Handoff) -> tuple[str, dict[str, str]]:
    """This will say a meaning in the handoff's voice: the line, and the details of the user's own draft."""
    voice = voice_of(handoff)
    line = sayable_state(meaning, language=voice.language, wording=voice.wording).line
    if not voice.users:
        return line, {}
    own = sayable_state(meaning, language=voice.users, wording=voice.wording).line
    return line, {"user_language": LANGUAGE_NAMES[voice.users], "user_line": own}


def _users(handoff: Handoff, language: str) -> str:
    """The language of the ticket's user, if lines can be said in it and it is not the route's."""
    source = from_json(handoff.state).source
    own = source.requester_language if source else ""
    return own if own in LANGUAGE_NAMES and own != language else ""


def _wording(rules: Rules) -> Wording | None:
    lines: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for meaning, by_language in rules.wording.items():
        for language, line in by_language.items():
            lines[language][meaning] = line
    try:
        return Wording.from_values(lines)
    except Unsayable as error:
        # An owner's slip must not keep a technician from hearing what happened: ours are said instead.
        logger.warning("voice: the wording of a route cannot be used: %s", error)
        return None
