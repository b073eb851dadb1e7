"""Browsers of the people at the pages: the author, a teammate, the receiver, a stranger, nobody."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from escalation.models import Handoff, Membership, Route
from tests import builders
from tests.pages.posting import confirmed

Role = Membership.Role


@pytest.fixture
def desk_to_ops(db: None) -> Route:
    return builders.route()


@pytest.fixture
def author(desk_to_ops: Route) -> User:
    return builders.person("lena", team=desk_to_ops.sender)


@pytest.fixture
def teammate(desk_to_ops: Route) -> User:
    return builders.person("amir", team=desk_to_ops.sender)


@pytest.fixture
def receiver(desk_to_ops: Route) -> User:
    return builders.person("tomas", team=desk_to_ops.receiver, role=Role.LEVEL_TWO)


@pytest.fixture
def stranger(db: None) -> User:
    return builders.person("mallory")


@pytest.fixture
def browser_of() -> Callable[[User], Client]:
    """Open a browser in which that person is logged in."""

    def open_browser(user: User) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return open_browser


@pytest.fixture
def page(browser_of: Callable[[User], Client], author: User) -> Client:
    """The author's browser."""
    return browser_of(author)


@pytest.fixture
def draft(desk_to_ops: Route, author: User) -> Handoff:
    return builders.handoff(route=desk_to_ops, author=author)


@pytest.fixture
def sent(draft: Handoff, author: User) -> Handoff:
    """The scene, confirmed and delivered as INC0012345."""
    return confirmed(draft, by=author)
