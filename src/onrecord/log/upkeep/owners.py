"""Whether the owners of a record still work here, as far as git and CODEOWNERS can tell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from onrecord.record import DecisionRecord

_HANDLE = re.compile(r"(?<![\w.])@(?P<handle>[A-Za-z0-9][\w-]{0,38})(?P<team>/[\w-]+)?")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,60})+")
_NOREPLY = re.compile(r"(?:\d+\+)?(?P<login>[^@+\s]+)@users\.noreply\.[\w.-]+")
_ASIDE = re.compile(r"\([^()]*\)|<[^<>]*>")


class Person(NamedTuple):
    """Somebody of the history: name, mail address, and the day of their last commit."""

    name: str
    mail: str
    last: str


class Seen(NamedTuple):
    """An owner as the record names them; `last` is the day of their last commit, None when no commit is known as theirs.

    `listed` tells whether CODEOWNERS names them, None when that cannot be told.
    """

    name: str
    last: str | None
    listed: bool | None


def owners_seen(record: DecisionRecord, people: Sequence[Person], owners: Iterable[str] | None) -> tuple[Seen, ...]:
    """Return what is known of each owner of a record: of those who decided, else of its authors."""
    named = record.decision_makers or record.authors
    listed = None if owners is None else {owner.casefold().lstrip("@") for owner in owners}
    return tuple(_seen(owner, people, listed) for owner in named)


def _seen(owner: str, people: Sequence[Person], listed: set[str] | None) -> Seen:
    handles = {match["handle"].casefold() for match in _HANDLE.finditer(owner) if not match["team"]}
    mails = {mail.casefold() for mail in _MAIL.findall(owner)}
    name = " ".join(_MAIL.sub("", _ASIDE.sub("", owner)).split()).casefold().lstrip("@")
    same = [one for one in people if _is(one, name, handles, mails)]
    names = {one.name.casefold() for one in same if " " in one.name.strip()}
    same += [one for one in people if one.name.casefold() in names]  # one person, several addresses
    is_listed = None
    if listed is not None and (handles or mails):
        is_listed = bool(listed & (handles | mails))
    return Seen(owner, max((one.last for one in same), default=None), is_listed)


def _is(person: Person, name: str, handles: set[str], mails: set[str]) -> bool:
    """Tell whether a person of the history is the named one: the same name, address or login."""
    mail = person.mail.casefold()
    login = _NOREPLY.fullmatch(mail)
    own = {person.name.casefold(), login["login"] if login else mail.partition("@")[0]}
    return person.name.casefold() == name or mail in mails or bool(own & handles) or (bool(login) and name in own)
