"""How else do people say in French where a problem stands? Ways of speaking: see ``idioms``."""

from escalation.translation.cues.kinds import Cue, Meaning, cues

IDIOMS: tuple[Cue, ...] = (
    *cues(
        Meaning.RECEIVED,
        0.75,
        r"\b(?:réceptionnée?|bien enregistrée?|pris connaissance|dans notre file)\b|"
        r"\bsera (?:traitée?|examinée?|étudiée?)\b",
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\b(?:comparons|épluch\w+|poursuivons|continuons|creusons|suivons)\b|\bsans (?:résultat|"
        r"succès|effet)\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.75,
        r"\b(?:problème|erreur|panne)\b[^.]{0,15}\b(?:vient|venait|provient)\b|\bd'où (?:les?|la|"
        r"l'|ces|cette)\b|\bvoilà pourquoi\b|"
        r"\bc'est pourquoi\b",
    ),
    *cues(
        Meaning.WAITING_FOR_APPROVAL,
        0.85,
        r"\b(?:doit|doivent) (?:\w+ ){0,2}(?:valider|approuver|autoriser|signer)\b|"
        r"\battente (?:de|du) (?:signature|visa)\b|\bpasser en comité\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_VENDOR,
        0.85,
        r"\blivraison (?:prévue|attendue)\b|\b(?:pièce|matériel|remplacement)"
        r"\b[^.]{0,25}\b(?:expédiée?|en livraison)\b",
        firm=True,
    ),
    *cues(
        Meaning.WAITING_FOR_USER,
        0.85,
        r"\bne répond pas\b|\bmessage (?:laissé|envoyé)\b|\brendez-vous proposé\b",
        firm=True,
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.75,
        r"\b(?:accès|service|réseau|connexion|serveur) (?:est |sont )?(?:de nouveau|à nouveau|revenue?s?)\b",
        r"\b(?:garde|gardons|laisse|laissons)\b[^.]{0,20}\bouvert\b",
        firm=True,
    ),
    *cues(Meaning.FIXED_WATCHING, 0.65, r"\b(?:agrandie?|augmentée?|étendue?|recréée?|vidée?|nettoyée?)s?\b"),
    *cues(Meaning.RESOLVED, 0.85, r"\btout est (?:ok|opérationnel|rentré dans l'ordre)\b"),
    *cues(
        Meaning.NOT_FIXED,
        0.9,
        r"\b(?:n'est )?plus (?:supporté|maintenu|pris en charge)\w*|\bpas d'anomalie\b",
        firm=True,
    ),
    *cues(
        Meaning.CAUSE_FOUND,
        0.8,
        r"\bon (?:a |l'a )?(?:trouvé|compris|identifié)\b|^\W*(?:c'est )?trouvé\b|\bc'était (?:le|la|un|une|"
        r"l')|"
        r"\b(?:pointait|pointe) encore\b",
    ),
    *cues(
        Meaning.FIX_IN_PROGRESS,
        0.8,
        r"\b(?:correctif|patch|correction)\b[^.]{0,20}\b(?:en cours|prêt|part|livré ce)\b|"
        r"\bmise en prod\w* (?:prévue|"
        r"ce soir|demain)\b|\bpart en prod\w*\b",
    ),
    *cues(
        Meaning.BEING_WORKED,
        0.7,
        r"\b(?:je|on) (?:cherche|creuse|compare|vérifie|teste|suis dessus|est dessus)\b|\brien de (?:probant|"
        r"concluant)\b|\bfausse piste\b|\bretour à la case départ\b",
        firm=True,
    ),
    *cues(
        Meaning.FIXED_WATCHING,
        0.75,
        r"\bbascul(?:é|ée|és) sur\b|\b(?:stable|plus d'erreurs?) depuis\b|\b(?:je|on) (?:surveille|"
        r"garde un œil)\b",
    ),
    *cues(
        Meaning.WAITING_FOR_APPROVAL, 0.86, r"\b(?:feu vert|aval|visa)\b(?! (?:obtenu|reçu|donné))", firm=True
    ),
    *cues(
        Meaning.NEEDS_ANSWER,
        0.82,
        r"\b(?:pouvez-vous|merci de|il (?:me|nous) (?:faut|faudrait)|j'ai besoin)\b[^.]{0,30}\b(?:donner|"
        r"préciser|"
        r"indiquer|fournir|envoyer|joindre|heure|numéro|nom)\b",
        firm=True,
    ),
    *cues(
        Meaning.BOUNCED,
        0.86,
        r"\b(?:pas (?:pour|chez) nous|mauvaise équipe|n'est pas de notre ressort)\b",
        firm=True,
    ),
    *cues(Meaning.PAUSED, 0.8, r"\b(?:gelée?|repoussée?|mise? de côté)\b", firm=True),
)
