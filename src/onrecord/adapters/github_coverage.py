"""Merged pull requests of a window, read from GitHub: 100 a request, each once, and only what is not known yet.

GitHub cannot put them in the order of their merging. In the order of their last update they are read from the newest down;
none was merged after it was updated last, so all that were merged after a moment are there once that moment is reached.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters import github_queries as queries
from onrecord.adapters.github_client import PAGE
from onrecord.adapters.github_coverage_cache import Reach, Standing
from onrecord.adapters.github_coverage_pull import (
    MAX_FILES,
    Kept,
    as_merged,
    read_kept,
    with_more_files,
    writers_of,
)
from onrecord.adapters.github_coverage_queries import LATEST, MERGED_INTO, more_files_query
from onrecord.adapters.github_queries import mapping, nodes_of, text
from onrecord.change.history import Merged

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from onrecord.adapters.github_client import Client
    from onrecord.adapters.github_coverage_cache import Cache

ROUNDS = 5  # of reading what was updated meanwhile


class Wanted(NamedTuple):
    """Which pull requests: of "owner/name", the last `last` (None: all) merged from one ISO day to another (empty: no bound).

    `head_at` is when the commit that is checked out was made, as GitHub writes times: what was merged later and is not
    among its `shas` is none of it.
    """

    repository: str
    last: int | None
    since: str
    until: str
    head_at: str
    shas: Set[str]


class Progress(NamedTuple):
    """How far it is: pull requests of the window that are there, out of so many (None: not known), read down to a time.

    `left` of `limit` points of GitHub's rate limit remain until `resets`; None and empty where it has no limit.
    """

    read: int
    wanted: int | None
    down_to: str
    left: int | None = None
    limit: int | None = None
    resets: str = ""


class Reading(NamedTuple):
    """What was read, and what is not whole, most of it by number.

    `later` were merged after the commit that is checked out, and are left out; of `unlisted` GitHub did not list the files,
    of `cut` no more than 3,000; `holes` did not come at all. `is_moving`: they were updated faster than they were read. `note` says when nothing can be kept for the next run.
    """

    merged: Merged
    later: tuple[int, ...]
    unlisted: tuple[int, ...]
    cut: tuple[int, ...]
    holes: int
    is_moving: bool
    note: str


class OtherBranch(Exception):
    """The default branch is another one than was thought: the one in the message."""


def read_pulls(client: Client, wanted: Wanted, base: str, cache: Cache, tell: Callable[[Progress], None]) -> Reading:
    """Return the merged pull requests of a window, newest first; what is read is in the cache, whatever happens.

    Raises OtherBranch when `base` is not the default branch, and GitHubError.
    """
    reader = _Reader(client, wanted, base, cache, tell)
    reader.read()
    pulls = cache.pulls(reader.numbers())
    writers = writers_of(pulls)
    return Reading(
        Merged(tuple(as_merged(one, writers) for one in pulls), (), (), base, ""),
        tuple(sorted(reader.later())),
        tuple(one.number for one in pulls if one.behind is not None),
        tuple(one.number for one in pulls if len(one.files) >= MAX_FILES),
        reader.holes,
        reader.is_moving,
        cache.note,
    )


class _Reader:
    """Brings the cache up to date with a window."""

    def __init__(
        self, client: Client, wanted: Wanted, base: str, cache: Cache, tell: Callable[[Progress], None]
    ) -> None:
        self.client, self.wanted, self.base, self.cache, self.tell = client, wanted, base, cache, tell
        self.known = cache.standings()
        self.latest: list[tuple[str, int]] | None = None
        self.limit: dict[str, Any] = {}
        self.missing: set[int] = set()
        self.holes = 0
        self.is_moving = False

    def read(self) -> None:
        """Read until nothing is missing that GitHub hands out."""
        for _ in range(ROUNDS):
            if self._is_current():
                break
            pages = self._read_pages()
            self._complete_files()
            if pages == 1 or self.holes:
                break
        else:
            self.is_moving = True
        self._complete_files()

    def numbers(self) -> list[int]:
        """Return the pull requests of the window, newest first; of those with one time, the higher number."""
        found = [number for number, one in self.known.items() if self._is_in(one)]
        found.sort(key=lambda number: (self.known[number].merged, number), reverse=True)
        return found[: self.wanted.last]

    def later(self) -> list[int]:
        """Return those of the window's days that were merged after the commit that is checked out."""
        return [number for number, one in self.known.items() if self._is_later(one) and self._is_of_days(one)]

    def _is_in(self, one: Standing) -> bool:
        return self._is_of_days(one) and not self._is_later(one)

    def _is_of_days(self, one: Standing) -> bool:
        return self.wanted.since <= one.merged[:10] <= (self.wanted.until or "9999")

    def _is_later(self, one: Standing) -> bool:
        return one.merged > self.wanted.head_at and one.sha not in self.wanted.shas

    def _is_enough(self, reach: Reach) -> bool:
        """Tell whether all of the window were read: whatever was not was merged no later than the reach's end."""
        if reach.cursor is None or reach.low[:10] < self.wanted.since:
            return True
        found, last = self.numbers(), self.wanted.last
        return last is not None and len(found) >= last and reach.low < self.known[found[-1]].merged

    def _is_current(self) -> bool:
        """Tell whether all of the window is there, and nothing was updated since."""
        reaches = self.cache.reaches()
        if not reaches:
            return False
        if self.latest is None:
            self._ask(LATEST, {}, PAGE)
        return not self._news(reaches[0]) and self._is_enough(reaches[0])

    def _news(self, reach: Reach) -> int:
        """Return how many to ask for from the top until what is known already; 0 where nothing is new."""
        latest = self.latest or []
        if all(updated <= reach.high and self._known_since(number) == updated for updated, number in latest[:1]):
            return 0
        return sum(updated >= reach.high for updated, _ in latest) + 1

    def _known_since(self, number: int) -> str:
        return self.known[number].updated if number in self.known else ""

    def _read_pages(self) -> int:
        """Read downwards until the window is full; return how many pages that took."""
        reaches = self.cache.reaches()
        news = self._news(reaches[0]) if reaches else PAGE
        self.latest = None
        reach = None if news else reaches[0]
        pages = 0
        while reach is None or not self._is_enough(reach):
            size = PAGE if reach else min(news, PAGE)
            reach = self._read_page(reach, size)
            pages += 1
        return pages

    def _read_page(self, reach: Reach | None, size: int) -> Reach:
        """Read a page and keep it; return the stretch it belongs to."""
        found = self._ask(MERGED_INTO, {"after": reach.cursor if reach else None}, size)
        connection = mapping(found.get("pullRequests"))
        page = queries.read_page(connection)
        pulls = [read_kept(node) for node in page.nodes]
        listed = connection.get("nodes")
        self.holes += len(listed) - len(page.nodes) if isinstance(listed, list) else 0
        low = pulls[-1].updated if pulls else ""
        whole = Reach(reach.high, low or reach.low, page.after) if reach else _first(pulls, low, page.after)
        self.cache.save(pulls, None if self.holes else whole)
        self._learn(pulls)
        if not self.holes:  # else the next run has to come by here again
            every = self.cache.reaches()
            whole = next((one for one in every if one.high >= whole.high and one.low <= whole.low), whole)
        self._progress(whole)
        return whole

    def _learn(self, pulls: list[Kept]) -> None:
        for one in pulls:
            if one.updated >= self._known_since(one.number):
                self.known[one.number] = Standing(one.updated, one.merged, one.sha)

    def _complete_files(self) -> None:
        """Ask for the files behind the first hundred, of up to a hundred pull requests at once."""
        while True:
            pulls = self.cache.pulls([number for number in self.numbers() if number not in self.missing])
            short = [one for one in pulls if one.behind is not None][:PAGE]
            if not short:
                return
            variables: dict[str, Any] = {}
            for at, one in enumerate(short):
                variables |= {f"n{at}": one.number, f"c{at}": one.behind or None}
            found = self._ask(more_files_query, variables, len(short))
            asked = [(one, mapping(found.get(f"p{at}"))) for at, one in enumerate(short) if f"p{at}" in found]
            more = [with_more_files(one, node) for one, node in asked]
            self.missing |= {new.number for (old, _), new in zip(asked, more, strict=True) if new == old}
            self.cache.save(more)

    def _ask(self, query: str | Callable[[int], str], variables: dict[str, Any], size: int) -> dict[str, Any]:
        """Return what GitHub says of the repository, and note what goes with each answer."""
        owner, _, name = self.wanted.repository.partition("/")
        data = self.client.ask(
            self.wanted.repository,
            partial(_question, query, {"owner": owner, "name": name, "base": self.base, "after": None} | variables),
            size,
        )
        found = mapping(data.get("repository"))
        default = text(mapping(found.get("defaultBranchRef")).get("name"))
        if default and default != self.base:
            raise OtherBranch(default)
        self.limit = mapping(data.get("rateLimit"))
        if query is not MERGED_INTO:
            nodes = nodes_of(found.get("pullRequests"))
            numbers = [node["number"] if isinstance(node.get("number"), int) else 0 for node in nodes]
            self.latest = [(text(node.get("updatedAt")), number) for node, number in zip(nodes, numbers, strict=True)]
        return found

    def _progress(self, reach: Reach) -> None:
        limit = self.limit
        left, most = (limit.get(name) if isinstance(limit.get(name), int) else None for name in ("remaining", "limit"))
        self.tell(Progress(len(self.numbers()), self.wanted.last, reach.low, left, most, text(limit.get("resetAt"))))


def _first(pulls: list[Kept], low: str, cursor: str | None) -> Reach:
    return Reach(pulls[0].updated if pulls else "", low, cursor)


def _question(query: str | Callable[[int], str], variables: dict[str, Any], size: int) -> tuple[str, dict[str, Any]]:
    """Return a query for `size` things; of those that name each thing apart, only that many are named."""
    if isinstance(query, str):
        return query, {**variables, "first": size}
    named = {name: value for name, value in variables.items() if not name[1:].isdecimal() or int(name[1:]) < size}
    return query(size), {**named, "first": PAGE}
