"""Which question of the form does a posted page say would have made this needless?"""

from django.http import QueryDict

from escalation.models import Handoff
from escalation.reception.prevented import Prevented, prevented


def prevented_in(posted: QueryDict, handoff: Handoff) -> Prevented:
    """This will read what was chosen; a question that the form did not ask is left out."""
    asked, words = posted.get("prevented_by", ""), posted.get("prevented_words", "")
    return prevented(handoff=handoff, asked=asked, words=words)
