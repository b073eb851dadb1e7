"""How else do people say in Spanish where a problem stands? Ways of speaking: see ``idioms``."""

from escalation.translation.cues.kinds import Cue, Meaning, cues

IDIOMS: tuple[Cue, ...] = (
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
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\bsigo (?:\w+ndo|con|en ello)\b|\bnada concluyente\b|\b(?:lo )?estoy (?:mirando|revisando|"
        r"comparando|"
        r"probando)\b|\bpista falsa\b|\bvuelta al principio\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.78,
        r"\b(?:encontrado|localizado|dimos con|hemos dado con)\b(?! (?:nada|ning))|\b(?:era|fue) (?:por|"
        r"culpa de|un|una) "
        r"|\bseguía apuntando\b",
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.75,
        r"\b(?:en|bajo) observación\b|\bsin errores (?:desde|a partir)\b|\bdesde (?:las \d+|entonces|"
        r"ayer) sin\b",
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.86,
        r"\b(?:escalad[oa]|abiert[oa]|pasad[oa])\b[^.]{0,20}\b(?:proveedor|fabricante|operadora|soporte)\b|"
        r"\ba la espera de (?:que (?:nos )?(?:contest\w+|respond\w+)|respuesta)\b",
        firm=True,
    ),
    *cues(
        Meaning.NOT_FIXED,
        0.9,
        r"\bno se va a (?:corregir|arreglar|cambiar|hacer)\b|\bfuera de soporte\b",
        firm=True,
    ),
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.8,
        r"\b(?:parche|corrección|arreglo)\b[^.]{0,20}\b(?:list[oa]|en marcha|sale|se (?:despliega|instala|"
        r"aplica))\b|"
        r"\bsube a producción\b",
    ),
    *cues(
        Meaning.BOUNCED,
        0.86,
        r"\b(?:no es (?:cosa|tema) nuestr[oa]|equipo equivocado|no nos corresponde)\b",
        firm=True,
    ),
    *cues(Meaning.PAUSED, 0.8, r"\b(?:congelad[oa]|aparcad[oa]|pospuest[oa])\b", firm=True),
)
