"""Which handoffs hold these words?

The one place that reads ``SearchText``. Words are taken apart as PostgreSQL took apart what it keeps, and
all of them must be there; one of three letters or more is found by its beginning, so that "INC0012", a
ticket's number, "gatew" and a piece of a host name all find.

The answer comes at once however many there are. The index has to read everything that holds a word, so it is
asked only where the planner's figures say that this is little; words that stand nearly everywhere are looked
for in the handoffs that would be shown first, and the page says so.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, F, Func, OuterRef, QuerySet, Subquery, UUIDField, Value

from escalation.models import Handoff, SearchText

LONGEST_SEARCH = 200
MOST_WORDS = 12
SHORTEST_BEGINNING = 3
FEW = 2000
# The planner takes a word of which it knows nothing for one in two hundred, so a share above that is known.
COMMON = 0.006
# Where the words are common: of what is open, the oldest promises; and the newest of what has ended.
LOOKED_THROUGH = 500
ENDED_LOOKED_THROUGH = 3000
PATIENCE_MS = 500  # with the index, where the planner was wrong
# The same signs as in the migration that keeps the words.
BETWEEN = re.compile(r"[\s\x00!-/:-@\[-`{-~]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What is known of some words once they were looked for.

    ``few`` are all handoffs that hold them, None where there are thousands.
    """

    query: SearchQuery | None = None  # None where nothing is asked
    few: Sequence[UUID] | None = None

    @property
    def common(self) -> bool:
        """Whether the words stand in too many to be looked for in all."""
        return self.query is not None and self.few is None

    def keep(self, handoffs: QuerySet[Handoff]) -> QuerySet[Handoff]:
        """This will keep the handoffs that hold all the words; all of them when nothing is asked.

        They come in the order in which they are wanted, which decides who is looked through.
        """
        if self.query is None:
            return handoffs
        if self.few is not None:
            return handoffs.filter(_one_of(self.few))
        return self._holding(handoffs.filter(pk__in=handoffs.values("pk")[:LOOKED_THROUGH]))

    def among(self, handoffs: QuerySet[Handoff], ids: Sequence[UUID]) -> QuerySet[Handoff]:
        """This will look at each of those handoffs, and keep the ones that hold all the words."""
        return self._holding(handoffs.filter(_one_of(ids)))

    def _holding(self, handoffs: QuerySet[Handoff]) -> QuerySet[Handoff]:
        # A value of its own for each row: a join would first gather all that hold them, a million maybe.
        own = SearchText.objects.filter(handoff=OuterRef("pk")).values("words")
        words = Func(Subquery(own), template="%(expressions)s", output_field=SearchVectorField())
        return handoffs.alias(own_words=words).filter(own_words=self.query)


def _one_of(ids: Sequence[UUID]) -> Func:
    # As one value, and not as two thousand of them: that would be more work than the search.
    array = Value(list(ids), output_field=ArrayField(UUIDField()))
    return Func(
        F("pk"), array, arg_joiner=" = ANY(", template="%(expressions)s)", output_field=BooleanField()
    )


def look(words: str) -> Looked:
    """This will look for the words in the index of all of them, unless they are too common for it."""
    pieces = [piece for piece in BETWEEN.split(words[:LONGEST_SEARCH]) if piece][:MOST_WORDS]
    if not pieces:
        return Looked()
    asked = " & ".join(f"'{each}':*" if len(each) >= SHORTEST_BEGINNING else f"'{each}'" for each in pieces)
    query = SearchQuery(asked, config="simple", search_type="raw")
    holding = SearchText.objects.filter(words=query)
    return Looked(query=query, few=None if _common(holding) else _few(holding))


def _common(holding: QuerySet[SearchText]) -> bool:
    (plan,) = json.loads(holding.explain(format="json"))
    expected: float = plan["Plan"]["Plan Rows"]
    return expected > FEW and expected > COMMON * _kept()


def _kept() -> float:
    """About how many handoffs have words, as the planner counted them last; -1 where it never did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [SearchText._meta.db_table])
        row: tuple[Any, ...] = cursor.fetchone()
    return float(row[0])


def _few(holding: QuerySet[SearchText]) -> Sequence[UUID] | None:
    """All that hold the words; None where they are thousands, or were not found in time."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(PATIENCE_MS)])
            found = list(holding.values_list("handoff", flat=True)[: FEW + 1])
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError:
        return None
    return found if len(found) <= FEW else None
