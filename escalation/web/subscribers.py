"""Which of the company's own programs are told of our handoffs, and did they take what they were told?

An owner enters an address and is shown its secret on the answer to that press, and never again.
"""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalation.models import Membership, Message, Subscriber, Team
from escalation.models.subscriber import Event
from escalation.subscribers import keep
from escalation.subscribers.keep import TooMany, Wish, subscribe
from escalation.web.access import PersonRequest, Role, page
from escalation.web.tenant_form import address_of

PAGE, LOG = "pages/webhooks.html", "pages/webhook.html"
LAST = 100  # messages on the page
NO_ADDRESS = "That is no address that can be called: https://, a host, a path; no name and no password in it."
FIELD = {"class": "field-input", "autocomplete": "off"}


class WebhookForm(forms.Form):
    """Whom to tell, and of what."""

    team = forms.ModelChoiceField(
        Team.objects.none(),
        label="Of whose handoffs",
        empty_label=None,
        widget=forms.Select(attrs=FIELD),
        error_messages={"required": "Choose one of your teams."},
    )
    name = forms.CharField(
        label="Name of the program",
        max_length=60,
        widget=forms.TextInput(attrs=FIELD),
        error_messages={"required": "Name the program, so that you know it again."},
    )
    url = forms.CharField(
        label="Its address",
        max_length=500,
        widget=forms.URLInput(attrs=FIELD | {"placeholder": "https://reports.example.com/baton"}),
        error_messages={"required": "Enter the address that is called."},
    )
    events = forms.TypedMultipleChoiceField(
        label="Of what it is told",
        choices=Event.choices,
        coerce=Event,
        initial=list(Event),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing."},
    )
    with_words = forms.BooleanField(required=False, label="What people wrote is sent too")
    allow_private = forms.BooleanField(required=False, label="It stands in our own network")

    def __init__(self, data: QueryDict | None, *, teams: QuerySet[Team]) -> None:
        super().__init__(data)
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = teams

    def clean_url(self) -> str:
        """This will refuse what is no address; a query is kept, for some receivers want one."""
        said = str(self.cleaned_data["url"]).strip()
        before, mark, query = said.partition("#")[0].partition("?")
        try:
            return address_of(before) + mark + query
        except forms.ValidationError:
            raise forms.ValidationError(NO_ADDRESS) from None

    def clean(self) -> None:
        """This will refuse plain HTTP outside the own network."""
        if str(self.cleaned_data.get("url", "")).startswith("http://") and not self.cleaned_data.get(
            "allow_private"
        ):
            self.add_error("url", "Over http only in your own network: tick that, or use https.")


@page(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: PersonRequest) -> HttpResponse:
    """This will list who is told, or begin telling one and show its secret this once."""
    own = Membership.objects.filter(user=request.user, role=Role.OWNER)
    teams = Team.objects.filter(pk__in=own.values("team")).order_by("name")
    form = WebhookForm(request.POST if request.method == "POST" else None, teams=teams)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = subscribe(wish=Wish(**form.cleaned_data), by=request.user, now=timezone.now())
        except TooMany as error:
            form.add_error(None, str(error))
        else:
            form = WebhookForm(None, teams=teams)
    owed = Count("messages", filter=Q(messages__status=Message.Status.OWED))
    given_up = Count("messages", filter=Q(messages__status=Message.Status.GIVEN_UP))
    rows = Subscriber.objects.owned_by(request.user).select_related("team").order_by("stopped_at", "name")
    rows = rows.annotate(owed=owed, given_up=given_up, taken_at=Max("messages__done_at"))
    context = {"form": form, "made": made, "secret": secret, "rows": rows}
    response = render(request, PAGE, context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


@page(Role.OWNER)
@require_safe
def webhook(request: PersonRequest, subscriber_id: UUID) -> HttpResponse:
    """This will show the last messages of one address, with what it answered."""
    row = _own(request, subscriber_id)
    told = row.messages.select_related("entry__handoff").order_by("-made_at")[:LAST]
    titles = dict(Event.choices)
    context = {
        "row": row,
        "events": [titles[each] for each in row.events],
        "messages_told": [(each, titles.get(each.event, "A test"), _answers(each)) for each in told],
        "now": timezone.now(),
        "most": LAST,
    }
    return render(request, LOG, context)


@page(Role.OWNER)
@require_POST
def test(request: PersonRequest, subscriber_id: UUID) -> HttpResponse:
    """This will tell the address about nothing, to see whether it takes it."""
    row = _running(request, subscriber_id)
    if row is not None:
        keep.owe_test(subscriber=row, message=uuid4(), now=timezone.now())
        messages.success(request, "A test is on its way. Load this page again in a few seconds.")
    return redirect("webhook", subscriber_id)


@page(Role.OWNER)
@require_POST
def stop(request: PersonRequest, subscriber_id: UUID) -> HttpResponse:
    """This will tell the address nothing more."""
    row = _own(request, subscriber_id)
    keep.stop(subscriber=row, now=timezone.now())
    messages.success(request, f"Stopped. “{row}” is told nothing more; its log stays.")
    return redirect("webhook", row.pk)


@page(Role.OWNER)
@require_POST
def again(request: PersonRequest, subscriber_id: UUID, message_id: UUID) -> HttpResponse:
    """This will send one message once more, with the id it always had."""
    row = _running(request, subscriber_id)
    if row is not None:
        message = get_object_or_404(row.messages.select_related("subscriber"), pk=message_id)
        keep.send_again(message=message, now=timezone.now())
        messages.success(request, "It is on its way again. Load this page again in a few seconds.")
    return redirect("webhook", subscriber_id)


def _own(request: PersonRequest, subscriber_id: UUID) -> Subscriber:
    rows = Subscriber.objects.owned_by(request.user).select_related("team")
    return get_object_or_404(rows, pk=subscriber_id)


def _running(request: PersonRequest, subscriber_id: UUID) -> Subscriber | None:
    """The person's own, unless it is stopped: then that is said."""
    row = _own(request, subscriber_id)
    if row.stopped_at is None:
        return row
    messages.warning(request, f"“{row}” is stopped and told nothing. Make a new one to begin again.")
    return None


def _answers(message: Message) -> list[dict[str, object]]:
    """What was answered, the last first, with times that a page can show by its reader's clock."""
    return [{**each, "at": parse_datetime(each["at"])} for each in reversed(message.answers)]
