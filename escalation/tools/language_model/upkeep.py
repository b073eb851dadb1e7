"""Can the language model be used as it is set up?"""

from typing import NoReturn

from escalation.tools.health import Lack
from escalation.tools.language_model.drafter import MODEL, models, propose_line
from escalation.transport.door import Door
from escalation.transport.errors import Refused, TransportError, Unauthorised

_EXAMPLE = "We have found the cause and are working on a fix."


def check(door: Door) -> tuple[Lack, ...]:
    """This will ask for the models and for one short line; each lack names what would mend it."""
    name = door.settings.get(MODEL, "")
    try:
        offered = models(door)
    except Unauthorised as error:
        return (Lack(what=str(error), fix="Enter the endpoint's key again on the language model's page."),)
    if offered and name not in offered:
        known = ", ".join(offered[:8])
        return (Lack(what=f"The endpoint offers no model “{name}”.", fix=f"Choose one of: {known}."),)
    try:
        propose_line(door, update=_EXAMPLE)
    except TransportError as error:
        fix = "Choose a model that can answer in a JSON schema (structured output)."
        return (Lack(what=f"A trial question came to nothing: {error}", fix=fix),)
    return ()


def listen(door: Door, *, url: str, secret: str) -> NoReturn:  # noqa: ARG001 - nothing calls us
    """This will raise ``Refused``: a language model is only asked."""
    raise Refused("A language model never calls Baton; there is nothing to set up there.")
