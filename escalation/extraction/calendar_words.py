"""Which words mean a month, a weekday, a day, a stretch of time or a zone, in six languages?

Data only. A word that also means something else ("may", "sat", "hier", "morgen") is listed where it
is unmistakable in full; the patterns in ``dates`` decide by what stands beside it.
"""

from escalation.extraction.pattern import words


def _numbered(*groups: str) -> dict[str, int]:
    return {word: number for number, group in enumerate(groups, start=1) for word in group.split()}


MONTHS: dict[str, int] = _numbered(
    "january jan januar jänner janvier janv enero ene januari gennaio gen janeiro",
    "february feb februar février févr fevrier febrero febbraio fevereiro februari",
    "march mar märz maerz mrz mars marzo maart março mrt",
    "april apr avril avr abril aprile abr",
    "may mai mayo mei maggio maio mag",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet juil julio luglio julho",
    "august aug août aout agosto augustus ago",
    "september sept sep septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
WEEKDAYS: dict[str, int] = {
    word: number - 1
    for word, number in _numbered(
        "monday mon mondays montag lundi lunes maandag lunedì",
        "tuesday tue tues dienstag mardi martes dinsdag martedì",
        "wednesday wed mittwoch mercredi miércoles woensdag mercoledì",
        "thursday thu thur thurs donnerstag jeudi jueves donderdag giovedì",
        "friday fri freitag vendredi viernes vrijdag venerdì",
        "saturday sat samstag sonnabend samedi sábado zaterdag sabato",
        "sunday sun sonntag dimanche domingo zondag domenica",
    ).items()
}
DAYS: dict[str, int] = {
    "today": 0,
    "tonight": 0,
    "heute": 0,
    "aujourd'hui": 0,
    "aujourd’hui": 0,
    "hoy": 0,
    "vandaag": 0,
    "oggi": 0,
    "hoje": 0,
    "今日": 0,
    "本日": 0,
    "yesterday": -1,
    "gestern": -1,
    "hier": -1,
    "ayer": -1,
    "gisteren": -1,
    "ieri": -1,
    "ontem": -1,
    "昨日": -1,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "vorgestern": -2,
    "avant-hier": -2,
    "anteayer": -2,
    "eergisteren": -2,
    "一昨日": -2,
    "tomorrow": 1,
    "tomorow": 1,
    "tommorow": 1,
    "tommorrow": 1,
    "morgen": 1,
    "demain": 1,
    "mañana": 1,
    "domani": 1,
    "amanhã": 1,
    "明日": 1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "übermorgen": 2,
    "après-demain": 2,
    "pasado mañana": 2,
    "overmorgen": 2,
    "明後日": 2,
}
UNITS: dict[str, str] = {
    word: unit
    for unit, group in {
        "minute": "minute minutes min mins minuten minuto minutos minuut",
        "hour": "hour hours hr hrs stunde stunden heure heures hora horas uur",
        "day": "day days tag tage tagen jour jours día días dia dias dag dagen",
        "week": "week weeks woche wochen semaine semaines semana semanas weken",
        "month": "month months monat monate monaten mois mes meses maand maanden",
        "quarter": "quarter quartal trimestre kwartaal",
        "year": "year years jahr jahre jahren an ans année año años jaar",
        "weekend": "weekend week-end wochenende findesemana",
    }.items()
    for word in group.split()
}
PARTS_OF_DAY: dict[str, tuple[int, int]] = {
    "morning": (6, 12),
    "afternoon": (12, 18),
    "evening": (18, 22),
    "night": (20, 24),
    "tonight": (18, 24),
    "früh": (6, 12),
    "vormittag": (8, 12),
    "nachmittag": (12, 18),
    "abend": (18, 22),
    "nacht": (20, 24),
    "matin": (6, 12),
    "après-midi": (12, 18),
    "soir": (18, 22),
    "nuit": (20, 24),
    "tarde": (12, 20),
    "noche": (20, 24),
    "ochtend": (6, 12),
    "middag": (12, 18),
    "avond": (18, 22),
}
PAST = words(
    "last past previous letzte letzten letztes letzter vergangene vergangenen vergangenes vorige vorigen "
    "vorig afgelopen"
)
THIS = words("this current diese diesen dieses dieser ce cet cette este esta deze dit")
NEXT = words(
    "next coming following upcoming nächste nächsten nächstes nächster kommende kommenden kommendes "
    "volgende komende"
)
NUMBERS: dict[str, int] = {
    **_numbered(
        "one a an ein eine einem einer un une una een",
        "two zwei deux dos twee",
        "three drei trois tres drie",
        "four vier quatre cuatro",
        "five fünf cinq cinco vijf",
        "six sechs seis zes",
        "seven sieben sept siete zeven",
        "eight acht huit ocho",
        "nine neun neuf nueve",
        "ten zehn dix diez tien",
    ),
    "couple": 2,
    "few": 3,
    "several": 3,
}

# What people call zones; an abbreviation is read as the place where it is heard most in support.
ZONES: dict[str, str] = {
    "eastern": "America/New_York", "et": "America/New_York", "est": "America/New_York",
    "edt": "America/New_York", "central": "America/Chicago", "ct": "America/Chicago",
    "cst": "America/Chicago", "cdt": "America/Chicago", "mountain": "America/Denver",
    "mt": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
    "pacific": "America/Los_Angeles", "pt": "America/Los_Angeles", "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles", "utc": "UTC", "gmt": "UTC", "z": "UTC", "bst": "Europe/London",
    "uk": "Europe/London", "london": "Europe/London", "wet": "Europe/Lisbon", "cet": "Europe/Berlin",
    "cest": "Europe/Berlin", "mez": "Europe/Berlin", "mesz": "Europe/Berlin", "berlin": "Europe/Berlin",
    "paris": "Europe/Paris", "madrid": "Europe/Madrid", "amsterdam": "Europe/Amsterdam",
    "zurich": "Europe/Zurich", "eet": "Europe/Helsinki", "eest": "Europe/Helsinki",
    "msk": "Europe/Moscow", "ist": "Asia/Kolkata", "india": "Asia/Kolkata", "sgt": "Asia/Singapore",
    "singapore": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "jst": "Asia/Tokyo", "tokyo": "Asia/Tokyo",
    "kst": "Asia/Seoul", "aest": "Australia/Sydney", "aedt": "Australia/Sydney",
    "sydney": "Australia/Sydney", "new york": "America/New_York", "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland", "brt": "America/Sao_Paulo",
}  # fmt: skip

MONTH = "|".join(sorted(MONTHS, key=lambda word: (-len(word), word)))
WEEKDAY = "|".join(
    sorted(
        (word for word in WEEKDAYS if len(word) > 5 or word in {"lundi", "mardi", "jeudi", "lunes"}),
        key=lambda word: (-len(word), word),
    )
)
WEEKDAY_SHORT = "Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun"
DAY_NAME = rf"(?:(?:{WEEKDAY})|(?-i:{WEEKDAY_SHORT}))"
ZONE = "|".join(
    sorted(
        (name for name in ZONES if name not in {"z", "mt", "ist", "uk", "et"}),
        key=lambda word: (-len(word), word),
    )
)
