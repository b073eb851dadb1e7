"""How does an old key go? Everything that it sealed is sealed anew, and then nothing needs it any more."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction

from escalation.models import Connection, Subscriber
from escalation.models.sealed import Unreadable, resealed

# Everything that is sealed, by its column; a test looks whether a model has one more.
SEALED: Final[dict[type[Connection | Subscriber], tuple[str, ...]]] = {
    Connection: ("sealed_credentials", "sealed_webhook_secret"),
    Subscriber: ("sealed_secret",),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Resealed:
    """What a run did: how many values it sealed anew, and whose values no key opens."""

    anew: int
    unreadable: tuple[str, ...]


def reseal() -> Resealed:
    """This will seal every credential with the newest key; a second run finds nothing to do."""
    anew, unreadable = 0, []
    for model in SEALED:
        for pk, name in model.objects.order_by("name").values_list("pk", "name"):
            try:
                anew += _reseal_one(model, pk)
            except Unreadable:
                unreadable.append(name if model is Connection else f"the outgoing webhook {name}")
    for factor in Authenticator.objects.select_related("user").order_by("pk"):
        try:
            anew += _reseal_factor(factor)
        except Unreadable:
            unreadable.append(f"the second factor of {factor.user}")
    return Resealed(anew=anew, unreadable=tuple(unreadable))


@transaction.atomic
def _reseal_one(model: type[Connection | Subscriber], pk: UUID) -> int:
    # A worker that rotates the tool's tokens at this moment waits, and then writes what is newer still.
    row = model.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return 0
    before = {column: getattr(row, column) for column in SEALED[model]}
    after = {column: resealed(value) for column, value in before.items()}
    changed = [column for column in before if after[column] != before[column]]
    for column in changed:
        setattr(row, column, after[column])
    row.save(update_fields=changed)
    return len(changed)


def _reseal_factor(factor: Authenticator) -> int:
    # An authenticator app's secret or the seed of recovery codes; which of those were used is no secret.
    after = {
        key: resealed(value) if key in {"secret", "seed"} else value for key, value in factor.data.items()
    }
    if after == factor.data:
        return 0
    return int(Authenticator.objects.filter(pk=factor.pk, data=factor.data).update(data=after))
