"""Which handoffs hold these words?

The one place that reads ``SearchText``. Words are taken apart as PostgreSQL took apart what it keeps, and
all of them must be there; one of three letters or more is found by its beginning, so that "INC0012", a
ticket's number, "gatew" and a piece of a host name all find.
"""

import re

from django.contrib.postgres.search import SearchQuery
from django.db.models import QuerySet

from escalation.models import Handoff, SearchText

LONGEST_SEARCH = 200
MOST_WORDS = 12
SHORTEST_BEGINNING = 3
# The same signs as in the migration that keeps the words.
BETWEEN = re.compile(r"[\s\x00!-/:-@\[-`{-~]+")


def find(handoffs: QuerySet[Handoff], *, words: str) -> QuerySet[Handoff]:
    """This will keep those that hold all the words; all of them when nothing is asked."""
    pieces = [piece for piece in BETWEEN.split(words[:LONGEST_SEARCH]) if piece][:MOST_WORDS]
    if not pieces:
        return handoffs
    asked = " & ".join(f"'{each}':*" if len(each) >= SHORTEST_BEGINNING else f"'{each}'" for each in pieces)
    holding = SearchText.objects.filter(words=SearchQuery(asked, config="simple", search_type="raw"))
    return handoffs.filter(pk__in=holding.values("handoff"))
