"""What does a route ask of a sender: which parts, in which words, which fields of the receiver's own?

Read from the newest published template, and from what the tool itself demands of a record. A category may say
more than its route: what it names wins, everything else stays as the route has it.
"""

from escalation.capture.demanded import demanded_by, with_demanded
from escalation.models import Handoff, Template
from escalation.translation.asking import Asking, ExtraField, TemplateBody, template_from


def template_of(handoff: Handoff) -> Template | None:
    """This will return the version the draft was begun with, so that no question changes while one writes."""
    if handoff.template is None:
        # Looked up once for this object; it is the next save that keeps it.
        handoff.template = handoff.route.template_in_force()
    return handoff.template


def body_for(handoff: Handoff) -> TemplateBody:
    """This will return the whole template of the draft, with what the receiver's tool demands besides."""
    row = template_of(handoff)
    body = template_from(row.body if row else {})
    if not handoff.route.demanded:
        return body
    return with_demanded(body, route=handoff.route, rules=handoff.route.rules_in_force())


def asked_for(handoff: Handoff) -> Asking:
    """This will return what is asked of the draft in its category."""
    return body_for(handoff).in_category(handoff.category)


def lacking(handoff: Handoff, field: ExtraField) -> str:
    """This will say who cannot do without the field."""
    if field.name in {each.name for each in demanded_by(handoff.route).fields if each.needed}:
        return f"{field.label}: {handoff.route.target.name} takes no record without it."
    return f"{field.label}: {handoff.route.receiver.name} cannot start without it."
