"""With which words do people promise a time, in each language?

Patterns run on lower-cased text of one sentence. ``clock`` patterns name their groups h, m and half;
``span`` patterns name n and unit. A unit is looked up by its first letters.
"""

import re
from dataclasses import dataclass

HOUR, DAY, WEEK = 60, 24 * 60, 7 * 24 * 60


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeWords:
    """The time words of one language."""

    span: re.Pattern[str]
    units: tuple[tuple[str, int], ...]  # first letters -> minutes, longest first
    numbers: dict[str, int]
    clock: re.Pattern[str]
    days: tuple[tuple[re.Pattern[str], int], ...]  # words -> days from now
    weekdays: re.Pattern[str]
    weekday_stems: tuple[str, ...]  # Monday first
    date: re.Pattern[str]  # groups d and month (a name), or y-mo-d in figures
    months: tuple[str, ...]
    parts: tuple[tuple[re.Pattern[str], int], ...]  # part of the day -> hour by which it is over
    promise: re.Pattern[str]  # without one of these a time is only mentioned
    excluded: re.Pattern[str]  # the past, the user's own times, deadlines, earliest times
    news: re.Pattern[str]  # what is promised is word, not a fix
    repair: re.Pattern[str]  # what is promised is the fix itself


def _words(*patterns: tuple[str, int]) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile(pattern), value) for pattern, value in patterns)


_ISO = r"(?P<y>20\d\d)-(?P<mo>\d\d)-(?P<d2>\d\d)"

ENGLISH = TimeWords(
    span=re.compile(
        r"\b(?:within|in|eta|etr|give it|takes?|needs?|another|eta of|eta is|"
        r"(?:the )?next)\W{1,3}(?:the |next |about |approx\w* |around |roughly |"
        r"another |max |~ ?|under )*"
        r"(?:\d+ ?(?:-|to|–) ?)?(?P<n>\d{1,3}|half an|an?|one|two|three|four|five|six|"
        r"eight|ten|twelve|a couple of|couple of)[ -]?(?:more )?"
        r"(?P<unit>min\w*|hours?|hrs?|h|(?:business |working )?days?|"
        r"weeks?)\b(?! (?:ago|old|of))"
    ),
    units=(("business", DAY), ("working", DAY), ("min", 1), ("h", HOUR), ("d", DAY), ("w", WEEK)),
    numbers={
        "half an": 0,
        "a": 1,
        "an": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "eight": 8,
        "ten": 10,
        "twelve": 12,
        "a couple of": 2,
        "couple of": 2,
    },
    clock=re.compile(
        r"(?P<lead>\b(?:by|before|at|around|about|from|eta|for|till|no later than|"
        r"tonight'?s?|tomorrow|today|day)\W{1,3})?"
        r"\b(?:(?P<h>2[0-3]|"
        r"[01]?\d)(?!\d)(?:[:.h](?P<m>[0-5]\d))?\s?(?P<half>[ap]\.?m\b\.?)?|"
        r"(?P<named>noon|midday|midnight|eod|cob|end of (?:the )?(?:business )?day|"
        r"close of business))"
        r"(?:\s(?P<zone>utc|gmt|et|est|edt|pt|pst|pdt|cet|cest|bst|jst)\b)?"
    ),
    days=_words(
        (r"\bday after tomorrow\b", 2),
        (r"\btomorrow\b", 1),
        (r"\b(?:today|tonight|this (?:afternoon|evening)|overnight)\b", 0),
    ),
    weekdays=re.compile(
        r"\b(?:by|on|for|until|due|next|this|arriving|arrives|before|is|scheduled|"
        r"coming|from)\s(?:next |this |the )?(mon|tues?|wed(?:nes)?|thur?s?|fri|"
        r"sat(?:ur)?|sun)(?:day)?\b"
    ),
    weekday_stems=("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    date=re.compile(
        rf"{_ISO}|\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>jan|feb|mar|apr|"
        r"may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\b(?P<month2>jan|feb|mar|apr|may|jun|"
        rf"jul|aug|sep|oct|nov|dec)[a-z]* (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b"
    ),
    months=("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    parts=_words(
        (r"\bmorning\b|\bfirst thing\b", 12), (r"\bafternoon\b", 18), (r"\b(?:evening|tonight)\b", 22)
    ),
    promise=re.compile(
        r"\b(?:eta|etr|expect\w*|will|'ll|plan\w*|schedul\w*|going|should be|deploy\w*|"
        r"roll\w*|fix\w*|patch\w*|ship\w*|releas\w*|arriv\w*|due|"
        r"updates?|get back|window|give it|review\w*|within|done|ready|restor\w*|"
        r"restart\w*|target\w*|aim\w*|complet\w*|taking|takes?|look)\b|'ll\b"
    ),
    excluded=re.compile(
        r"\b(?:since|ago|yesterday|deadline|available|reachable|until|last|no longer|"
        r"not before|earliest|no eta|close starts|month-end|was told|told|needs it|"
        r"must have|"
        r"required by|started|starting|happened|occurred|began|saw|seen|reported|"
        r"meeting|sla|unknown|after hours|expires?|expired|watch\w*|monitor\w*)\b"
    ),
    news=re.compile(
        r"\b(?:updates?|get back|report|news|respon\w+|answer|reply|hear|look|review|"
        r"feedback|investigat\w+|analy\w+|check|call)\b"
    ),
    repair=re.compile(
        r"\b(?:fix\w*|deploy\w*|patch\w*|roll\w*|releas\w*|restor\w*|resolv\w*|"
        r"resolution|restart\w*|replac\w*|swap\w*|revert\w*|ship\w*|back|window|"
        r"done|complet\w*|install\w*|appl(?:y|ied)|implement\w*|failing over|"
        r"maintenance|reboot\w*)\b"
    ),
)

GERMAN = TimeWords(
    span=re.compile(
        r"\b(?:innerhalb(?: von)?|binnen|in|eta|dauert)\W{1,3}(?:den |der |ca\.? |etwa |"
        r"rund |nächsten |noch )*(?:\d+ ?(?:-|bis) ?)?(?P<n>\d{1,3}|einer|einem|zwei|"
        r"drei|vier|fünf|sechs|zehn)\s?(?P<unit>min\w*|stunden?|std|h|tagen?|wochen?)\b"
    ),
    units=(("min", 1), ("st", HOUR), ("h", HOUR), ("t", DAY), ("w", WEEK)),
    numbers={"einer": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zehn": 10},
    clock=re.compile(
        r"(?P<lead>\b(?:um|bis|gegen|ab|vor|spätestens) )?\b(?:(?P<h>2[0-3]|"
        r"[01]?\d)(?!\d)(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>uhr)\b|(?P<named>feierabend|"
        r"mitternacht|mittag))(?P<zone>(?!))?"
    ),
    days=_words((r"\bübermorgen\b", 2), (r"\bmorgen\b", 1), (r"\bheute\b", 0)),
    weekdays=re.compile(
        r"\b(?:am|bis|für|ab|diesen|nächsten|kommenden) (montag|dienstag|mittwoch|"
        r"donnerstag|freitag|samstag|sonntag)"
    ),
    weekday_stems=("mon", "die", "mit", "don", "fre", "sam", "son"),
    date=re.compile(
        rf"{_ISO}|\b(?P<d>\d{{1,2}})\. ?(?P<month>jan|feb|mär|apr|mai|jun|jul|aug|sep|"
        r"okt|nov|dez|1?\d)(?:[a-zä]*|\.)(?!\d)"
    ),
    months=("jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"),
    parts=_words(
        (r"\b(?:vormittag|morgen früh)\b", 12), (r"\bnachmittag\b", 18), (r"\b(?:abend|nacht)\b", 22)
    ),
    promise=re.compile(
        r"\b(?:wird|werden|werde|soll|geplant|eingeplant|voraussichtlich|spätestens|bis|"
        r"eta|innerhalb|binnen|melden?|update|rückmeldung|kümmer\w+|übernehm\w+|"
        r"einspiel\w*|austausch|folgt|erwartet|dauert)\b"
    ),
    excluded=re.compile(
        r"\b(?:seit|vor \d+|gestern|frist|erreichbar|verfügbar|letzt\w+|frühestens|"
        r"kein eta|monatsabschluss|begonnen|aufgetreten|beobacht\w*)\b"
    ),
    news=re.compile(
        r"\b(?:update|melden?|rückmeldung|antwort|prüf\w*|analys\w*|kümmer\w+|anschauen|"
        r"schau\w*)\b"
    ),
    repair=re.compile(
        r"(?:eingespielt|ausgerollt|behoben|austausch|ausgetauscht|installiert|"
        r"umgesetzt|fix\b|patch|wartungsfenster|repariert|neustart|gelöst)"
    ),
)

FRENCH = TimeWords(
    span=re.compile(
        r"\b(?:d'ici|dans|sous|en|eta)\W{1,3}(?:les |environ |prochaines? |"
        r"moins de )*(?:\d+ ?(?:-|à) ?)?(?P<n>\d{1,3}|une|un|deux|trois|quatre|cinq|six|"
        r"dix)\s?(?P<unit>min\w*|heures?|h|jours?|semaines?)\b"
    ),
    units=(("min", 1), ("h", HOUR), ("j", DAY), ("s", WEEK)),
    numbers={"une": 1, "un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "dix": 10},
    clock=re.compile(
        r"(?P<lead>\b(?:à|avant|vers|pour|dès) )?\b(?:(?P<h>2[0-3]|"
        r"[01]?\d)(?!\d)\s?(?P<half>h|heures)\b ?(?P<m>[0-5]\d)?|(?P<h2>2[0-3]|"
        r"[01]?\d)(?!\d)h(?P<m2>[0-5]\d)|(?P<named>midi|minuit|"
        r"fin de journée))(?P<zone>(?!))?"
    ),
    days=_words(
        (r"\baprès-demain\b", 2),
        (r"\bdemain\b", 1),
        (r"\b(?:aujourd'hui|ce soir|cet après-midi|cette nuit)", 0),
    ),
    weekdays=re.compile(
        r"\b(?:le |ce |d'ici |avant |pour |dès )?(lundi|mardi|mercredi|jeudi|vendredi|"
        r"samedi|dimanche)\b(?! dernier)"
    ),
    weekday_stems=("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
    date=re.compile(
        rf"{_ISO}|\b(?:le )?(?P<d>\d{{1,2}})(?:er)? (?P<month>janv|févr|mars|avri|mai|"
        r"juin|juil|août|sept|octo|nove|déce)[a-zé]*\b"
    ),
    months=("janv", "févr", "mars", "avri", "mai", "juin", "juil", "août", "sept", "octo", "nove", "déce"),
    parts=_words((r"\bmatin\b", 12), (r"\baprès-midi\b", 18), (r"\b(?:soir|nuit)\b", 22)),
    promise=re.compile(
        r"\b(?:sera|seront|prévue?s?|planifiée?|programmée?|d'ici|avant|sous|va|vais|"
        r"regarde|reviens|revenons|estim\w+|eta|délai|point|livraison|intervention|"
        r"m'en)\b"
    ),
    excluded=re.compile(
        r"\b(?:depuis|il y a|hier|échéance|joignable|disponible|dernière?|pas avant|"
        r"au plus tôt|clôture|commencé|surveill\w*)\b"
    ),
    news=re.compile(r"\b(?:point|reviens|revenons|retour|réponse|regarde|nouvelles|analyse)\b"),
    repair=re.compile(
        r"(?:déploy|corrigé|correctif|appliqu|rempla|rétabli|install|résol|"
        r"mis en production|redémarr|livr|intervention)"
    ),
)

SPANISH = TimeWords(
    span=re.compile(
        r"\b(?:en|dentro de|antes de|eta)\W{1,3}(?:las |los |unas |unos |próxim[oa]s |"
        r"aproximadamente |menos de )*(?:\d+ ?(?:-|a) ?)?(?P<n>\d{1,3}|una?|dos|tres|"
        r"cuatro|cinco|seis|diez)\s?(?P<unit>min\w*|horas?|h|días?|semanas?)\b"
    ),
    units=(("min", 1), ("h", HOUR), ("d", DAY), ("s", WEEK)),
    numbers={"un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "diez": 10},
    clock=re.compile(
        r"(?P<lead>\b(?:a las?|antes de las?|hacia las?|sobre las?) )(?P<h>2[0-3]|"
        r"[01]?\d)(?!\d)(?:[:.](?P<m>[0-5]\d))?\s?(?P<half>[ap]\.? ?m\.?)?|"
        r"(?P<named>\bmediodía\b|\bmedianoche\b|\bfinal del día\b)(?P<zone>(?!))?"
    ),
    days=_words(
        (r"\bpasado mañana\b", 2), (r"(?<!la )\bmañana\b", 1), (r"\b(?:hoy|esta (?:tarde|noche))\b", 0)
    ),
    weekdays=re.compile(
        r"\b(?:el|este|próximo|hasta el|para el) (lunes|martes|miércoles|jueves|viernes|"
        r"sábado|domingo)\b(?! pasado)"
    ),
    weekday_stems=("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
    date=re.compile(
        rf"{_ISO}|\b(?:el )?(?P<d>\d{{1,2}}) de (?P<month>ene|feb|mar|abr|may|jun|jul|"
        r"ago|sep|oct|nov|dic)[a-z]*\b"
    ),
    months=("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
    parts=_words((r"\bpor la mañana\b", 12), (r"\btarde\b", 18), (r"\bnoche\b", 22)),
    promise=re.compile(
        r"\b(?:será|serán|se \w+rá\w*|previst[oa]|programad[oa]|estimad[oa]|eta|"
        r"dentro de|antes de|va a|vamos a|próxima actualización|llegará|estará|"
        r"revisar\w+|responder\w+|en \d+)\b"
    ),
    excluded=re.compile(
        r"\b(?:desde|hace|ayer|plazo|localizable|disponible|pasad[oa]|no antes|cierre|"
        r"empezó|ocurrió)\b"
    ),
    news=re.compile(r"\b(?:actualización|responder\w*|respuesta|revisar\w*|noticias|informar\w*)\b"),
    repair=re.compile(
        r"(?:aplicar|desplegar|instalar|reemplaz|resolver|resuelt|corregi|restablec|"
        r"parche|mantenimiento|reiniciar|solucion)"
    ),
)

JAPANESE = TimeWords(
    span=re.compile(r"(?:約|あと)?(?P<n>\d{1,3})(?P<unit>分|時間|日|営業日|週間)(?:以内|後|程度|ほど)"),
    units=(("分", 1), ("時", HOUR), ("日", DAY), ("営", DAY), ("週", WEEK)),
    numbers={},
    clock=re.compile(
        r"(?P<lead>午後|夜|午前)?(?P<h>2[0-3]|"
        r"[01]?\d)(?!\d)(?P<half>時)(?!間)(?:(?P<m>[0-5]\d)分)?|(?P<h2>2[0-3]|"
        r"[01]?\d)(?!\d):(?P<m2>[0-5]\d)(?P<named>(?!))?(?P<zone>(?!))?"
    ),
    days=_words((r"明後日", 2), (r"明日|翌日|明朝", 1), (r"本日|今日|今夜|今晩|今夕", 0)),
    weekdays=re.compile(r"([月火水木金土日])曜"),
    weekday_stems=("月", "火", "水", "木", "金", "土", "日"),
    date=re.compile(rf"{_ISO}|(?P<month>1?\d)月(?P<d>\d{{1,2}})日"),
    months=(),
    parts=_words((r"午前中|明朝", 12), (r"午後(?!\d)", 18), (r"今夜|今晩|夜(?!間)", 22)),
    promise=re.compile(r"(?:予定|見込み|まで|以内|いたします|します|回答|連絡)"),
    excluded=re.compile(r"(?:以降|から発生|昨日|先週|前回|期限|在席|締め|未定|不明)"),
    news=re.compile(r"(?:回答|連絡|報告|返信|調査)"),
    repair=re.compile(r"(?:修正|適用|復旧|交換|リリース|再起動|対応|メンテナンス)"),
)

TIME_WORDS: dict[str, TimeWords] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH, "ja": JAPANESE}
