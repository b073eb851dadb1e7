"""How do Spanish updates say where a problem stands?"""

import re

from escalation.translation.cues.kinds import Language, Meaning, cues

_USER = r"(?:usuari[oa]s?|clientes?|solicitantes?|emplead[oa]s?)"
_VENDOR = r"(?:proveedor(?:es)?|fabricante|operadora?|microsoft|oracle|cisco|tercero)"
_OK = r"(?:aprobación|aprobado|autorización|visto bueno|\bcab\b|comité)"

SPANISH = Language(
    code="es",
    cues=(
        *cues(
            Meaning.RESOLVED,
            0.9,
            r"\b(?:resuelt[oa]s?|solucionad[oa]s?|corregid[oa]s?|arreglad[oa]s?|"
            r"subsanad[oa]s?|reparad[oa]s?)\b",
            rf"\b{_USER} (?:ya )?(?:lo )?(?:ha )?confirm\w+",
            r"\b(?:funciona|opera|carga|abre) (?:de nuevo|otra vez|correctamente|"
            r"con normalidad|bien)\b",
            r"\bya (?:puede|pueden|funciona|está operativo)\b",
            r"\btodo (?:funciona|en orden|ok)\b",
        ),
        *cues(
            Meaning.RESOLVED,
            0.85,
            r"\bya no (?:se (?:re)?produce|ocurre|aparece|falla|sucede)\b",
            r"\bsin (?:más |nuevos )?errores\b",
            firm=True,
        ),
        *cues(
            Meaning.FIXED_WATCHING,
            0.85,
            r"\b(?:en|bajo) (?:observación|monitoreo|vigilancia|seguimiento)\b",
            r"\b(?:monitoreando|monitorizando|vigilando)\b",
            r"\b(?:vigilamos|monitorizamos|monitoreamos|seguimos de cerca|observamos)\b",
            r"\b(?:de momento|por ahora) (?:ya )?(?:no hay|sin) (?:más|nuevos) (?:errores|fallos|"
            r"problemas|cortes)\b",
            r"\bdebería (?:ya |ahora )?(?:funcionar|estar (?:resuelto|bien|solucionado))",
            r"\b(?:servicio|acceso) (?:ha sido |fue |está )?(?:restablecido|restaurado|"
            r"recuperado)\b",
            firm=True,
        ),
        *cues(
            Meaning.FIXED_WATCHING,
            0.75,
            r"\b(?:parche|cambio|corrección|solución) (?:ha sido |fue |ya )?(?:aplicad|"
            r"desplegad|instalad|implementad)[oa]\b",
            r"\b(?:se (?:aplicó|reinició|reemplazó|restableció|renovó|desplegó|instaló|"
            r"restauró)|reiniciamos|reemplazamos|aplicamos|revertimos|renovamos|"
            r"restablecid[oa])\b",
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.9,
            r"\b(?:persiste|continúa (?:el|la|fallando|el error)|sigue (?:fallando|sin|"
            r"igual|ocurriendo)|reabierto|reabrimos|volvió a (?:fallar|ocurrir|aparecer))\b",
            r"\b(?:no (?:ayudó|funcionó|surtió efecto|tuvo efecto|sirvió)|sin (?:éxito|"
            r"efecto|cambios))\b",
            r"\bsin (?:causa|solución) (?:aún|todavía|identificada)\b",
            r"\bfalló (?:el|la)\b",
            firm=True,
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.8,
            r"\b(?:estamos|seguimos|continuamos|estoy) (?:revisando|investigando|analizando|"
            r"trabajando|verificando|probando|diagnosticando)\b",
            r"\b(?:investigando|analizando|revisando|trabajando)\b",
            r"\ben (?:curso|proceso|revisión|análisis|investigación)\b",
            r"\bpróxima actualización\b",
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.65,
            r"\bsospech\w+",
            r"\bno (?:pudimos|se pudo|podemos|hemos podido|logramos) reproducir\b",
            firm=True,
        ),
        *cues(
            Meaning.RECEIVED,
            0.85,
            r"^\W*recibido\b",
            r"\b(?:tomo|tomamos) el (?:caso|ticket)\b",
            r"\b(?:lo )?(?:asigno|asignado|asignamos|revisaré|revisaremos)\b",
            r"\bme encargo\b",
            r"\baún no (?:lo )?(?:he|hemos) (?:revisado|empezado|mirado)\b",
            firm=True,
        ),
        *cues(
            Meaning.CAUSE_FOUND,
            0.85,
            r"\b(?:identificó|identificamos|encontramos|encontró|detectamos|detectó|"
            r"hallamos|localizamos|identificada|hemos (?:encontrado|"
            r"identificado))\b[^.]{0,25}\b(?:causa|origen|problema|error|fallo|una|un)\b",
            r"\bcausa(?: raíz)?(?:\s*:|\s+(?:es|era|fue|identificada|encontrada)\b)",
            r"\b(?:causado|provocado|ocasionado|originado|debido) (?:por|a|al)\b",
            r"\bse debe a\b",
            r"\bse debía a\b",
        ),
        *cues(Meaning.CAUSE_FOUND, 0.65, r"\b(?:caducad[oa]|vencid[oa]|mal configurad[oa])\b"),
        *cues(
            Meaning.WAITING_FOR_APPROVAL,
            0.9,
            r"\b(?:pendiente|espera\w*|esperando|falta|requiere|necesita\w*|solicitad\w+|"
            rf"sujeto|sujeta|hasta)\b[^.]{{0,40}}{_OK}",
            r"\b(?:si|una vez|cuando|en cuanto|tras)[^.]{0,20}\b(?:aprueb\w+|aprobad[oa]|"
            r"autoric\w+)\b",
            r"\bno (?:está |ha sido )?(?:aprobad[oa]|autorizad[oa])\b",
            firm=True,
        ),
        *cues(
            Meaning.WAITING_FOR_VENDOR,
            0.9,
            r"\b(?:espera\w*|esperando|pendiente|abierto|con el|con|escalado|reportado|"
            rf"depend\w+)\b[^.]{{0,40}}\b{_VENDOR}\b",
            rf"\b{_VENDOR} (?:está|confirma|investiga|responde|debe|envía)\b",
            r"\b(?:pieza|repuesto)[^.]{0,25}\b(?:pedid|solicitad)[oa]\b",
            firm=True,
        ),
        *cues(
            Meaning.WAITING_FOR_USER,
            0.9,
            r"\b(?:espera\w*|esperando|pendiente|pedimos|solicitamos|se pidió|"
            rf"se solicitó)\b[^.]{{0,40}}\b{_USER}\b",
            rf"\b{_USER} no (?:contesta|responde)\b",
            r"\b(?:no (?:contesta|localizamos|logramos contactar)|buzón de voz|sin respuesta (?:de|a))\b",
            firm=True,
        ),
        *cues(
            Meaning.FIX_IN_PROGRESS,
            0.85,
            r"\bse (?:aplicará|desplegará|instalará|reemplazará|corregirá|resolverá|"
            r"implementará|reiniciará|cambiará|sustituirá|publicará)\w*\b",
            r"\b(?:será|serán|va a ser) (?:\w+ )?(?:aplicad|desplegad|instalad|reemplazad|"
            r"corregid|resuelt|restablecid)[oa]s?\b",
            r"\b(?:aplicando|desplegando|instalando|reemplazando|corrigiendo|implementando|"
            r"restaurando|reiniciando|revirtiendo)\b",
            r"\b(?:parche|corrección|solución|cambio|arreglo|"
            r"despliegue)\b[^.]{0,30}\b(?:en curso|en proceso|en preparación|programad[oa]|"
            r"previst[oa]|list[oa])\b",
            r"\baprobación (?:recibida|obtenida|concedida)\b",
            r"\bventana de mantenimiento\b",
        ),
        *cues(
            Meaning.NOT_FIXED,
            0.9,
            r"\b(?:sin solución|no se (?:corregirá|hará|implementará|va a corregir)|"
            r"comportamiento (?:esperado|normal)|no es un (?:error|fallo)|rechazad[oa]|"
            r"duplicado|fuera de soporte|por diseño|ya no tiene soporte)\b",
            firm=True,
        ),
        *cues(
            Meaning.NEEDS_ANSWER,
            0.88,
            r"\b(?:por favor|favor de|pueden|podrían|puede|podría|necesitamos que|"
            r"rogamos)\b[^.]{0,40}\b(?:env[ií]\w+|adjunt\w+|indi[cq]\w+|proporcion\w+|"
            r"confirm\w+|facilit\w+|aclar\w+|compart\w+)\b",
            r"\b(?:falta|faltan|necesitamos|necesito|"
            r"se requiere)\b[^.]{0,30}\b(?:información|datos|detalles|captura|registros|"
            r"mensaje)\b",
        ),
        *cues(
            Meaning.BOUNCED,
            0.9,
            r"\bno (?:corresponde|pertenece|compete|es)\b[^.]{0,12}\b(?:nuestr[oa]|"
            r"a este (?:equipo|grupo))\b",
            r"\b(?:devolvemos|devuelto|se devuelve|devuelvo)\b",
            r"\b(?:equipo|grupo|cola) (?:equivocad|incorrect)[oa]\b",
            r"\b(?:por favor|favor de)[^.]{0,20}\b(?:reasign\w+|redirig\w+|redirij\w+|"
            r"transf\w+)\b",
            firm=True,
        ),
        *cues(
            Meaning.PAUSED,
            0.85,
            r"\b(?:en pausa|pospuest[oa]|aplazad[oa]|suspendid[oa]|en espera)\b(?! de)",
            firm=True,
        ),
    ),
    not_before=re.compile(r"\b(?:no|sin|nunca|ni|ningun[oa]?|ningún|tampoco)\b(?:\W+\w+){0,3}\W*$"),
    not_after=re.compile(r"^\W*(?:no|nunca)\b"),
    supposed=re.compile(
        r"\b(?:si|una vez|cuando|en cuanto|sería|habría|podría|hubiera|siempre que|"
        r"ojalá|salvo que)\b"
    ),
    doubted=re.compile(
        r"\b(?:quizás?|tal vez|probablemente|posible(?:mente)?|parece|sospech\w+|podría|"
        r"al parecer|aparentemente|creemos)\b"
    ),
    planned=re.compile(
        r"\b(?:será|serán|\w+ará|\w+arán|va a|previst[oa]|programad[oa]|mañana|"
        r"esta noche|próxim[oa])\b"
    ),
    partly=re.compile(
        r"\b(?:entorno de pruebas|preproducción|pruebas|staging|parcial(?:mente)?|"
        r"algun[oa]s|en parte)\b"
    ),
    past=re.compile(r"\b(?:la última vez|anteriormente|similar|el año pasado|en el pasado)\b"),
    quiet=re.compile(r"\b(?:errata|prioridad|categoría)\b"),
)
