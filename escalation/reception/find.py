"""Which handoffs hold these words?

The one place that reads ``SearchText``. Words are taken apart as PostgreSQL took apart what it keeps, and
all of them must be there; one of three letters or more is found by its beginning, so that "INC0012", a
ticket's number, "gatew" and a piece of a host name all find.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, OuterRef, QuerySet, Subquery

from escalation.models import Handoff, SearchText

LONGEST_SEARCH = 200
MOST_WORDS = 12
SHORTEST_BEGINNING = 3
FEW = 2000
# The same signs as in the migration that keeps the words.
BETWEEN = re.compile(r"[\s\x00!-/:-@\[-`{-~]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What is known of some words once they were looked for.

    ``few`` are all handoffs that hold them, None where there are thousands: those are then looked at one by
    one, in the order in which they are wanted, which is over after a page.
    """

    query: SearchQuery | None = None  # None where nothing is asked
    few: Sequence[UUID] | None = None

    def keep(self, handoffs: QuerySet[Handoff]) -> QuerySet[Handoff]:
        """This will keep the handoffs that hold all the words; all of them when nothing is asked."""
        if self.query is None:
            return handoffs
        if self.few is not None:
            return handoffs.filter(pk__in=self.few)
        # A value of its own for each row: a join would first gather all that hold them, a million maybe.
        own = SearchText.objects.filter(handoff=OuterRef("pk")).values("words")
        words = Func(Subquery(own), template="%(expressions)s", output_field=SearchVectorField())
        return handoffs.alias(own_words=words).filter(own_words=self.query)


def look(words: str) -> Looked:
    """This will look for the words in the index of all of them."""
    pieces = [piece for piece in BETWEEN.split(words[:LONGEST_SEARCH]) if piece][:MOST_WORDS]
    if not pieces:
        return Looked()
    asked = " & ".join(f"'{each}':*" if len(each) >= SHORTEST_BEGINNING else f"'{each}'" for each in pieces)
    query = SearchQuery(asked, config="simple", search_type="raw")
    found = list(SearchText.objects.filter(words=query).values_list("handoff", flat=True)[: FEW + 1])
    return Looked(query=query, few=found if len(found) <= FEW else None)
