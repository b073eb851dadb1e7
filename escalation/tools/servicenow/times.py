"""How does ServiceNow write a moment? UTC without a zone, to the second. Pure."""

from datetime import UTC, datetime

FORMAT = "%Y-%m-%d %H:%M:%S"


def moment(text: str) -> datetime | None:
    """This will read a raw value; None where it is empty or of another format."""
    try:
        return datetime.strptime(text, FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def written(at: datetime) -> str:
    """This will write a moment as a query takes it from a user in GMT."""
    return at.astimezone(UTC).strftime(FORMAT)
