"""A merged pull request as GitHub tells it, cut down to what a coverage report asks of it, and kept as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.adapters import github_queries as queries
from onrecord.adapters.comment import is_marked
from onrecord.adapters.github_queries import mapping, nodes_of, text
from onrecord.change.history import MergedChange, Nudge
from onrecord.change.model import Change, ChangedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

MAX_FILES = 3_000  # GitHub lists no more of a pull request
_MAY_WRITE = ("OWNER", "MEMBER", "COLLABORATOR")


class Kept(NamedTuple):
    """What is kept of one; times as GitHub writes them (UTC), so that they can be compared as text.

    `files` are path, status, added and deleted lines; `behind` is the cursor behind which more of them follow, None where
    the list is whole, empty where GitHub did not list any. Of our comment: who wrote it (empty: it was not seen among the
    first 20), whether `all_comments` were, whether it says that nothing is missing, and whose comments others deleted.
    """

    number: int
    updated: str
    merged: str
    sha: str
    message: str
    title: str
    body: str
    author: str
    is_bot: bool
    created: str
    labels: tuple[str, ...]
    approvers: tuple[str, ...]
    files: tuple[tuple[str, str, int, int], ...]
    behind: str | None
    nudged_by: str
    all_comments: bool
    answered: bool
    deleted: tuple[str, ...]


def read_kept(node: Mapping[str, Any]) -> Kept:
    """Return a `PullRequest` node of MERGED_INTO."""
    change, commit = queries.read_change(node, None), mapping(node.get("mergeCommit"))
    comments = mapping(node.get("comments"))
    ours = [one for one in nodes_of(comments) if _is_ours(one)]
    events = nodes_of(node.get("timelineItems"))
    return Kept(
        change.number or 0,
        text(node.get("updatedAt")),
        text(node.get("mergedAt")),
        text(commit.get("oid")),
        text(commit.get("message")),
        change.title,
        change.body,
        change.author,
        change.is_bot,
        change.created,
        change.labels,
        change.approvers,
        *read_files(node.get("files")),
        queries.login(ours[0].get("author")) if ours else "",
        comments.get("totalCount") == len(nodes_of(comments)),
        bool(ours) and not _asks(text(ours[0].get("body"))),
        tuple(
            queries.login(event.get("deletedCommentAuthor"))
            for event in events
            if queries.login(event.get("actor")) != queries.login(event.get("deletedCommentAuthor"))
        ),
    )


def read_files(connection: Any) -> tuple[tuple[tuple[str, str, int, int], ...], str | None]:
    """Return the files of a page, and where the next one begins; the cursor is empty for a page that did not come."""
    if not isinstance(connection, dict):
        return (), ""
    nodes, behind = queries.read_page(connection)
    return tuple((f.path, f.status, f.additions, f.deletions) for f in queries.read_files(nodes)), behind


def with_more_files(kept: Kept, node: Mapping[str, Any]) -> Kept:
    """Return it with a page of files behind the last one, and the one at the end; where they meet, the list is whole."""
    page, end = node.get("files"), node.get("end")
    more, behind = read_files(page)
    if behind == "":
        return kept
    total = mapping(page).get("totalCount")
    every = dict.fromkeys((*kept.files, *more, *read_files(end)[0]))
    if len(every) == total or behind is None or len(kept.files) + len(more) >= MAX_FILES:
        return kept._replace(files=tuple(every), behind=None)
    return kept._replace(files=(*kept.files, *more), behind=behind)


def as_json(kept: Kept) -> str:
    """Return it as it is stored."""
    return json.dumps(kept, ensure_ascii=False)


def from_json(stored: str) -> Kept:
    """Return what was stored; raises ValueError or TypeError for what is something else."""
    values: list[Any] = json.loads(stored)
    whole = Kept(*values)
    return whole._replace(
        labels=tuple(whole.labels),
        approvers=tuple(whole.approvers),
        files=tuple((path, status, added, deleted) for path, status, added, deleted in whole.files),
        deleted=tuple(whole.deleted),
    )


def as_merged(kept: Kept, writers: Set[str]) -> MergedChange:
    """Return it as a report reads it; `writers` are the logins that write our comment in this repository."""
    known = kept.behind is None
    files = tuple(ChangedFile(*row) for row in kept.files) if known else None
    return MergedChange(
        kept.sha,
        kept.merged[:10],
        Change(
            kept.title,
            kept.body,
            kept.author,
            kept.is_bot,
            labels=kept.labels,
            files=files,
            number=kept.number,
            created=kept.created,
            approvers=tuple(name for name in kept.approvers if name != kept.author),
        ),
        "unknown",
        "description",
        (),
        f"{kept.body}\n\n{kept.message}",
        _nudge(kept, writers),
    )


def writers_of(pulls: Iterable[Kept]) -> set[str]:
    """Return who writes our comment here."""
    return {one.nudged_by for one in pulls if one.nudged_by}


def _nudge(kept: Kept, writers: Set[str]) -> Nudge:
    if kept.nudged_by:
        return Nudge(True, kept.answered)
    if writers & set(kept.deleted):
        return Nudge(True, deleted=True)
    return Nudge(False if kept.all_comments else None)


def _is_ours(comment: Mapping[str, Any]) -> bool:
    """Tell whether a comment is our Action's: anybody can write its mark, so a bot or somebody of the team has to have."""
    by_team = comment.get("viewerDidAuthor") is True or comment.get("authorAssociation") in _MAY_WRITE
    by_bot = mapping(comment.get("author")).get("__typename") == "Bot"
    return (by_team or by_bot) and is_marked(text(comment.get("body")))


def _asks(body: str) -> bool:
    """Tell whether our comment asks: then it has a heading, and once nothing is missing it is a sentence."""
    return any(line.startswith("###") for line in body.splitlines()[1:2])
