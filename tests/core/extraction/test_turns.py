"""The same words are read by whose turn it was."""

from escalation.extraction.prefill import prefill
from escalation.knowledge.words import Part, Role
from tests.core.extraction.conversations import said, talk


def part_of(words, *messages):
    found = prefill(talk(*messages)).candidates
    return next((each.part for each in found if words in messages[each.message].text), None)


def test_what_a_user_answers_to_a_step_is_how_it_went():
    words = "The picture is back in both rooms."
    report = said("The projector stays dark on this input since Monday.", role=Role.REQUESTER)
    step = said("I restarted the controller of that room.", role=Role.TECHNICIAN, minutes=5)

    assert part_of(words, report, step, said(words, role=Role.REQUESTER, minutes=9)) is Part.REMEDIATION
    assert part_of(words, said(words, role=Role.REQUESTER)) is Part.FACTS


def test_after_having_looked_a_technician_explains():
    words = "The balancer sends all sessions to one node."
    report = said("The tunnel is slow since Monday.", role=Role.REQUESTER)
    looked = "Node 2 shows 1,900 sessions in the monitoring, node 1 shows 60."

    def reply(text):
        return said(text, role=Role.TECHNICIAN, minutes=5)

    found = prefill(talk(report, reply(f"{looked} {words}"))).candidates
    parts = [each.part for each in found if each.message == 1]
    assert parts == [Part.DIAGNOSTICS, Part.HYPOTHESIS]


def test_behind_what_a_user_has_seen_stands_what_it_costs():
    words = "Our drivers stand at the ramp with full trucks."
    seen = "The scanner log says ERR_NO_ROUTE."

    report = said(f"{seen} {words}", role=Role.REQUESTER)

    found = prefill(talk(report)).candidates
    assert [each.part for each in found] == [Part.DIAGNOSTICS, Part.BUSINESS]
