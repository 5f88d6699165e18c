from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fake_github import FakeGitHub

from onrecord.adapters.github import GitHub, Pace, open_github

QUICK = Pace(between_requests=None, between_writes=None, backoff=0, settle=0, timeout=20)


@pytest.fixture
def fake() -> Iterator[FakeGitHub]:
    """A GitHub of the test's own; fails the test at its end if a request or an answer was none of GitHub's."""
    with FakeGitHub() as server:
        yield server


@pytest.fixture
def opened() -> Iterator[Callable[..., GitHub]]:
    """Open the fake with a token, without pauses; no limit is waited for longer than a second. `pace` as in Pace."""
    clients: list[GitHub] = []

    def open_fake(server: FakeGitHub, token: str = "ghs_ours", **pace: Any) -> GitHub:  # noqa: S107
        clients.append(open_github(server.environment(token), wait_s=1, pace=QUICK._replace(**pace)))
        return clients[-1]

    yield open_fake
    for client in clients:
        client.close()


@pytest.fixture
def github(fake: FakeGitHub, opened: Callable[..., GitHub]) -> GitHub:
    """The fake, as the runner's own token sees it."""
    return opened(fake)
