"""How do engineers say in English where a problem stands, among themselves? See ``idioms``.

"Parking this", "their crew is on site", "back to square one": who acts and what is left to do, with words
that no trade owns. Here too a plain cue of the language's own modules leads.
"""

from escalation.translation.cues.kinds import Cue, Meaning, cues

_OUTSIDE = (
    r"(?:vendor|supplier|manufacturer|carrier|isp|provider|hoster|contractor|telco|utility|landlord|factory|"
    r"microsoft|google|amazon|aws|azure|oracle|cisco|sap|apple|cloudflare|okta|akamai)"
)

SHOPTALK: tuple[Cue, ...] = (
    *cues(
        Meaning.RECEIVED,
        0.75,
        r"\b(?:parked|sitting|queued|lined up|slotted) (?:in|on|for) (?:our|the|my|today's|tomorrow's)\b"
        r"[^.]{0,25}\b(?:queue|backlog|list|board|stand-?up|triage|plate)\b",
        r"\b(?:on|in) my (?:list|plate|queue|radar|to-?do)\b|\bwill be (?:the )?next (?:on|in|up)\b",
        r"\b(?:can't|cannot|won't) (?:get|come) to it (?:before|until|till)\b",
        r"\b(?:grabbing|claiming|owning|assigning) (?:this|it)\b|\b(?:mine|i own (?:this|it)) now\b|"
        r"\b(?:got|have) (?:it|this)\b(?=\W*$|,)",
        firm=True,
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.87,
        r"\b(?:back to|at) (?:square one|the drawing board|the beginning|zero)\b|\bstarting over\b|"
        r"\b(?:red herring|dead end|wrong (?:track|lead)|false lead)\b|\b(?:ruled|ruling) (?:\w+ ){1,4}out\b",
        # A step told by its name, with what came of it: "Restarting it didn't make a difference".
        r"^\W*[a-z]{3,}ing [^.,;]{2,60}? (?:did(?:n't| not)|made no|had no|has no|brought no|changed nothing|"
        r"does(?:n't| not)|was no|only (?:helped|moved))\b",
        r"\b(?:is|it's|came|comes|showed up|popped up) back(?: again)?(?: this morning| today| since|"
        r" now)?\W*$|"
        r"\bback (?:again )?(?:this morning|today|since)\b|\breopen(?:ing|ed)\b",
        firm=True,
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\b(?:took|taking|pulled|grabbed|captured|collected) (?:a |an |the |some )?(?:\w+ ){0,2}(?:dumps?|"
        r"traces?|"
        r"captures?|logs?|snapshots?|samples?|profiles?)\b",
        r"\b(?:chasing|digging into|poking at|staring at|bisecting|combing through|sifting through|"
        r"eyeballing|"
        r"wading through|going through)\b|\bheads[- ]down\b|\ball hands\b|\b(?:two|three|four|some|"
        r"both) of us\b",
        r"\b(?:the )?(?:trace|picture|data|numbers?|logs?|evidence) (?:makes?|make) no sense\b|"
        r"\bnothing (?:jumps out|stands out|unusual|odd|obvious)\b|\bno smoking gun\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.78,
        r"\b(?:found|got|have) (?:a |the |our )?(?:smoking gun|culprit|offender|needle|bugger|root)\b",
        r"\b(?:tracked|traced|pinned|narrowed|boiled) (?:it|this|that) down to\b|\bdown to (?:a|an|the|one) "
        r"(?:\w+ ){0,3}(?:row|rule|setting|entry|job|query|commit|change|flag|typo|cable|port)\b",
        r"\bregression (?:from|in|since|introduced|of)\b|\bgot lost in\b|\bbroke (?:with|in|by|when)\b",
        r"\b(?:so )?the (?:thing|deal|story|catch) (?:is|was)\b|\bturns out\b|\brca\b(?=\W)|"
        r"\bmystery solved\b",
        r"\b(?:ran out|lapsed|expired|was revoked|was never renewed)\b[^.]{0,40}\b(?:nobody|no one|noticed|"
        r"renewed)\b",
        r"\b(?:filled up|fills up|ate all|eats all|ate up|exhausted|leaks?|leaking|starv\w+|hogging|"
        r"locks? the same|"
        r"fighting over|stepp\w+ on|clash\w* with|collid\w+ with)\b",
    ),
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.88,
        r"\b(?:sitting|lies|lying|stuck|parked) (?:with|at|in front of|on the desk of) (?:the )?(?:cab|"
        r"change|approver|"
        r"board|owner|manager|security|legal|data|risk|ciso)\b",
        r"\b(?:get|got|give|gives|given|need|have) (?:us |me )?(?:the|a) (?:nod|go|green light|thumbs up|"
        r"blessing|ok)\b",
        r"\b(?:approver|approvers|change manager|cab) (?:is |are |has been |have been )?(?:paged|pinged|"
        r"asked|called|"
        r"meets?|sits?|to decide)\b|\bneeds? (?:two|another|one more|a second) (?:approvals?|signatures?|"
        r"reviews?)\b",
        r"\bbefore (?:i|we) (?:may|are allowed to|can be allowed to) (?:touch|change|run|do)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.88,
        rf"\b{_OUTSIDE}(?:'s)?(?: \w+){{0,2}} (?:says?|said|acknowledg\w+|admits?|reports?|claims?|"
        rf"confirms?|promis\w+|"
        r"sees?|is sending|sends|are sending|wants?|asked?|dispatch\w+)\b",
        r"\b(?:their|the) (?:crew|engineers?|technicians?|field (?:tech|engineer)s?|people|guys|support|"
        r"backline|noc|"
        r"l3|tac)(?: is| are)? (?:on ?site|on (?:the|their|its) way|en route|looking|digging|working|"
        r"splicing|checking)\b",
        r"\bservice incident on their\b|\bon their (?:end|side|status page)\b|\b(?:fibre|fiber|cable) cut\b|"
        r"\b(?:ball|it) is in (?:their|his|her) (?:court|hands)\b|\bball's in their court\b",
        r"\bnothing (?:we|i) can do (?:but|except|other than) wait\b|\bchasing them\b|\bno etr\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_USER,
        0.85,
        r"\b(?:once|when|until|as soon as) (?:she|he|they)(?:'s|'re| is| are)? (?:back|available|reachable|"
        r"in)\b",
        r"\b(?:tried|called|rang|phoned) (?:to call |to ring )?(?:him |her |them )?(?:twice|again|"
        r"three times|"
        r"several times)\b|\bno answer\b",
        firm=True,
    ),
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.8,
        r"\brolling (?:this|it|the \w+(?: \w+)?) out\b|\b(?:\w+) done, (?:\w+ )?(?:next|to go|to follow|"
        r"pending)\b",
        r"\b(?:pipeline|build|deploy|deployment|job|restore|rebuild|resync|re-?index) (?:is |"
        r"'s )?(?:running|under way|"
        r"underway|green|kicked off|in flight)\b",
        r"\b(?:should|will|to) (?:hit|reach|land in|make it to) (?:prod\w*|live|production)\b",
        r"\bgoes in (?:at|tonight|tomorrow|on)\b|\b(?:is|are) being (?:racked|wired|swapped|cabled|fitted|"
        r"built|"
        r"imaged|provisioned)\b|\bswap(?:ped)? (?:\w+ ){1,6}(?:at the moment|right now)\b",
        r"\breworking (?:it|this|the)\b|\b(?:second|another|next) (?:attempt|go|try|stab)\b",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.72,
        r"\b(?:failed|switched|moved|flipped|swung|cut) (?:it |traffic |everything |users )?over to\b",
        r"\b(?:back to (?:normal|baseline)|down to zero|flat(?:tened)?|healthy|clean|quiet|calm) (?:since|"
        r"for the last|"
        r"again|overnight|so far|now)\b|\b(?:looks?|looking) healthy\b",
        r"\bplease (?:have|ask|let) (?:the |your )?(?:user|customer|caller|her|him|them) (?:to )?(?:re-?try|"
        r"try|re-?test|"
        r"test|check)\b(?=[^.]*$)",
    ),
    *cues(
        Meaning.RESOLVED,
        0.9,
        r"\bclos(?:e|ed|ing)(?: this| it| the ticket)? as (?:done|fixed|resolved|solved|complete\w*)\b",
        r"\b(?:user|customer|caller|requester|reporter|she|he|they)(?:'s)? (?:is |are )?(?:happy|unblocked|"
        r"good|sorted)\b",
    ),
    *cues(
        Meaning.NOT_FIXED,
        0.9,
        r"\b(?:as|by|per) (?:designed|design|spec)\b|\bexpected behaviou?r\b|\bfeature,? not a bug\b|"
        r"\b(?:no|zero) plans? to (?!(?:stop|pause)\b)[a-z]+\b|\bwon'?t (?:do|fix)\b|\bwontfix\b",
        firm=True,
    ),
    *cues(
        Meaning.NEEDS_ANSWER,
        0.8,
        r"\bneedle in a haystack\b|\b(?:too little|not enough) to (?:go on|work with)\b|"
        r"\bscreenshot is (?:cropped|"
        r"unreadable|missing|too small)\b",
        firm=True,
    ),
    *cues(
        Meaning.BOUNCED,
        0.86,
        r"\b(?:is|looks like|that's) an? (?!known|old|new|real|big)[\w ]{3,20} (?:thing|topic|matter|job|"
        r"question)\b",
        r"\bnothing (?:in|on) our (?:queue|side|end) (?:we|that)\b|\b(?:send|sending|toss|tossing|"
        r"throwing) (?:it|this) "
        r"(?:back|over)\b|\bnot (?:ours|one of ours|our cup)\b",
        firm=True,
    ),
    *cues(
        Meaning.PAUSED,
        0.86,
        r"\b(?:parking|shelving|holding|deferring|postponing|pausing|freezing) (?:this|it|that|the \w+)\b",
        r"\b(?:until|till) (?:the )?(?:freeze|holidays?|peak|quarter|year|release|audit) (?:is over|ends?|"
        r"has passed)\b",
        r"\b(?:in favou?r of|because of|behind) the p1\b|\b(?:back burner|low on the list|next sprint)\b",
        firm=True,
    ),
)
