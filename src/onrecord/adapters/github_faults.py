"""What can go wrong with GitHub, in words for people. None of them holds the token."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["forbidden", "not-found", "limited", "refused", "unreachable", "expired"]

_UNKNOWN_LIMIT_S = 60  # how long to leave GitHub alone when it does not say (its documentation of rate limits)
_KINDS: dict[int, Kind] = {
    401: "expired",
    403: "forbidden",
    404: "not-found",
    410: "not-found",
    429: "limited",
    451: "forbidden",
}
_GRAPHQL: dict[str, Kind] = {
    "RATE_LIMITED": "limited",
    "RATE_LIMIT": "limited",
    "NOT_FOUND": "not-found",
    "FORBIDDEN": "forbidden",
    "INSUFFICIENT_SCOPES": "forbidden",
}
_TIMED_OUT = "Something went wrong while executing your query"  # GraphQL's words for an answer that took too long
_SENTENCES: dict[Kind, str] = {
    "expired": "GitHub does not accept the token; it may have expired",
    "forbidden": "the token may not do this",
    "not-found": "GitHub finds nothing there, or the token may not see it",
    "limited": "GitHub's rate limit is used up for now",
    "refused": "GitHub did not take it",
    "unreachable": "GitHub did not answer as it should",
}


class GitHubError(Exception):
    """GitHub could not be asked, or did not do it; the message is for people and may hold words of GitHub's.

    `retry_after` is how many seconds GitHub asks to be left alone, None where that is no question.
    """

    def __init__(self, kind: Kind, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.kind: Kind = kind
        self.retry_after = retry_after


def of_answer(about: str, status: int, data: Any, headers: Mapping[str, str]) -> GitHubError:
    """Return the error that an answer of GitHub's tells; a GraphQL error comes as the status 400."""
    said = data.get("message") if isinstance(data, dict) else None
    kind = _KINDS.get(status, "unreachable" if status >= 500 else "refused")
    low = {name.lower(): value for name, value in headers.items()}
    errors = data.get("errors") if isinstance(data, dict) else None
    if isinstance(errors, list) and errors and isinstance(errors[0], dict) and said is None:
        said = errors[0].get("message")
        kind = _GRAPHQL.get(str(errors[0].get("type")), "refused")
        if str(said).startswith(_TIMED_OUT):
            kind = "unreachable"
    if kind == "forbidden" and ("retry-after" in low or _speaks_of_a_limit(said)):
        kind = "limited"
    words = " ".join(str(said).split())[:200] if said else f"HTTP {status}"
    return GitHubError(kind, f"{about}: {_SENTENCES[kind]} ({words})", _seconds(low) if kind == "limited" else None)


def of_connection(about: str, error: Exception) -> GitHubError:
    """Return the error for an answer that never came, or came as an error each time that it was asked for.

    Nothing of the text of `error` is shown: it may hold the headers that were sent.
    """
    repeated = re.search(r"too many (\d{3}) error responses", str(error))
    if repeated and repeated[1] in ("403", "429"):
        return GitHubError("limited", f"{about}: {_SENTENCES['limited']} (HTTP {repeated[1]})")
    if repeated:
        return GitHubError("unreachable", f"{about}: {_SENTENCES['unreachable']} (HTTP {repeated[1]})")
    name = type(error).__name__
    words = (
        "no answer in time"
        if "Timeout" in name or "timed out" in str(error)
        else _CONNECTION.get(name, "no connection")
    )
    return GitHubError("unreachable", f"{about}: GitHub could not be reached ({words})")


_CONNECTION = {
    "SSLError": "its certificate could not be verified",
    "ProxyError": "the proxy did not let it through",
    "ChunkedEncodingError": "the answer was cut short",
}


def unreadable(about: str) -> GitHubError:
    """Return the error for an answer that is none of GitHub's."""
    return GitHubError("unreachable", f"{about}: {_SENTENCES['unreachable']} (the answer could not be read)")


def _speaks_of_a_limit(said: Any) -> bool:
    return isinstance(said, str) and "rate limit" in said.lower()


def _seconds(headers: Mapping[str, str]) -> float:
    """Return how long to wait, from lower-case headers."""
    after = headers.get("retry-after", "")
    if after.isdecimal():
        return float(after)
    reset = headers.get("x-ratelimit-reset", "")
    if headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return max(0.0, int(reset) - time.time()) + 1
    return _UNKNOWN_LIMIT_S
