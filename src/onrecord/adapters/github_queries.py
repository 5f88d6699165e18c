"""What is asked of GitHub's GraphQL interface, and its answers as plain data; whatever has another shape counts as absent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.change import Change, ChangedFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILES = "pageInfo { hasNextPage endCursor } nodes { path changeType additions deletions }"
ACTOR = "{ __typename login }"

# One pull request. Costs 1 point; the same query fetches the further pages of what has more than one.
PULL_REQUEST = f"""\
query PullRequest(
  $owner: String!, $name: String!, $number: Int!, $first: Int!,
  $withFiles: Boolean!, $afterFile: String,
  $withComments: Boolean!, $afterComment: String,
  $withEvents: Boolean!, $afterEvent: String
) {{
  viewer {{ login }}
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    pullRequest(number: $number) {{
      number title body isDraft state createdAt mergedAt author {ACTOR}
      baseRefName baseRefOid headRefOid isCrossRepository headRepository {{ nameWithOwner }}
      labels(first: 100) {{ nodes {{ name }} }}
      latestOpinionatedReviews(first: 100, writersOnly: true) {{ nodes {{ state author {ACTOR} }} }}
      files(first: $first, after: $afterFile) @include(if: $withFiles) {{ {FILES} }}
      comments(first: $first, after: $afterComment) @include(if: $withComments) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ fullDatabaseId body viewerDidAuthor author {ACTOR} }}
      }}
      timelineItems(first: $first, after: $afterEvent, itemTypes: [COMMENT_DELETED_EVENT]) @include(if: $withEvents) {{
        pageInfo {{ hasNextPage endCursor }}
        nodes {{ ... on CommentDeletedEvent {{ actor {ACTOR} deletedCommentAuthor {ACTOR} }} }}
      }}
    }}
  }}
}}
"""

# Merged pull requests, 3 points for 100. By creation, because that order stands still while it is paged through.
MERGED = f"""\
query Merged($owner: String!, $name: String!, $first: Int!, $after: String) {{
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    pullRequests(states: MERGED, first: $first, after: $after, orderBy: {{field: CREATED_AT, direction: DESC}}) {{
      pageInfo {{ hasNextPage endCursor }}
      nodes {{
        number title body isDraft createdAt author {ACTOR}
        labels(first: 50) {{ nodes {{ name }} }}
        latestOpinionatedReviews(first: 10, writersOnly: true) {{ nodes {{ state author {ACTOR} }} }}
        files(first: 100) {{ {FILES} }}
      }}
    }}
  }}
}}
"""

# Open pull requests with their heads: a fork's is found by no other request.
OPEN = """\
query Open($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    pullRequests(states: OPEN, first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes { number headRefOid headRepository { nameWithOwner } }
    }
  }
}
"""

# What open pull requests touch, 1 point for 100. Who touches more than 100 files hardly adds a record by hand.
OPEN_FILES = """\
query OpenFiles($owner: String!, $name: String!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    pullRequests(states: OPEN, first: $first, after: $after, orderBy: {field: UPDATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes { number files(first: 100) { nodes { path changeType } } }
    }
  }
}
"""


def files_query(count: int) -> str:
    """Return the query for `count` files of one commit, whose paths are the variables p0, p1 and so on; costs 1 point."""
    declared = "".join(f", $p{at}: String!" for at in range(count))
    fields = "\n".join(f"        p{at}: file(path: $p{at}) {{ ...File }}" for at in range(count))
    return f"""\
query Files($owner: String!, $name: String!, $commit: GitObjectID!{declared}) {{
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    object(oid: $commit) {{
      oid
      ... on Commit {{
{fields}
      }}
    }}
  }}
}}
fragment File on TreeEntry {{ mode object {{ oid ... on Blob {{ byteSize text }} }} }}
"""


QUERIES = (PULL_REQUEST, MERGED, OPEN, OPEN_FILES, files_query(1))

# The parts of a pull request that have pages, and where they stand in its node.
PARTS = {"files": "files", "comments": "comments", "events": "timelineItems"}

# The words of `PatchStatus` in those of the REST interface, which `ChangedFile.status` speaks.
_STATUS = {
    "ADDED": "added",
    "MODIFIED": "modified",
    "DELETED": "removed",
    "RENAMED": "renamed",
    "COPIED": "copied",
    "CHANGED": "changed",
}


class Comment(NamedTuple):
    """A comment on a pull request; `author` is the login as REST writes it (`name[bot]` for a bot), empty if gone."""

    id: int
    author: str
    body: str


class PullRequest(NamedTuple):
    """A pull request as it stands now.

    `state` is open, closed or merged; `head_repository` is empty when the fork is gone. `viewer` is the login the token
    writes as. `comment_deleted`: somebody else deleted a comment of the viewer's here. `merged_at` is empty or an ISO time.
    """

    change: Change
    repository: str
    number: int
    base_sha: str
    base_ref: str
    head_sha: str
    head_repository: str
    is_fork: bool
    state: str
    comments: tuple[Comment, ...]
    viewer: str
    comment_deleted: bool
    merged_at: str = ""


class Page(NamedTuple):
    """A page of a connection: its nodes, and the cursor behind which more follow (None: nothing does)."""

    nodes: list[dict[str, Any]]
    after: str | None


def part_variables(after: Mapping[str, str | None]) -> dict[str, bool | str | None]:
    """Return the variables that ask for some parts of a pull request, each from behind its cursor on."""
    return {
        "withFiles": "files" in after,
        "afterFile": after.get("files"),
        "withComments": "comments" in after,
        "afterComment": after.get("comments"),
        "withEvents": "events" in after,
        "afterEvent": after.get("events"),
    }


def read_page(connection: Any) -> Page:
    """Return a connection's nodes and its cursor."""
    info = mapping(mapping(connection).get("pageInfo"))
    after = info.get("endCursor") if info.get("hasNextPage") is True else None
    return Page(nodes_of(connection), after if isinstance(after, str) else None)


def read_pull(
    repository: Mapping[str, Any], viewer: str, events: Iterable[Any], comments: Iterable[Any]
) -> PullRequest:
    """Return a pull request; its change holds no files yet."""
    pull = mapping(repository.get("pullRequest"))
    head = text(mapping(pull.get("headRepository")).get("nameWithOwner"))
    change = read_change(pull, None)
    return PullRequest(
        change=change,
        repository=text(repository.get("nameWithOwner")),
        number=change.number or 0,
        base_sha=text(pull.get("baseRefOid")),
        base_ref=text(pull.get("baseRefName")),
        head_sha=text(pull.get("headRefOid")),
        head_repository=head,
        is_fork=pull.get("isCrossRepository") is not False or not head,  # what cannot be told is not trusted
        state=text(pull.get("state")).lower(),
        comments=read_comments(comments, viewer),
        viewer=viewer,
        comment_deleted=any(
            login(event.get("deletedCommentAuthor")) == viewer and login(event.get("actor")) != viewer
            for event in events
        )
        and viewer != "",
        merged_at=text(pull.get("mergedAt")),
    )


def read_change(pull: Mapping[str, Any], files: tuple[ChangedFile, ...] | None) -> Change:
    """Return what a `PullRequest` node says of its change. People who may not write here, and bots, approve nothing."""
    author, number = mapping(pull.get("author")), pull.get("number")
    reviews = nodes_of(pull.get("latestOpinionatedReviews"))
    approving = [mapping(review.get("author")) for review in reviews if review.get("state") == "APPROVED"]
    return Change(
        title=text(pull.get("title")),
        body=text(pull.get("body")),
        author=login(author),
        is_bot=author.get("__typename") == "Bot",
        draft=pull.get("isDraft") is True,
        labels=tuple(text(label.get("name")) for label in nodes_of(pull.get("labels"))),
        files=files,
        number=number if isinstance(number, int) else None,
        created=text(pull.get("createdAt"))[:10],
        approvers=tuple(login(actor) for actor in approving if actor and actor.get("__typename") != "Bot"),
    )


def read_files(nodes: Iterable[Mapping[str, Any]]) -> tuple[ChangedFile, ...]:
    """Return `PullRequestChangedFile` nodes; GraphQL knows neither patches nor the path before a rename."""
    return tuple(
        ChangedFile(
            text(node.get("path")),
            _STATUS.get(text(node.get("changeType")), "modified"),
            _count(node.get("additions")),
            _count(node.get("deletions")),
        )
        for node in nodes
    )


def read_comments(nodes: Iterable[Mapping[str, Any]], viewer: str) -> tuple[Comment, ...]:
    """Return `IssueComment` nodes; one without an id is left out. GitHub itself says which are the viewer's."""
    return tuple(
        Comment(
            int(text(node.get("fullDatabaseId"))),
            viewer if node.get("viewerDidAuthor") is True else login(node.get("author")),
            text(node.get("body")),
        )
        for node in nodes
        if text(node.get("fullDatabaseId")).isdecimal()
    )


def read_blob(entry: Any) -> bytes | None:
    """Return a `TreeEntry` as the bytes of a plain file; None when it is none, or when its text is not just those."""
    blob = mapping(mapping(entry).get("object"))
    content = blob.get("text")
    if not is_plain(mapping(entry).get("mode")) or not isinstance(content, str):
        return None
    whole = content.encode("utf-8", "surrogatepass")
    return whole if len(whole) == blob.get("byteSize") else None


def is_plain(mode: Any) -> bool:
    """Tell whether a mode of git's is that of a plain file: no link, folder or submodule."""
    return isinstance(mode, int) and mode & 0o170000 == 0o100000


def login(actor: Any) -> str:
    """Return an actor's login as REST writes it: GraphQL leaves out the `[bot]` of a bot's."""
    name = text(mapping(actor).get("login"))
    is_bot = mapping(actor).get("__typename") == "Bot"
    return f"{name}[bot]" if is_bot and not name.endswith("[bot]") else name


def nodes_of(connection: Any) -> list[dict[str, Any]]:
    """Return the nodes of a connection that are there."""
    nodes = mapping(connection).get("nodes")
    return [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []


def mapping(value: Any) -> dict[str, Any]:
    """Return a JSON object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def text(value: Any) -> str:
    """Return a JSON string or the digits of an integer, an empty string for anything else."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _count(value: Any) -> int:
    return value if isinstance(value, int) else 0
