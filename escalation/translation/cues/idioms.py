"""How else do people say where a problem stands, in the ways that have no word of the trade in them?

"On ice", "a nod from the manager", "that's why": ways of speaking, sorted by language and meaning, beside the
cues of each language's own module. They are weaker on purpose: where a plain cue stands, it leads.
"""

from escalation.translation.cues.kinds import Cue, Meaning, cues

_ENGLISH = (
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
        r"\bno longer (?:maintained|offered|developed)\b|\bnothing we can (?:do|change)\b",
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
_GERMAN = (
    *cues(
        Meaning.RECEIVED,
        0.75,
        r"\bin (?:unserer|der) (?:queue|warteschlange)\b|\bwird (?:\w+ )?(?:angeschaut|gesichtet)\b",
        r"\b(?:haben|habe) (?:es|das|den fall|das ticket) (?:erhalten|bekommen|aufgenommen)\b",
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\bwir (?:vergleichen|verfolgen|suchen|messen|sichten|durchforsten|debuggen)\b|"
        r"\b(?:vergleichen|suchen|messen|sichten) (?:wir|gerade|derzeit|jetzt|weiter)\b",
        r"\bbisher (?:kein|ohne|nichts)\w*|\bkeine? (?:ergebnis|erkenntnis\w*|besserung|fortschritt)\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.75,
        r"\b(?:fehler|problem|störung)\b[^.]{0,20}\b(?:steckt|steckte|sitzt|saß|rührt|entsteht|entstand)\b",
        r"\b(?:schuld|auslöser) (?:ist|war)\b|\bzurückzuführen\b|\bdeshalb (?:greift|geht|klappt|fehlt)\b",
    ),
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.85,
        r"\b(?:muss|müssen) (?:\w+ ){0,4}(?:zustimmen|genehmigen|freigeben|unterschreiben|absegnen)\b",
        r"\bwarten auf (?:das )?(?:ok|okay|go)\b|\bunterschrift\b[^.]{0,20}\bfehlt\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.85,
        r"\b(?:lieferung|ersatz\w*|neugerät|paket)\b[^.]{0,30}\b(?:unterwegs|bestellt|kommt|"
        r"erwartet|angekündigt)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_USER,
        0.85,
        r"\b(?:niemand|keiner) (?:ans telefon|erreicht|zu erreichen|erreichbar)\b",
        r"\b(?:termin|rückruf)\b[^.]{0,20}\b(?:angeboten|vorgeschlagen|erbeten)\b",
        firm=True,
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.7,
        r"\bseit(?:dem|her) (?:\w+ ){0,2}(?:keine?|ohne|stabil|fehlerfrei)\b",
        r"\bbitte (?:erneut |nochmals? |noch ?mal )?(?:testen|probieren|versuchen)\b",
        firm=True,
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.65,
        r"\b(?:erweitert|vergrößert|erhöht|hochgesetzt|neu angelegt|neu eingerichtet|getauscht|verlängert)\b",
    ),
    *cues(
        Meaning.RESOLVED,
        0.85,
        r"\balles funktioniert\b",
        r"\b(?:wieder|alles) (?:erreichbar|verfügbar|grün|online|in ordnung|normal)\b",
    ),
    *cues(
        Meaning.NOT_FIXED,
        0.9,
        r"\b(?:wird|werden) (?:leider )?(?:nicht mehr|nicht) (?:unterstützt|behoben|umgesetzt|"
        r"geändert)\b|\bohne lösung\b",
        r"\bso (?:gewollt|vorgesehen|gedacht)\b",
        firm=True,
    ),
    *cues(Meaning.PAUSED, 0.8, r"\b(?:auf eis|zurückgestellt|pausiert|vertagt|keine kapazität)\b", firm=True),
)
_FRENCH = (
    *cues(
        Meaning.RECEIVED,
        0.75,
        r"\b(?:réceptionnée?|bien enregistrée?|pris connaissance|dans notre file)\b|"
        r"\bsera (?:traitée?|examinée?|étudiée?)\b",
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\b(?:comparons|épluch\w+|poursuivons|continuons|creusons|suivons)\b|\bsans (?:résultat|"
        r"succès|effet)\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.75,
        r"\b(?:problème|erreur|panne)\b[^.]{0,15}\b(?:vient|venait|provient)\b|\bd'où (?:les?|la|"
        r"l'|ces|cette)\b|\bvoilà pourquoi\b|"
        r"\bc'est pourquoi\b",
    ),
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.85,
        r"\b(?:doit|doivent) (?:\w+ ){0,2}(?:valider|approuver|autoriser|signer)\b|"
        r"\battente (?:de|du) (?:signature|visa)\b|\bpasser en comité\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.85,
        r"\blivraison (?:prévue|attendue)\b|\b(?:pièce|matériel|remplacement)"
        r"\b[^.]{0,25}\b(?:expédiée?|en livraison)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_USER,
        0.85,
        r"\bne répond pas\b|\bmessage (?:laissé|envoyé)\b|\brendez-vous proposé\b",
        firm=True,
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.75,
        r"\b(?:accès|service|réseau|connexion|serveur) (?:est |sont )?(?:de nouveau|à nouveau|revenue?s?)\b",
        r"\b(?:garde|gardons|laisse|laissons)\b[^.]{0,20}\bouvert\b",
        firm=True,
    ),
    *cues(Meaning.FIXED_WATCHING, 0.65, r"\b(?:agrandie?|augmentée?|étendue?|recréée?|vidée?|nettoyée?)s?\b"),
    *cues(Meaning.RESOLVED, 0.85, r"\btout est (?:ok|opérationnel|rentré dans l'ordre)\b"),
    *cues(
        Meaning.NOT_FIXED,
        0.9,
        r"\b(?:n'est )?plus (?:supporté|maintenu|pris en charge)\w*|\bpas d'anomalie\b",
        firm=True,
    ),
    *cues(Meaning.PAUSED, 0.8, r"\b(?:gelée?|repoussée?|mise? de côté)\b", firm=True),
)
_SPANISH = (
    *cues(Meaning.RECEIVED, 0.75, r"\b(?:registrad[oa]|en nuestra cola|lo revisaremos)\b"),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\b(?:seguimos|continuamos|estamos) (?:\w+ndo\b|con|en ello)|\bsin (?:resultado|éxito|novedad)\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.75,
        r"\b(?:se debía a|se debe a|por culpa de)\b|\bel (?:fallo|problema|error) (?:está|estaba) en\b",
    ),
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.85,
        r"\b(?:falta|faltan|requiere|pendiente de)\b[^.]{0,30}\b(?:firma|permiso)\b|"
        r"\bdeben? (?:aprobar|autorizar|firmar)\w*",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.85,
        r"\b(?:pedido|repuesto|recambio|equipo)\b[^.]{0,25}\b(?:en camino|llegará|enviado)\b",
        firm=True,
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.7,
        r"\b(?:hemos|se ha|he) (?:ampliado|reiniciado|desbloqueado|restablecido|sustituido|"
        r"aumentado|recreado)\b",
    ),
    *cues(Meaning.RESOLVED, 0.85, r"\bya (?:funciona|va bien|está (?:resuelto|solucionado|operativo))\b"),
    *cues(Meaning.PAUSED, 0.8, r"\b(?:congelad[oa]|aparcad[oa]|pospuest[oa])\b", firm=True),
)
_JAPANESE = (
    *cues(Meaning.RECEIVED, 0.75, r"受け付け|受領|拝受|お預かり"),
    *cues(Meaning.CAUSE_FOUND, 0.8, r"原因は[^。]{1,40}(?:でした|です|と判明)"),
    *cues(Meaning.RESOLVED, 0.85, r"動作[^。]{0,8}(?:ご確認いただき|ご確認いただけ|確認でき)"),
    *cues(Meaning.FIXED_WATCHING, 0.7, r"様子を見|経過観察|再度お試し"),
    *cues(Meaning.BOUNCED, 0.85, r"の管轄|管轄外|転送(?:し|いた)", firm=True),
    *cues(Meaning.PAUSED, 0.8, r"保留|延期", firm=True),
)

IDIOMS: dict[str, tuple[Cue, ...]] = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "ja": _JAPANESE,
}
