"""What is said to a German-speaking user?"""

from escalation.translation.cues.kinds import Cause, Meaning, Team
from escalation.translation.wording import Clockwork, Line, Phrases, Together

_TELL = "Wir melden uns, sobald es Neues gibt."
_TRY = "Bitte versuchen Sie es noch einmal und sagen Sie uns, falls es weiter auftritt."

GERMAN = Phrases(
    lines={
        Meaning.RECEIVED: Line(says="Unser Technik-Team hat Ihren Fall erhalten.", next=_TELL),
        Meaning.BEING_WORKED: Line(
            says="Unser Technik-Team arbeitet an Ihrem Problem.",
            next=_TELL,
            also="Unser Technik-Team arbeitet weiter daran.",
        ),
        Meaning.CAUSE_FOUND: Line(
            says="Wir haben {cause} gefunden.",
            next="Wir sagen Ihnen den nächsten Schritt, sobald wir ihn kennen.",
            also="Wir haben {cause} gefunden.",
        ),
        Meaning.WAITING_FOR_APPROVAL: Line(
            says="Der nächste Schritt muss noch freigegeben werden.",
            next="Wir melden uns, sobald wir eine Antwort haben.",
            also="Der nächste Schritt muss noch freigegeben werden.",
        ),
        Meaning.WAITING_FOR_VENDOR: Line(
            says="Wir warten auf einen externen Partner.",
            next="Wir melden uns, sobald wir von dort hören.",
            also="Wir warten außerdem auf einen externen Partner.",
        ),
        Meaning.WAITING_FOR_USER: Line(
            says="Unser Technik-Team wartet auf eine Antwort von Ihnen.",
            next="Bitte antworten Sie, sobald Sie können. Wenn unklar ist, was fehlt, fragen Sie uns.",
            also="Wir brauchen außerdem eine Antwort von Ihnen.",
        ),
        Meaning.FIX_IN_PROGRESS: Line(
            says="Eine Lösung ist unterwegs.",
            next="Wir sagen Ihnen, wenn sie da ist.",
            also="Eine Lösung ist unterwegs.",
        ),
        Meaning.FIXED_WATCHING: Line(says="Es gibt eine Änderung, die das Problem lösen sollte.", next=_TRY),
        Meaning.RESOLVED: Line(says="Unser Technik-Team meldet, dass das Problem gelöst ist.", next=_TRY),
        Meaning.NOT_FIXED: Line(
            says="Unser Technik-Team hat den Fall ohne Lösung geschlossen.",
            next="Wir erklären Ihnen den Grund und besprechen mit Ihnen, was sonst möglich ist.",
        ),
        Meaning.NEEDS_ANSWER: Line(
            says="Unser Technik-Team braucht noch Angaben.",
            next="Wir sehen nach, was wir haben, und fragen Sie nach dem Rest.",
            also="Wir brauchen außerdem noch Angaben.",
        ),
        Meaning.BOUNCED: Line(
            says="Wir sorgen dafür, dass Ihr Fall mit allen Angaben bei den richtigen Leuten ankommt.",
            next="Wir sagen Ihnen, wer ihn übernimmt.",
        ),
        Meaning.PAUSED: Line(
            says="Die Arbeit an Ihrem Fall ruht im Moment.", next="Wir sagen Ihnen, wenn es weitergeht."
        ),
        Meaning.UNCLEAR: Line(
            says="Es gibt eine Nachricht von unserem Technik-Team.",
            next="Wir prüfen, was sie für Sie bedeutet, und melden uns.",
        ),
    },
    together={
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_APPROVAL): Together(
            says="Wir haben {cause} gefunden. Der nächste Schritt muss noch freigegeben werden.",
            with_team="Wir haben {cause} gefunden und arbeiten mit {team} an einer Lösung. Sie muss "
            "noch freigegeben werden.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.FIX_IN_PROGRESS): Together(
            says="Wir haben {cause} gefunden und arbeiten an einer Lösung.",
            with_team="Wir haben {cause} gefunden und arbeiten mit {team} an einer Lösung.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_VENDOR): Together(
            says="Wir haben {cause} gefunden und warten auf einen externen Partner."
        ),
    },
    causes={
        None: "die Ursache des Problems",
        Cause.CONFIGURATION: "die Einstellung, die das Problem verursacht,",
        Cause.CERTIFICATE: "ein Zertifikat, das das Problem verursacht,",
        Cause.ACCESS: "ein Zugriffsrecht, das das Problem verursacht,",
        Cause.SOFTWARE: "den Softwarefehler, der das Problem verursacht,",
        Cause.NETWORK: "den Netzwerkfehler, der das Problem verursacht,",
        Cause.HARDWARE: "den Gerätefehler, der das Problem verursacht,",
    },
    teams={
        None: "dem zuständigen Team",
        Team.INFRASTRUCTURE: "unserem Infrastruktur-Team",
        Team.NETWORK: "unserem Netzwerk-Team",
        Team.SECURITY: "unserem Sicherheits-Team",
        Team.DATABASE: "unserem Datenbank-Team",
    },
    expect_fix="Voraussichtlich {when}.",
    expect_news="Wir erwarten {when} mehr zu wissen.",
    times=Clockwork(
        within="innerhalb von {amount}",
        clock="{day} bis {time}",
        day="{day}",
        today="heute",
        later_today="im Lauf des Tages",
        tomorrow="morgen",
        date="bis {weekday}, {number}. {month}",
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        months=(
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ),
        units={
            "minute": ("Minute", "Minuten"),
            "hour": ("Stunde", "Stunden"),
            "day": ("Tag", "Tagen"),
            "week": ("Woche", "Wochen"),
        },
        numbers=(
            "einer",
            "zwei",
            "drei",
            "vier",
            "fünf",
            "sechs",
            "sieben",
            "acht",
            "neun",
            "zehn",
            "elf",
            "zwölf",
        ),
    ),
)
