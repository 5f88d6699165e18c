"""The issues of a repository that the token's own user wrote: found, opened, edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters import github_faults as faults
from onrecord.adapters.github_client import PAGE
from onrecord.adapters.github_queries import mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onrecord.adapters.github_client import Client

MOST_PAGES = 10  # of what the token's user wrote, by last update; what is kept up to date was updated lately

# Whose the token is, and what there is to open an issue with. Costs 1 point.
KEEPER = """\
query Keeper($owner: String!, $name: String!, $label: String!) {
  viewer { login }
  repository(owner: $owner, name: $name) { nameWithOwner hasIssuesEnabled label(name: $label) { name } }
}
"""


class Keeper(NamedTuple):
    """Whose a token is (`viewer`, empty where GitHub does not say), and what a repository offers.

    `repository` is its name as it is now; `label` is the wanted one where it is there, else empty.
    """

    repository: str
    viewer: str
    has_issues: bool
    label: str


class Issue(NamedTuple):
    """An issue; `author` is the login as REST writes it (`name[bot]` for a bot), empty if gone."""

    number: int
    author: str
    body: str
    is_open: bool = True
    is_locked: bool = False


class Issues:
    """The issues of one GitHub server. Every method may raise GitHubError and nothing else."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def keeper(self, repository: str, label: str) -> Keeper:
        """Return whose the token is, and what a repository offers, by one request."""
        owner, _, name = repository.partition("/")
        data = self._client.ask(repository, lambda _: (KEEPER, {"owner": owner, "name": name, "label": label}))
        found = mapping(data.get("repository"))
        if not found.get("nameWithOwner"):
            raise faults.unreadable(repository)
        return Keeper(
            text(found["nameWithOwner"]),
            text(mapping(data.get("viewer")).get("login")),
            found.get("hasIssuesEnabled") is not False,
            text(mapping(found.get("label")).get("name")),
        )

    def written_by(self, repository: str, login: str) -> Iterator[list[Issue]]:
        """Yield the issues that somebody wrote, open and closed, page by page, those updated last first.

        A page takes a request, and there are up to ten of a hundred each; pull requests count among the hundred.
        """
        given = {"creator": login, "state": "all", "sort": "updated", "direction": "desc", "per_page": PAGE}
        for page in range(1, MOST_PAGES + 1):
            rows = self._client.read(f"/repos/{repository}/issues", repository, {**given, "page": page})
            if not isinstance(rows, list):
                raise faults.unreadable(repository)
            yield [_issue(row) for row in map(mapping, rows) if _is_issue(row)]
            if len(rows) < PAGE:
                return

    def create(self, repository: str, title: str, body: str, labels: Sequence[str] = ()) -> int:
        """Open an issue, by exactly one request, and return its number; a label that is not there would be made."""
        fields = {"title": title, "body": body, **({"labels": list(labels)} if labels else {})}
        number = self._client.send("POST", f"/repos/{repository}/issues", repository, fields).get("number")
        if not isinstance(number, int):  # such as the answer to a write in a repository that was renamed
            raise faults.unreadable(repository)
        return number

    def update(self, repository: str, number: int, fields: dict[str, Any]) -> None:
        """Change what `fields` names (body, state, state_reason), and nothing else."""
        self._client.send("PATCH", f"/repos/{repository}/issues/{number}", f"{repository}#{number}", fields)


def _is_issue(row: dict[str, Any]) -> bool:
    """Tell an issue from a pull request, which is listed as one."""
    return isinstance(row.get("number"), int) and row.get("pull_request") is None


def _issue(row: dict[str, Any]) -> Issue:
    return Issue(
        row["number"],
        text(mapping(row.get("user")).get("login")),
        text(row.get("body")),
        row.get("state") != "closed",
        row.get("locked") is True,
    )
