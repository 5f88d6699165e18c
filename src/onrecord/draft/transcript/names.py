"""Who speaks: what in front of a colon is a name, and which names are people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.draft.transcript.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_OF_A_NAME = 60  # characters; what is longer is a sentence
_NO_NAME = frozenset(  # what heads a line of notes, and nobody's name
    ("note", "notes", "decision", "decisions", "decided", "decided by", "the decision", "our decision", "final decision",
     "agreed", "agreement", "resolved", "resolution", "action", "actions", "action item", "action items", "to do", "todo",
     "agenda", "date", "time", "start time", "end time", "duration", "location", "place", "summary", "overview", "details",
     "http", "https", "file", "mailto", "ftp", "topic", "topics", "subject", "title", "meeting title", "meeting notes",
     "meeting", "status", "owner", "attendees", "participants", "present", "invited", "recorded", "recording",
     "transcript", "transcription", "question", "questions", "open question", "open questions", "the question", "answer",
     "q", "a", "fyi", "ps", "nb", "tl;dr", "tldr", "update", "outcome", "outcomes", "result", "results", "reason",
     "reasons", "because", "option", "options", "pro", "pros", "con", "cons", "example", "for example", "in short",
     "warning", "tip", "info", "risk", "risks", "context", "background", "goal", "next", "next step", "next steps",
     "suggested next steps", "follow-up", "follow-ups", "follow up", "follow ups", "due", "deadline", "link", "links",
     "see", "from", "to", "cc", "re", "important", "idea", "problem", "issue", "issues", "conclusion", "key points",
     "key takeaways", "takeaways", "adr")
)  # fmt: skip
_ANONYMOUS = re.compile(
    r"(?:me|you|them|us|host|guest|unknown|unknown speaker|speaker|anonymous|user|participant|person|voice|caller|bot)?"
    r"[\s_#-]*(?:\d+|[A-Z])?\Z|U[0-9A-Z]{6,}\Z",
    re.IGNORECASE,
)
_GUEST = re.compile(
    r"\s*[(\[](?:guest|external|unverified|host|co-host|organi[sz]er|presenter|you|me|he|she|they)\b[^)\]]*[)\]]", re.I
)
_WORD = r"[^\W\d_][\w.'’()&-]*"
_NAME = re.compile(rf"@?{_WORD}(?:,? {_WORD}){{0,4}}(?: ?\d{{1,3}})?\Z|[A-Z][A-Za-z]*_\d+\Z")
_SMALL = frozenset(
    [
        "von",
        "van",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "af",
        "av",
        "zu",
        "y",
        "e",
        "of",
        "the",
    ]
)


def name_of(said: str | None) -> str | None:
    """Return a speaker's name or label in one line, without marks and remarks such as "(Guest)"; None for none."""
    name = _GUEST.sub("", one_line(said or "", MOST_OF_A_NAME + 1)).strip(' *_:•>-–—"“”')
    return name if 0 < len(name) <= MOST_OF_A_NAME and any(map(str.isalnum, name)) else None


def could_be_name(label: str) -> bool:
    """Tell whether what stands in front of a colon may be a name: few words, each with a capital, none that heads a note."""
    label = label.strip(" *_")
    if len(label) > MOST_OF_A_NAME or label.casefold().strip("[]") in _NO_NAME or not _NAME.match(label):
        return False
    words = [word for word in label.lstrip("@").split() if word not in _SMALL]
    return len(words) == 1 or all(not word[0].islower() for word in words)


def heads_note(line: str) -> bool:
    """Tell whether a line is a note with a heading of its own ("Decision: …"), which nobody says who spoke."""
    label, colon, rest = line.strip(" *_-•>").partition(":")
    return bool(colon) and not rest.startswith("//") and label.strip(" *_[]").casefold() in _NO_NAME


def is_person(name: str | None) -> bool:
    """Tell whether a name stands for one person: "Me", "Speaker 2" and a bare user id do not."""
    return bool(name) and not _ANONYMOUS.match(name or "")


def people(names: Iterable[str | None]) -> tuple[str, ...]:
    """Return those names that are people, each once, in order."""
    return tuple(dict.fromkeys(name for name in names if name and is_person(name)))


def listed_people(text: str) -> tuple[str, ...]:
    """Return the people in a line such as "Attendees: Ann Lee, Bob Ray"; not who was only invited or apologized."""
    pieces = re.split(r"[,;|•·\n]|\s(?:and|&)\s", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    names = (name_of(re.sub(r"<[^>]*>|\([^)]*\)", "", piece)) for piece in pieces)
    return people(name for name in names if name and could_be_name(name))
