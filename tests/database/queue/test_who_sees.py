"""One handoff by its key is open to exactly those in whose lists it is."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from escalation.lifecycle.words import Status
from escalation.models import Handoff, Membership
from tests import builders
from tests.builders import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", list(Status))
def test_open_to_is_visible_to(draft: Handoff, agent: User, receiver: User, stranger: User, status: Status):
    draft.status, draft.confirmed_at = status, NOW
    draft.save()
    teammate = builders.person("ines", team=draft.route.sender)
    both = builders.person("olu", team=draft.route.receiver)
    Membership.objects.create(user=both, team=draft.route.sender, role=Membership.Role.OWNER)

    for person in (agent, teammate, receiver, both, stranger, AnonymousUser()):
        open_to = list(Handoff.objects.open_to(person).values_list("pk", flat=True))
        assert open_to == list(Handoff.objects.visible_to(person).values_list("pk", flat=True)), person
