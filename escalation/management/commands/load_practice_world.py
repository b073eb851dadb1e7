"""Load the practice company: teams, one-click accounts, connections to the practice tools, a route.

Can be repeated: what is there stays as somebody left it. Refuses to run outside practice mode, because
the accounts open without a password.
"""

import time
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from escalation.catalog.sync import sync
from escalation.management.practice_company import CHANNEL_OF, PEOPLE, ROUTES, TEAMS, TENANTS, Tenant, Way
from escalation.management.practice_golden import keep_shipped
from escalation.models import Connection, Membership, Route, Team, TeamChannel
from escalation.tools.registry import tool
from escalation.transport.door import Upload
from escalation.transport.errors import Refused, TransportError
from escalation.upkeep.publish import publish_rules, publish_template

REVIEWED_AFTER = timedelta(days=90)
PATIENCE_S = 30.0  # a practice tool loads its world at its first start


class Command(BaseCommand):
    """`manage.py load_practice_world`; `make run` calls it at every start."""

    help = "Load the practice company and connect it to the practice tools."

    def handle(self, *_: Any, **__: Any) -> None:
        """Load what is missing, then print who plays which role."""
        if not settings.PRACTICE:
            raise CommandError("The practice world exists in practice mode only: set PRACTICE=1.")
        with transaction.atomic():
            _teams_and_people()
            connections = {tenant.name: _connection(tenant) for tenant in TENANTS}
            for way in ROUTES:
                _route(way, connections)
        for connection in connections.values():
            self._connect(connection)
        _team_channel(connections)
        for route in Route.objects.filter(name__in=[way.name for way in ROUTES]).select_related("sender"):
            with transaction.atomic():
                keep_shipped(route, now=timezone.now())
        for someone in PEOPLE:
            self.stdout.write(f"log in with one click as  {someone.username:<12} {someone.does}")

    def _connect(self, connection: Connection) -> None:
        try:
            _wait_for(connection)
            _listen(connection)
            _show_inside(connection)
            sync(connection=connection, now=timezone.now())
        except TransportError as error:
            connection.note_trouble(str(error), at=timezone.now())
            self.stderr.write(f"{connection.name} could not be connected yet: {error}")


def _teams_and_people() -> None:
    teams = {
        name: Team.objects.get_or_create(name=name, defaults={"zone": zone})[0]
        for name, zone in TEAMS.items()
    }
    for someone in PEOPLE:
        user, made = User.objects.get_or_create(
            username=someone.username,
            defaults={
                "first_name": someone.first_name,
                "last_name": someone.last_name,
                "email": f"{someone.username}@example.com",
            },
        )
        if made:
            user.set_unusable_password()
            user.is_staff = user.is_superuser = someone.role == Membership.Role.OWNER
            user.save()
        Membership.objects.get_or_create(user=user, team=teams[someone.team], role=someone.role)


def _connection(tenant: Tenant) -> Connection:
    address = settings.PRACTICE_TOOLS[tenant.tool]
    # The id is derived from the name, so that a webhook address outlives a fresh database.
    connection, _ = Connection.objects.get_or_create(
        name=tenant.name,
        defaults={
            "id": uuid5(NAMESPACE_URL, f"practice:{tenant.tool}"),
            "tool": tenant.tool,
            "base_url": address,
        },
    )
    connection.base_url = address  # another PORT moves the practice tools
    connection.our_user = tenant.our_user
    connection.settings = {**tenant.settings, **connection.settings}
    connection.allow_private = True
    connection.keep_credentials(tenant.credentials)
    connection.save()
    return connection


def _route(way: Way, connections: dict[str, Connection]) -> None:
    route, made = Route.objects.get_or_create(
        name=way.name,
        defaults={
            "sender": Team.objects.get(name=way.sender),
            "receiver": Team.objects.get(name=way.receiver),
            "source": connections[way.source],
            "target": connections[way.target],
            "recall_seconds": way.recall_seconds,
            "owner": User.objects.filter(username=way.owner).first(),
            "review_by": (timezone.now() + REVIEWED_AFTER).date(),
        },
    )
    if made:
        now = timezone.now()
        publish_rules(route=route, body=way.rules, note="As delivered", by=None, now=now)
        publish_template(route=route, body=way.template, note="As delivered", by=None, now=now)


def _team_channel(connections: dict[str, Connection]) -> None:
    """Let the Service Desk follow its handoffs in a channel, where the practice chat has it."""
    team, name = CHANNEL_OF
    chats = [each for each in connections.values() if tool(each.tool).chat is not None and not each.trouble]
    for connection in chats:
        chat = tool(connection.tool).chat
        for place in chat.channels(connection.door()) if chat else ():
            if place.name == name:
                values = {"connection": connection, "place": place.place, "name": name}
                TeamChannel.objects.get_or_create(team=Team.objects.get(name=team), defaults=values)


def _wait_for(connection: Connection) -> None:
    door, until = connection.door(), time.monotonic() + PATIENCE_S
    while True:
        try:
            door.session.ask("GET", f"{door.base_url}/practice/health")
        except TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def _listen(connection: Connection) -> None:
    kind = tool(connection.tool)
    address = f"{settings.PUBLIC_URL}{reverse('hook', args=[connection.tool, connection.pk])}"
    if kind.hooks is None or kind.upkeep is None or connection.settings.get("webhook_url") == address:
        return
    door, secret = connection.door(), token_urlsafe(32)
    try:
        secret = kind.upkeep.listen(door, url=address, secret=secret)
    except Refused:
        # A tool without an API for webhooks: here the practice tool plays the admin who installs our script.
        door.session.ask(
            "POST", f"{door.base_url}/practice/webhooks", body={"url": address, "secret": secret}
        )
    connection.keep_webhook_secret(secret)
    connection.settings |= {"webhook_url": address}
    connection.save(update_fields=["sealed_webhook_secret", "settings"])


def _show_inside(connection: Connection) -> None:
    """Install Baton's app in the practice tool and keep its key, as an owner and an admin do it together."""
    embedded = tool(connection.tool).embedded
    address = f"{settings.PUBLIC_URL}{reverse('embedded', args=[connection.pk])}"
    if embedded is None or connection.settings.get("app_page") == address:
        return
    door = connection.door()
    package = embedded.package(name="Baton", page=address, contact="baton@practice.example")
    file = Upload(name="baton.zip", body=package, content_type="application/zip")
    answer = door.session.put_file(f"{door.base_url}/practice/apps", file=file)
    connection.app_key = embedded.public_key(answer.json["public_key"])
    connection.settings |= {"app_page": address}
    connection.save(update_fields=["app_key", "settings"])
