"""Who works with whom? Teams, and what each member may do in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Team(models.Model):
    """A group of people who send or receive handoffs."""

    name = models.CharField(max_length=120, unique=True)
    zone = models.CharField(max_length=64, default="UTC", help_text=_("IANA zone of the team's clock"))

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
