"""What OnRecord asks of GitHub and writes there: GraphQL where it saves requests, REST for the rest."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from onrecord.adapters import github_faults as faults
from onrecord.adapters import github_queries as queries
from onrecord.adapters.github_client import PAGE, Client, Pace, open_client, told
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.github_issues import Issues
from onrecord.adapters.github_queries import Comment, PullRequest, mapping
from onrecord.change import Change, ChangedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Comment", "GitHub", "GitHubError", "Pace", "PullRequest", "open_github"]

MAX_FILES = 3_000  # GitHub lists no more of a pull request
MOST_OPEN = 1_000  # looked through for a head, by last update; the one that is looked for was updated lately
MOST_RIVALS = 200  # open pull requests, by last update, whose files are looked at: two requests
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

    def issues(self) -> Issues:
        """Return the issues of the same server, seen with the same token."""
        return Issues(self._client)

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
        if not _is_path(path):
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

    def tree(self, repository: str, commit: str) -> list[str]:
        """Return the paths of all plain files at a commit, by one request.

        Raises GitHubError ("refused") where GitHub does not list them all: over 100,000 entries, or 7 MB.
        """
        _names(repository)
        about = _commit(repository, commit)
        with told(about):
            found = self._client.api.get_repo(repository).get_git_tree(commit, recursive=True)
            paths = [entry.path for entry in found.tree if queries.is_plain(int(entry.mode, 8))]
            is_cut = found.raw_data.get("truncated") is True
        if is_cut:
            raise GitHubError("refused", f"{about}: there are more files than GitHub lists")
        return paths

    def files(self, repository: str, commit: str, paths: Iterable[str]) -> dict[str, bytes]:
        """Return the plain files among `paths` at a commit, a hundred by one request.

        What GraphQL cannot hand out as it is (no UTF-8, over 500 kB) takes a request of its own; over 1 MB it is left out.
        """
        owner, name = _names(repository)
        about = _commit(repository, commit)
        left = [path for path in paths if _is_path(path)]
        found: dict[str, bytes] = {}
        while left:
            question = partial(_about_files, {"owner": owner, "name": name, "commit": commit}, left)
            data = self._client.ask(about, question)
            entries = mapping(mapping(data.get("repository")).get("object"))
            count = next((at for at in range(len(left)) if f"p{at}" not in entries), len(left))
            for at, path in enumerate(left[:count]):
                content = self._content(repository, path, commit, entries[f"p{at}"])
                if content is not None:
                    found[path] = content
            left = left[count:] if count else []  # nothing was asked where there is no such commit
        return found

    def _content(self, repository: str, path: str, commit: str, entry: Any) -> bytes | None:
        content = queries.read_blob(entry)
        if content is not None or not queries.is_plain(mapping(entry).get("mode")):
            return content
        try:
            return self.file(repository, path, commit)
        except GitHubError as error:
            if error.kind != "refused":
                raise
            return None

    def pull_numbers_of_commit(self, repository: str, sha: str) -> list[int]:
        """Return the pull requests that a commit is part of."""
        _names(repository)
        with told(_commit(repository, sha)):
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

    def added_by_others(self, repository: str, number: int) -> dict[str, int]:
        """Return the paths that other open pull requests bring, with the number of the oldest that does.

        Of those updated last, MOST_RIVALS are asked for, and of each its first hundred files.
        """
        found: dict[str, int] = {}
        for pull in self._pulls(repository, queries.OPEN_FILES, MOST_RIVALS):
            rival = pull.get("number")
            if not isinstance(rival, int) or rival == number:
                continue
            for file in queries.read_files(queries.nodes_of(pull.get("files"))):
                if file.status in ("added", "renamed", "copied"):
                    found[file.path] = min(rival, found.get(file.path, rival))
        return found

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
        fields = None if body is None else {"body": body}
        return self._client.send(verb, f"/repos/{repository}/{path}", repository, fields)

    def _read_pull(
        self, repository: str, number: int, after: Mapping[str, str | None]
    ) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]]]:
        """Return the first answer, and all nodes of the parts that are asked for, each from its cursor on."""
        owner, name = _names(repository)
        nodes: dict[str, list[dict[str, Any]]] = {part: [] for part in queries.PARTS}
        todo, first = dict(after), None
        while todo:
            variables = {"owner": owner, "name": name, "number": number, **queries.part_variables(todo)}
            about = f"{repository}#{number}"
            data = self._client.ask(about, partial(_with_size, queries.PULL_REQUEST, variables))
            first = first or data
            pull = mapping(mapping(data.get("repository")).get("pullRequest"))
            if not pull:
                raise faults.unreadable(about)
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
            question = partial(_with_size, query, variables)
            data = self._client.ask(repository, question, min(count, PAGE))
            nodes, after = queries.read_page(mapping(data.get("repository")).get("pullRequests"))
            yield from nodes
            count = count - len(nodes) if after is not None else 0


def _names(repository: str) -> tuple[str, str]:
    """Return owner and name; raises GitHubError for what would be another address."""
    names = repository.split("/")
    if len(names) != 2 or not all(_NAME.fullmatch(name) and name not in (".", "..") for name in names):
        raise GitHubError("not-found", f"“{repository}” is no repository; one is written like OWNER/REPO")
    return names[0], names[1]


def _commit(repository: str, sha: str) -> str:
    """Return the name of a commit for people; raises GitHubError for what is none."""
    if not _SHA.fullmatch(sha):
        raise GitHubError("not-found", f"{repository}: “{sha}” is no commit")
    return f"{repository} at {sha[:12]}"


def _is_path(path: str) -> bool:
    """Tell whether this is a path inside a repository, and not another address."""
    return all(part not in ("", ".", "..") for part in path.split("/"))


def _with_size(query: str, variables: dict[str, Any], size: int) -> tuple[str, dict[str, Any]]:
    return query, {**variables, "first": size}


def _about_files(variables: dict[str, Any], paths: list[str], size: int) -> tuple[str, dict[str, Any]]:
    some = paths[:size]
    return queries.files_query(len(some)), variables | {f"p{at}": path for at, path in enumerate(some)}
