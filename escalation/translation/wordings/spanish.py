"""What is said to a Spanish-speaking user?"""

from escalation.translation.cues.kinds import Cause, Meaning, Team
from escalation.translation.wording import Clockwork, Line, Phrases, Together

_TELL = "Le avisaremos en cuanto haya novedades."
_TRY = "Pruebe otra vez y díganos si el problema sigue."

SPANISH = Phrases(
    lines={
        Meaning.RECEIVED: Line(says="Nuestro equipo técnico ha recibido su caso.", next=_TELL),
        Meaning.BEING_WORKED: Line(
            says="Nuestro equipo técnico está trabajando en su problema.",
            next=_TELL,
            also="Nuestro equipo técnico sigue trabajando en ello.",
        ),
        Meaning.CAUSE_FOUND: Line(
            says="Hemos encontrado {cause}.",
            next="Le diremos el siguiente paso en cuanto lo sepamos.",
            also="Hemos encontrado {cause}.",
        ),
        Meaning.WAITING_FOR_APPROVAL: Line(
            says="El siguiente paso tiene que aprobarse primero.",
            next="Le avisaremos en cuanto tengamos respuesta.",
            also="El siguiente paso tiene que aprobarse primero.",
        ),
        Meaning.WAITING_FOR_VENDOR: Line(
            says="Estamos esperando a un proveedor externo.",
            next="Le avisaremos en cuanto nos responda.",
            also="También esperamos a un proveedor externo.",
        ),
        Meaning.WAITING_FOR_USER: Line(
            says="Nuestro equipo técnico espera su respuesta.",
            next="Responda cuando pueda. Si no sabe qué hace falta, pregúntenos.",
            also="También necesitamos su respuesta.",
        ),
        Meaning.FIX_IN_PROGRESS: Line(
            says="La solución está en camino.",
            next="Le avisaremos cuando esté lista.",
            also="La solución está en camino.",
        ),
        Meaning.FIXED_WATCHING: Line(
            says="Se ha hecho un cambio que debería resolver el problema.", next=_TRY
        ),
        Meaning.RESOLVED: Line(
            says="Nuestro equipo técnico informa de que el problema está resuelto.", next=_TRY
        ),
        Meaning.NOT_FIXED: Line(
            says="Nuestro equipo técnico ha cerrado el caso sin solución.",
            next="Le explicaremos el motivo y veremos con usted otras opciones.",
        ),
        Meaning.NEEDS_ANSWER: Line(
            says="Nuestro equipo técnico necesita más datos.",
            next="Miraremos lo que tenemos y le pediremos lo que falte.",
            also="También necesitamos más datos.",
        ),
        Meaning.BOUNCED: Line(
            says="Nos ocupamos de que su caso llegue a las personas adecuadas con todo lo necesario.",
            next="Le diremos quién lo atiende.",
        ),
        Meaning.PAUSED: Line(
            says="El trabajo en su caso está en pausa.", next="Le avisaremos cuando continúe."
        ),
        Meaning.UNCLEAR: Line(
            says="Hay un mensaje de nuestro equipo técnico.",
            next="Estamos viendo qué significa para usted y se lo diremos.",
        ),
    },
    together={
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_APPROVAL): Together(
            says="Hemos encontrado {cause}. El siguiente paso tiene que aprobarse primero.",
            with_team="Hemos encontrado {cause} y preparamos una solución con {team}. Tiene que "
            "aprobarse primero.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.FIX_IN_PROGRESS): Together(
            says="Hemos encontrado {cause} y trabajamos en una solución.",
            with_team="Hemos encontrado {cause} y trabajamos con {team} en una solución.",
        ),
        (Meaning.CAUSE_FOUND, Meaning.WAITING_FOR_VENDOR): Together(
            says="Hemos encontrado {cause} y esperamos a un proveedor externo."
        ),
    },
    causes={
        None: "la causa del problema",
        Cause.CONFIGURATION: "el ajuste que causa el problema",
        Cause.CERTIFICATE: "un certificado que causa el problema",
        Cause.ACCESS: "un permiso de acceso que causa el problema",
        Cause.SOFTWARE: "el fallo de software que causa el problema",
        Cause.NETWORK: "el fallo de red que causa el problema",
        Cause.HARDWARE: "el fallo de equipo que causa el problema",
    },
    teams={
        None: "el equipo adecuado",
        Team.INFRASTRUCTURE: "nuestro equipo de infraestructura",
        Team.NETWORK: "nuestro equipo de redes",
        Team.SECURITY: "nuestro equipo de seguridad",
        Team.DATABASE: "nuestro equipo de bases de datos",
    },
    expect_fix="Previsto {when}.",
    expect_news="Esperamos saber más {when}.",
    times=Clockwork(
        within="en un plazo de {amount}",
        clock="{day} antes de las {time}",
        day="{day}",
        today="hoy",
        later_today="a lo largo del día",
        tomorrow="mañana",
        date="para el {weekday} {number} de {month}",
        weekdays=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        months=(
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ),
        units={
            "minute": ("minuto", "minutos"),
            "hour": ("hora", "horas"),
            "day": ("día", "días"),
            "week": ("semana", "semanas"),
        },
    ),
)
