"""Which team hands off to which, into which tool, asking what, under which rules?

Templates and rules are versioned rows that never change once published; a handoff points at the
version it was confirmed under.
"""

from collections.abc import Collection
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from escalation.models.connection import Connection
from escalation.models.prepared import Prepared
from escalation.models.team import Membership, Team
from escalation.translation.rules import Rules


class RouteQuerySet(models.QuerySet["Route"]):
    """Routes, as a person may use them."""

    def open_to(self, user: User | AnonymousUser) -> "RouteQuerySet":
        """This will keep the routes on which the person's teams send."""
        if isinstance(user, AnonymousUser):
            return self.none()
        return self.filter(sender__memberships__user_id=user.pk, active=True).distinct()

    def of_teams_of(self, user: User | AnonymousUser, *, roles: Collection[str]) -> "RouteQuerySet":
        """This will keep the routes on which a team sends or receives that the person has a role in."""
        if isinstance(user, AnonymousUser):
            return self.none()
        teams = Membership.objects.filter(user_id=user.pk, role__in=roles).values("team")
        return self.filter(Q(sender__in=teams) | Q(receiver__in=teams))


class Route(models.Model):
    """A sending team's way to a receiving team."""

    name = models.CharField(max_length=120, unique=True)
    sender = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="routes_out")
    receiver = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="routes_in")
    source = models.ForeignKey(
        Connection,
        on_delete=models.PROTECT,
        related_name="routes_from",
        help_text=_("Where the user is talked to"),
    )
    target = models.ForeignKey(
        Connection,
        on_delete=models.PROTECT,
        related_name="routes_to",
        help_text=_("Where the record is created"),
    )
    active = models.BooleanField(default=True)
    recall_seconds = models.PositiveSmallIntegerField(
        default=10,
        db_default=10,
        help_text=_("How long what was sent waits, so that its sender can call it back"),
    )
    owed_within_minutes = models.PositiveSmallIntegerField(
        default=30,
        db_default=30,
        help_text=_("How soon the sender of an urgent handoff owes the rest"),
    )
    update_within_minutes = models.PositiveIntegerField(
        default=60, help_text=_("How soon the receiver owes a first update")
    )
    two_persons = models.BooleanField(
        default=False, db_default=False, help_text=_("Whether what one owner asks for another publishes")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who answers for its rules and template"),
    )
    review_by = models.DateField(
        null=True, blank=True, help_text=_("When the owner looks at rules and template again")
    )

    demanded = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        editable=False,
        help_text=_("What the tool refuses a record without, as last read: ``translation.asking.Demanded``"),
    )

    objects = RouteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(sender=models.F("receiver")), name="route_between_two_teams")
        ]

    def __str__(self) -> str:
        return self.name

    def template_in_force(self) -> "Template | None":
        """This will return the newest published template; None before there is one."""
        return NEWEST_TEMPLATE.first(route=self.pk)

    def asked_in_force(self) -> dict[str, Any]:
        """This will return the body of the template in force; {} before there is one."""
        row = self.template_in_force()
        return dict(row.body) if row else {}

    def rule_set_in_force(self) -> "RuleSet | None":
        """This will return the newest published rules as they are stored; None before there are any."""
        return NEWEST_RULES.first(route=self.pk)

    def rules_in_force(self) -> Rules:
        """This will return the newest published rules, or the defaults before there are any."""
        row = self.rule_set_in_force()
        return row.rules if row else Rules()


class Version(models.Model):
    """What templates and rule sets share: a number, who published it, when, and why."""

    version = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text=_("Who asked for it, where two persons publish"),
    )
    note = models.CharField(max_length=255, blank=True)

    class Meta:
        abstract = True


class Template(Version):
    """What a route asks for: per part its prompt and whether the receiver truly needs it."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="templates")
    body = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "version"], name="template_version_once")]

    def __str__(self) -> str:
        return f"{self.route} template {self.version}"


class RuleSet(Version):
    """The translation settings of a route; ``body`` is a ``translation.rules.Rules``."""

    route = models.ForeignKey(Route, on_delete=models.CASCADE, related_name="rule_sets")
    body = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "version"], name="rules_version_once")]

    def __str__(self) -> str:
        return f"{self.route} rules {self.version}"

    @property
    def rules(self) -> Rules:
        """The settings, read."""
        return Rules.model_validate(self.body)


# The newest that is published; a draft of the next version is nothing yet.
NEWEST_TEMPLATE: Final = Prepared(
    lambda route: Template.objects.filter(route_id=route, published_at__isnull=False).order_by("-version")[
        :1
    ],
    route=int,
)
NEWEST_RULES: Final = Prepared(
    lambda route: RuleSet.objects.filter(route_id=route, published_at__isnull=False).order_by("-version")[:1],
    route=int,
)
