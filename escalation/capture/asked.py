"""What does a route ask of a sender: which parts, in which words, which fields of the receiver's own?

Read from the newest published template. A category may say more than its route: what it names wins,
everything else stays as the route has it.
"""

from escalation.models import Handoff, Route, Template
from escalation.translation.asking import Asking, TemplateBody, template_from


def template_in_force(route: Route) -> Template | None:
    """This will return the newest published template of the route."""
    return Template.objects.filter(route=route, published_at__isnull=False).order_by("-version").first()


def template_of(handoff: Handoff) -> Template | None:
    """This will return the version the draft was begun with, so that no question changes while one writes."""
    if handoff.template is None:
        # Looked up once for this object; it is the next save that keeps it.
        handoff.template = template_in_force(handoff.route)
    return handoff.template


def body_for(handoff: Handoff) -> TemplateBody:
    """This will return the whole template of the draft."""
    row = template_of(handoff)
    return template_from(row.body if row else {})


def asked_for(handoff: Handoff) -> Asking:
    """This will return what is asked of the draft in its category."""
    return body_for(handoff).in_category(handoff.category)
