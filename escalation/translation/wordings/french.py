"""What is said to a French-speaking user?"""

from escalation.translation.cues.kinds import Cause, Meaning, Team
from escalation.translation.wording import Clockwork, Line, Phrases, Together

_TELL = "Nous vous préviendrons dès qu'il y aura du nouveau."
_TRY = "Merci de réessayer et de nous dire si le problème est encore là."

FRENCH = Phrases(
    lines={
        Meaning.RECEIVED: Line(says="Notre équipe technique a bien reçu votre demande.", next=_TELL),
        Meaning.BEING_WORKED: Line(
            says="Notre équipe technique travaille sur votre problème.",
            next=_TELL,
            also="Notre équipe technique y travaille encore.",
        ),
        Meaning.CAUSE_FOUND: Line(
            says="Nous avons trouvé {cause}.",
            next="Nous vous dirons la suite dès que nous la connaîtrons.",
            also="Nous avons trouvé {cause}.",
        ),
        Meaning.WAITING_FOR_APPROVAL: Line(
            says="La prochaine étape doit d'abord être approuvée.",
            next="Nous vous préviendrons dès que nous aurons une réponse.",
            also="La prochaine étape doit d'abord être approuvée.",
        ),
        Meaning.WAITING_FOR_VENDOR: Line(
            says="Nous attendons un fournisseur externe.",
            next="Nous vous préviendrons dès qu'il nous aura répondu.",
            also="Nous attendons aussi un fournisseur externe.",
        ),
        Meaning.WAITING_FOR_USER: Line(
            says="Notre équipe technique attend une réponse de votre part.",
            next="Merci de répondre dès que possible. Si vous ne savez pas ce qu'il faut, demandez-nous.",
            also="Nous avons aussi besoin d'une réponse de votre part.",
        ),
        Meaning.FIX_IN_PROGRESS: Line(
            says="Une solution est en route.",
            next="Nous vous préviendrons quand elle sera en place.",
            also="Une solution est en route.",
        ),
        Meaning.FIXED_WATCHING: Line(
            says="Un changement a été fait qui devrait régler le problème.", next=_TRY
        ),
        Meaning.RESOLVED: Line(says="Notre équipe technique indique que le problème est réglé.", next=_TRY),
        Meaning.NOT_FIXED: Line(
            says="Notre équipe technique a fermé cette demande sans solution.",
            next="Nous vous dirons pourquoi et nous verrons avec vous ce qui est possible.",
        ),
        Meaning.NEEDS_ANSWER: Line(
            says="Notre équipe technique a besoin de plus de détails.",
            next="Nous regardons ce que nous avons et vous demanderons le reste.",
            also="Nous avons aussi besoin de plus de détails.",
        ),
        Meaning.BOUNCED: Line(
            says="Nous veillons à ce que votre demande arrive aux bonnes personnes avec tout ce qu'il faut.",
            next="Nous vous dirons qui la prend en charge.",
        ),
        Meaning.PAUSED: Line(
            says="Le travail sur votre demande est en pause.",
            next="Nous vous préviendrons quand il reprendra.",
        ),
        Meaning.UNCLEAR: Line(
            says="Il y a un message de notre équipe technique.",
            next="Nous regardons ce qu'il veut dire pour vous et nous vous le dirons.",
        ),
    },
    together={
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_APPROVAL): Together(
            says="Nous avons trouvé {cause}. La prochaine étape doit d'abord être approuvée.",
            with_team="Nous avons trouvé {cause} et préparons une solution avec {team}. Elle doit "
            "d'abord être approuvée.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.FIX_IN_PROGRESS): Together(
            says="Nous avons trouvé {cause} et travaillons à une solution.",
            with_team="Nous avons trouvé {cause} et travaillons à une solution avec {team}.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_VENDOR): Together(
            says="Nous avons trouvé {cause} et attendons un fournisseur externe."
        ),
    },
    causes={
        None: "la cause du problème",
        Cause.CONFIGURATION: "le réglage qui cause le problème",
        Cause.CERTIFICATE: "un certificat qui cause le problème",
        Cause.ACCESS: "un droit d'accès qui cause le problème",
        Cause.SOFTWARE: "le défaut de logiciel qui cause le problème",
        Cause.NETWORK: "le défaut de réseau qui cause le problème",
        Cause.HARDWARE: "le défaut de matériel qui cause le problème",
    },
    teams={
        None: "l'équipe concernée",
        Team.INFRASTRUCTURE: "notre équipe infrastructure",
        Team.NETWORK: "notre équipe réseau",
        Team.SECURITY: "notre équipe sécurité",
        Team.DATABASE: "notre équipe bases de données",
    },
    expect_fix="Prévu {when}.",
    expect_news="Nous pensons en savoir plus {when}.",
    times=Clockwork(
        within="d'ici {amount}",
        clock="{day} avant {time}",
        day="{day}",
        today="aujourd'hui",
        later_today="dans la journée",
        tomorrow="demain",
        date="d'ici le {weekday} {number} {month}",
        weekdays=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        months=(
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
        units={
            "minute": ("minute", "minutes"),
            "hour": ("heure", "heures"),
            "day": ("jour", "jours"),
            "week": ("semaine", "semaines"),
        },
    ),
)
