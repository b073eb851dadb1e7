"""Practice tools in memory and our doors onto them, as each tool's proof builds them."""

import pytest

from escalation.transport.door import Door
from tests.tools.contract.proofs import PROOFS


def built(kind):
    bench = PROOFS[kind].bench()
    yield bench
    bench.tool.close()


@pytest.fixture
def servicenow():
    yield from built("servicenow")


@pytest.fixture
def servicenow_door(servicenow) -> Door:
    return PROOFS["servicenow"].door(servicenow)


@pytest.fixture
def servicenow_world():
    """A door onto a ServiceNow that knows the items, groups, changes and people of the practice world."""
    bench = PROOFS["servicenow"].bench(with_world=True)
    yield PROOFS["servicenow"].door(bench)
    bench.tool.close()


@pytest.fixture
def zendesk():
    yield from built("zendesk")


@pytest.fixture
def zendesk_door(zendesk) -> Door:
    return PROOFS["zendesk"].door(zendesk)


@pytest.fixture
def jira():
    yield from built("jira")


@pytest.fixture
def jira_door(jira) -> Door:
    return PROOFS["jira"].door(jira)


@pytest.fixture
def slack():
    yield from built("slack")


@pytest.fixture
def slack_door(slack) -> Door:
    return PROOFS["slack"].door(slack)


@pytest.fixture
def jira_world():
    """A door onto a Jira that knows the components, versions and issues of the practice world."""
    bench = PROOFS["jira"].bench(with_world=True)
    yield PROOFS["jira"].door(bench)
    bench.tool.close()
