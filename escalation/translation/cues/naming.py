"""Which kind of cause, and which kind of team, may be named to the user?

Only kinds: a user may hear "the configuration" and "our network team", never a product, host or name.
The kind is looked for in the sentence that states the cause, or else nothing is named.
"""

import re

from escalation.translation.cues.clauses import Sentence
from escalation.translation.cues.kinds import Cause, Team

_STATES_CAUSE = re.compile(
    r"cause|identified|found|culprit|rca|problem (?:is|was)|turn(?:s|ed) out|"
    r"ursache|fehler|grund|origine|identifié|causa|identific|原因|判明|traced|tracked"
)
_CAUSES = (
    (Cause.CERTIFICATE, re.compile(r"certificat|zertifikat|\bcert\b|\btls\b|\bssl\b|証明書")),
    (
        Cause.CONFIGURATION,
        re.compile(
            r"config|konfiguration|configuraci|misconfig|設定|\bpolicy\b|einstellung|"
            r"paramètre|\b(?:nat|firewall|routing|access|acl) rules?\b|firewall-regel|"
            r"regla de acceso"
        ),
    ),
    (
        Cause.ACCESS,
        re.compile(r"permission|berechtigung|\bdroits?\b|permisos?|権限|service account|\brole\b"),
    ),
    (
        Cause.NETWORK,
        re.compile(r"network|netzwerk|réseau|\bred\b|ネットワーク|\bdns\b|\broute\b|\bswitch\b|fibre"),
    ),
    (
        Cause.HARDWARE,
        re.compile(
            r"hardware|\bdisk\b|\bdrive\b|\bsensor\b|\bpower supply\b|festplatte|netzteil|"
            r"disque|disco|故障|firmware"
        ),
    ),
    (
        Cause.SOFTWARE,
        re.compile(r"\bbug\b|\bcommit\b|defect|regression|null pointer|softwarefehler|バグ|不具合"),
    ),
)
_TEAMS = (
    (
        Team.INFRASTRUCTURE,
        re.compile(r"\binfra(?:structure)?\b(?! change)|infrastruktur|infraestructura|インフラ"),
    ),
    (
        Team.NETWORK,
        re.compile(
            r"\bnetwork (?:team|ops|operations|group|engineer\w*)\b|netzwerk-?team|"
            r"équipe réseau|equipo de redes|ネットワークチーム"
        ),
    ),
    (
        Team.SECURITY,
        re.compile(
            r"\b(?:information )?security(?: team| ops| group)?\b(?! (?:update|patch|"
            r"group policy))|sicherheitsteam|équipe sécurité|equipo de seguridad|セキュリティチーム"
        ),
    ),
    (
        Team.DATABASE,
        re.compile(
            r"\b(?:dba|database)s?(?: team| group)\b|datenbank-?team|équipe base de données|"
            r"equipo de bases? de datos|データベースチーム"
        ),
    ),
)
_WITH = re.compile(r"\b(?:with|by|to|until|mit|vom|beim|avec|con|par|coordinat\w+|from)\b|と連携|チーム")


def cause_named(said: tuple[Sentence, ...]) -> Cause | None:
    """This will return the kind of the stated cause, or None."""
    stating = " ".join(sentence.text for sentence in said if _STATES_CAUSE.search(sentence.text))
    return next((cause for cause, pattern in _CAUSES if pattern.search(stating)), None)


def team_named(said: tuple[Sentence, ...]) -> Team | None:
    """This will return the kind of team that the work is shared with, or None."""
    sharing = " ".join(
        clause.text for sentence in said for clause in sentence.clauses if _WITH.search(clause.text)
    )
    return next((team for team, pattern in _TEAMS if pattern.search(sharing)), None)
