"""In which rows does somebody stand, and how do they go there?

Every column that can hold words is looked into, so that a new one is not forgotten: only tables of which it
is said here why they hold nobody are left out.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from escalation.models import Entry, Handoff, Inbox, RemoteUpdate, Route
from escalation.upkeep.erasure.person import ERASED, Person

# Tables that hold nobody, or that are looked after elsewhere, and why.
NOT_HERE = {
    "Allowance": "counts, by number",
    "AttachmentBytes": "with its file",
    "AuditLine": "names an account by its number and a page by its address; never changed",
    "Breaker": "calls to a tool",
    "CatalogPass": "where the reading of a catalog stands",
    "CatalogRow": "comes back from the tool with the next reading; to be erased there",
    "Connection": "set up by owners",
    "Drift": "fields of a tool",
    "Inbox": "raw bytes, emptied whole",
    "MeasureDue": "numbers",
    "Measurement": "numbers",
    "RatingDue": "numbers",
    "RatingPass": "where the reading of ratings stands",
    "RatingTally": "numbers",
    "Route": "set up by owners",
    "RuleSet": "set up by owners; published versions never change",
    "SearchText": "written anew from what is left",
    "Tally": "numbers",
    "Team": "set up by owners",
    "TeamChannel": "channels, not people",
    "Template": "set up by owners; published versions never change",
    "Tick": "schedules",
    "UsedLink": "digests",
}
_WORDS = (models.CharField, models.TextField, models.JSONField, ArrayField)


def tables() -> list[type[models.Model]]:
    """Return the tables that are looked into, ours first."""
    ours = [each for each in apps.get_app_config("escalation").get_models() if each.__name__ not in NOT_HERE]
    all_of_them: list[type[models.Model]] = [*ours, LogEntry]
    return [each for each in all_of_them if columns(each)]


def columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """Return the columns of a table that can hold words."""
    fields = [each for each in model._meta.concrete_fields if not each.is_relation and not each.choices]
    return [
        each for each in fields if isinstance(each, (*_WORDS, models.BinaryField)) and not each.primary_key
    ]


def found(model: type[models.Model], person: Person) -> Iterator[models.Model]:
    """Yield the rows of a table that name the person, by one pass of the database over its words."""
    told = " || ' ' || ".join(_as_text(each) for each in columns(model))
    table = connection.ops.quote_name(model._meta.db_table)
    key = connection.ops.quote_name(str(model._meta.pk.column if model._meta.pk else "id"))
    query = f"SELECT {key} FROM {table} WHERE {told} ~* %s"  # noqa: S608  # our own names
    with connection.cursor() as cursor:
        cursor.execute(query, [_near(person)])
        keys = [row[0] for row in cursor.fetchall()]
    for place in range(0, len(keys), 200):
        yield from model._default_manager.filter(pk__in=keys[place : place + 200])


def teams_of(model: type[models.Model], keys: Iterable[Any]) -> set[int]:
    """Return the teams that answer for rows of a table that hang on no handoff."""
    names = {each.name for each in model._meta.concrete_fields}
    found = model._default_manager.filter(pk__in=list(keys))
    if "team" in names:
        return set(found.values_list("team", flat=True))
    if "route" in names:
        routes = Route.objects.filter(pk__in=found.values("route"))
    elif "connection" in names:
        of = found.values("connection")
        routes = Route.objects.filter(models.Q(source__in=of) | models.Q(target__in=of))
    else:
        return set()
    return {team for both in routes.values_list("sender", "receiver") for team in both}


def path_to_handoff(model: type[models.Model]) -> str:
    """Return by which way a row of the table belongs to a handoff, "" when it belongs to none."""
    if model is Handoff:
        return "pk"
    names = {each.name for each in model._meta.concrete_fields}
    return "handoff" if "handoff" in names else "delivery__handoff" if "delivery" in names else ""


def _as_text(field: "models.Field[Any, Any]") -> str:
    column = connection.ops.quote_name(field.column)
    if isinstance(field, models.BinaryField):
        # What we confirmed ourselves is JSON in UTF-8.
        return f"coalesce(convert_from({column}, 'UTF8'), '')"
    return f"coalesce({column}::text, '')"


def _near(person: Person) -> str:
    """A pattern that finds every way in which ``Person`` does, and now and then more.

    The longest way to write one letter is four bytes as octal digits, each behind a backslash.
    """
    ways = dict.fromkeys(
        "".join(each if each.isascii() and each.isalnum() else ".{1,16}" for each in word)
        for word in person.known_as
    )
    return "|".join(ways)


def changed(row: models.Model, person: Person) -> dict[str, Any]:
    """Return the columns of a row that read differently without the person."""
    values = {}
    for field in columns(type(row)):
        before = getattr(row, field.attname)
        after = _without(field, before, person)
        if after != before:
            values[field.attname] = after
    if isinstance(row, Entry | RemoteUpdate) and person.is_named_by(_who(row)):
        values |= {"text": ERASED if row.text else ""}
    return values


def _who(row: Entry | RemoteUpdate) -> str:
    return row.who if isinstance(row, Entry) else row.author


def _without(field: "models.Field[Any, Any]", value: Any, person: Person) -> Any:
    if isinstance(field, models.BinaryField):
        return value  # bytes that were confirmed are written anew with their digest
    if isinstance(value, str):
        after = person.taken_out(value)
        return after[: field.max_length] if field.max_length else after
    return person.taken_out(value)


def look_up_words_anew(handoffs: list[Any]) -> None:
    """This will write anew by which words these handoffs are found."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE escalation_searchtext AS found SET words = escalation_words_of(handoff) "
            "FROM escalation_handoff AS handoff WHERE handoff.id = found.handoff_id AND handoff.id = ANY(%s)",
            [handoffs],
        )


def raw(person: Person) -> Iterator[int]:
    """Yield the keys of the webhooks whose bytes or headers name the person.

    The database looks first, at bytes in whatever encoding; only what comes near is read here.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM escalation_inbox "
            "WHERE body <> '' AND encode(body, 'escape') || ' ' || headers::text ~* %s",
            [_near(person)],
        )
        keys = [row[0] for row in cursor.fetchall()]
    for row in Inbox.objects.filter(pk__in=keys).iterator(chunk_size=200):
        if person.is_in(bytes(row.body).decode(errors="replace")) or person.is_in(str(row.headers)):
            yield row.pk
