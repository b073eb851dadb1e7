"""How do German updates say where a problem stands?"""

import re

from escalation.translation.cues.kinds import Language, Meaning, cues

_GONE = r"(?:behoben|gelöst|beseitigt|repariert|erledigt|korrigiert|bereinigt)"
_USER = (
    r"(?:anwender(?:in|s)?|user(?:s|in)?|benutzer(?:in|s)?|kund(?:e|en|in)|"
    r"melder(?:in|s)?|nutzer(?:in|s)?|mitarbeiter(?:in|s)?)"
)
_VENDOR = (
    r"(?:hersteller|lieferant(?:en)?|anbieter|provider|dienstleister|microsoft|"
    r"oracle|cisco|sap-support|telekom)s?"
)

GERMAN = Language(
    code="de",
    cues=(
        *cues(
            Meaning.RESOLVED,
            0.9,
            rf"\b{_GONE}\b",
            rf"\b{_USER} (?:hat |haben )?(?:\w+ )?bestätigt\b",
            r"\b(?:funktioniert|läuft|geht|klappt)(?: \w+)? (?:wieder|jetzt|"
            r"nun)(?: \w+)? (?:normal|einwandfrei|fehlerfrei|ordnungsgemäß|stabil)",
            r"\b(?:funktioniert|klappt|geht) (?:jetzt |nun |alles )*wieder\b",
        ),
        *cues(
            Meaning.RESOLVED,
            0.85,
            r"\btritt (?:nicht mehr|kein\w* mehr) auf\b",
            r"\bkeine (?:weiteren |neuen )?(?:fehler|probleme|störungen)(?: mehr)?\b",
            r"\bnicht mehr (?:auf(?:getreten)?|reproduzierbar|vorhanden)\b",
            firm=True,
        ),
        *cues(
            Meaning.FIXED_WATCHING,
            0.85,
            r"\b(?:beobachten|überwachen|behalten)\b[^.]{0,40}\b(?:weiter|auge|situation|"
            r"verhalten|system)\b",
            r"\bunter beobachtung\b",
            r"\bsollte (?:jetzt |nun )?(?:wieder )?(?:gehen|funktionieren|laufen|"
            r"behoben sein|klappen)\b",
            r"\bworkaround (?:ist )?aktiv\b",
            firm=True,
        ),
        *cues(
            Meaning.FIXED_WATCHING,
            0.75,
            r"\b(?:neu ?gestartet|zurückgerollt|zurückgesetzt|ausgetauscht|erneuert|"
            r"wiederhergestellt|eingespielt|installiert|angepasst|freigeschaltet|entsperrt|"
            r"umgestellt)\b(?! werden)",
            r"\bläuft wieder\b",
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.9,
            r"\b(?:hat|haben|brachte|bringt) (?:leider )?(?:nichts|keine?n?) (?:gebracht|"
            r"geholfen|geändert|wirkung|besserung|verbesserung|erfolg)",
            r"\b(?:besteht|bleibt|tritt|kommt)(?: \w+)? (?:weiterhin|immer noch|erneut|"
            r"wieder|bestehen|noch)",
            r"\bwieder (?:aufgetreten|geöffnet)\b",
            r"\bkeine (?:ursache|lösung|abhilfe)\b",
            r"\bohne erfolg\b",
            firm=True,
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.8,
            r"\b(?:schauen|schaue|sehen|prüfen|prüfe|untersuchen|untersuche|analysieren|"
            r"analysiere|(?<!bitte )(?<!bitte erneut )testen(?! lassen))\b",
            r"\b(?:in (?:bearbeitung|prüfung|analyse|arbeit)|analyse läuft|wird (?:gerade |"
            r"derzeit |aktuell )?(?:geprüft|untersucht|analysiert|bearbeitet)|"
            r"werden (?:ausgewertet|geprüft))\b",
            r"\barbeiten (?:daran|an)\b",
            r"\b(?:prüft|untersucht|analysiert|checkt|testet|sucht|schaut)\b(?: \w+)? ?(?:gerade|"
            r"derzeit|aktuell|"
            r"momentan|noch|weiter)\b|\b(?:sind|bin|bleiben) (?:weiter |noch )?(?:da)?dran\b",
            r"\b(?:fehlersuche|ursachenforschung|untersuchung)\b",
            r"\bausgewertet\b",
            r"\bnächstes update\b",
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.65,
            r"\b(?:vermut\w+|verdacht)\b",
            r"\bnicht (?:nachstellen|nachvollziehen|reproduzieren)\b",
            firm=True,
        ),
        *cues(
            Meaning.RECEIVED,
            0.85,
            r"\b(?:übernommen|angenommen|bei uns angekommen|zur kenntnis|aufgenommen|eingegangen)\b",
            r"\b(?:kümmere|kümmern) (?:mich|uns)\b",
            r"\bübernehme\b",
            r"\bnoch nicht (?:angeschaut|begonnen|angefangen)\b",
            firm=True,
        ),
        *cues(
            Meaning.CAUSE_FOUND,
            0.85,
            r"\bursache (?:ist |wurde |konnte )?(?:\w+ )?(?:gefunden|identifiziert|bekannt|"
            r"ermittelt|geklärt)\b",
            r"\bursache(?:\s*:|\s+(?:ist|war)\b)\s*\S",
            r"\b(?:verursacht|ausgelöst) (?:durch|von)\b",
            r"\bliegt (?:an|am)\b",
            r"\blag (?:an|am)\b",
            r"\bfehler (?:gefunden|identifiziert|lokalisiert)\b",
            r"\bgrund (?:ist|war|dafür)\b",
        ),
        *cues(Meaning.CAUSE_FOUND, 0.65, r"\b(?:abgelaufen|falsch konfiguriert|fehlkonfigur\w+)\b"),
        *cues(
            Meaning.WAITING_FOR_APPROVAL,
            0.9,
            r"\b(?:wart\w+|steht|fehlt|benötig\w+|brauch\w+|ausstehend\w*|noch|beantragt|"
            r"bis|sobald|wenn|nach|vorbehaltlich)\b[^.]{0,60}(?:freigabe|freigegeben|"
            r"genehmig\w+|zustimmung|\bcab\b|abnahme)",
            r"\b(?:liegt|ging|geht|ist)\b[^.]{0,20}\b(?:zur|in der) (?:freigabe|genehmigung|"
            r"abnahme|zustimmung)\b",
            r"\b(?:freigabe|genehmigung|zustimmung)\b[^.]{0,30}\b(?:aus(?:stehend)?|fehlt|"
            r"beantragt|angefragt|offen|nötig|erforderlich)\b",
            firm=True,
        ),
        *cues(
            Meaning.WAITING_FOR_VENDOR,
            0.9,
            rf"\b(?:wart\w+|liegt|beim|bei|vom|an den|an)\b[^.]{{0,40}}\b{_VENDOR}\b",
            rf"\b{_VENDOR}\b[^.]{{0,40}}\b(?:analysiert|prüft|eröffnet|gemeldet|"
            r"eingeschaltet|meldet|liefert)\b",
            r"\bersatzteil\w*[^.]{0,20}\bbestellt\b",
            firm=True,
        ),
        *cues(
            Meaning.WAITING_FOR_USER,
            0.9,
            rf"\b(?:wart\w+|rückmeldung|antwort|bestätigung)\b[^.]{{0,40}}\b(?:des|der|vom|"
            rf"von|auf|durch)(?: den| der| die)? {_USER}\b",
            rf"\b{_USER} (?:\w+ )?(?:gebeten|soll|bitte)\b",
            rf"\bbitte (?:die |den |das )?{_USER}\b",
            rf"\b{_USER} (?:leider |telefonisch |heute )*(?:nicht|noch nicht) (?:erreicht|erreichbar)\b",
            r"\b(?:bitte|bitten) um rückruf\b|\bum rückruf gebeten\b|\bauf (?:die )?mailbox gesprochen\b",
            firm=True,
        ),
        *cues(
            Meaning.FIX_IN_PROGRESS,
            0.85,
            r"\b(?:wird|werden|soll|sollen)\b[^.]{0,60}\b(?:eingespielt|ausgerollt|behoben|"
            r"ausgetauscht|installiert|umgesetzt|bereitgestellt|getauscht|korrigiert|"
            r"repariert|neu gestartet|erneuert|zurückgerollt|veröffentlicht)\b",
            r"(?<!noch )\b(?:eingeplant|geplant|terminiert)\b",
            r"\b(?:fix|hotfix|patch|korrektur|lösung|update)\b[^.]{0,30}\b(?:in arbeit|"
            r"in vorbereitung|in test|bereit|fertig|läuft|folgt)\b",
            r"\b(?:rollen|spielen|tauschen|setzen|stellen)\b[^.]{0,40}\b(?:aus|ein|um|"
            r"zurück|wieder her)\b",
            r"\b(?:freigabe|genehmigung) (?:ist )?(?:erteilt|erhalten|da|liegt vor)\b",
            r"\bwartungsfenster\b",
            r"\b(?:einspielung|umsetzung|behebung|austausch|rollout)\b[^.]{0,30}\b(?:läuft|"
            r"erfolgt|geplant|eingeplant|begonnen)\b",
        ),
        *cues(
            Meaning.NOT_FIXED,
            0.9,
            r"\bwird nicht (?:umgesetzt|behoben|angepasst|geändert|weiterverfolgt)\b",
            r"\b(?:so (?:vorgesehen|gewollt)|kein fehler|works as designed|abgelehnt|"
            r"ohne lösung|dublette|duplikat|nicht unterstützt|gewünschtes verhalten)\b",
            firm=True,
        ),
        *cues(
            Meaning.NEEDS_ANSWER,
            0.88,
            r"\bbitte\b[^.]{0,60}\b(?:nachreichen|schicken|senden|zusenden|angeben|"
            r"mitteilen|ergänzen|anhängen|beifügen|nennen)\b",
            r"\b(?:benötigen|brauchen|fehlen|fehlt)\b[^.]{0,40}\b(?:angaben?|informationen?|"
            r"infos?|details?|screenshot|uhrzeit|logs?|fehlermeldung)\b",
            r"\b(?:weitere|mehr|genauere) (?:infos?|informationen|angaben|details)\b",
        ),
        *cues(
            Meaning.BOUNCED,
            0.9,
            r"\bfalsche\w* (?:gruppe|team|queue|abteilung|warteschlange|zuständigkeit)\b",
            r"\bnicht (?:unser\w* (?:bereich|zuständigkeit|system|team)|zuständig)\b",
            r"\bbitte\b[^.]{0,40}\b(?:weiterleiten|umhängen|zuweisen|weitergeben)\b",
            r"\b(?:zurück an|gebe(?:n)? (?:das |es )?(?:ticket )?zurück|zurückgegeben|"
            r"zurückgewiesen)\b",
            firm=True,
        ),
        *cues(
            Meaning.PAUSED,
            0.85,
            r"\b(?:zurückgestellt|pausiert|auf eis|ruht|verschoben|on hold)\b",
            firm=True,
        ),
    ),
    not_before=re.compile(r"\b(?:nicht|kein\w*|nie|ohne|weder|noch nicht|nichts)\b(?:\W+\w+){0,3}\W*$"),
    not_after=re.compile(r"^(?:\W+\w+){0,2}\W*\b(?:nicht|kein\w*|nie)\b"),
    supposed=re.compile(r"\b(?:wenn|falls|sobald|sofern|hätte|wäre|würde|könnte|ob|hoffentlich|erst nach)\b"),
    doubted=re.compile(
        r"\b(?:vermut\w+|wahrscheinlich|eventuell|evtl|möglicherweise|vielleicht|"
        r"scheint|anscheinend|verdacht|könnte|dürfte|wohl)\b"
    ),
    planned=re.compile(
        r"\b(?:wird|werden|soll|sollen|geplant|eingeplant|morgen|heute abend|demnächst|"
        r"nächste\w*|bis spätestens)\b"
    ),
    partly=re.compile(
        r"\b(?:testsystem|testumgebung|staging|teilweise|vereinzelt|nur für|"
        r"abnahmesystem|bisher nur|zum teil)\b"
    ),
    past=re.compile(r"\b(?:damals|letztes (?:mal|jahr)|früher|ähnlich\w*|bereits einmal)\b"),
    quiet=re.compile(r"\b(?:tippfehler|priorität|kategorie|betreff)\b"),
)
