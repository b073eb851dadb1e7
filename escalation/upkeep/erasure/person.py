"""Who is meant, and how does a text read without them?

Names, mail addresses and handles are replaced where they stand; what the person wrote goes whole. What others
found out about the fault stays: it is theirs, and the figures count it.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote

ERASED = "[erased]"
SHORTEST = 4  # letters; shorter ones would be found inside of other words everywhere
# What a person wrote stands under one of these, beside the name of who wrote it.
_WROTE = ("text", "quote", "words", "body")
_BY = ("author", "who", "by")


class TooVague(Exception):
    """A name that would be found in what others wrote about something else."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """The words by which somebody is known: names as written, mail addresses, handles."""

    known_as: tuple[str, ...]
    said: tuple[str, ...] = ()  # what they wrote, to be found again in longer texts

    @classmethod
    def of(cls, words: Iterable[str]) -> "Person":
        """Return who is meant by these words; raises ``TooVague``."""
        known_as = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
        if not known_as:
            raise TooVague("Say a name or a mail address.")
        for word in known_as:
            if len(word) < SHORTEST:
                raise TooVague(f"“{word}” is too short: it would be found inside of other words.")
        return cls(known_as=known_as)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds them in a text: whole words, in any case, also as JSON or an address writes them."""
        ways = {
            way
            for word in self.known_as
            for way in (
                word,
                json.dumps(word)[1:-1],
                quote(word),
                quote(word, safe=""),
                word.replace(" ", "+"),
            )
        }
        longest_first = sorted(ways, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Return whether a text names them."""
        return self.pattern.search(text) is not None

    def is_named_by(self, text: str) -> bool:
        """Return whether a text is nothing but one of their names."""
        return self.pattern.fullmatch(text.strip()) is not None

    def taken_out(self, value: Any) -> Any:
        """Return a text, or JSON values however deep, without them."""
        if isinstance(value, str):
            for text in self.said:
                value = value.replace(text, ERASED)
            return self.pattern.sub(ERASED, value)
        if isinstance(value, list | tuple):
            return [self.taken_out(each) for each in value]
        if isinstance(value, dict):
            theirs = self.wrote(value)
            return {
                self.pattern.sub(ERASED, key): ERASED
                if theirs and key in _WROTE and each
                else self.taken_out(each)
                for key, each in value.items()
            }
        return value

    def wrote(self, values: dict[str, Any]) -> bool:
        """Return whether these values are something that they wrote."""
        return any(isinstance(values.get(key), str) and self.is_named_by(values[key]) for key in _BY)

    def texts_in(self, value: Any) -> set[str]:
        """Return what they wrote in these JSON values, however deep."""
        if isinstance(value, list):
            return set().union(*map(self.texts_in, value))
        if not isinstance(value, dict):
            return set()
        wrote = {str(value[key]) for key in _WROTE if value.get(key)} if self.wrote(value) else set()
        return wrote.union(*map(self.texts_in, value.values()))
