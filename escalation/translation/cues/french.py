"""How do French updates say where a problem stands?"""

import re

from escalation.translation.cues.kinds import Language, Meaning, cues

_USER = r"(?:utilisat(?:eur|rice)s?|client(?:e)?s?|demandeu(?:r|se)|appelant|usager)"
_VENDOR = (
    r"(?:éditeur|fournisseur|constructeur|prestataire|opérateur|fabricant|microsoft|"
    r"oracle|cisco|orange)s?"
)
_OK = r"(?:validation|approbation|accord|autorisation|feu vert|\bcab\b|comité)"

FRENCH = Language(
    code="fr",
    cues=(
        *cues(
            Meaning.RESOLVED,
            0.9,
            r"\b(?:résolue?s?|corrigée?s?|réparée?s?|réglée?s?|solutionnée?s?)\b",
            rf"\b{_USER} (?:a )?confirm\w+",
            r"\b(?:tout|cela|ça) (?:fonctionne|marche|est ok)\b",
            r"\b(?:fonctionne|marche) (?:de nouveau|à nouveau|normalement|correctement)\b",
            r"\bretour à la normale\b",
        ),
        *cues(
            Meaning.RESOLVED,
            0.85,
            r"\bplus (?:d'|aucune? )(?:erreurs?|incidents?|problèmes?)\b",
            r"\bne se (?:re)?produit plus\b",
            firm=True,
        ),
        *cues(
            Meaning.FIXED_WATCHING,
            0.85,
            r"\b(?:en surveillance|sous surveillance|en observation|sous observation)\b",
            r"\bsurveill(?:ons|e) (?:la situation|de près|le)\b",
            r"\bdevrait (?:maintenant |désormais )?(?:fonctionner|être (?:résolu|corrigé|bon))",
            r"\b(?:service|accès) (?:est |a été )?(?:rétabli|restauré)\b",
            r"\bcontournement (?:est )?en place\b",
            firm=True,
        ),
        *cues(
            Meaning.FIXED_WATCHING,
            0.75,
            r"\b(?:correctif|patch|modification|changement) (?:a été |est )?(?:déployé|"
            r"appliqué|installé|mis en production)\w*",
            r"\b(?:service|serveur|application|processus|tâche|traitement|poste)\b[^.]{0,30}\brelancée?\b",
            r"\b(?:redémarrée?|remplacée?|renouvelée?|restaurée?|débloquée?|"
            r"réinitialisée?|rétablie?)s?\b",
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.9,
            r"\b(?:n'a|n'ont|sans) (?:rien |pas |eu aucun |aucun )?(?:changé|résolu|aidé|"
            r"effet|succès|donné)",
            r"\b(?:persiste|toujours (?:présent|en erreur|pas|le même)|réapparu\w*|"
            r"(?<!accès est )(?<!service est )(?<!réseau est )revenu\w*|rouvert\w*|réouvert\w*|échoué)\b",
            r"\bpas encore de (?:cause|solution|correctif)\b",
            r"\baucune (?:cause|solution)\b",
            firm=True,
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.8,
            r"\b(?:analys(?:ons|e|ent)|enquêt\w+|investiguons|vérifions|examinons|étudions|"
            r"recherchons|cherchons|testons|regardons|diagnostiquons)\b",
            r"\b(?:analyse|investigation|diagnostic|traitement|"
            r"recherche)\b[^.]{0,20}\ben cours\b",
            r"\ben cours (?:d'analyse|d'investigation|de traitement|de diagnostic|d'examen)\b",
            r"\btravaill(?:ons|e|ent) (?:dessus|sur)\b",
            r"\bprochain point\b",
        ),
        *cues(
            Meaning.BEING_WORKED,
            0.65,
            r"\bsoupçonn\w+|\bsuspect\w+",
            r"\b(?:impossible|pas (?:pu|réussi)) (?:de |à )?(?:le )?reproduire\b",
            firm=True,
        ),
        *cues(
            Meaning.RECEIVED,
            0.85,
            r"\bpris(?:e)? en (?:charge|compte)\b",
            r"\bbien reçu\b",
            r"\bje (?:regarde|m'en (?:occupe|charge))\b",
            r"\bpas encore (?:regardé|commencé)\b",
            firm=True,
        ),
        *cues(
            Meaning.CAUSE_FOUND,
            0.85,
            r"\bcause (?:racine )?(?:a été |est )?(?:identifiée?|trouvée?|connue|isolée|"
            r"déterminée)\b",
            r"\b(?:cause|origine)\s*:\s*\S",
            r"\b(?:causé|provoqué|dû|due|lié|liée) (?:par|à|au|aux)\b",
            r"\bl'origine (?:est|était|du)\b",
            r"\b(?:avons|ai) (?:trouvé|identifié|isolé)\b",
            r"\bc'est (?:bien )?(?:le|la|l'|un|une)[^.]{3,60}\bqui (?:manque|bloque|provoque|"
            r"cause|empêche|pose|est|"
            r"sature|plante)\b",
            r"\b(?:vient|provient) (?:de|d'|du)\b",
        ),
        *cues(Meaning.CAUSE_FOUND, 0.65, r"\b(?:expirée?|mal configurée?)\b"),
        *cues(
            Meaning.WAITING_FOR_APPROVAL,
            0.9,
            r"\b(?:attente|attend\w*|attendons|faut|faudra|soumise?|besoin|nécessite|demandée?|"
            rf"sous réserve|dès|après|si|manque)\b[^.]{{0,50}}{_OK}",
            r"\b(?:si|une fois|dès que|sous réserve)[^.]{0,20}\b(?:approuvée?|validée?|"
            r"autorisée?)\b",
            r"\bpas (?:encore )?(?:approuvée?|validée?)\b",
            firm=True,
        ),
        *cues(
            Meaning.WAITING_FOR_VENDOR,
            0.9,
            r"\b(?:attente|attend\w*|retour|ouvert|chez|auprès|dépend\w*|remonté|"
            rf"escaladé)\b[^.]{{0,50}}{_VENDOR}\b",
            rf"\b{_VENDOR} (?:a|est|analyse|travaille|intervient|doit)\b",
            r"\bpièce[^.]{0,20}commandée\b",
            firm=True,
        ),
        *cues(
            Meaning.WAITING_FOR_USER,
            0.9,
            rf"\b(?:attente|attend\w*|attendons|besoin|demandé)\b[^.]{{0,50}}\b{_USER}\b",
            r"\b(?:injoignable|(?:message|laissé)[^.]{0,20}(?:messagerie|répondeur)|sans réponse (?:de|à))\b",
            rf"\b{_USER}[^.]{{0,30}}\b(?:doit|injoignable|réessayer|tester)\b",
            firm=True,
        ),
        *cues(
            Meaning.FIX_IN_PROGRESS,
            0.85,
            r"\b(?:sera|seront|va être|doit être)\b[^.]{0,40}\b(?:déployé|appliqué|corrigé|"
            r"installé|remplacé|résolu|rétabli|redémarré|livré|mis en production)\w*",
            r"\b(?:correctif|correction|renouvellement|déploiement|remplacement|réparation|"
            r"restauration|mise en production|bascule|"
            r"intervention)\b[^.]{0,40}\b(?:en cours|prévue?|planifiée?|programmée?|"
            r"en préparation|prête?)\b",
            r"\b(?:déployons|appliquons|corrigeons|remplaçons|restaurons|renouvelons)\b",
            r"\bcorrige en ce moment\b",
            r"\b(?:approbation|validation|accord) (?:reçue?|obtenue?|donnée?)\b",
        ),
        *cues(
            Meaning.NOT_FIXED,
            0.9,
            r"\b(?:sans suite|comportement (?:normal|attendu)|ne sera pas (?:corrigé|traité|"
            r"fait)|pas un (?:bug|défaut)|hors support|doublon|refusée?|rejetée?|"
            r"sans solution|fonctionne comme prévu)\b",
            firm=True,
        ),
        *cues(
            Meaning.NEEDS_ANSWER,
            0.88,
            r"\b(?:merci de|veuillez|pouvez-vous|pourriez-vous|"
            r"prière de)\b[^.]{0,50}\b(?:envoyer|fournir|préciser|transmettre|joindre|"
            r"indiquer|communiquer|confirmer)\b",
            r"\b(?:manque|besoin|nécessaire)\b[^.]{0,30}\b(?:informations?|précisions?|"
            r"détails?|capture|journaux)\b",
        ),
        *cues(
            Meaning.BOUNCED,
            0.9,
            r"\bpas (?:de |dans )?(?:notre|nos) (?:périmètre|équipe|ressort|domaine|"
            r"application)\b",
            r"\b(?:merci de|veuillez|à) (?:réaffecter|rediriger|transférer|réassigner)\b",
            r"\b(?:mauvaise? (?:file|équipe|groupe)|retour (?:au|vers le) (?:support|"
            r"centre de services|niveau 1)|hors périmètre|renvoyée? (?:au|à))\b",
            firm=True,
        ),
        *cues(
            Meaning.PAUSED,
            0.85,
            r"\b(?:mise? en (?:attente|pause)|suspendue?|reportée?|en pause)\b(?! (?:de|d'|du))",
            firm=True,
        ),
    ),
    not_before=re.compile(r"(?:\b(?:pas|non|jamais|aucune?|sans|ni|rien)\b)(?:\W+\w+){0,3}\W*$"),
    not_after=re.compile(r"^(?:\W+\w+)?\W*\b(?:pas|non|jamais|rien)\b"),
    supposed=re.compile(
        r"(?:\b(?:si|une fois|dès que|lorsque|aurait|serait|pourrait|sous réserve|"
        r"à condition|j'espère)\b|\bs'il)"
    ),
    doubted=re.compile(
        r"\b(?:peut-être|probable(?:ment)?|semble|soupçonn\w*|suspect\w*|pourrait|"
        r"hypothèse|sans doute|a priori|possible(?:ment)?)\b"
    ),
    planned=re.compile(
        r"\b(?:sera|seront|va être|prévue?|planifiée?|demain|ce soir|prochaine?|d'ici|"
        r"doit être)\b"
    ),
    partly=re.compile(
        r"\b(?:recette|préprod\w*|pré-production|environnement de test|staging|"
        r"partielle(?:ment)?|certains?|en partie)\b"
    ),
    past=re.compile(r"\b(?:la dernière fois|auparavant|similaire|l'an dernier|dans le passé)\b"),
    quiet=re.compile(r"\b(?:faute de frappe|priorité|catégorie)\b"),
)
