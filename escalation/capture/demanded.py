"""Without what does the receiver's tool refuse a record, as its own description said when it was last read?

Read with the drift check and kept on the route, so that no page waits for a tool: what our translation never
fills is asked on the form like the template's own fields; what it sometimes fills is a question when it is
empty.
"""

from dataclasses import replace

from escalation.models import Route
from escalation.translation.asking import Demanded, TemplateBody
from escalation.translation.draft import Translation
from escalation.translation.rules import Rules


def demanded_by(route: Route) -> Demanded:
    """This will return what was read of the tool; nothing where nobody has looked yet."""
    return Demanded.model_validate(route.demanded)


def with_demanded(body: TemplateBody, *, route: Route, rules: Rules) -> TemplateBody:
    """This will return the template with the fields that the tool demands and the rules do not fill."""
    return demanded_by(route).in_template(body, filled=rules.defaults)


def questioned(translation: Translation, *, route: Route) -> Translation:
    """This will ask for each demanded field that came out empty, unless it is asked for already."""
    there = {each.name for each in translation.draft.fields}
    asked = {each.field for each in translation.questions}
    demanded = {each.field: each for each in demanded_by(route).questions if each.field not in there}
    questions = tuple(
        replace(each, prompt=demanded[each.field].prompt) if each.field in demanded else each
        for each in translation.questions
    )
    more = tuple(each for name, each in demanded.items() if name not in asked)
    return replace(translation, questions=(*questions, *more))
