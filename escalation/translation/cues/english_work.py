"""How do English updates say that work goes on, what was found, and whom it waits for?"""

from escalation.translation.cues.kinds import Meaning, cues

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

WORK_CUES = (
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
        r"(?:\b(?:not|unable|yet to)|n't)\b[^.]{0,30}\b(?:identify|identified|find|found|"
        r"determine\w*|isolate\w*|pinpoint)\b",
        r"\bcause (?:is )?(?:still )?(?:not|unknown|unclear)\b",
        r"\bnothing (?:conclusive|obvious|definite|concrete)\b",
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
        # What somebody does right now: "Comparing captures from both ends".
        r"^\W*(?:still |currently |now |we're |we are |i'm |i am )?(?!(?:await|wait|pend|clos|"
        r"noth|someth|anyth|"
        r"everyth|morn|even|accord|coordinat|chas|seek|request|escalat|rais|order|dur|follow|"
        r"regard|send|return|reassign|assign|pass|hand|forward|mov|sound|be|"
        r"bounc|kick|push|park|see|hop|thank)\w*ing\b)[a-z]{2,}ing (?:the |a |an |my |our |your |"
        r"both |all |some )?"
        r"[a-z]{3,}",
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
        r"\b(?:it's|it is|it was|that's|that was|culprit\w*:?(?: is| was)?) (?:the|a|an|our|their)"
        r" (?:new|old|wrong|"
        r"expired|missing|broken|faulty|bad|stale|corrupt\w*|misconfigured|outdated|dead|full)\b",
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

WAIT_CUES = (
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.9,
        r"\b(?:has|have|needs?|must) (?:to )?(?:be )?(?:sign(?:s|ed)? (?:it |this |that |them )"
        r"?off|approved?|"
        r"agree|authori[sz]ed?|countersign)\b",
        r"\b(?:goes|going|went|on the agenda|up for|presented|brought|taken)\b[^.]{0,30}\b(?:cab|"
        r"change board)\b",
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
        r"\b(?:shipped|dispatched|despatched) (?:by|from|yesterday|today|on)\b|\bcourier\b|"
        r"\brma\b|\bin transit\b|"
        r"\bback-?order(?:ed)?\b|\b(?:delivery|shipment|parcel|part) (?:is |was )?(?:due|expected|"
        r"delayed|scheduled|on)\b",
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
        r"\basked (?!for|to )(?:[a-z.'-]+ ){1,3}to (?:re-?)?(?:try|test|check|confirm|reboot|"
        r"restart|log|call|send|"
        r"verify|come|run)\b",
        r"\bvoice ?mail\b|\b(?:tried to reach|could(?:n't|"
        r" not) reach)\b",
        r"\b(?:on hold|hold) (?:-|for|:)? ?awaiting (?:caller|customer|user)\b",
        r"\bawaiting (?:caller|user info)\b",
        r"\b(?:left (?:a )?(?:voice ?mail|message)|no (?:reply|answer|"
        r"response) from (?:the )?(?:user|customer|caller|requester)|"
        r"tried (?:to )?(?:call|reach|contact)\w*)\b",
        r"\bwaiting for (?:them|her|him) to\b",
        firm=True,
    ),
)
