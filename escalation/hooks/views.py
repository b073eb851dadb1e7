"""What do we answer a tool that calls?

Quickly, and nothing it could learn from: who we are shows in no answer, and a wrong signature is told
apart from an unknown address only because the tools' own delivery logs need it.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from escalation.inbound.receive import greet, receive
from escalation.models import Allowance, Connection
from escalation.tools import registry
from escalation.tools.updates import BadSignature

LARGEST = 1024 * 1024


@csrf_exempt
@require_POST
def hear(request: HttpRequest, tool: str, connection: UUID) -> HttpResponse:
    """This will take one webhook in: 202 kept, 200 known already or greeted, else 401, 404, 413 or 429."""
    row = Connection.objects.filter(pk=connection, tool=tool).first()
    known = registry.TOOLS.get(row.tool) if row is not None else None
    if row is None or known is None or known.hooks is None:
        return _say("There is no such address.", status=404)
    if seconds := Allowance.wait("hook", str(connection)):
        refusal = _say(f"Too many calls; send this one again in {seconds} s.", status=429)
        refusal["Retry-After"] = str(seconds)
        return refusal
    # One byte more than allowed tells a body that is too large without reading all of it.
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        return _say("The body is larger than 1 MB.", status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        words = greet(connection=row, tool=known, headers=headers, body=body, now=timezone.now())
        if words is not None:
            return HttpResponse(words, content_type="text/plain; charset=utf-8")
        kept = receive(connection=row, hooks=known.hooks, headers=headers, body=body, now=timezone.now())
    except BadSignature as error:
        return _say(str(error), status=401)
    return _say("Known already.", status=200) if kept is None else _say("Kept.", status=202)


def _say(words: str, *, status: int) -> HttpResponse:
    return HttpResponse(words + "\n", status=status, content_type="text/plain; charset=utf-8")
