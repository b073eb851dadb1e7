"""Who works with whom? Teams, and what each member may do in them."""

from datetime import time
from typing import Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from escalation.models.prepared import Prepared


class Team(models.Model):
    """A group of people who send or receive handoffs."""

    name = models.CharField(max_length=120, unique=True)
    zone = models.CharField(max_length=64, default="UTC", help_text=_("IANA zone of the team's clock"))
    opens = models.TimeField(
        default=time(8), help_text=_("When the team's working day begins, Monday to Friday")
    )
    closes = models.TimeField(default=time(18), help_text=_("When it ends"))
    second_factor = ArrayField(
        models.CharField(max_length=16),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Roles in which nobody works without a second factor"),
    )

    by_person = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_(
            "Whether figures of what it sends are also shown person by person, from ten handoffs each"
        ),
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="team_opens_first")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person's role in one team."""

    class Role(models.TextChoices):
        LEVEL_ONE = "level_one", _("Level One")
        LEVEL_TWO = "level_two", _("Level Two")
        LEAD = "lead", _("Lead")
        OWNER = "owner", _("Owner of the translation")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "team", "role"], name="one_role_once")]

    def __str__(self) -> str:
        return f"{self.user} is {self.get_role_display()} in {self.team}"

    @classmethod
    def of_person(cls, person_id: int) -> list["Membership"]:
        """This will return the person's roles, each with its team, the oldest first."""
        return OF_PERSON.rows(person=person_id)


OF_PERSON: Final = Prepared(
    lambda person: Membership.objects.filter(user_id=person).select_related("team").order_by("pk"),
    person=int,
)
