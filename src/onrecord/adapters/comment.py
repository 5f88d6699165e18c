"""The one comment on a pull request: created once, edited in place, never brought back after somebody deleted it."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple

from onrecord.adapters.github_faults import GitHubError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.adapters.github import Comment, GitHub, PullRequest

MARKER = "<!-- onrecord:comment:v1"  # begins the first line; what follows in it is a hint and never trusted

Action = Literal["created", "updated", "unchanged", "resolved", "none", "deleted-by-maintainer", "refused"]

_STAYS_AWAY = "A comment was deleted here before, so none was written again."
_READ_ONLY = " On pull requests from forks a token may only read; elsewhere it needs “pull-requests: write”."


class Kept(NamedTuple):
    """What became of the comment, its id where there is one, and a sentence for the summary where it was not written."""

    action: Action
    id: int | None
    note: str = ""


def keep_comment(github: GitHub, pull: PullRequest, body: str | None, resolved: str) -> Kept:
    """Make the comment say `body`, or `resolved` once nothing is missing (`body` is None). Raises nothing.

    There is one comment at the end, however many runs do this at once: the one with the lowest id is kept.
    """
    ours = _ours(pull.comments, pull.viewer)
    if ours:
        _delete(github, pull, ours[1:])
        if body is None:
            return _edit(github, pull, ours[0], _marked(resolved), "resolved")
        return _edit(github, pull, ours[0], _marked(body), "updated")
    if body is None:
        return Kept("none", None)
    if pull.comment_deleted:
        return Kept("deleted-by-maintainer", None, _STAYS_AWAY)
    return _create(github, pull, _marked(body))


def _ours(comments: Iterable[Comment], viewer: str) -> list[Comment]:
    """Return our comments, oldest first: the marker alone can be written by anybody."""
    ours = [one for one in comments if viewer and one.author == viewer and is_marked(one.body)]
    return sorted(ours, key=lambda one: one.id)


def is_marked(text: str) -> bool:
    """Tell whether a comment begins as ours does; who wrote it is another question."""
    first = text.splitlines()[0] if text else ""
    return first.startswith(MARKER) and not first[len(MARKER) : len(MARKER) + 1].isdigit()


def _marked(text: str) -> str:
    """Return a text that is found again."""
    return text if is_marked(text) else f"{MARKER} -->\n{text}"


def _create(github: GitHub, pull: PullRequest, text: str) -> Kept:
    """Write the comment by one request; when nobody knows whether it arrived, look, and never write again."""
    if not pull.viewer:
        return Kept("refused", None, "The comment was not written, because GitHub did not say whose the token is.")
    try:
        created = github.create_comment(pull.repository, pull.number, text)._replace(body=text)
    except GitHubError as error:
        if error.kind != "unreachable":
            return _refused(error)
        time.sleep(github.pace.settle)
        ours = _ours_now(github, pull)
        if not ours:
            return Kept("refused", None, f"Whether the comment was written is not known: {error}.")
        return Kept("created", _settle(github, pull, ours, None, text))
    return Kept("created", _settle(github, pull, _ours_now(github, pull), created, text))


def _ours_now(github: GitHub, pull: PullRequest) -> list[Comment]:
    try:
        return _ours(github.comments(pull.repository, pull.number), pull.viewer)
    except GitHubError:
        return []


def _settle(github: GitHub, pull: PullRequest, ours: list[Comment], mine: Comment | None, text: str) -> int:
    """Leave the oldest of our comments and return its id.

    A run takes its own away; the one that wrote the oldest, or that does not know its own, takes all that are too many.
    """
    by_id: dict[int, Comment] = {one.id: one for one in ours}
    if mine:
        by_id[mine.id] = mine
    oldest, *others = (by_id[id] for id in sorted(by_id))
    _delete(github, pull, [mine] if mine and mine.id != oldest.id else others)
    _edit(github, pull, oldest, text, "updated")  # the last one to write is right, as with any edit
    return oldest.id


def _delete(github: GitHub, pull: PullRequest, spare: Iterable[Comment]) -> None:
    """Delete comments of ours that are one too many; what does not work now is tried again by the next run."""
    for one in spare:
        with suppress(GitHubError):
            github.delete_comment(pull.repository, one.id)


def _edit(github: GitHub, pull: PullRequest, mine: Comment, text: str, action: Literal["updated", "resolved"]) -> Kept:
    """Replace the text if it differs. Doing so twice does no harm, so it is tried twice."""
    if _plain(mine.body) == _plain(text):
        return Kept("unchanged", mine.id)
    try:
        try:
            github.update_comment(pull.repository, mine.id, text)
        except GitHubError as error:
            if error.kind != "unreachable":
                raise
            time.sleep(github.pace.settle)
            github.update_comment(pull.repository, mine.id, text)
    except GitHubError as error:
        if error.kind == "not-found":
            return Kept("deleted-by-maintainer", None, _STAYS_AWAY)
        return _refused(error)._replace(id=mine.id)
    return Kept(action, mine.id)


def _refused(error: GitHubError) -> Kept:
    hint = _READ_ONLY if error.kind == "forbidden" else ""
    return Kept("refused", None, f"The comment was not written: {error}.{hint}")


def _plain(text: str) -> str:
    """Return a text as it is compared: GitHub may store other line ends, and drops blanks at the end."""
    return "\n".join(text.splitlines()).rstrip()
