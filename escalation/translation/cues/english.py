"""How do English updates say where a problem stands?

Sorted by meaning. Every row of a meaning is tried; the strongest that stands counts.
"""

import re

from escalation.translation.cues.kinds import Language, Meaning, cues

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
_WAIT = (
    r"(?:wait(?:ing|s)? (?:for|on|to hear)|await(?:ing|s)?|pending|outstanding|"
    r"blocked (?:on|by)|depend\w* on"
    r"|need(?:s|ed)?|requires?|subject to|parked until|on hold (?:for|until)|"
    r"held (?:for|until)|asked for"
    r"|request(?:ed|ing)|seeking|coordinating|chasing|submitted for|sent for)"
)
_YES = (
    r"(?:approv\w+|sign[- ]?off|go[- ]?ahead|authori[sz]ation|cab\b|change (?:board|"
    r"advisory)|green light|permission from)"
)
_VENDOR = (
    r"(?:vendor|supplier|manufacturer|carrier|isp\b|third[- ]party|3rd[- ]party|"
    r"provider|contractor|reseller|upstream"
    r"|microsoft|oracle|cisco|google|aws\b|amazon|sap support|vmware|dell\b|hp\b|"
    r"hpe\b|lenovo|adobe|salesforce)"
)
_USER = (
    r"(?:user|customer|client|requestor|requester|caller|reporter|end[- ]user|guest|"
    r"student|employee|patient|colleague"
    r"|account holder|person affected)s?"
)
_OURS = (
    r"(?:our (?:queue|team|area|system|scope|application|side|remit|responsibility)|"
    r"ours|us\b)"
)

_DONE_CUES = (
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

_WORK_CUES = (
    *cues(
        Meaning.BEING_WORKED,
        0.9,
        r"\bstill (?:\w+ ){0,2}(?:missing|slow|wrong|there|degraded|the same|not|cannot|"
        r"can't|happens?|occurs?)\b",
        r"\bshould have (?:been )?(?:fixed|resolved|solved|worked|helped)\b",
        r"\bnot for (?:the|all|other|everyone|most|some)\b",
        r"\bbut (?:it |that |this )?(?:wasn't|isn't|didn't|hasn't|was not|is not|"
        r"did not|has not)\b",
        r"\b(?:cab|change|approval)\b[^.]{0,30}\b(?:was |been |is )?(?:rejected|"
        r"declined|denied|refused)\b",
        r"\b(?:still|keeps?|continu\w+ to|kept|again) (?:\w+ )?(?:fail\w*|crash\w*|"
        r"broken|down|happening|occurr\w+|seeing|see|see the|"
        r"error\w*|timing out|timeout|unable|affected|not working|hang\w*|freez\w+|"
        r"present|an issue|drop\w*)",
        r"\b(?:did(?: not|n't)|does(?: not|n't)|has(?: not|n't)|had) (?:no )?(?:help|"
        r"work|fix|resolve|solve|change|effect|improve|make)\w*",
        r"\b(?:no|without) (?:effect|change|improvement|luck|success|difference)\b",
        r"\b(?:issue|problem|error|fault|symptoms?|behaviou?r|"
        r"alarm) (?:still )?(?:persists?|remains?|returned|reappeared|came back|"
        r"is back)\b",
        r"\bre-?open(?:ed|ing)\b",
        r"\b(?:showing|seeing|has|is|came) (?:\w+ ){0,2}(?:back|again) (?:this|at|since|"
        r"after|today)\b",
        r"\b(?:deployment|roll-?out|fix|patch|restart|restore|failover|upgrade|"
        r"migration) (?:has |was )?(?:failed|unsuccessful)\b",
        r"\bcame back\b",
        r"\bshowing the \w+ again\b",
        r"\bno (?:fix|solution|cause|root cause|resolution|eta|workaround)\b",
        firm=True,
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.8,
        r"\binvestigat(?:ing|ion|e|es)\b",
        r"\blook(?:ing|s)? (?:in)?to\b",
        r"\blooking (?:at|further|closer)\b",
        r"\bworking (?:on|with|through)\b",
        r"\btroubleshoot(?:ing)?\b",
        r"\banaly[sz](?:ing|es)\b",
        r"\banalysis (?:is )?(?:ongoing|in progress|continues|under ?way)\b",
        r"\bdebugg?ing\b",
        r"\bdigging\b",
        r"\bchecking\b",
        r"\breviewing\b",
        r"\btrac(?:ing|king) (?:it )?down\b",
        r"\bdiagnos(?:ing|tics?)\b",
        r"\bin progress\b",
        r"\bbeing (?:worked|investigated|looked|reviewed|checked|analy[sz]ed)\b",
        r"\bunder (?:investigation|review|analysis)\b",
        r"\b(?:pulling|collecting|gathering|capturing|"
        r"going through) (?:\w+ ){0,3}(?:logs?|traces?|dumps?|data|metrics|packets?)\b",
        r"\brunning (?:a |an |some |further )?(?:\w+ ){0,2}(?:tests?|capture|trace|"
        r"diagnos\w+|checks?|scan)\b",
        r"\b(?:reproduced|able to reproduce|can reproduce|repro'?d)\b",
        r"\bstepping through\b",
        r"\b(?:bridge|war ?room|incident) call\b",
        r"\b(?:technician|engineer|electrician|specialist|someone|team|plumber)s? (?:is|"
        r"are) (?:\w+ )?(?:at|on ?site|there|engaged|involved|checking)\b",
        r"\b(?:next|further) update\b",
        r"\bget back to you\b",
        r"\bescalated (?:internally|to)\b",
        r"\bengaged\b",
        r"\bstill (?:on it|looking|open|trying|testing)\b",
        r"\b(?:root cause|rca)\b[^.]{0,30}\b(?:ongoing|in progress|to follow|"
        r"outstanding|pending|unknown|unclear)\b",
        r"\bnarrow(?:ed|ing) (?:it )?down\b",
        r"\bno(?:thing)? conclusive\b",
        r"\bcontinu\w+ to (?:investigate|look|work|troubleshoot|dig|analy[sz]e|trace)\b",
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\b(?:not|n't|unable|yet to)\b[^.]{0,30}\b(?:identify|identified|find|found|"
        r"determine\w*|isolate\w*|pinpoint)\b",
        r"\bcause (?:is )?(?:still )?(?:not|unknown|unclear)\b",
        firm=True,
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.65,
        r"\bsuspect(?:ed|s|ing)?\b",
        r"\b(?:could(?: not|n't)|can(?:not|'t|not)|unable to|"
        r"not able to) (?:yet )?reproduce\b",
        r"\bno repro\b",
        r"\btried\b",
        r"\btesting\b",
        r"\bhypothes[ie]s\b",
        r"\btheory\b",
        firm=True,
    ),
    *cues(
        Meaning.RECEIVED,
        0.85,
        r"^\W*(?:ack(?:nowledged)?|noted|received|logged|queued)\b",
        r"\b(?:picked up|picking (?:this|it) up|taking (?:this|it)|taken over|"
        r"i'?ve got this)\b",
        r"\b(?:i'?ll|will|we'?ll|going to|gonna) (?:have a |take a |be )?(?:look|"
        r"take this|review|check|investigate|pick|handle|get to)",
        r"\b(?:assigned|allocated) (?:it |this )?to (?:me|myself|our)\b",
        r"\btriaged\b",
        r"\badded to (?:the |our |my )?(?:\w+ )?(?:board|queue|sprint|list)\b",
        r"\bin (?:the|our|my) queue\b",
        r"\bthanks for (?:the|reporting|raising|logging|flagging)\b",
        r"\b(?:ticket|case|request) (?:has been )?(?:received|accepted|logged|assigned)\b",
        r"\b(?:have|has)(?: not|n't) (?:\w+ )?(?:looked|started|begun|had (?:time|"
        r"a chance))\b",
        r"\bnot (?:yet )?(?:started|looked)\b",
        r"\byet to (?:start|look)\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.85,
        r"\b(?:root )?cause (?:has been |was |is |now )*(?:found|identified|known|"
        r"confirmed|determined|isolated|clear|established|understood)\b",
        r"\b(?:found|identified|isolated|determined|located|know|pinpointed|established|"
        r"spotted|discovered) "
        r"(?:the |a |an |it\b|out |that |what|why|misconfig|bad |wrong |incorrect|"
        r"expired|missing|stale|faulty|broken)",
        r"\b(?:root cause|cause|culprit|reason|rca|problem|issue)(?: here|"
        r" of this)? (?:is|was|were|seems clear)(?: due to| caused by| down to| that|"
        r" an?\b| the\b| in\b)",
        r"\b(?:rca|root cause|cause|reason|culprit|diagnosis)\s*[:=-]\s*\S",
        r"\bturn(?:s|ed) out\b",
        r"\bfound it\b",
        r"\b(?:was|is|been|were) (?:\w+ )?(?:caused|triggered|introduced) by\b",
        r"\bcaused by\b",
        r"\btraced (?:it |this |back )*(?:down )?to\b",
        r"\btracked (?:this|it|the \w+) down\b",
        r"\b(?:confirmed|known|identified) (?:as |to be |it'?s |it is |this is |"
        r"that this is )?an? (?:\w+ )?(?:bug|defect|fault|regression|misconfiguration)\b",
        r"\b(?:is|was) (?:misconfigured|mis-configured|to blame|the culprit|at fault)\b",
        r"\bwhich is why\b",
        r"\b(?:comes|came|stems?|resulted|results) from\b",
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.65,
        r"\bdue to (?:a|an|the)\b",
        r"\b(?:had|has) expired\b",
        r"\bexpired (?:on|at|last|yesterday)\b",
        r"\b(?:drops?|fails?|breaks?|rejects?|hangs?|crash\w*|"
        r"blocks?) \w+(?: \w+)? because\b",
        r"\bmisconfigur\w+\b",
        r"\bmissing (?:index|permission|role|record|route|rule|license|entry)\b",
    ),
)

_WAIT_CUES = (
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.9,
        rf"\b{_WAIT}\b[^.]{{0,50}}?\b{_YES}",
        rf"(?<!no )\b{_YES}(?: \w+){{0,4}} (?:is |are |still )*(?:outstanding|pending|"
        r"required|"
        r"needed|requested|missing)\b",
        r"\b(?:if|once|when|after|as soon as|until|unless)(?: (?:it|this|the \w+|"
        r"that)(?: is| has been| gets)?| we have it)? approved\b",
        r"\b(?:until|before|once|when|as soon as) \w+(?: \w+)? (?:gives?|grants?|"
        r"approves?|signs? off)\b",
        r"\bnot (?:yet )?(?:been )?(?:approved|authori[sz]ed|signed off)\b",
        r"\b(?:waiting|wait) (?:for|on) (?:the )?(?:change board|management|budget|cab|"
        r"security|change manag\w+|owner|director)\b",
        r"\bchange (?:request )?(?:is )?(?:in|under|awaiting) (?:review|assessment|"
        r"authori[sz]e)\b",
        r"\bsubmitted to (?:the )?(?:cab|change)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.9,
        r"\b(?:wait\w* (?:for|on|to hear)|await\w*|pending|chasing|depend\w* on|"
        rf"with)\b[^.]{{0,40}}?\b{_VENDOR}",
        r"\b(?:rais(?:ed|ing)|logged|open(?:ed|ing)?|created|escalat(?:ed|ing)|reported|"
        r"submitted|filed|"
        rf"sent)\b[^.]{{0,60}}?\b(?:with|to|by) (?:the |our |its )?{_VENDOR}",
        r"\b(?:case|sr|support request|tac case|support case|vendor case|"
        r"bug) (?:\S+ )?(?:is )?(?:open|opened|raised|logged) (?:with|at|by)\b",
        rf"\b{_VENDOR}(?: \S+){{0,4}} (?:is|are|will|has|have|investigat\w+|work\w+|"
        r"confirm\w*|looking|respond\w*|repl\w+)\b",
        rf"\b{_VENDOR} (?:sr|case|ticket|tac)\b",
        r"\bawaiting (?:their |a |the )?(?:\w+ )?(?:patch|part|parts|delivery|quote|rma)\b",
        r"\b(?:part|parts|replacement|spare)s?(?: \w+)? (?:is|are|was|were|has been|"
        r"have been)? ?(?:ordered|on order|due|on backorder|being shipped|in transit)\b",
        r"\b(?:raised|logged) an? sev\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_USER,
        0.9,
        r"\b(?:wait\w* (?:for|on)|await\w*|pending|need)\b(?: (?:the|a|an|our|response|"
        r"reply|feedback|confirmation|input|from|for|word|retest|test|by|"
        rf"to hear))* {_USER}\b",
        rf"\b(?:ask|have|let|get)(?:ed|ing)? (?:the )?{_USER} (?:to )?(?:try|test|"
        r"re-?test|confirm|check|restart|log|reboot|verify)",
        rf"\basked (?:the |our )?{_USER}\b",
        r"\b(?:on hold|hold) (?:-|for|:)? ?awaiting (?:caller|customer|user)\b",
        r"\bawaiting (?:caller|user info)\b",
        r"\b(?:left (?:a )?(?:voice ?mail|message)|no (?:reply|answer|"
        r"response) from (?:the )?(?:user|customer|caller|requester)|"
        r"tried (?:to )?(?:call|reach|contact)\w*)\b",
        r"\bwaiting for (?:them|her|him) to\b",
        firm=True,
    ),
)

_PLAN_CUES = (
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.85,
        r"\b(?:deploying|applying|implementing|rolling out|installing|pushing|preparing|"
        r"building|testing|developing|writing|finali[sz]ing|working on|reverting|"
        r"rolling back"
        r"|rolling (?:\w+ ){1,3}back|failing over|restoring|rebuilding|replacing|"
        r"removing it|"
        r"renewing|migrating|rebooting|restarting|recreating|patching|swapping|"
        r"re-?imaging)\b(?! (?:with|it with|logs))",
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
        r"for|because)\b(?! (?:resolved|fixed|solved|complete))",
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
        r"\bback ?log\b",
        r"\bnot (?:planned|scheduled|prioriti[sz]ed)\b",
        r"\bde-?prioriti[sz]ed\b",
        r"\b(?:paused|postponed|deferred|suspended|parked|shelved)\b",
        r"\bon hold\b",
        firm=True,
    ),
)

ENGLISH = Language(
    code="en",
    cues=(*_DONE_CUES, *_WORK_CUES, *_WAIT_CUES, *_PLAN_CUES),
    not_before=re.compile(
        r"\b(?:nobody|no one|none of)\b|\b(?:not|n't|never|no|none|nothing|nobody|"
        r"cannot|without|isn't|wasn't|"
        r"unable to|yet to|far from|hardly|neither|nor|un|fail(?:ed|"
        r"s)? to)\b(?:\W+\w+){0,3}\W*$"
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
        r"\b(?:will|going to|to be|shall|scheduled|planned|plan to|tomorrow|tonight|"
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
