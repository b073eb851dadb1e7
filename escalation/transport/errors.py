"""What can go wrong between us and a tool?

Four families, because dispatch does four different things: tell a person, wait, look before doing
anything again, or stop until somebody mends the connection. The text is product text.
"""


class TransportError(Exception):
    """Something went wrong on the way to a tool; catch a subclass to decide what to do."""


class Refused(TransportError):
    """The tool understood and said no; doing the same again will not help."""

    def __init__(self, text: str, *, status: int = 0, field: str = "") -> None:
        super().__init__(text)
        self.status = status
        self.field = field


class NotFound(Refused):
    """The tool holds no such record, or does not show it to us."""


class Unauthorised(TransportError):
    """The tool does not accept our credentials, or they lack a permission; an owner must mend it."""


class Unavailable(TransportError):
    """The tool cannot answer now and nothing was done; ``wait_s`` is how long it asked us to wait."""

    def __init__(self, text: str, *, wait_s: float | None = None) -> None:
        super().__init__(text)
        self.wait_s = wait_s


class Limited(Unavailable):
    """The tool takes no more calls for now; ``everywhere`` unless only the one record is meant."""

    def __init__(self, text: str, *, wait_s: float | None = None, everywhere: bool = True) -> None:
        super().__init__(text, wait_s=wait_s)
        self.everywhere = everywhere


class Paused(Unavailable):
    """Baton itself holds back: the connection's breaker is open, and no call was made."""


class Ambiguous(TransportError):
    """The request went out and no answer came: it may have been done. Find before trying again."""


class NotOnTheList(TransportError):
    """The address is not one the connection allows; nothing was sent."""
