"""What did a step change, in the words of who tried it?

An outcome often stands in a later message ("same problem"); ``prefill`` gives it to the step before.
"""

import re

from escalation.knowledge.words import Outcome

_OUTCOMES: tuple[tuple[Outcome, re.Pattern[str]], ...] = tuple(
    (outcome, re.compile(pattern, re.IGNORECASE))
    for outcome, pattern in (
        (Outcome.WORSE, (r"\b(?:worse|now (?:it |even )?(?:won['’]?t|does ?n['’]?t) even|schlimmer|"
                        r"schlechter|pire|peor|erger)\b|悪化")),
        (Outcome.FIXED_FOR_A_WHILE, (r"\b(?:(?:work(?:s|ed)|fixe[sd]|help(?:s|ed)|solve[sd]|ok|fine|"
                                    r"gone)\b.{0,40}\b(?:for (?:a |an |about |some |\d)|until|"
                                    r"but (?:then|later|it came|came)|temporar\w*)|came back|comes back|"
         r"(?:returned|reappeared|back) (?:after|again|the next)|temporar(?:y|ily)|kurzzeitig|"
         r"vorübergehend|temporairement|temporalmente|tijdelijk)\b")),
        (Outcome.NO_CHANGE, (r"\b(?:no (?:change|luck|effect|difference|improvement|joy|success|avail|"
                            r"help)|(?:did|does|do|has|have)(?: not|n['’]?t) (?:\w+ )?(?:help|work|fix|"
                            r"solve|change|resolve|make)\w*|"
         r"didnt (?:help|work|fix)|nothing (?:helped|changed|worked|happens)|(?:the )?same (?:problem|"
         r"issue|result|error|thing|behaviou?r|message|white|blank|page|screen)|still (?:the )?(?:same|"
         r"happen\w*|fail\w*|not|broken|"
         r"occur\w*|there|persist\w*|stuck|crash\w*|get\w*|see\w*|have|no|doesn|can)|(?:problem|issue|"
         r"error) (?:stills|remains|persists)|unchanged|without success|to no avail|in vain|"
         r"hat nicht geholfen|ohne erfolg|keine (?:änderung|besserung)|immer noch|unverändert|"
         r"sans succès|toujours|rien changé|sin éxito|sigue (?:igual|sin|fallando)|no (?:funcion|"
         r"ha funcion)\w*|zonder succes|nog steeds)\b|変わりません|直りません|改善しません|変化なし")),
        (Outcome.PARTLY, (r"\b(?:partly|partially|some(?:what)? (?:better|improvement)|(?:a (?:bit|"
                         r"little)|slightly) (?:better|faster)|better but|helped (?:a (?:bit|little)|"
                         r"some)|only (?:some|sometimes|partly)|as a work-?around|works around|"
         r"teilweise|etwas besser|en partie|un peu mieux|en parte|un poco mejor|gedeeltelijk)\b")),
    )
)  # fmt: skip
_SOLVED = re.compile(
    r"\b(?:(?:that|this|it|which|now) (?:\w+ )?(?:did it|did the trick|worked|works|helped|fixed|solved|"
    r"resolved)|(?:works|working|fixed|resolved|solved) now|ah yes that works|all good|hat geholfen|"
    r"funktioniert jetzt|"
    r"ça marche|ya funciona|werkt nu)\b|直りました",
    re.IGNORECASE,
)


def outcome(text: str) -> Outcome:
    """This will read what a step changed from the words beside it."""
    return next((found for found, pattern in _OUTCOMES if pattern.search(text)), Outcome.UNKNOWN)


def tells_outcome(text: str) -> bool:
    """Whether the words say how a step went, well or not."""
    return outcome(text) is not Outcome.UNKNOWN or _SOLVED.search(text) is not None
