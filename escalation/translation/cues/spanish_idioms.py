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
    *cues(Meaning.PAUSED, 0.8, r"\b(?:congelad[oa]|aparcad[oa]|pospuest[oa])\b", firm=True),
)
