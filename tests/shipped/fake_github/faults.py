"""What can go wrong between a client and GitHub, on order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    """A request as it arrived. `operation` is GitHub's name for it, such as `issues/create-comment`, or `graphql`."""

    operation: str
    method: str
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of a GraphQL query."""
        return self.body["variables"]


@dataclass
class Fault:
    """One fault, in the order in which things go wrong; it happens `times` times (None: always) where `when` holds.

    First `before` is called, then `delay_s` passes. Then the request is carried out, unless what follows replaces it:
    `status` with `message` and `headers`, or `graphql`, the errors of an answer with HTTP 200, or `drop`, a connection
    reset. With `lost` it is carried out first, and its answer comes late or is
    replaced. `change` is given the answer's JSON and changes it; `cut` sends half of it.
    """

    status: int | None = None
    message: str = "Made to fail"
    headers: Mapping[str, str] = field(default_factory=dict)
    graphql: list[dict[str, Any]] | None = None
    drop: bool = False
    change: Callable[[Any], object] | None = None
    cut: bool = False
    lost: bool = False
    delay_s: float = 0
    before: Callable[[], object] | None = None
    when: Callable[[Request], bool] = lambda _request: True
    times: int | None = 1

    @property
    def replaces_answer(self) -> bool:
        return self.status is not None or self.graphql is not None or self.drop


RATE_LIMITED = [{"type": "RATE_LIMITED", "message": "API rate limit already exceeded for user ID 200001."}]
TIMED_OUT = [
    {
        "message": "Something went wrong while executing your query. This may be the result of a timeout, or a GitHub bug."
    }
]
READ_ONLY = "Resource not accessible by integration"
PRIMARY_LIMIT = "API rate limit exceeded for installation ID 4242."
SECONDARY_LIMIT = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
