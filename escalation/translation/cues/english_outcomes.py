"""How do English updates say that it is done, will be done, will not be done, or needs something first?"""

from escalation.translation.cues.kinds import Meaning, cues

_IT = (
    r"(?:issue|problem|incident|outage|fault|bug|error|case|ticket|this|it|that|"
    r"everything|service)"
)
_GONE = (
    r"(?:resolved|fixed|solved|corrected|repaired|remediated|rectified|"
    r"sorted(?: out)?|cleared(?: up)?)"
)
_FIX = (
    r"(?:fix|hot-?fix|patch|change|workaround|update|correction|roll-?back|"
    r"mitigation|config\w*|policy|build)"
)
_DID = (
    r"(?:renewed|replaced|restored|reverted|rolled back|backed out|re-?enabled|"
    r"unlocked|reinstated|re-?granted|swapped"
    r"|re-?imaged|failed over|re-?seated|re-?aligned|whitelisted|allow-?listed|"
    r"rebooted|restarted|re-?installed"
    r"|re-?provisioned|reset|recalibrated|rewired|mitigated|amended|adjusted|"
    r"increased|cleared)"
)
_OURS = (
    r"(?:our (?:queue|team|area|system|scope|application|side|remit|responsibility)|"
    r"ours|us\b)"
)

DONE_CUES = (
    *cues(
        Meaning.RESOLVED,
        0.9,
        rf"\b{_IT}(?: (?:is|has been|was|got|now|been|have|had|all|finally|"
        rf"completely))* {_GONE}\b(?! to \S)",
        r"\b(?:user|customer|caller|requester|reporter|client)s? (?:has |have |"
        r"also )?(?:confirmed|confirms|reports|verified)"
        r"(?! (?:the )?(?:issue|problem|error|same|still))",
        rf"^\W*(?:now |has been |marking (?:as )?|all )?{_GONE}\b(?! (?:in|for|as|to|ip|"
        r"width|on) )",
        rf"\b(?:is|are|been|now|also|got) {_GONE}\b(?! (?:in \S*\d|to ))",
        r"\bback (?:to normal|online|in service|up(?: and running)?)\b",
        r"\ball (?:good|working|clear|green|well|ok)\b",
        r"\b(?:works?|working|loads?|opens?|prints?|runs?|running|functioning|"
        r"operational|syncing|boots?) "
        r"(?:again|normally|as expected|fine|correctly|properly|now)\b",
        r"\b(?:can|could|able to) (?:log ?in|sign in|access|connect|print|work|take|"
        r"open|use|pay|order)\b[^.]{0,40}\bagain\b",
    ),
    *cues(
        Meaning.RESOLVED,
        0.85,
        r"\b(?:not|no longer) reproducible\b",
        r"\b(?:can(?:not|'t)|unable to|not) reproduc\w+(?: \w+){0,3} any ?more\b",
        r"\bno longer (?:\w+ )?(?:occur\w*|happen\w*|reproduc\w+|seen|see\w*|present|"
        r"an issue|affected|fail\w*|visible)",
        r"\bno (?:further|more|new) (?:errors?|issues?|problems?|alerts?|failures?|"
        r"complaints?|occurrences?)\b",
        r"\b(?:completed|finished|ran|passed) (?:without (?:errors?|issues?)|"
        r"successfully|cleanly)",
        r"\bhas(?: not|n't) (?:re-?occurred|come back|happened again|returned)",
        firm=True,
    ),
    *cues(
        Meaning.RESOLVED,
        0.75,
        r"\b(?:tested|verified|checked|validated) (?:ok |successfully |together |it |this )"
        r"{0,2}with (?:the )?"
        r"(?:user|customer|caller|requester|client|her\b|him\b|them\b|(?:mr|mrs|ms|dr)\b)",
        r"\b(?:can|may) be closed\b",
        r"\bready to close\b",
        r"\bissue (?:is )?gone\b",
        r"\bcompleted, the missing\b",
        r"\b(?:is|are) (?:recovered|restored)\b[^.]{0,20}\bfully\b",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.85,
        r"\bshould (?:now )?(?:be|work|load)(?: \w+)? (?:fixed|resolved|ok(?:ay)?|fine|"
        r"good|working|again|back|now|sorted)\b",
        r"\b(?:keeping|keep) (?:an |a close )?eye\b",
        r"\blet'?s see (?:how|if|whether)\b",
        r"\bunder observation\b",
        r"\bno (?!(?:further|more|new|other) )(?:\w+ ){1,2}since(?! when)\b",
        r"\b(?:keep|keeping|leave|leaving) (?:this |it |the ticket |the case |the incident )"
        r"?open (?:until|till|for)\b",
        r"\b(?:workaround|bypass|detour|stop-?gap|(?:temporary|interim) \w+)(?: is| are)?(?: now)"
        r"? (?:active|enabled|"
        r"running|live|up|set up|activated)\b",
        r"\b(?:workaround|mitigation|fix|patch|temporary fix)(?: is|"
        r" are)?(?: now)? in place\b",
        r"\b(?:service|access|connectivity|traffic|functionality|"
        r"operations?)(?: has been| is| was| are)?(?: now| fully)? "
        r"(?:restored|recovered|re-?established)\b",
        firm=True,
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.75,
        r"\b(?:fixed|resolved|solved|corrected) (?:the|this|it|an?|his|her|their)\b",
        r"\b(?:permissions?|access|rights?|roles?|licen[cs]es?)(?: \w+){0,2} (?:granted|"
        r"assigned|restored|added)\b",
        r"\b(?:reset|restart|reboot|reinstall\w*|deployment|replacement|roll-?back|swap|"
        r"repair)"
        r" (?:is |was )?(?:done|completed?|successful)\b",
        r"\b(?:disappeared|went away|cleared by itself)\b",
        rf"\b{_FIX}\b(?: \w+){{0,3}} (?:deployed|applied|pushed|rolled out|implemented|"
        r"installed|released|live|is in|went in)\b",
        r"\b(?:deployed|applied|pushed|rolled out|implemented|installed|released|"
        rf"enabled)\b(?: \w+){{0,4}} {_FIX}\b",
        r"(?:^|[,;:]\s*|\b(?:i|we|team|engineer|technician|and|have|has|been|was|were|"
        rf"now|just)\s+)(?:now |just |then )?{_DID}\b",
        r"\b\w+ (?:has |have )?(?:been )?(?:renewed|replaced|reverted|rolled back|"
        r"re-?granted|re-?enabled|reinstated|realigned)\b",
        r"\b(?:has|have) (?:been )?mitigated\b",
        r"\bhealth checks? (?:are |all )*(?:green|pass\w*)",
        r"\berror rate (?:is )?(?:back|down)\b",
        r"\b(?:put|placed) (?:it )?back (?:on|in|into)\b",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.65,
        # What was done, said first: "Bumped the pool to 200", "Freed 40 GB".
        r"^\W*(?:i |we |have |just )?(?:bumped|raised|lowered|extended|enlarged|expanded|tuned|"
        r"recreated|rebuilt|"
        r"reconfigured|repaired|cleaned|freed|re-?added|rejoined|upgraded|downgraded|corrected|"
        r"shortened|widened|"
        r"unblocked|re-?mapped|re-?linked|re-?synced|re-?issued|re-?registered) (?:the|up|a|an|"
        r"his|her|their|its|\d)\b"
        r"(?! (?:case|ticket|sr|bug|issue|question|concern))",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.6,
        r"\b(?:will )?(?:continue (?:to )?)?monitor(?:ing)?\b(?! (?:team|system|tool|"
        r"alert|agent|screen|cable))",
        r"\bwatching\b",
        r"\blooks? (?:good|fine|ok|healthy)\b",
        r"^\W*done\W*$",
        r"\b(?:recovered|stable|stabili[sz]ed)\b",
        firm=True,
    ),
)

PLAN_CUES = (
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.85,
        r"\b(?:deploying|applying|implementing|rolling out|installing|pushing|preparing|"
        r"building|testing|developing|writing|finali[sz]ing|working on|reverting|"
        r"rolling back"
        r"|rolling (?:\w+ ){1,3}back|failing over|restoring|rebuilding|replacing|"
        r"removing it|"
        r"renewing|migrating|rebooting|restarting|recreating|patching|swapping|"
        r"re-?imaging)\b(?! (?:with|it with|logs))(?![^.,;]{0,60} (?:did(?:n't| not)|made no|had no|has no|"
        r"changed nothing|brought no|does(?:n't| not)))",
        rf"\b{_FIX} (?:is |are |will be |has been |was |now )*(?:being|in (?:progress|"
        r"review|test\w*|development|qa|staging)|under|scheduled|planned|ready|built|"
        r"prepared|up for|merged|coming|on its way|going out|lined up)\b",
        r"\b(?:will|going to|plan(?:ned|ning)? to|scheduled to|"
        r"about to) (?:be )?(?:deploy|apply|implement|roll|install|push|fix|patch|"
        r"replace|swap|restart|reboot|restore|release|revert|ship|go (?:out|live)|"
        r"repair|upgrade|migrate)\w*",
        r"\bgoing out (?:in|with|tonight|tomorrow|on)\b",
        r"\bmerged (?:in)?to\b",
        r"\b(?:pr|mr|pull request|merge request) (?:is |was )?(?:up|open|raised|merged|"
        r"approved|ready|submitted)\b",
        r"\bapproval (?:came through|received|granted|given|obtained)\b",
        r"\b(?:change|cab|request) (?:was |is |has been |got )?(?:approved|authori[sz]ed)\b",
        r"\bapproved by\b",
        r"\broll-?out (?:of \w+(?: \w+){0,3} )?(?:continues|in progress|started|ongoing)\b",
        r"\bexpect(?:ing|ed)? (?:service|it|this|full)? ?(?:\w+ )?(?:back|to be back|"
        r"restored)\b",
        r"\bship(?:s|ping|ped)? (?:with|in) (?:the )?(?:next|upcoming|v?\d)",
        r"\b(?:fix|fixed|solved|resolved) in (?:version |release |build |v)?\S*\d",
        r"\b(?:maintenance|change|prod\w*|release|deployment) window\b",
        r"\b(?:deployment|roll-?out|upgrade|maintenance|restart|replacement|repair|"
        r"go-live|migration)"
        r"(?: is)? (?:scheduled|planned|booked)\b",
        r"\b(?:deployed|applied|installed|released|live) (?:to|in|"
        r"on) (?:\w+ )?(?:staging|stage|test|uat|qa|dev\w*|pre-?prod\w*|sandbox)\b",
    ),
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.65,
        r"\b(?:eta|etr)\b",
        r"\bfix (?:is )?(?:identified|found|available)\b",
        r"\bin the works\b",
        r"\b(?:ordered|arriving|arrives)\b",
        r"\bas we speak\b",
        r"\b(?:replacement|spare|new) (?:\w+ )?(?:ordered|arriv\w+)\b",
    ),
    *cues(
        Meaning.NOT_FIXED,
        0.9,
        r"\b(?:won'?t|will not|wont|not going to) (?:be )?(?:fix|fixed|implement\w*|do|"
        r"done|change[d]?|"
        r"support\w*|add\w*)\b",
        r"\b(?:cannot|can'?t) be (?:fixed|implemented|changed|done|supported|added|"
        r"opened)\b",
        r"\b(?:cannot|can'?t) open (?:this|the) port\b|\buser error\b|"
        r"\bnot (?:permitted|allowed)\b",
        r"\b(?:working|works|behav\w+|functioning) as (?:designed|intended)\b",
        r"\b(?:by design|not a (?:bug|defect|fault)|expected behaviou?r|"
        r"known limitation|out of support|end of life|no longer supported|"
        r"not supported)\b",
        r"\b(?:request|ticket|case|enhancement)\b[^.]{0,20}\b(?:declined|denied|"
        r"rejected|refused)\b",
        r"^\W*(?:declined|rejected)\b",
        r"\bclos(?:ing|ed)(?: this| it| the ticket)?(?: \w+){0,2} (?:as|without|due to|"
        r"for|because)\b(?! (?:resolved|fixed|solved|complete|done))",
        r"\bduplicate of\b",
        r"\bno (?:action|fix) (?:will be|is) (?:taken|planned|required)\b",
        r"\bclosing (?:due to|for) (?:inactivity|no response)\b",
        r"\bcancel(?:l?ed|l?ing) (?:this|the)\b",
        firm=True,
    ),
    *cues(
        Meaning.NEEDS_ANSWER,
        0.88,
        r"\b(?:until|before) (?:we|i) (?:get|have|receive) (?:\w+ )?(?:logs?|info\w*|"
        r"details?|answers?|traces?)\b",
        r"\b(?:please|pls|kindly|can you|could you) (?:\w+ ){0,2}(?:attach|send|provide|"
        r"share|supply|upload|add (?:the|more|a|logs?|details)|clarify|specify|include|"
        r"advise|tell us|let (?:us|me) know (?:which|what|when|whether|if the|the))",
        r"\bplease confirm (?:the|which|what|whether|if)\b",
        r"\b(?:more|further|additional|missing|not enough|insufficient) (?:info\w*|"
        r"details?|data|context)\b",
        r"\b(?:i|we) (?:will |would |also |still )*need (?:the|more|a|an|your|some|"
        r"to know|logs?|to see|her|his)\b(?! (?:change|approval|outage|downtime|window|"
        r"patch|part|restart|sign|vendor|customer|user|go|green))",
        r"\b(?:need|needs|require) (?:more|further|additional) (?:info\w*|details?|logs?)\b",
        r"\bcannot (?:proceed|continue|help) without\b",
    ),
    *cues(
        Meaning.BOUNCED,
        0.9,
        r"\b(?:wrong|incorrect) (?:queue|team|group|assignment|department|board|project)\b",
        r"\b(?:not|isn'?t|outside|out of|doesn'?t belong (?:to|in)|"
        rf"nothing to do with)(?: in| of| for)? {_OURS}",
        r"\b(?:not|isn't) (?:an? |the )?(?:our|my|us|\w+ team) (?:issue|problem|"
        r"responsib\w+)\b",
        r"\b(?:please |pls |kindly )(?:re-?assign|re-?route|route|forward|redirect|"
        r"transfer|send (?:this|it) (?:back )?to)\b",
        r"\b(?:returned|returning|sent|sending|bounc\w+|handing|handed|pushing|pushed|"
        r"kicked|kicking)(?: this| it)? back\b(?! (?:logs|home))",
        r"\b(?:returned|returning)(?: this| it)? to (?:the )?(?:service desk|help ?desk|"
        r"l1|level (?:1|one)|first line|sender|tier)",
        r"\b(?:we|i) (?:do(?: not|n't)) (?:own|support|manage|handle|maintain|look after)\b",
        r"\bbelongs? (?:to|with|in)\b",
        r"\b(?:re-?assign(?:ed|ing)|transferr(?:ed|ing)|rerout(?:ed|ing)|moving|"
        r"moved) (?:this |it |the ticket )?(?:over )?to (?:the )?[\w &/-]{0,30}(?:team|"
        r"group|queue|ops|apps|desk)\b",
        firm=True,
    ),
    *cues(
        Meaning.PAUSED,
        0.85,
        r"\b(?:put(?:ting)?|placed|placing|is|now|kept) (?:this |it |"
        r"the ticket )?on (?:hold|ice)\b",
        r"\bback ?log\b(?! for (?:today|tomorrow|this|the next))",
        r"\bnot (?:planned|scheduled|prioriti[sz]ed)\b",
        r"\bde-?prioriti[sz]ed\b",
        r"\b(?:paused|postponed|deferred|suspended|parked|shelved)\b(?! (?:in|on) (?:our|the|my)\b)",
        r"\bon hold\b",
        firm=True,
    ),
)
