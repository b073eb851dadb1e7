"""Who may not work without a second factor, and who has one?

Asked when somebody logs in, and of every token: one that was made before a role required a factor would go on
opening everything for as long as it lasts.
"""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.models import User

from escalation.models import Membership


def is_required(user: User) -> bool:
    """Return whether this person may not work without a second factor."""
    if user.is_staff and not settings.PRACTICE:
        return True
    members = Membership.objects.filter(user=user).select_related("team")
    return any(each.role in each.team.second_factor for each in members)


def has_one(user: User) -> bool:
    """Return whether this person has set one up."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def owes_one(user: User) -> bool:
    """Return whether this person needs one and has shown none, neither here nor at the company's log-in."""
    if not is_required(user) or has_one(user):
        return False
    return not SocialAccount.objects.filter(user=user).exists()
