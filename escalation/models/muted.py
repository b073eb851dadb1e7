"""Which kinds of advice does a person not want to see again?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class MutedAdvice(models.Model):
    """One kind of advice that one person has switched off, in every form of theirs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_advice")
    code = models.CharField(max_length=40, help_text=_("As the guard's findings name it"))
    muted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "code"], name="advice_muted_once")]

    def __str__(self) -> str:
        return f"{self.code} for {self.user_id}"
