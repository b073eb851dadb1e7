"""Under which rules was a handoff confirmed? What is published afterwards changes nothing for it."""

from escalation.models import Handoff, Snapshot
from escalation.translation.rules import Rules


def confirmed_rules(handoff: Handoff) -> Rules:
    """This will return them; the defaults for a handoff that was confirmed under none."""
    snapshot = Snapshot.objects.select_related("rule_set").filter(handoff=handoff).first()
    if snapshot is None or snapshot.rule_set is None:
        return Rules()
    return snapshot.rule_set.rules
