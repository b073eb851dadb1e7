"""How else do people say in German where a problem stands? Ways of speaking: see ``idioms``."""

from escalation.translation.cues.kinds import Cue, Meaning, cues

IDIOMS: tuple[Cue, ...] = (
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
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.8,
        r"\b(?:geht|gehen|kommt|kommen|wandert)\b[^.]{0,40}\b(?:live|produktiv|in produktion|in betrieb|"
        r"raus)\b",
        r"\b(?:korrektur|fix|patch|hotfix|änderung|build|paket)\b[^.]{0,20}\b(?:gebaut|fertig|bereit|"
        r"eingeplant|"
        r"in arbeit|wird (?:\w+ )?(?:gebaut|verteilt|eingespielt|ausgerollt))\b",
        r"\bwird gerade (?:getauscht|umgebaut|eingebaut|ausgerollt|eingespielt|umgestellt)\b",
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\b(?:schaue|gucke|prüfe|suche|messe|teste|vergleiche)\b[^.]{0,12}\b(?:gerade|noch|weiter|"
        r"derzeit)\b",
        r"\b(?:wieder am anfang|sackgasse|falsche fährte|tappen im dunkeln)\b|\bhat nichts gebracht\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.78,
        r"\b(?:lag|liegt) an(?: der| dem| einem| einer|m)?\b(?![^.]*\b(?:vielleicht|vermutlich|wohl|"
        r"wahrscheinlich)\b)|"
        r"\bfehlerquelle\b|\b(?:gefunden|übeltäter)\s?:",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.75,
        r"\bläuft seit(?:dem|her)?\b|\b(?:geschwenkt|umgeschaltet|umgelegt)\b(?![^.]*\b(?:wird|soll)\b)|"
        r"\b(?:beobachte|behalte (?:es|das) im auge)\b",
    ),
    *cues(
        Meaning.BOUNCED,
        0.86,
        r"\bfalsche (?:baustelle|adresse|gruppe|queue|abteilung)\b|\bnicht (?:unser|unsere) (?:thema|"
        r"baustelle|bier)\b|"
        r"\bgehört zu[mr]?\b[^.]{0,30}\b\w*(?:team|gruppe|abteilung)\b",
        firm=True,
    ),
    *cues(
        Meaning.NEEDS_ANSWER,
        0.82,
        r"\b(?:nachreichen|nachliefern)\b|\b(?:komme|kommen) (?:ich|wir) (?:so |hier )?nicht weiter\b|"
        r"\bwelche[rsn]? (?:\w+ ){1,4}ist (?:betroffen|gemeint)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.86,
        r"\b(?:rückmeldung|antwort) (?:steht|stehen) (?:noch )?aus\b|"
        r"\bliegt (?:jetzt )?bei[m]? (?:\w+ )?(?:hersteller|"
        r"provider|anbieter|lieferanten|dienstleister)\b",
        firm=True,
    ),
    *cues(Meaning.PAUSED, 0.8, r"\b(?:auf eis|zurückgestellt|pausiert|vertagt|keine kapazität)\b", firm=True),
)
