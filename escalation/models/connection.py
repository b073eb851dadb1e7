"""Which tenant of which tool do we talk to, and with what?"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from escalation.models.breaker import BreakerGate
from escalation.models.sealed import seal, unseal
from escalation.transport.credentials import Basic, Bearer, ClientCredentials, Credentials, Tokens
from escalation.transport.door import Door
from escalation.transport.opening import open_door
from escalation.transport.way_out import WayOut

HOSTS = "hosts"  # among the settings: what else is called, as where the tenant's files are kept
STRAIGHT = "none"  # a connection that goes by no proxy although the installation has one


class NotConfigured(Exception):
    """The connection lacks something without which no call can be made; the text names it."""


class Connection(models.Model):
    """One configured tenant of a tool."""

    # A row's identity is drawn here and nowhere below the pages.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)  # noqa: TID251
    tool = models.CharField(max_length=32)
    name = models.CharField(max_length=120, unique=True)
    base_url = models.URLField(help_text=_("The tenant's address, as people open it"))
    reached_at = models.URLField(
        blank=True, help_text=_("Where the calls go instead, for a practice tool; blank outside practice")
    )
    allow_private = models.BooleanField(
        default=False, help_text=_("The tenant lives on a private or loopback address")
    )
    proxy = models.CharField(
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Another way out than the installation's, as http://proxy.example:3128; “none” for straight"
        ),
    )
    trusted = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text=_("Certificates (PEM) to trust instead of those of the installation"),
    )
    external = models.BooleanField(
        default=False, help_text=_("Read by people outside the company: secrets never go there")
    )
    our_user = models.CharField(max_length=160, help_text=_("The integration user's name in the tool"))
    settings = models.JSONField(
        default=dict, blank=True, help_text=_("The tool's own settings, never secrets")
    )
    sealed_credentials = models.TextField(blank=True, editable=False)
    sealed_webhook_secret = models.TextField(blank=True, editable=False)
    app_key = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text=_("The public key (PEM) of the app by which the tool shows Baton beside its tickets"),
    )
    framed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When somebody last looked at Baton inside the tool")
    )
    catalog_version = models.PositiveIntegerField(
        default=0, help_text=_("Counts the syncs that changed anything")
    )
    poll_cursor = models.CharField(max_length=255, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True, help_text=_("When a webhook last arrived"))
    trouble = models.TextField(blank=True, help_text=_("Why the last call failed, in words; blank when well"))
    trouble_at = models.DateTimeField(null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True, help_text=_("When somebody last tested it"))
    lacks = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        help_text=_("What the last test found missing: what it is, and how it is mended"),
    )
    lacks_since = models.DateTimeField(
        null=True, blank=True, help_text=_("When something was first found missing, or one thing more")
    )
    write_check = models.JSONField(
        null=True,
        blank=True,
        help_text=_("When writing was last tried, what that found missing, and what it left in the tool"),
    )
    vouched = models.JSONField(
        default=dict, blank=True, help_text=_("Fields and choices of the tool when somebody last looked")
    )
    drift_checked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def credentials(self) -> dict[str, str]:
        """The plain credentials; hand them to transport and nowhere else."""
        return unseal(self.sealed_credentials)

    def keep_credentials(self, values: Mapping[str, str]) -> None:
        """This will seal the values onto the row; the caller saves."""
        self.sealed_credentials = seal(values)

    @property
    def webhook_secret(self) -> str:
        """The secret that the tool signs its webhooks with; "" when none is set."""
        return unseal(self.sealed_webhook_secret).get("secret", "")

    def keep_webhook_secret(self, secret: str) -> None:
        """This will seal the secret onto the row; the caller saves."""
        self.sealed_webhook_secret = seal({"secret": secret})

    def door(self, *, trial: bool = False) -> Door:
        """This will open a door to the tenant; raises ``NotConfigured`` or ``sealed.Unreadable``.

        While calls pause (``models.breaker``) it lets none pass but a person's ``trial``.
        """
        host = urlsplit(self.base_url).netloc.lower()
        try:
            return open_door(
                base_url=self.base_url,
                credentials=self._proof_of_identity(),
                settings=self.settings,
                allowed_hosts=str(self.settings.get(HOSTS, "")).replace(",", " ").split(),
                host_map={host: self.reached_at} if self.reached_at else {},
                allow_private=self.allow_private,
                our_user=self.our_user,
                way_out=self.way_out(),
                gate=BreakerGate(self.pk, trial=trial),
            )
        except ValueError as error:
            raise NotConfigured(f"The connection {self.name} cannot be used: {error}") from None

    def note_test(self, lacks: Iterable[tuple[str, str]], *, at: datetime) -> None:
        """This will keep what a test found missing, each with what mends it."""
        found = [list(each) for each in lacks]
        known = {each[0] for each in self.lacks}
        if not found:
            self.lacks_since = None
        elif self.lacks_since is None or any(each[0] not in known for each in found):
            self.lacks_since = at
        self.lacks, self.tested_at = found, at
        self.save(update_fields=["lacks", "lacks_since", "tested_at"])

    def note_write_check(
        self, lacks: Iterable[tuple[str, str]], *, left: str, unsure: bool, at: datetime
    ) -> None:
        """This will keep what came of trying to write."""
        said = {"lacks": [list(each) for each in lacks], "left": left, "unsure": unsure}
        self.write_check = said | {"at": at.isoformat()}
        self.save(update_fields=["write_check"])

    def note_trouble(self, words: str, *, at: datetime) -> None:
        """This will keep why the last call failed, or "" once one went well; nothing when unchanged."""
        if words != self.trouble:
            self.trouble, self.trouble_at = words, at if words else None
            self.save(update_fields=["trouble", "trouble_at"])

    def way_out(self) -> WayOut:
        """This will say by which way the calls leave: the connection's own, else the installation's."""
        proxy = self.proxy or settings.OUTBOUND_PROXY
        return WayOut(proxy="" if proxy == STRAIGHT else proxy, trusted=self.trusted or settings.OUTBOUND_CA)

    def _proof_of_identity(self) -> Credentials:
        values = self.credentials
        try:
            match values.get("scheme"):
                case "basic":
                    return Basic(user=values["user"], password=values["password"])
                case "bearer":
                    return Bearer(token=values["token"])
                case "client_credentials":
                    return self._oauth_client(values)
        except KeyError as missing:
            raise NotConfigured(f"The connection {self.name} lacks its {missing.args[0]}.") from None
        raise NotConfigured(f"The connection {self.name} has no credentials yet.")

    def _oauth_client(self, values: Mapping[str, str]) -> ClientCredentials:
        token, refresh = values.get("access_token", ""), values.get("refresh_token", "")
        return ClientCredentials(
            token_url=values["token_url"],
            client_id=values["client_id"],
            client_secret=values["client_secret"],
            scope=values.get("scope", ""),
            form=values.get("form") == "yes",
            tokens=Tokens(access_token=token, refresh_token=refresh) if token or refresh else None,
            on_tokens=self._keep_tokens,
        )

    def _keep_tokens(self, tokens: Tokens) -> None:
        # A refresh rotates both tokens: whoever comes second must find the new pair.
        with transaction.atomic():
            row = Connection.objects.select_for_update().get(pk=self.pk)
            pair = {"access_token": tokens.access_token, "refresh_token": tokens.refresh_token}
            row.keep_credentials(row.credentials | pair)
            row.save(update_fields=["sealed_credentials"])
        self.sealed_credentials = row.sealed_credentials
