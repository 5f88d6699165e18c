"""A merged pull request, as the message of the commit that brought it in tells it."""

from __future__ import annotations

import re

from onrecord.change.model import Change, ChangedFile
from onrecord.lazily import TYPE_CHECKING, NamedTuple, lazy_pattern

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Shape: TypeAlias = Literal["squash", "merge", "bors", "bors-ng", "named-merge", "unknown"]
    BodyFrom: TypeAlias = Literal["description", "commits", "none"]


WRAPPED_AT = 72  # columns; where GitHub breaks the lines of a squash message
_SQUASH = lazy_pattern(r"\(#(?P<number>\d{1,9})\)?$")
_MERGE = lazy_pattern(r"Merge pull request #(?P<number>\d{1,9})\b(?: from (?P<head>\S+))?[ ,:-]*(?P<title>.*)")
_BORS = lazy_pattern(
    r"auto merge of #(?P<number>\d{1,9}) ?[-:] ?(?P<author>[^\s:/,]++)[^,]*(?:, r=(?P<by>\S+))?", re.IGNORECASE
)
_BORS_NG = lazy_pattern(r"Merge(?: #\d{1,9})+")
_BORS_NG_HEAD = lazy_pattern(
    r"^(?P<number>\d{1,9}): (?P<title>.*?)(?: r=(?P<by>\S+))?(?: a=(?P<author>\S+))?$", re.MULTILINE
)
_NAMED = lazy_pattern(r"Merge (?:[\w.-]+/[\w.-]+)?#(?P<number>\d{1,9}): (?P<title>.+)")
_DESCRIPTION = lazy_pattern(r"^Pull request description:$(?P<text>.*?)(?=^ACKs for |^Tree-SHA512: |\Z)", re.M | re.S)
_ACKS = lazy_pattern(r"^ACKs for .*:$(?P<block>(?:\n[ \t].*|\n)*)", re.MULTILINE)
_ACK = lazy_pattern(r"(?!NACK)(?:(?:[a-z]{1,2}|re-|tested|code[- ]review) ?)?ACK\b", re.IGNORECASE)
_ACK_BY = lazy_pattern(r"(?:ut|re-|tested )?ACK @?(?P<value>(?![0-9a-f]{6,40}$)[a-z][\w-]{0,38})", re.IGNORECASE)
_TRAILER = lazy_pattern(
    r"(?P<key>[a-z][a-z-]*[- ]by|change-id|cc|on-behalf-of|tree-sha512): *(?P<value>\S.*)", re.IGNORECASE
)
_APPROVING = frozenset(("reviewed-by", "approved-by", "acked-by"))
_ABOVE_CO_AUTHORS = "-" * 9  # what GitHub puts between a squash message and its co-authors
_MAIL = lazy_pattern(r"\s*<(?P<mail>[^<>]*)>$")
_NOREPLY = lazy_pattern(r"(?:\d+\+)?(?P<login>[^@+\s]+)@users\.noreply\.[\w.-]+")
_NOBODY = frozenset(("", "me", "none", "ghost"))
_FENCE = lazy_pattern(r"\s*(?:```|~~~)")
_STARTS_BLOCK = lazy_pattern(
    r"\s*(?:[-*+](?:\s|$)|\d{1,9}[.)]\s|#{1,6}\s|>|\||```|~~~|</?[A-Za-z][\w-]*[\s/>]|<!--|-->|([-=*_])\1{2,}\s*$)"
    r"|(?:\*\*|__)?[A-Z][\w'-]*(?: [\w'-]+){0,2}(?:\*\*|__)?:(?:\*\*|__)?(?:\s|$)"
)
_MARKER = lazy_pattern(r"(?:[\s>]|[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|\[[ xX]\]\s)*")


class Commit(NamedTuple):
    """A commit of the main line. `merged_at` is an ISO date; a merge has the author of the branch it brings in."""

    sha: str
    parents: tuple[str, ...]
    merged_at: str
    author: str
    email: str
    message: str


class Nudge(NamedTuple):
    """What became of our comment on a pull request; `shown` is None where that could not be seen.

    `answered` tells that it says by now that nothing is missing, `deleted` that somebody else took it away.
    """

    shown: bool | None
    answered: bool = False
    deleted: bool = False


class MergedChange(NamedTuple):
    """A pull request in the history: the commit that brought it in, and how it was recognized.

    `body_from` tells what the commit holds of the description: itself, a list of commits in its place, or nothing.
    `message` is the commit's message as it stands there. Of `nudge` git knows nothing.
    """

    sha: str
    merged_at: str
    change: Change
    shape: Shape
    body_from: BodyFrom
    co_authors: tuple[str, ...]
    message: str
    nudge: Nudge | None = None


class Merged(NamedTuple):
    """Merged pull requests, newest first, each once; `direct` are the commits between them that name no pull request.

    `repeated` are further commits that name a pull request already there; `source` is the branch that was read;
    `note` says, in sentences, what could not be read.
    """

    changes: tuple[MergedChange, ...]
    direct: tuple[str, ...]
    repeated: tuple[str, ...]
    source: str
    note: str


class _Pull(NamedTuple):
    """What a message says of one pull request; `author` is empty where it names none."""

    number: int
    title: str
    text: str
    shape: Shape
    author: str = ""
    approvers: tuple[str, ...] = ()


def pull_numbers(message: str) -> list[int]:
    """Return the numbers of the pull requests that a message names as brought in, without reading on."""
    return [pull.number for pull in _pulls(*_split(message))]


def read_commit(commit: Commit, files: tuple[ChangedFile, ...] | None = None) -> list[MergedChange]:
    """Return the pull requests that a commit of the main line brought in: none for a direct push, several for a batch.

    `files` are its changes against the first parent. In a batch nobody can tell whose they are: there they are None.
    """
    pulls = _pulls(*_split(commit.message))
    return [_merged(commit, pull, files if len(pulls) == 1 else None) for pull in pulls]


def _split(message: str) -> tuple[str, str]:
    subject, _, text = message.replace("\r\n", "\n").strip().partition("\n")
    return subject.strip(), text.strip("\n")


def login_of(name: str, email: str) -> str:
    """Return the login that a noreply address holds, else the name."""
    match = _NOREPLY.fullmatch(email.strip())
    return match["login"] if match else name.strip()


def is_bot_login(login: str) -> bool:
    """Tell whether a login is an automation's by GitHub's own suffix."""
    return login.endswith("[bot]")


def unwrap(text: str) -> str:
    """Return a text without the line breaks that GitHub puts into squash messages.

    A line was broken where its next word would not have fitted; what starts a block of its own is left alone.
    """
    out: list[str] = []
    before, fenced = "", False
    for line in text.split("\n"):
        if out and not fenced and _was_broken(before, line):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line)
        fenced ^= bool(_FENCE.match(line))
        before = line.rstrip()
    return "\n".join(out)


def _was_broken(before: str, after: str) -> bool:
    words = after.split(maxsplit=1)
    if not before or not words or len(before) + 1 + len(words[0]) <= WRAPPED_AT or _FENCE.match(before):
        return False
    marker = _MARKER.match(before)
    start = marker.end() if marker else 0
    if len(before) > WRAPPED_AT and " " in before[start:WRAPPED_AT]:
        return False  # longer than anything GitHub leaves: this break is the author's own
    inside_row = before.lstrip().startswith("|") and not before.endswith("|")
    return inside_row or not _STARTS_BLOCK.match(after)


def _pulls(subject: str, text: str) -> list[_Pull]:
    if match := _SQUASH.search(subject):
        return [_squashed(subject[: match.start()].rstrip(), int(match["number"]), text)]
    if match := _MERGE.fullmatch(subject):
        first, _, rest = text.lstrip("\n").partition("\n")
        title, body = (match["title"].strip(), text) if match["title"].strip() else (first.strip(), rest)
        return [_Pull(int(match["number"]), title or subject, body, "merge")]
    if match := _BORS.fullmatch(subject):
        title, _, body = text.lstrip("\n").partition("\n")
        by = _names(match["by"] or "")
        return [_Pull(int(match["number"]), title.strip() or subject, body, "bors", match["author"], by)]
    if _BORS_NG.fullmatch(subject):
        return _batch(subject, text)
    if match := _NAMED.fullmatch(subject):
        return [_Pull(int(match["number"]), match["title"], text, "named-merge", approvers=_acknowledged(text))]
    return []


def _squashed(title: str, number: int, text: str) -> _Pull:
    first, _, rest = text.partition("\n")
    if title.endswith("…") and first.startswith(
        "…"
    ):  # GitHub moves the end of a long title to the message's first line
        title, text = title[:-1] + _SQUASH.sub("", first[1:].rstrip()).rstrip(), rest
    return _Pull(number, title, text, "squash")


def _batch(subject: str, text: str) -> list[_Pull]:
    named = subject.replace("#", "").split()
    heads = [head for head in _BORS_NG_HEAD.finditer(text) if head["number"] in named]
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [
        _Pull(
            int(head["number"]),
            head["title"].strip(),
            text[head.end() : end],
            "bors-ng",
            head["author"] or "",
            _names(head["by"] or ""),
        )
        for head, end in zip(heads, ends, strict=bool(heads))
    ]


def _merged(commit: Commit, pull: _Pull, files: tuple[ChangedFile, ...] | None) -> MergedChange:
    text, trailers = _without_trailers(pull.text)
    body, body_from = _description(text, pull.shape)
    author = pull.author or login_of(commit.author, commit.email)
    approvers = [*pull.approvers, *(n for key, value in trailers if key in _APPROVING for n in _names(value))]
    return MergedChange(
        commit.sha,
        commit.merged_at,
        Change(
            pull.title,
            body,
            author,
            is_bot=is_bot_login(author),
            files=files,
            number=pull.number,
            approvers=tuple(dict.fromkeys(name for name in approvers if name != author)),
        ),
        "merge" if pull.shape == "squash" and len(commit.parents) > 1 else pull.shape,
        body_from,
        tuple(dict.fromkeys(n for key, value in trailers if key == "co-authored-by" for n in _names(value))),
        commit.message,
    )


def _description(text: str, shape: Shape) -> tuple[str, BodyFrom]:
    """Return the description and what stands in its place; a list of commits is no description."""
    if shape == "named-merge":
        from textwrap import dedent

        match = _DESCRIPTION.search(text)
        body = dedent(match["text"].strip("\n")).strip() if match else ""
        return body, "description" if body else "commits" if text.strip() else "none"
    body = text.strip()
    if not body:
        return "", "none"
    if shape != "squash":
        return body, "description"
    return ("", "commits") if _lists_commits(body) else (unwrap(body), "description")


def _lists_commits(body: str) -> bool:
    """Tell whether a squash message is GitHub's list of commits: "* …" set apart by blank lines, two or more."""
    lines = body.split("\n")
    apart = [i for i, line in enumerate(lines) if line.startswith("* ") and (i == 0 or not lines[i - 1].strip())]
    return len(apart) > 1 and apart[0] == 0


def _without_trailers(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a text without the trailers at its end, and these as key (small letters, hyphens) and value."""
    lines = text.rstrip().split("\n")
    trailers: list[tuple[str, str]] = []
    while lines:
        line = lines[-1].strip()
        if match := _TRAILER.fullmatch(line) or _ACK_BY.fullmatch(line):
            key = match.groupdict().get("key", "acked-by")
            trailers.append((key.lower().replace(" ", "-"), match["value"]))
        elif line and line != _ABOVE_CO_AUTHORS:
            break
        lines.pop()
    return "\n".join(lines), trailers[::-1]


def _names(value: str) -> tuple[str, ...]:
    """Return the people of a trailer or of `r=`, by login where it is known."""
    out = []
    for part in value.split(","):
        mail = _MAIL.search(part)
        name = login_of(part[: mail.start()], mail["mail"]) if mail else part.strip()
        out.append(name.lstrip("@"))
    return tuple(name for name in out if name.casefold() not in _NOBODY)


def _acknowledged(text: str) -> tuple[str, ...]:
    """Return who acknowledged the newest commit: a name on a line of its own, and the verdict indented below it."""
    block = _ACKS.search(text)
    found: list[str] = []
    name = ""
    for line in block["block"].split("\n") if block else ():
        said = line.strip()
        if said.endswith(":") and " " not in said:
            name = said[:-1]
        elif name and _ACK.match(said):
            found.append(name)
    return tuple(dict.fromkeys(found))
