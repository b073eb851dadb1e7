"""What did a browser send, and is it a number? Whatever it was: words are kept, and nothing trips on them."""

from django.http import HttpRequest, QueryDict

MOST_DIGITS = 9  # fits every column and every index of a list


def cleaned(values: QueryDict) -> QueryDict:
    """This will return the values without the one character that PostgreSQL cannot keep."""
    if not any("\x00" in text for key in values for text in (key, *values.getlist(key))):
        return values
    clean = QueryDict(mutable=True)
    for key in values:
        texts = [text.replace("\x00", "") for text in values.getlist(key)]
        clean.setlist(key.replace("\x00", ""), texts)
    clean._mutable = False  # noqa: SLF001  # Django freezes its own in the same way
    return clean


def whole_number(text: str) -> int | None:
    """This will return the number that the digits say; None for anything else, also too many digits."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else None


def revision_of(request: HttpRequest, page_was_made_from: int) -> int:
    """This will return the revision that a press saves upon.

    "overwrite:7" is the press of somebody who saw that revision 7 exists and wants theirs all the same.
    """
    verb, _, number = request.POST.get("do", "").partition(":")
    seen = whole_number(number) if verb == "overwrite" else None
    return page_was_made_from if seen is None else seen
