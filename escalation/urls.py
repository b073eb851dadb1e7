"""Which address is answered by which page?"""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from escalation.web import (
    capsule,
    connections,
    consult,
    edit,
    entrance,
    figures,
    further,
    handoff,
    home,
    intake,
    joining,
    live,
    notices,
    outside,
    pasting,
    queue,
    review,
    say,
    start,
    tell,
    workbench,
)

ONE = "handoffs/<uuid:handoff_id>"
ROUTE = "routes/<int:route_id>"

urlpatterns = [
    path("hooks/", include("escalation.hooks.urls")),
    path("api/", include("escalation.api.urls")),
    path("", home.home, name="home"),
    path("login", entrance.LogIn.as_view(), name="login"),
    path("login/practice/<slug:username>", entrance.log_in_practice, name="log_in_practice"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("theme", entrance.theme, name="theme"),
    # What each role starts with
    path("desk", home.desk, name="desk"),
    path("desk/tickets/<int:route_id>", home.tickets, name="tickets"),
    path("queue", queue.queue, name="queue"),
    path("queue/live", queue.live, name="queue_live"),
    path("queue/views", queue.keep, name="keep_view"),
    path("queue/views/<int:view_id>/forget", queue.forget, name="forget_view"),
    path("figures", figures.figures, name="figures"),
    path("figures.csv", figures.figures_csv, name="figures_csv"),
    path("figures/<slug:key>", figures.figure, name="figure"),
    path("connections", connections.connections, name="connections"),
    path("connections/<uuid:connection_id>/test", connections.test, name="test_connection"),
    # What a person is told without looking
    path("notices", notices.notices, name="notices"),
    path("notices/unread", notices.unread, name="unread"),
    path("notices/read", notices.read_all, name="read_all"),
    path("notices/<int:notice_id>", notices.open_one, name="open_notice"),
    path("notices/settings", notices.settings, name="notice_settings"),
    path("notices/stop/<str:token>", notices.stop_mail, name="stop_mail"),
    # Owners: what a route asks for and how it is translated
    path(ROUTE, workbench.route, name="route"),
    path(f"{ROUTE}/rules", workbench.rules, name="route_rules"),
    path(f"{ROUTE}/template", workbench.template, name="route_template"),
    path(f"{ROUTE}/owner", workbench.owner, name="route_owner"),
    path(f"{ROUTE}/drift", workbench.drift, name="route_drift"),
    path(f"{ROUTE}/vouch", workbench.vouch, name="route_vouch"),
    path(f"{ROUTE}/rules/<int:version>/back", workbench.roll_back, {"what": "rules"}, name="roll_back_rules"),
    path(
        f"{ROUTE}/template/<int:version>/back",
        workbench.roll_back,
        {"what": "template"},
        name="roll_back_template",
    ),
    # Level One: begin, fill in, look, send
    path("start", start.start, name="start"),
    path(f"{ONE}/edit", edit.edit, name="edit"),
    path(f"{ONE}/save", edit.save, name="save"),
    path(f"{ONE}/pick/<slug:field>", edit.pick, name="pick"),
    path(f"{ONE}/paste", pasting.paste, name="paste"),
    path(f"{ONE}/unpaste", pasting.unpaste, name="unpaste"),
    path(f"{ONE}/join/<uuid:running_id>", joining.join, name="join"),
    path(f"{ONE}/discard", edit.discard, name="discard"),
    path(f"{ONE}/restore", edit.restore, name="restore"),
    path(f"{ONE}/review", review.review, name="review"),
    # Ask another team first, without handing anything over
    path(f"{ONE}/consult", consult.ask, name="ask_first"),
    path("consults/<int:consult_id>", consult.show, name="consult"),
    path("consults/<int:consult_id>/answer", consult.answer, name="answer_first"),
    path("consults/<int:consult_id>/hand-over", consult.hand_over, name="hand_over"),
    path("consults/<int:consult_id>/settle", consult.settle, name="settle_consult"),
    path("start/capsule", capsule.begin, name="capsule_begin"),
    # Whoever reads the record in its tool: one answer, without an account
    path("r/<slug:purpose>/<str:token>", outside.outside, name="outside"),
    # Both sides: what has become of it
    path(f"{ONE}/capsule", capsule.paper, name="capsule"),
    path(f"{ONE}/capsule.json", capsule.as_json, name="capsule_json"),
    path(f"{ONE}/capsule.md", capsule.as_markdown, name="capsule_markdown"),
    path(f"{ONE}", handoff.show, name="handoff"),
    path(f"{ONE}/news", handoff.news, name="news"),
    path(f"{ONE}/live", live.live, name="live"),
    path(f"{ONE}/lines/<int:sequence>/told", handoff.told, name="told"),
    path(f"{ONE}/lines/<int:sequence>/note", handoff.note, name="note"),
    path(f"{ONE}/deliveries/<uuid:delivery_id>/retry", handoff.retry, name="retry"),
    # Level Two: take in
    path(f"{ONE}/intake", intake.intake, name="intake"),
    path(f"{ONE}/accept", intake.accept, name="accept"),
    path(f"{ONE}/start", intake.start, name="start_diagnosing"),
    path(f"{ONE}/resolve", intake.resolve, name="resolve"),
    path(f"{ONE}/return", intake.bounce, name="bounce"),
    path(f"{ONE}/further/<int:route_id>", further.further, name="further"),
    path(f"{ONE}/promise", say.promise, name="promise"),
    path(f"{ONE}/ask", say.ask, name="ask"),
    path(f"{ONE}/read-back", say.read_back, name="read_back"),
    path(f"{ONE}/mark", say.mark, name="mark"),
    path(f"{ONE}/learned", say.learned, name="learned"),
    # Level One: answer, and tell the user
    path(f"{ONE}/questions/<int:question_id>/answer", tell.answer, name="answer"),
    path(f"{ONE}/lines/<int:sequence>/reply", tell.reply, name="reply"),
]
