"""What does a query of one shape say, without putting it together each time?

A condition over several tables costs the ORM a millisecond to write down, more than PostgreSQL takes to
answer it. Where the shape never changes it is written down once in a process, with places for the values.
"""

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any

from django.db import models


class Fixed:
    """A query by name of its values; ``samples`` are values of the right types that stand nowhere else."""

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], **samples: Any) -> None:
        """Nothing is put together before the first use: the models are not there yet."""
        self._build, self._samples = build, samples

    def sql(self, **values: Any) -> tuple[str, tuple[Any, ...]]:
        """This will return the statement and its parameters; raises ``KeyError`` where a value is missing."""
        text, places = self._written
        return text, tuple(values[place] if named else place for named, place in places)

    @cached_property
    def _written(self) -> tuple[str, tuple[tuple[bool, Any], ...]]:
        text, parameters = self._build(**self._samples).query.sql_with_params()
        names = {sample: name for name, sample in self._samples.items()}
        places = tuple(
            (True, names[each]) if isinstance(each, Hashable) and each in names else (False, each)
            for each in parameters
        )
        if {name for named, name in places if named} != set(self._samples):
            raise TypeError("A value is not found in the statement as it was given: ask the ordinary way.")
        return text, places
