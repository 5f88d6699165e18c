"""The records that a change names: the one that is its decision, and those that its decision replaces or belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.log.links import record_named
from onrecord.record.edit.wording import mention_of
from onrecord.record.relations import supersedes_in
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.change import Judged
    from onrecord.draft.content import Content
    from onrecord.record import DecisionRecord

_RELATED = re.compile(
    r"^[^\w\n]*+(?:relate[sd](?: to)?|see also)\b[^\w\n]*:(?P<names>.*)$", re.IGNORECASE | re.MULTILINE
)
_SUPERSEDES = re.compile(r"^[^\w\n]*+(?:supersedes|replaces|obsoletes)\b[^\w\n]*:(?P<names>.*)$", re.IGNORECASE)


class Linked:
    """The records of a log that a change names, each with the words that name it."""

    def __init__(self, judged: Judged, records: Iterable[DecisionRecord], repository: str) -> None:
        self.judged, self.records, self.repository = judged, list(records), repository
        found = ((link, record_named(link, self.records, repository)) for link in judged.description.record_links)
        self.found = [(link, record) for link, record in found if record]

    def own(self, states_another: bool) -> DecisionRecord | None:
        """Return the record that is the decision of the change: where it states one itself, only one that stands in its place."""
        if not states_another:
            return self.found[0][1] if self.found else None
        decision = self.judged.description.decision
        told = re.findall(r"\w+", decision.text) if decision else []
        for link, record in self.found:
            own = {fold(word) for word in re.findall(r"\w+", f"{record.title or ''} {record.path} {link} see")}
            if (
                told
                and all(fold(word) in own for word in told)
                and self._names(decision.text if decision else "", link)
            ):
                return record
        return None

    def tied(self, content: Content) -> Content:
        """Return the content with the records that lines such as "Supersedes: ADR-2" and "Related: ADR-3" name."""
        body = self.judged.change.body
        old = self._resolved(name for line in body.splitlines() for name in supersedes_in(line))
        related = "\n".join(match["names"] for match in _RELATED.finditer(body))
        near = [_called(record) for link, record in self.found if self._names(related, link)]
        return content._replace(supersedes=old, relates_to=tuple(one for one in dict.fromkeys(near) if one not in old))

    def body_without_ties(self) -> str:
        """Return the description without the lines that do nothing but name records that `tied` takes, such as "Related: ADR-3"."""
        lines = self.judged.change.body.splitlines(keepends=True)
        return "".join(line for line in lines if not self._is_tie(line.strip()))

    def _is_tie(self, line: str) -> bool:
        replaces = _SUPERSEDES.match(line)
        match = replaces if replaces and self._resolved(supersedes_in(line)) else _RELATED.match(line)
        if not match:
            return False
        rest = match["names"]
        for link, _ in sorted(self.found, key=lambda one: -len(one[0])):
            rest = re.sub(rf"(?<!\w){re.escape(link)}(?!\w)", "", rest)
        return rest != match["names"] and not re.search(r"\w", rest)

    def _names(self, text: str, link: str) -> bool:
        return bool(re.search(rf"(?<!\w){re.escape(link)}(?!\w)", text))

    def _resolved(self, names: Iterable[str]) -> tuple[str, ...]:
        linked = [record.path for _, record in self.found]
        found = (record_named(name, self.records, self.repository) for name in names)
        return tuple(dict.fromkeys(_called(one) for one in found if one and one.path in linked))


def _called(record: DecisionRecord) -> str:
    return (mention_of(record) if record.number else None) or record.path.rsplit("/", 1)[-1]
