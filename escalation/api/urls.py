"""Which address of the API answers what?"""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import path, re_path
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page
from drf_spectacular.views import SpectacularAPIView

from escalation.api import (
    amendments,
    consults,
    drafts,
    figures,
    files,
    findings,
    names,
    onward,
    questions,
    receiving,
    tickets,
    views,
)
from escalation.api.describing import TokenScheme  # noqa: F401  # to be found by the description
from escalation.api.problem import nothing_there

View = Callable[..., HttpResponse]
ONE = "handoffs/<uuid:pk>"
AMENDMENT = f"{ONE}/amendments/<int:number>"
CONSULT = "consults/<int:consult_id>"


def marked(view: View) -> View:
    """Return the view with an ETag on what it reads; who still has that gets 304 and nothing more."""
    kept: View = cache_control(private=True, no_cache=True)(conditional_page(view))
    return kept


urlpatterns = [
    path("routes", marked(names.Routes.as_view()), name="api_routes"),
    path("routes/<int:route_id>/catalog", marked(names.Names.as_view()), name="api_catalog"),
    path("routes/<int:route_id>/tickets", marked(tickets.Tickets.as_view()), name="api_tickets"),
    path("handoffs", marked(views.Handoffs.as_view()), name="api_handoffs"),
    path(ONE, marked(views.OneHandoff.as_view()), name="api_handoff"),
    path(f"{ONE}/state", marked(views.State.as_view()), name="api_state"),
    path(f"{ONE}/timeline", marked(views.Timeline.as_view()), name="api_timeline"),
    # Level One
    path(f"{ONE}/draft", marked(drafts.Draft.as_view()), name="api_draft"),
    path(f"{ONE}/preview", marked(drafts.Preview.as_view()), name="api_preview"),
    path(f"{ONE}/confirm", drafts.Confirm.as_view(), name="api_confirm"),
    path(f"{ONE}/recall", drafts.Back.as_view(), name="api_recall"),
    path(f"{ONE}/release", drafts.Release.as_view(), name="api_release"),
    path(f"{ONE}/discard", drafts.Discard.as_view(), name="api_discard"),
    path(f"{ONE}/restore", drafts.Restore.as_view(), name="api_restore"),
    path(f"{ONE}/files", marked(files.Files.as_view()), name="api_files"),
    path(f"{ONE}/files/<uuid:file_id>", marked(files.OneFile.as_view()), name="api_file"),
    path(f"{ONE}/files/<uuid:file_id>/bytes", marked(files.FileBytes.as_view()), name="api_file_bytes"),
    path(f"{ONE}/consults", consults.AskFirst.as_view(), name="api_ask_first"),
    path(f"{ONE}/amendments", marked(amendments.Amendments.as_view()), name="api_amendments"),
    path(f"{AMENDMENT}", marked(amendments.OneAmendment.as_view()), name="api_amendment"),
    path(f"{AMENDMENT}/files", marked(amendments.AmendmentFiles.as_view()), name="api_amendment_files"),
    path(f"{AMENDMENT}/send", amendments.SendAmendment.as_view(), name="api_send_amendment"),
    path(f"{AMENDMENT}/drop", amendments.DropAmendment.as_view(), name="api_drop_amendment"),
    path(f"{ONE}/join", onward.Join.as_view(), name="api_join"),
    path(f"{ONE}/set-right", findings.SetRight.as_view(), name="api_set_right"),
    path(f"{ONE}/reply", onward.Reply.as_view(), name="api_reply"),
    # Level Two
    path(f"{ONE}/accept", receiving.Accept.as_view(), name="api_accept"),
    path(f"{ONE}/start", receiving.Start.as_view(), name="api_start"),
    path(f"{ONE}/read-back", receiving.ReadBack.as_view(), name="api_read_back"),
    path(f"{ONE}/promise", receiving.Promise.as_view(), name="api_promise"),
    path(f"{ONE}/resolve", receiving.Resolve.as_view(), name="api_resolve"),
    path(f"{ONE}/return", receiving.Return.as_view(), name="api_return"),
    path(f"{ONE}/marks", findings.Mark.as_view(), name="api_mark"),
    path(f"{ONE}/learned", findings.Learned.as_view(), name="api_learned"),
    path(f"{ONE}/further", onward.Further.as_view(), name="api_further"),
    # Asked first, before anything is handed over
    path("consults", marked(consults.Consults.as_view()), name="api_consults"),
    path(CONSULT, marked(consults.OneConsult.as_view()), name="api_consult"),
    path(f"{CONSULT}/answer", consults.AnswerFirst.as_view(), name="api_answer_first"),
    path(f"{CONSULT}/hand-over", consults.HandOver.as_view(), name="api_hand_over"),
    path(f"{CONSULT}/settle", consults.Settle.as_view(), name="api_settle"),
    # Both
    path(f"{ONE}/deliveries", marked(findings.Deliveries.as_view()), name="api_deliveries"),
    path(f"{ONE}/deliveries/<uuid:delivery_id>/retry", findings.Retry.as_view(), name="api_retry"),
    path(f"{ONE}/reopen", receiving.Reopen.as_view(), name="api_reopen"),
    path(f"{ONE}/questions", marked(questions.Questions.as_view()), name="api_questions"),
    path(f"{ONE}/questions/<int:question_id>/answer", questions.Answer.as_view(), name="api_answer"),
    path("figures", marked(figures.Figures.as_view()), name="api_figures"),
    path("schema", SpectacularAPIView.as_view(), name="api_schema"),
    re_path("", nothing_there, name="api_nothing"),
]
