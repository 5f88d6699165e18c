"""What rules ask for beside the facts: noted, so that what they said can be believed while the answers stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from onrecord.rules.model import LogSubject, RecordSubject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.log.graph import Graph
    from onrecord.log.references import Log
    from onrecord.markdown import Document
    from onrecord.record.edit.texts import Texts

    Exists = Callable[[str], bool]
    Answers = tuple[str, list[tuple[str, bool]], list[tuple[str, str]]]  # the day, files that are there, keys of texts


class Asked:
    """What rules wanted to know: the day, which paths are there, and the texts of files."""

    def __init__(self) -> None:
        self.day = False
        self.paths: dict[str, bool] = {}
        self.texts: set[str] = set()

    def answers(self, today: str, text_key: Callable[[str], str] = str) -> Answers:
        """Return all that was asked, with what was answered."""
        return today if self.day else "", list(self.paths.items()), [(one, text_key(one)) for one in sorted(self.texts)]

    def include(self, other: Asked) -> None:
        """Take over what another one was asked."""
        self.day |= other.day
        self.paths |= other.paths
        self.texts |= other.texts

    def about(self, exists: Exists) -> Exists:
        """Return what answers as `exists` does, and notes here what it was asked."""

        def look(name: str) -> bool:
            self.paths[name] = exists(name)
            return self.paths[name]

        return look

    def watched(self, *parts: Any) -> RecordSubject:
        """Return the subject of a rule, which notes here what it is asked for."""
        subject = _Watching(*parts)
        subject.asked = self
        return subject


def still(answers: Answers, today: str, exists: Exists, text_key: Callable[[str], str] = str) -> bool:
    """Tell whether all that was asked has the same answer today."""
    day, there, texts = answers
    if day not in ("", today) or any(text_key(path) != key for path, key in texts):
        return False
    return all(exists(name) == is_there for name, is_there in there)


class _Watching(RecordSubject):
    """A subject that notes when a rule asks for the day."""

    asked: Asked

    @property
    def today(self) -> str:
        self.asked.day = True
        return self[2]


class WatchedLog(LogSubject):
    """A log that notes what a rule asks for; make one by `watch_log`."""

    asked: Asked
    facts: str  # changes with all that is not asked for
    text_key: Callable[[str], str]
    _shared: dict[str, Asked]  # what it took to work out what all rules share

    @property
    def today(self) -> str:
        """The day, which is noted."""
        self.asked.day = True
        return self[1]

    @property
    def log(self) -> Log:
        """As it is for every subject."""
        log: Log = self._once("log")
        return log

    @property
    def graph(self) -> Graph:
        """As it is for every subject."""
        graph: Graph = self._once("graph")
        return graph

    @property
    def texts(self) -> Texts:
        """As it is for every subject; all of them count as looked into, as that comes later, when nobody notes it."""
        self.asked.texts.update(self.documents)
        texts: Texts = self._once("texts")
        return texts

    def _once(self, name: str) -> Any:
        outer, known = self.asked, self._shared.get(name)
        if known is None:
            known = self._shared[name] = self.asked = Asked()
        value = getattr(super(), name)
        self.asked = outer
        outer.include(known)
        return value


def watch_log(subject: LogSubject, facts: str, keys: Mapping[str, str]) -> WatchedLog:
    """Return the same log, watched; `keys` change with the text of each file, by its path."""

    def exists(name: str) -> bool:
        found = watched.asked.paths[name] = subject.exists(name)
        return found

    documents = _Documents(subject.documents, lambda path: watched.asked.texts.add(path))
    watched = WatchedLog(*subject._replace(exists=exists, documents=documents))
    watched.asked, watched.facts, watched._shared = Asked(), facts, {}
    watched.text_key = lambda path: keys.get(path, "")
    return watched


class _Documents(Mapping[str, "Document"]):
    """Texts by their paths; `note` is told which are looked into."""

    def __init__(self, documents: Mapping[str, Document], note: Callable[[str], object]) -> None:
        self._documents, self._note = documents, note

    def __getitem__(self, path: str) -> Document:
        self._note(path)
        return self._documents[path]

    def __contains__(self, path: object) -> bool:
        return path in self._documents

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)
