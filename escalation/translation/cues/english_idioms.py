"""How else do people say in English where a problem stands? Ways of speaking: see ``idioms``."""

from escalation.translation.cues.kinds import Cue, Meaning, cues

IDIOMS: tuple[Cue, ...] = (
    *cues(
        Meaning.RECEIVED,
        0.75,
        r"\b(?:we|i)(?:'ve| have)? (?:have|got|received|logged) (?:it|this|your \w+|the (?:case|"
        r"ticket|request))\b"
        r"(?! (?:fixed|solved|working|resolved|back|running|up|down))",
        r"\btriage\b|\b(?:in|on|added to) (?:our|the team's) (?:queue|list|board)\b|"
        r"\bassigned to (?:our|the) on-?call\b",
        r"\bwill (?:be )?(?:looked at|checked|reviewed|triaged|picked up)\b",
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\bmade no difference\b|\bno (?:luck|effect|progress|success)\b|\bwithout (?:success|effect)\b",
        r"\bunder (?:investigation|analysis|review)\b",
        r"\bbeing (?:analy[sz]ed|checked|examined|looked (?:at|into)|investigated|reviewed|traced|"
        r"debugged|worked on)\b",
        r"\bstill (?!wait|await|pend|fail|crash|happen|occur)[a-z]{3,}ing\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.75,
        r"\b(?:that's|that is|this is|which is) why\b|\b(?:which|that|this) explains\b",
        r"\b(?:point(?:s|ed|ing)?|resolv(?:es|ed|ing)) (?:at|to) (?:the |an? )?(?:wrong|old|stale|"
        r"decommissioned|retired|"
        r"deleted|dead)\b",
        r"\bhence (?:the|these|those|all)\b",
        r"\b(?:stems from|boils down to|comes? down to|traced (?:it |this )?(?:back )?to|"
        r"is to blame|was to blame)\b",
    ),
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.85,
        r"\b(?:needs?|requires?|await\w*|wait\w* (?:for|on)|pending|missing|lacks?)"
        r"\b[^.]{0,25}\b(?:nod|ok|okay|blessing|"
        r"consent|signature|clearance|permission)\b",
        r"\bwithout\b[^.]{0,30}\b(?:consent|approval|sign-?off|permission)\b",
        r"\bwith (?:the )?(?:change manager|cab|approver|owner) for (?:review|decision)\b",
        r"\b(?:is|out|up|sent|submitted|goes|went) for (?:approval|sign-?off|authori[sz]ation|clearance)\b",
        r"\b(?:manager|owner|management|security|board|compliance|director) (?:must|has to|"
        r"needs to|still has to) "
        r"(?:approve|agree|ok|sign|clear|decide|release)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.85,
        r"\bball is (?:now )?in (?:the )?\w+(?:'s?|s') court\b",
        r"\bon (?:back-?)?order\b|\bon their (?:end|side)\b(?= *(?:,|$|and|next|they))",
        r"\b(?:new|replacement|spare) (?:\w+ ){1,2}(?:is |was |has been )?(?:shipped|on its way|"
        r"coming|due)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_USER,
        0.85,
        r"\b(?:could(?: not|n't)|unable to|can(?:not|'t)|did(?: not|n't)) (?:get hold of|"
        r"get through to|reach|catch) "
        r"(?:him|her|them|the (?:user|caller|customer)|(?:mr|mrs|ms|dr)\b)",
        r"\b(?:user|caller|customer|requester|she|he) (?:is |'s )?(?:currently )?(?:on (?:leave|"
        r"vacation|holiday)|out of office|"
        r"away|absent|off (?:sick|until|till|today))\b",
        r"\b(?:please|pls|kindly) (?:let|have) (?:her|him|them|the (?:user|caller|customer))"
        r" (?:re-?)?(?:boot|start|try|test|"
        r"check|log)\b",
        r"\b(?:sent|wrote|mailed|messaged|pinged|left) (?:him|her|them)\b",
        r"\bwait\w* (?:for|until) (?:her|his|him|she|he)\b",
        firm=True,
    ),
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.8,
        r"\b(?:restore|rebuild|copy|migration|re-?index|repair|re-?installation|deployment|"
        r"roll-?out)\b[^.,]{0,40}\bis running\b"
        r"|\b\d{1,3} ?% (?:through|done|complete)\b",
        r"\b(?:hot-?fix|fix|patch|change|correction|build) (?:\S+ )?(?:goes|comes|lands|ships|"
        r"rolls|is due|follows) "
        r"(?:to (?:prod\w*|live)|live|out|in|tonight|tomorrow|today|on|with)\b",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.65,
        r"^\W*(?:we|i)(?: have|'ve)? (?:gave|given|moved|switched|freed|doubled|assigned|granted|"
        r"lifted|unblocked|"
        r"excluded|re-?created)\b(?![^.]*\b(?:log|logging|trace|debug|probe|capture|alert|case|ticket)\w*)",
    ),
    *cues(
        Meaning.RESOLVED,
        0.85,
        r"\b(?:is|are|back|came|come|all|sites?|services?|servers?|systems?|lines?|links?|"
        r"everything) (?:now )?up again\b",
        r"\b(?:green|online|available|reachable|accessible|usable|responsive) again\b",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.8,
        r"\bshould (?:now )?[a-z]{3,8} again\b",
        firm=True,
    ),
    *cues(
        Meaning.RESOLVED,
        0.75,
        r"\b(?:takes?|accepts?|rings?|connects?|sends?|receives?|responds?|saves?|scans?|syncs?)"
        r" (?:\w+ )?again\b"
        r"(?<!should ring again)",
    ),
    *cues(
        Meaning.NEEDS_ANSWER,
        0.8,
        r"\bneed (?:a|an|another) (?:better|new|clearer|second|full|fresh)\b",
        firm=True,
    ),
    *cues(
        Meaning.NOT_FIXED,
        0.9,
        r"\blimitation of\b",
        r"\b(?:do(?:es)?(?: not|n't)|no longer) supports? (?:this|that|it|the)\b",
        r"\bno longer (?:maintained|offered|developed)\b|\bnothing we can (?:do|change)\b(?! (?:but|except|"
        r"until|other))",
        r"\bclos(?:e|ed|ing)\b[^.]{0,25}\bwithout (?:a )?(?:solution|fix|action|change)\b",
        r"\bno (?:plans?|intention) to (?:fix|change)\b|\b(?:leave|leaving|stays) (?:it )?as (?:it )?is\b",
        firm=True,
    ),
    *cues(
        Meaning.BOUNCED,
        0.85,
        r"\b(?:we|i) only (?:run|own|manage|support|handle|maintain|operate)\b",
        r"\b(?:please |pls |for [\w ]{3,30})(?:talk|speak|turn) to\b",
        r"\b(?:looked after|handled|owned|managed|maintained|operated|covered) by (?:the )"
        r"?(?!us\b|our\b)[\w &-]{2,30}"
        r"(?:team|desk|group|department|squad|unit)\b",
        firm=True,
    ),
    *cues(
        Meaning.PAUSED,
        0.8,
        r"\bon ice\b|\bfrozen until\b|\bno capacity\b|\b(?:revisit|resume|pick (?:it|this)"
        r" up again) (?:in|on|after|next)\b",
        firm=True,
    ),
)
