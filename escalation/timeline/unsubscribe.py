"""How does somebody stop mails from the mail itself, without logging in?

By a signed link that names the person and one kind, or all; it opens nothing else and does not expire,
because a mail may be read years later. Using it twice changes nothing.
"""

from django.core import signing
from django.db import transaction

from escalation.models import NoticeChoice, NoticeHours, NoticeKind
from escalation.timeline.notify import DEFAULTS, hours_row_of

SALT = "baton.notices.stop"
ALL = "all"
WEEKLY = "weekly"  # the figures of the week, to leads


class Forged(Exception):
    """The link was not made by this Baton."""


def token_for(*, user_id: int, kind: str) -> str:
    """This will sign a link's token."""
    return signing.dumps([user_id, kind], salt=SALT)


def read(token: str) -> tuple[int, str]:
    """This will return whose mails of which kind, or ``ALL``, are to stop; raises ``Forged``."""
    try:
        user_id, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise Forged from error
    return int(user_id), str(kind)


@transaction.atomic
def stop(*, user_id: int, kind: str) -> None:
    """This will stop the mails; notices in the page stay as they are."""
    if kind in {ALL, WEEKLY}:
        NoticeHours.objects.filter(pk=hours_row_of(user_id).pk).update(weekly=False)
    for each in {ALL: NoticeKind.values, WEEKLY: []}.get(kind, [kind]):
        wish = DEFAULTS[each]
        NoticeChoice.objects.update_or_create(
            user_id=user_id,
            kind=each,
            defaults={"mail": NoticeChoice.Mail.NEVER},
            create_defaults={"mail": NoticeChoice.Mail.NEVER, "page": wish.page, "slack": wish.slack},
        )
