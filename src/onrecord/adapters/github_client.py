"""PyGithub, set up so that every wait has an end, reads are repeated and writes never; no other module knows it.

Behaviour relied on, and measured: PyGithub 2.10 repeats every POST unless told not to, and GraphQL queries are POSTs too.
"""

from __future__ import annotations

import logging
import re
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord import __version__
from onrecord.adapters import github_faults as faults
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.github_queries import mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from github import Github

    # From how many things to ask for at once to a query and its variables.
    Question: TypeAlias = Callable[[int], tuple[str, dict[str, Any]]]

TOKENS = ("ONRECORD_TOKEN", "GITHUB_TOKEN", "GH_TOKEN")
PUBLIC_API = "https://api.github.com"
API_VERSION = "2022-11-28"
PAGE = 100  # the most that GitHub gives
SMALLEST_PAGE = 10
TRIES = 3  # of a read
_INSTALL = "PyGithub 2.10 or newer is needed to talk to GitHub: pip install 'onrecord[github]'"


class Pace(NamedTuple):
    """How fast to go, in seconds.

    At least `between_requests` and `between_writes` lie between two of them (None: no pause); the first repetition of a
    read comes after `backoff`, each further one after twice as long; a lost write is looked for after `settle`; one
    answer may take `timeout`.
    """

    between_requests: float | None = 0.25
    between_writes: float | None = 1.0
    backoff: float = 0.5
    settle: float = 1.0
    timeout: int = 15


class Client:
    """One GitHub server, seen with one token; sends no request until it is asked something."""

    def __init__(self, api: Github, pace: Pace, wait_s: int) -> None:
        self.api, self.pace = api, pace
        self._wait_s, self._page = wait_s, PAGE

    def close(self) -> None:
        """Close the connections."""
        self.api.close()

    def ask(self, about: str, question: Question, most: int = PAGE) -> dict[str, Any]:
        """Return the data of a GraphQL query, asked for at most `most` things at once.

        It changes nothing, so it is repeated, and for fewer things each time that they were too many for GitHub.
        """
        for attempt in range(TRIES):
            try:
                return self._ask_once(about, *question(min(self._page, most)))
            except GitHubError as error:
                pause = self._pause_after(error, attempt)
                if pause is None or attempt == TRIES - 1:
                    raise
                if error.kind == "unreachable":
                    self._page = max(min(self._page, most) // 2, SMALLEST_PAGE)
                time.sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _ask_once(self, about: str, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        from github import GithubException

        with told(about):
            try:
                answer = self.api.requester.graphql_query(query, variables)[1]
            except GithubException as error:
                answer = error.data
                if None in _repository(answer).values() or not _repository(answer):
                    raise  # else fields further down were refused, and the others are there
        if not _repository(answer):
            raise faults.unreadable(about)
        return mapping(answer["data"])

    def _pause_after(self, error: GitHubError, attempt: int) -> float | None:
        """Return the seconds to wait before a read is repeated; None when it would not help, or would take too long."""
        if error.kind == "unreachable":
            return self.pace.backoff * (1 << attempt)
        if error.kind == "limited" and error.retry_after is not None and error.retry_after <= self._wait_s:
            return error.retry_after
        return None

    def read(self, path: str, about: str, parameters: dict[str, Any]) -> Any:
        """Return the JSON of a REST answer; it changes nothing, so it is repeated."""
        with told(about):
            return self.api.requester.requestJsonAndCheck("GET", path, parameters=parameters)[1]

    def send(self, verb: str, path: str, about: str, fields: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send one request that changes something, once, whatever comes of it; return the JSON object of the answer."""
        with told(about):
            return mapping(self.api.requester.requestJsonAndCheck(verb, path, input=fields)[1])


def open_client(environment: Mapping[str, str], wait_s: int, pace: Pace) -> Client:
    """Return the client for the server and the token that the environment names."""
    token = next((environment[name].strip() for name in TOKENS if environment.get(name, "").strip()), "")
    if not token:
        raise GitHubError("forbidden", f"a token is needed to talk to GitHub; {', '.join(TOKENS)} are empty")
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise GitHubError("expired", "the token holds characters that no token of GitHub's has")
    try:
        from github import Auth, Github, GithubRetry

        logging.getLogger("github").setLevel(logging.WARNING)  # it writes each repetition to standard error
        retry = GithubRetry(
            total=TRIES - 1,
            backoff_factor=pace.backoff,
            backoff_max=10,
            allowed_methods=frozenset({"GET", "HEAD"}),
            secondary_rate_wait=wait_s,
            max_rate_limit_wait=wait_s,
            retry_after_max=wait_s,
        )
        api = Github(
            base_url=_api_url(environment),
            auth=Auth.Token(token),
            lazy=True,
            per_page=PAGE,
            timeout=pace.timeout,
            retry=retry,
            seconds_between_requests=pace.between_requests,
            seconds_between_writes=pace.between_writes,
            api_version=API_VERSION,
            user_agent=f"onrecord/{__version__}",
        )
    except (ImportError, TypeError) as error:  # an older one does not know all of these settings
        raise GitHubError("unreachable", _INSTALL) from error
    return Client(api, pace, wait_s)


def _api_url(environment: Mapping[str, str]) -> str:
    """Return the address of the REST interface, from which that of the GraphQL interface follows."""
    url = environment.get("GITHUB_API_URL", "").strip().rstrip("/")
    host = environment.get("GH_HOST", "").strip()
    if not url and host and host != "github.com":
        url = f"https://api.{host}" if host.endswith(".ghe.com") else f"https://{host}/api/v3"
    if not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+(?:/[\w./-]*)?", url or PUBLIC_API, re.ASCII):
        raise GitHubError("unreachable", f"GITHUB_API_URL or GH_HOST: “{url}” is no address of a server")
    return url or PUBLIC_API


def host_of(environment: Mapping[str, str]) -> str:
    """Return the name of the server that is asked, as it stands in the address of a repository. Raises GitHubError."""
    host = _api_url(environment).partition("://")[2].partition("/")[0]
    return host.removeprefix("api.") if host == "api.github.com" or host.endswith(".ghe.com") else host


@contextmanager
def told(about: str) -> Iterator[None]:
    """Turn whatever PyGithub and what lies below it raise into GitHubError.

    Besides the two families named, that is ValueError for an answer cut short, AssertionError and RuntimeError for one
    that points to another server, and what comes of reading an answer of another shape.
    """
    from github import GithubException
    from requests.exceptions import RequestException

    try:
        yield
    except GithubException as error:
        raise faults.of_answer(about, error.status, error.data, error.headers or {}) from error
    except RequestException as error:
        raise faults.of_connection(about, error) from error
    except Exception as error:
        raise faults.unreadable(about) from error


def _repository(answer: Any) -> dict[str, Any]:
    """Return what a GraphQL answer says of the repository; every query asks about one."""
    return mapping(mapping(mapping(answer).get("data")).get("repository"))
