"""What is this about in one line, and what does the sender need?

Both lines are made of words that stand in the conversation. The ask is taken from the conversation
where somebody asked; a sentence that only says where a case goes is none. Otherwise it is composed from the
summary, and from what the sender could not look at, and claims nothing beyond them.
"""

import re
from collections.abc import Sequence

from escalation.extraction.sentences import sentences
from escalation.knowledge.conversation import Conversation
from escalation.knowledge.state import Business, Diagnostic, Item, headline
from escalation.knowledge.words import Part, Role

SUMMARY_LIMIT = 100
ASK_LIMIT = 200
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|fw|fwd|wg|tr|rv|antw)\s?:|\[[^\]]{1,40}\]|\(?(?:urgent|help|hilfe|bitte)\)?[!:]+|"
    r"#\d+\s?[:-]?)\s*",
    re.IGNORECASE,
)
_TO_THE_NEXT_TIER = re.compile(
    r"\b(?:needs?|need|please|could|can|requesting|asking|escalat\w+|bitte|"
    r"hand\w* over)\b[^.?!]{0,60}\b(?:l2|l3|level (?:two|three|2|3)|second level|2nd level|tier (?:2|3)|"
    r"next tier|engineering|infrastructure|network team|dev(?:elopment)? team|platform team|backend|dba|"
    r"on-?call)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:please|can (?:you|someone|anyone)|could (?:you|someone|anyone)|kindly|we need|i need|bitte|"
    r"können sie|pouvez-vous|s['’]il vous plaît|por favor|pueden?)\b[^.?!]{0,80}"
    r"\b(?:fix|restore|resolve|solve|investigate|look into|repair|unlock|reset|re-?enable|roll ?back|"
    r"find out|find the cause|correct|work(?:ing)? again|behoben|beheben|prüfen|"
    r"réparer|rétablir|corriger|solucionar|arreglar|revisar)\w*",
    re.IGNORECASE,
)

# What makes a sentence that names the next tier an ask: a request with something to do, or a question.
_IS_ASK = re.compile(
    r"\?\s*$|\b(?:please|can you|could you|can (?:someone|anyone)|requesting|asking \w+ to|kindly|bitte)\b|"
    r"\bneeds? \w+(?: \w+){0,4} to (?!be\b)\w+|"
    r"^\s*(?:check|find|fix|look|restore|roll|review|confirm|reset)\b",
    re.IGNORECASE,
)
_OUT_OF_REACH = re.compile(
    r"\b(?:can['’]?t|cannot|can not|unable to|no (?:right|access|permission)s? to|not allowed to)\s+"
    r"(?:see|access|check|open|reach|view|read|look (?:at|into))\s+"
    r"(?P<what>(?:the|our|their|its)\s[^.,;!?()]{3,60})",
    re.IGNORECASE,
)


def summary_of(subject: str, found: Sequence[tuple[Part, Item]]) -> str:
    """This will return a line of at most 100 characters; "" when there is nothing to say."""
    line = subject.strip()
    while (stripped := _PREFIX.sub("", line, count=1)) != line:
        line = stripped
    line = re.sub(r"\s+", " ", line).strip(" .!-")
    symptom = _symptom(found)
    if not line:
        return _cut(symptom, SUMMARY_LIMIT)
    code = next(
        (item.error_code for _, item in found if isinstance(item, Diagnostic) and item.error_code), ""
    )
    if code and code.lower() not in line.lower() and len(line) + len(code) + 3 <= SUMMARY_LIMIT:
        return f"{line} ({code})"
    vague = len(re.findall(r"\w+", line)) <= 2
    return _cut(f"{line}: {symptom}" if vague and symptom else line, SUMMARY_LIMIT)


def ask_of(conversation: Conversation, found: Sequence[tuple[Part, Item]]) -> str:
    """This will return the ask in one sentence; "" when the conversation holds nothing."""
    passed_on = _asked(conversation, pattern=_TO_THE_NEXT_TIER, role=Role.TECHNICIAN)
    if passed_on and _IS_ASK.search(passed_on):
        return _cut(passed_on, ASK_LIMIT)
    topic = summary_of(conversation.subject, found)
    # "Needs L2, I can't see the gateway config": says where it goes, and what is to be looked at there.
    if topic and (hidden := _OUT_OF_REACH.search(passed_on)):
        return _cut(
            f"Check {hidden['what'].rstrip(' ,;')} and find the cause: {topic.rstrip(' .!?…')}.", ASK_LIMIT
        )
    if said := _asked(conversation, pattern=_WISH, role=Role.REQUESTER):
        return _cut(said, ASK_LIMIT)
    if not topic:
        return ""
    due = next((item.deadline for _, item in found if isinstance(item, Business) and item.deadline), None)
    until = f" ({due.words})" if due and due.words.lower() not in topic.lower() else ""
    return _cut(f"Find the cause and restore service: {topic.rstrip(' .!?…')}{until}.", ASK_LIMIT)


def _asked(conversation: Conversation, *, pattern: re.Pattern[str], role: Role) -> str:
    """The latest sentence in which this side asked for it."""
    for message in reversed(conversation.messages):
        if message.role is role:
            for sentence in reversed(sentences(message.text)):
                if not sentence.log and pattern.search(sentence.text):
                    return re.sub(r"\s+", " ", sentence.text)
    return ""


def _symptom(found: Sequence[tuple[Part, Item]]) -> str:
    for part in (Part.FACTS, Part.DIAGNOSTICS, Part.HYPOTHESIS, Part.BUSINESS):
        for each, item in found:
            if each is part:
                return re.sub(r"\s+", " ", headline(part, item))
    return ""


def _cut(line: str, limit: int) -> str:
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return head[: head.rfind(" ") if head.rfind(" ") > limit // 2 else limit - 1].rstrip(" ,;:-") + "…"
