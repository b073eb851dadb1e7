"""What do all presses share that move something? Find it, read the body, act, answer with it as it stands."""

from collections.abc import Callable
from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from escalation.api.answers import HandoffSerializer
from escalation.api.once import IDEMPOTENCY_KEY, once
from escalation.api.problem import problems
from escalation.api.resource import Resource
from escalation.models import Handoff

Body = type[Serializer[Any]]
T = TypeVar("T")
REFUSED = (400, 404, 409, 413, 415, 422)


class Press(Resource, Generic[T]):
    """One press on one thing; the class says in its docstring which."""

    body: ClassVar[Body | None] = None
    shown: ClassVar[Body]

    def find(self, pk: Any) -> T:
        """Return the thing as far as the press is the person's; raises 404."""
        raise NotImplementedError

    def act(self, found: T, said: dict[str, Any]) -> None:
        """Carry it out."""
        raise NotImplementedError

    def again(self, pk: Any) -> T:
        """Return the thing as it stands afterwards."""
        raise NotImplementedError

    @once
    def post(self, request: Request, **address: Any) -> Response:  # the docstring of the class describes it
        (pk,) = address.values()
        found = self.find(pk)
        said: dict[str, Any] = {}
        if self.body is not None:
            body = self.body(data=request.data)
            body.is_valid(raise_exception=True)
            said = dict(body.validated_data)
        self.act(found, said)
        return Response(self.shown(self.again(pk)).data)


class HandoffPress(Press[Handoff]):
    """One press on one handoff."""

    shown = HandoffSerializer

    def find(self, pk: UUID) -> Handoff:
        """Return the handoff as far as the press is the person's; raises 404."""
        return self.handoff(pk)

    def again(self, pk: UUID) -> Handoff:
        """Return the handoff as it stands afterwards."""
        return self.handoff(pk)


P = TypeVar("P", bound=type[Press[Any]])


def press(body: Body | None = None) -> Callable[[P], P]:
    """Describe a press that takes such a body."""

    def describe(kind: P) -> P:
        kind.body = body
        described: P = extend_schema_view(
            post=extend_schema(
                parameters=[IDEMPOTENCY_KEY],
                request=body,
                responses={200: kind.shown, **problems(*REFUSED)},
            )
        )(kind)
        return described

    return describe
