"""What OnRecord asks of GitHub and writes there: GraphQL where it saves requests, REST for the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from onrecord.adapters import github_faults as faults
from onrecord.adapters import github_queries as queries
from onrecord.adapters.github_client import PAGE, Client, Pace, open_client, told
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.github_queries import Comment, PullRequest, mapping
from onrecord.change import Change, ChangedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Comment", "GitHub", "GitHubError", "Pace", "PullRequest", "open_github"]

MAX_FILES = 3_000  # GitHub lists no more of a pull request
MOST_OPEN = 1_000  # looked through for a head, by last update; the one that is looked for was updated lately
_NAME = re.compile(r"[A-Za-z0-9_.-]+")
_SHA = re.compile(r"[0-9a-f]{7,64}")


def open_github(environment: Mapping[str, str], *, wait_s: int = 15, pace: Pace | None = None) -> GitHub:
    """Return GitHub as the environment names it; sends no request yet.

    The token is that of ONRECORD_TOKEN, GITHUB_TOKEN or GH_TOKEN; the server that of GITHUB_API_URL or GH_HOST. No rate
    limit is waited for longer than `wait_s` seconds. Raises GitHubError without a token, or without PyGithub.
    """
    return GitHub(open_client(environment, wait_s, pace or Pace()))


class GitHub:
    """One GitHub server, seen with one token. Every method may raise GitHubError and nothing else."""

    def __init__(self, client: Client) -> None:
        self.pace = client.pace
        self._client = client

    def close(self) -> None:
        """Close the connections."""
        self._client.api.close()

    def pull_request(self, repository: str, number: int, *, patches: bool = False) -> PullRequest:
        """Return a pull request with its comments and its files, up to 3,000, by one request a hundred of them.

        Only with `patches` does a file hold its patch and the path before a rename; that takes a request more.
        """
        about = f"{repository}#{number}"
        parts = {"files": not patches, "comments": True, "events": True}
        data, nodes = self._read_pull(repository, number, {part: None for part, wanted in parts.items() if wanted})
        viewer = mapping(data.get("viewer")).get("login")
        found = mapping(data.get("repository"))
        pull = queries.read_pull(found, queries.text(viewer), nodes["events"], nodes["comments"])
        if patches:
            with told(about):
                pages = self._client.api.get_repo(pull.repository or repository).get_pull(number).get_files()
                files: tuple[ChangedFile, ...] | None = tuple(
                    ChangedFile(f.filename, f.status, f.additions, f.deletions, f.previous_filename or None, f.patch)
                    for f in pages
                )
        else:
            is_known = mapping(found.get("pullRequest")).get("files") is not None
            files = queries.read_files(nodes["files"]) if is_known else None
        return pull._replace(change=pull.change._replace(files=files))

    def comments(self, repository: str, number: int) -> tuple[Comment, ...]:
        """Return all comments on a pull request, oldest first."""
        data, nodes = self._read_pull(repository, number, {"comments": None})
        return queries.read_comments(nodes["comments"], queries.text(mapping(data.get("viewer")).get("login")))

    def file(self, repository: str, path: str, ref: str) -> bytes | None:
        """Return a file at a commit, branch or tag; None where there is none, or a folder, link or submodule.

        Raises GitHubError ("refused") for a file over 1 MB, which GitHub does not hand out in this way.
        """
        _names(repository)
        if any(part in ("", ".", "..") for part in path.split("/")):
            return None
        about = f"{repository}: {path}"
        try:
            with told(about):
                found = self._client.api.get_repo(repository).get_contents(path, ref=ref)
                if isinstance(found, list) or found.type != "file":
                    return None
                if found.encoding == "base64":
                    return found.decoded_content
        except GitHubError as error:
            if error.kind == "not-found":
                return None
            raise
        raise GitHubError("refused", f"{about}: the file is larger than 1 MB")

    def pull_numbers_of_commit(self, repository: str, sha: str) -> list[int]:
        """Return the pull requests that a commit is part of."""
        _names(repository)
        if not _SHA.fullmatch(sha):
            raise GitHubError("not-found", f"{repository}: “{sha}” is no commit")
        with told(f"{repository}: commit {sha[:12]}"):
            return [pull.number for pull in self._client.api.get_repo(repository).get_commit(sha).get_pulls()]

    def find_open_pull(self, repository: str, head_sha: str, head_repository: str) -> int | None:
        """Return the open pull request with this head, the one updated last if several have it; None without one."""
        head = (head_sha, head_repository.casefold())
        for pull in self._pulls(repository, queries.OPEN, MOST_OPEN):
            of = queries.text(mapping(pull.get("headRepository")).get("nameWithOwner")).casefold()
            number = pull.get("number")
            if (pull.get("headRefOid"), of) == head and isinstance(number, int):
                return number
        return None

    def merged(self, repository: str, count: int) -> Iterator[Change]:
        """Yield the last `count` merged pull requests, newest first, with all their files but without patches."""
        for pull in self._pulls(repository, queries.MERGED, count):
            change = queries.read_change(pull, None)
            if pull.get("files") is not None:
                nodes, after = queries.read_page(pull["files"])
                if after is not None and change.number is not None:
                    nodes = nodes + self._read_pull(repository, change.number, {"files": after})[1]["files"]
                change = change._replace(files=queries.read_files(nodes[:MAX_FILES]))
            yield change

    def create_comment(self, repository: str, number: int, body: str) -> Comment:
        """Write a comment, by exactly one request: after an error nobody knows whether it arrived."""
        data = self._write("POST", repository, f"issues/{number}/comments", body)
        if not isinstance(data.get("id"), int):  # such as the answer to a write in a repository that was renamed
            raise faults.unreadable(f"{repository}#{number}")
        return Comment(data["id"], queries.text(mapping(data.get("user")).get("login")), queries.text(data.get("body")))

    def update_comment(self, repository: str, id: int, body: str) -> None:
        """Replace a comment's text."""
        self._write("PATCH", repository, f"issues/comments/{id}", body)

    def delete_comment(self, repository: str, id: int) -> None:
        """Delete a comment; one that is gone already counts as deleted."""
        try:
            self._write("DELETE", repository, f"issues/comments/{id}")
        except GitHubError as error:
            if error.kind != "not-found":
                raise

    def _write(self, verb: str, repository: str, path: str, body: str | None = None) -> dict[str, Any]:
        _names(repository)
        return self._client.write(verb, f"/repos/{repository}/{path}", repository, body)

    def _read_pull(
        self, repository: str, number: int, after: Mapping[str, str | None]
    ) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """Return the first answer, and all nodes of the parts that are asked for, each from its cursor on."""
        owner, name = _names(repository)
        nodes: dict[str, list[dict[str, Any]]] = {part: [] for part in queries.PARTS}
        todo, first = dict(after), None
        while todo:
            variables = {"owner": owner, "name": name, "number": number, **queries.part_variables(todo)}
            data = self._client.ask(f"{repository}#{number}", queries.PULL_REQUEST, variables)
            first = first or data
            pull = mapping(mapping(data.get("repository")).get("pullRequest"))
            for part in list(todo):
                page = queries.read_page(pull.get(queries.PARTS[part]))
                nodes[part] += page.nodes
                if page.after in (None, todo[part]) or (part == "files" and len(nodes[part]) >= MAX_FILES):
                    del todo[part]
                else:
                    todo[part] = page.after
        return first or {}, nodes

    def _pulls(self, repository: str, query: str, count: int) -> Iterator[dict[str, Any]]:
        """Yield up to `count` pull requests of a repository."""
        owner, name = _names(repository)
        after = None
        while count > 0:
            variables = {"owner": owner, "name": name, "after": after}
            data = self._client.ask(repository, query, variables, min(count, PAGE))
            nodes, after = queries.read_page(mapping(data.get("repository")).get("pullRequests"))
            yield from nodes[:count]
            count = count - len(nodes) if after is not None else 0


def _names(repository: str) -> tuple[str, str]:
    """Return owner and name; raises GitHubError for what would be another address."""
    names = repository.split("/")
    if len(names) != 2 or not all(_NAME.fullmatch(name) and name not in (".", "..") for name in names):
        raise GitHubError("not-found", f"“{repository}” is no repository; one is written like OWNER/REPO")
    return names[0], names[1]
