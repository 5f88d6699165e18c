"""A commit message as git keeps it, read like a description; and whether a person wrote it for a change of their own."""

from __future__ import annotations

import re

from onrecord.lazily import TYPE_CHECKING, NamedTuple, lazy_pattern

if TYPE_CHECKING:
    from typing import Literal, TypeAlias

    Kind: TypeAlias = Literal["written", "merge", "revert", "fixup"]

SCISSORS = " ------------------------ >8 ------------------------"  # git, wt-status.c: cut_line
COMMENT_CHARACTERS = "#;@!$%^&|:"  # git, builtin/commit.c: what core.commentChar=auto chooses from

_SCISSORS_LINE = lazy_pattern(rf"^(?P<comment>\S+){re.escape(SCISSORS)}$", re.MULTILINE)
_FIXUP = lazy_pattern(r"(?:fixup|squash|amend)! ")
_MERGE = lazy_pattern(r"Merge (?:(?:remote-tracking )?branch(?:es)?|tags?|commits?|pull request|HEAD)\b")
_REVERT = lazy_pattern(r"(?:Revert|Reapply) \"|revert(?:\([^)]*\))?!?: ")
_REVERTS = lazy_pattern(r"^This reverts commit [0-9a-f]{7,64}", re.MULTILINE)
_SQUASHED = "Squashed commit of the following:"  # git merge --squash
_TRAILER = lazy_pattern(r"(?P<key>[A-Za-z][A-Za-z0-9-]*) ?: *(?P<value>.*)")
_KEYS = {  # the trailers that speak about a decision, as a description spells them
    "decision": "Decision",
    "instead-of": "Instead of",
    "alternatives": "Alternatives",
    "because": "Because",
    "owner": "Owner",
    "decided-by": "Decided by",
    "no-decision": "No decision",
}
_FORMAL = lazy_pattern(r"[A-Za-z0-9-]+-(?:by|id): ", re.IGNORECASE)  # "Signed-off-by: ", "Change-Id: "


class Message(NamedTuple):
    """A message without comments and signatures; `body` reads like a description, its trailers in words."""

    title: str
    body: str
    kind: Kind = "written"


def read_message(text: str, comment: str | None = "#") -> Message:
    """Read the text of a message file; never raises.

    `comment` begins the lines that git will drop (see `comment_prefix`); None when it will keep them all.
    What stands below git's scissors line is no message.
    """
    lines = [line.rstrip() for line in _above_scissors(text).split("\n")]
    if comment:
        lines = [line for line in lines if not line.startswith(comment)]
    title, _, rest = "\n".join(lines).strip("\n").partition("\n")
    if title == _SQUASHED:
        rest = re.sub(r"^ {4}", "", rest, flags=re.MULTILINE)
    rest = rest.strip("\n")
    body = [spelled for line in rest.split("\n") if (spelled := _spelled_out(line)) is not None]
    if _key(title):
        body = [_spelled_out(title) or "", "", *body]
    return Message(title, "\n".join(body).strip("\n"), _kind(title, rest))


def comment_prefix(text: str, configured: str = "#") -> str:
    """Return what begins a comment line in a message file, given core.commentChar.

    "auto" is git's own choice for this one message: it is seen in the scissors line, or in the last lines of the file.
    """
    if configured != "auto":
        return configured
    if match := _SCISSORS_LINE.search(text.replace("\r\n", "\n")):
        return match["comment"]
    last = [line[0] for line in text.rstrip().split("\n")[-2:] if line]
    return last[0] if len(last) == 2 and last[0] == last[1] and last[0] in COMMENT_CHARACTERS else "#"


def hint_place(text: str, comment: str, keeps_comments: bool = False) -> int:
    """Return where comment lines can be added so that git drops them: before its own block of them, else at the end.

    Where git keeps comments (`commit.cleanup=scissors`), the only such place is below the scissors, and below the two
    lines that explain them.
    """
    lines = text.split("\n")
    scissors = next((i for i, line in enumerate(lines) if line == comment + SCISSORS), None)
    end = len(lines) if scissors is None else scissors
    while scissors is None and end and not lines[end - 1].strip():
        end -= 1
    first = end
    while first and lines[first - 1].startswith(comment):
        first -= 1
    if scissors is None and first == end:
        return len(text)
    if scissors is not None and (keeps_comments or first == end):
        first = end + 1
        while first < min(end + 3, len(lines)) and lines[first].startswith(comment):
            first += 1
    return min(len(text), sum(len(line) + 1 for line in lines[:first]))


def _above_scissors(text: str) -> str:
    text = text.replace("\r\n", "\n")
    match = _SCISSORS_LINE.search(text)
    return text[: match.start()] if match else text


def _kind(title: str, rest: str) -> Kind:
    if _FIXUP.match(title):
        return "fixup"
    if _MERGE.match(title):
        return "merge"
    if title == _SQUASHED:
        return "written"
    return "revert" if _REVERT.match(title) or _REVERTS.search(rest) else "written"


def _key(line: str) -> str | None:
    """Return the key of a trailer that speaks about a decision, as a description spells it."""
    match = _TRAILER.fullmatch(line)
    return _KEYS.get(match["key"].casefold()) if match else None


def _spelled_out(line: str) -> str | None:
    """Return `No-decision: …` as `No decision: …`, since a description has no hyphens there; None for a signature."""
    if key := _key(line):
        return f"{key}:{line.partition(':')[2]}"
    return None if _FORMAL.match(line) else line
