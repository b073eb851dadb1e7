"""How is a list read page by page while new rows arrive?"""

from django.utils.dateparse import parse_datetime
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request


class NewestFirst(CursorPagination):
    """Pages that do not shift when something new arrives."""

    ordering = "-created_at"
    page_size = 50

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Return the cursor; raises ``NotFound`` for one that nobody gave out, whatever it holds."""
        try:
            cursor: Cursor | None = super().decode_cursor(request)
            at = cursor.position if cursor else None
            known = at is None or parse_datetime(str(at)) is not None
        except (NotFound, ValueError):
            known = False
        if not known:
            raise NotFound("There is no such page. Take the cursor from an answer's “next” or “previous”.")
        return cursor
