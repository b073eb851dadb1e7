"""How does a draft go to another receiver, or take up newer questions, without losing a word?

State, files and what was typed into the template's fields stay. Only the answers to the old tool's questions
go: their values are ids of that tool and would name something else in another.
"""

from django.contrib.auth.models import User
from django.db import transaction

from escalation.capture.draft import own_draft
from escalation.capture.prefill import find_people
from escalation.capture.window import remember
from escalation.lifecycle.table import NotAllowedNow
from escalation.models import Handoff, Route


@transaction.atomic
def reroute(*, handoff: Handoff, route: Route, by: User) -> Handoff:
    """This will send the draft's way elsewhere; raises ``NotAllowedNow``."""
    locked = own_draft(handoff, by)
    here = locked.route
    if (route.sender_id, route.source_id) != (here.sender_id, here.source_id) or not route.active:
        raise NotAllowedNow(f"{route.name} does not begin where this draft was begun.")
    if route.target_id != here.target_id:
        locked.answers, locked.people = {}, {}
    locked.route, locked.template = route, route.template_in_force()
    remember(locked, request="")  # what a window still holds are answers to the questions of before
    locked.save(update_fields=["route", "template", "answers", "people", "revision", "saved_from"])
    find_people(handoff=locked)
    return locked


@transaction.atomic
def take_newer_questions(*, handoff: Handoff, by: User) -> Handoff:
    """This will have the form ask by the newest published template."""
    locked = own_draft(handoff, by)
    locked.template = locked.route.template_in_force()
    locked.save(update_fields=["template"])
    return locked
