"""What a GitHub server holds: people, repositories, pull requests, comments. Plain data, changed by tests and requests."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

START = datetime(2026, 10, 5, 14, 20, 55, tzinfo=UTC)


@dataclass(frozen=True)
class User:
    """`login` is the one that REST shows: `name[bot]` for a bot. GraphQL leaves the `[bot]` out."""

    login: str
    id: int
    type: str = "User"

    @property
    def is_bot(self) -> bool:
        return self.type == "Bot"


@dataclass
class Token:
    """Whose a token is and what it may do; `permissions` as a workflow writes them, such as `pull-requests: write`."""

    user: User
    permissions: dict[str, str]
    is_valid: bool = True

    def may(self, access: str, *scopes: str) -> bool:
        order = ("none", "read", "write")
        return any(order.index(self.permissions.get(one, "none")) >= order.index(access) for one in scopes)


@dataclass
class IssueComment:
    """`association` is what its author is to the repository, as GraphQL writes it."""

    id: int
    author: User | None
    body: str
    created_at: str
    association: str = "NONE"


@dataclass
class Issue:
    """`events` holds what its followers hear of: opened, closed, reopened, in order; an edit of the text is none."""

    number: int
    author: User | None
    title: str
    body: str
    created_at: str
    updated_at: str
    state: str = "open"
    state_reason: str | None = None
    locked: bool = False
    labels: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=lambda: ["opened"])


@dataclass
class Review:
    """`state` as GraphQL writes it; `can_write` tells whether the reviewer may push here."""

    author: User | None
    state: str
    can_write: bool = True


@dataclass
class DeletedComment:
    """The event that remains of a deleted comment."""

    actor: User | None
    author: User | None


@dataclass
class PullFile:
    """`status` as REST writes it."""

    filename: str
    status: str = "modified"
    additions: int = 1
    deletions: int = 0
    previous_filename: str | None = None
    patch: str | None = "@@ -1 +1 @@\n-a\n+b"


@dataclass
class Pull:
    number: int
    author: User | None
    title: str
    body: str | None
    base_ref: str
    base_sha: str
    head_ref: str
    head_sha: str
    head_repository: str | None
    created_at: str
    updated_at: str
    state: str = "open"
    draft: bool = False
    merged_at: str | None = None
    merge_sha: str | None = None
    merge_message: str = "Merged"
    labels: list[str] = field(default_factory=list)
    files: list[PullFile] | None = field(default_factory=list)
    comments: list[IssueComment] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    deleted: list[DeletedComment] = field(default_factory=list)


@dataclass
class Repository:
    """`contents` maps a commit, branch or tag to what is there; a None is a folder, a str a link to that target.

    `gone` are the numbers of issues that were deleted.
    """

    full_name: str
    id: int
    contents: dict[str, dict[str, bytes | str | None]] = field(default_factory=dict)
    pulls: dict[int, Pull] = field(default_factory=dict)
    pulls_of_commit: dict[str, list[int]] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    has_issues: bool = True
    default_branch: str | None = "main"
    labels: set[str] = field(default_factory=lambda: {"bug", "documentation"})

    def next_number(self) -> int:
        """Return a number that no issue and no pull request ever had."""
        return max([0, *self.issues, *self.pulls, *self.gone]) + 1


class World:
    """Everything, with numbers that never repeat. Comment ids are as long as today's: too long for GraphQL's `Int`."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}
        self.tokens: dict[str, Token] = {}
        self.repositories: dict[str, Repository] = {}
        self._ids = count(5_100_000_001)
        self._minutes = count()

    def next_id(self) -> int:
        return next(self._ids)

    def next_time(self) -> str:
        return (START + timedelta(minutes=next(self._minutes))).strftime("%Y-%m-%dT%H:%M:%SZ")

    def user(self, login: str) -> User:
        """Return the user of that login, a bot if it ends in `[bot]`; made when first asked for."""
        kind = "Bot" if login.endswith("[bot]") else "User"
        return self.users.setdefault(login, User(login, 200_000 + len(self.users), kind))

    def comment(self, id: int) -> tuple[Pull, IssueComment] | None:
        for repository in self.repositories.values():
            for pull in repository.pulls.values():
                for comment in pull.comments:
                    if comment.id == id:
                        return pull, comment
        return None
