"""How does English turn a cue around, and which cues has it?

The cues themselves stand in ``english_outcomes`` and ``english_work``, sorted by meaning. Every row of a
meaning is tried; the strongest that stands counts.
"""

import re

from escalation.translation.cues.english_outcomes import DONE_CUES, PLAN_CUES
from escalation.translation.cues.english_work import WAIT_CUES, WORK_CUES
from escalation.translation.cues.kinds import Language

ENGLISH = Language(
    code="en",
    cues=(*DONE_CUES, *WORK_CUES, *WAIT_CUES, *PLAN_CUES),
    not_before=re.compile(
        r"\b(?:nobody|no one|none of)\b|(?:\b(?:not|never|no|none|nothing|nobody|"
        r"cannot|without|isn't|wasn't|"
        r"unable to|yet to|far from|hardly|neither|nor|un|fail(?:ed|"
        r"s)? to)|n't)\b(?:\W+\w+){0,3}\W*$"
    ),
    not_after=re.compile(
        r"^\W*(?:not\b|never\b|nowhere\b|unsuccessful|failed\b|was not|is not|isn't|"
        r"wasn't|hasn't|didn't)"
    ),
    supposed=re.compile(
        r"\b(?:if|once|unless|in case|provided|assuming|would|could have|as soon as|"
        r"until|whether|subject to|pending|hopefully|hoping|might want|suggest|"
        r"recommend|after approval)\b"
    ),
    doubted=re.compile(
        r"\b(?:might|may|maybe|perhaps|possibl[ey]|probabl[ey]|likely|suspect\w*|seems?|"
        r"looks like|appears?|could be|presum\w+|guess|think|believe|theory|hypothesis|"
        r"assum\w+|not sure|unsure|unclear|potential(?:ly)?)\b"
    ),
    planned=re.compile(
        r"\b(?:will|going to|to be|being|shall|scheduled|planned|plan to|tomorrow|tonight|"
        r"next (?:week|release|sprint|window)|upcoming|should be (?:\w+ )?by|soon|'ll|"
        r"eta|by (?:mon|tue|wed|thu|fri|sat|sun|eod|end)|until the)\b"
    ),
    partly=re.compile(
        r"\b(?:almost|nearly|staging|stage env\w*|uat|qa|test (?:env\w*|system|server|"
        r"tenant)|"
        r"dev env\w*|pre-?prod\w*|sandbox|partial(?:ly)?|some (?:users?|sites?|of)|"
        r"most (?:users?|sites?|of)|only for|so far|half|one of|in part|locally|"
        r"on my (?:machine|laptop)|%)"
    ),
    past=re.compile(
        r"\b(?:thought|assumed|supposed to|claimed|last (?:time|year|month)|"
        r"previous(?:ly)?|earlier (?:case|ticket|"
        r"incident)|similar|in the past|back in|was told|told it|historically|"
        r"years? ago|months? ago|used to|same as|had (?:been )?(?:fixed|resolved))\b"
    ),
    quiet=re.compile(
        r"\b(?:typo|ticket (?:title|priority|category|field)|priority|label|category|"
        r"subject line|resolves? to|spelling|formatting|linked)\b"
    ),
)
