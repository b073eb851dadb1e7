"""A prepared statement answers what its queryset answers, row for row, with all that is joined to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import models, transaction
from django.db.transaction import TransactionManagementError

from escalation.capture.files import TRAVELLING, NewFile, keep_file
from escalation.capture.muting import MUTED, mute
from escalation.capture.submit import LOCKED
from escalation.models import Handoff, RuleSet, Template
from escalation.models.prepared import Prepared
from escalation.models.route import NEWEST_RULES, NEWEST_TEMPLATE
from escalation.models.team import OF_PERSON
from escalation.web.access import DRAFT_OF, LOCKED_DRAFT_OF, OPEN_TO, OPEN_TO_AS_SENT
from tests import builders

Values = dict[str, Any]
ASKED: dict[str, tuple[Prepared[Any], Callable[[Handoff], Values]]] = {
    "open to": (OPEN_TO, lambda draft: {"handoff": draft.pk, "person": draft.author_id}),
    "open to, as sent": (
        OPEN_TO_AS_SENT,
        lambda draft: {"handoff": draft.pk, "person": draft.author_id},
    ),
    "draft of": (DRAFT_OF, lambda draft: {"handoff": draft.pk, "person": draft.author_id}),
    "locked draft of": (
        LOCKED_DRAFT_OF,
        lambda draft: {"handoff": draft.pk, "person": draft.author_id},
    ),
    "locked": (LOCKED, lambda draft: {"handoff": draft.pk}),
    "travelling": (TRAVELLING, lambda draft: {"handoff": draft.pk}),
    "muted": (MUTED, lambda draft: {"person": draft.author_id}),
    "rules": (NEWEST_RULES, lambda draft: {"route": draft.route_id}),
    "template": (NEWEST_TEMPLATE, lambda draft: {"route": draft.route_id}),
    "roles": (OF_PERSON, lambda draft: {"person": draft.author_id}),
}


def everything(row: models.Model) -> Values:
    """The row's columns and, as deep as they were read with it, those of the rows beside it."""
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    beside = {name: found and everything(found) for name, found in row._state.fields_cache.items()}
    return columns | {"beside": beside, "from": (row._state.db, row._state.adding)}


@pytest.fixture
def surrounded(draft: Handoff) -> Handoff:
    """A draft with one row of everything that is asked for."""
    for version in (2, 3):
        said = {"version": version, "published_at": builders.NOW}
        Template.objects.create(route=draft.route, body={"intro": f"version {version}"}, **said)
        RuleSet.objects.create(route=draft.route, body={"defaults": {"impact": str(version)}}, **said)
    Template.objects.create(route=draft.route, version=4)
    RuleSet.objects.create(route=draft.route, version=4)
    file = NewFile(name="console.log", content_type="text/plain", body=b"CORS")
    keep_file(handoff=draft, file=file, by=draft.author, now=builders.NOW)
    mute(code="no_facts", by=draft.author, now=builders.NOW)
    return draft


@pytest.mark.parametrize("name", ASKED)
def test_it_answers_what_its_queryset_answers(surrounded: Handoff, name: str, django_assert_num_queries: Any):
    prepared, values_of = ASKED[name]
    values = values_of(surrounded)
    ordinary = [everything(each) for each in prepared.build(**values)]

    with django_assert_num_queries(1):
        found = prepared.rows(**values)

    assert ordinary
    assert [everything(each) for each in found] == ordinary


@pytest.mark.parametrize("name", ASKED)
def test_of_somebody_else_it_answers_nothing(surrounded: Handoff, stranger: Any, name: str):
    prepared, values_of = ASKED[name]
    theirs = {"handoff": UUID(int=1), "route": -1, "person": stranger.pk}

    assert prepared.rows(**{each: theirs[each] for each in values_of(surrounded)}) == []


def test_nobody_is_nobodys_author(surrounded: Handoff):
    assert OPEN_TO.first(handoff=surrounded.pk, person=None) is None


def test_where_nothing_is_joined_there_is_nothing(draft: Handoff):
    found = DRAFT_OF.first(handoff=draft.pk, person=draft.author_id)

    assert found is not None
    assert found.template is None


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_or_not_at_all(draft: Handoff):
    with transaction.atomic():
        LOCKED.rows(handoff=draft.pk)

    with pytest.raises(TransactionManagementError):
        LOCKED.rows(handoff=draft.pk)


def test_a_value_that_the_statement_does_not_hold_is_refused(db):
    deaf = Prepared(lambda person: Handoff.objects.filter(author_id__gt=person + 1), person=int)

    with pytest.raises(TypeError):
        deaf.rows(person=1)
