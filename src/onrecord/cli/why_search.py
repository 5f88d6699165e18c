"""What `onrecord why` gathers before it judges: the place, its commits, and the records that may be behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters import blame
from onrecord.adapters.discover import find_candidates
from onrecord.adapters.files import MAX_BYTES, Unreadable, decode, in_repository, read_as_records, read_bytes
from onrecord.adapters.git import GitError
from onrecord.adapters.settings import load_config
from onrecord.adapters.survey import remote_of
from onrecord.adapters.templates import Templates
from onrecord.change.body import read_description
from onrecord.change.history import login_of, pull_numbers, read_commit
from onrecord.change.message import read_message
from onrecord.cli.beside import beside
from onrecord.cli.common import repository, vocabulary_of
from onrecord.cli.main import UsageFault
from onrecord.log.place import Place
from onrecord.log.shortlist import named_files, shortlist, shortlist_of
from onrecord.log.why import Known, Source, Via, explain
from onrecord.record.recognize import is_page_name
from onrecord.render.why import Told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from onrecord.adapters.blame import Brought, Origin
    from onrecord.check import Config
    from onrecord.record import Vocabulary

MOST_COMMITS = 30  # of the main line that are looked at for a whole file or folder


class _Trail(NamedTuple):
    """What git tells of a place: commits with how they lead to it, the path before a rename, and notes for people."""

    commits: tuple[tuple[Via, Brought], ...] = ()
    before: str = ""
    notes: tuple[str, ...] = ()


class Log:
    """The texts of the files that may be records, each read as a record only when that is needed."""

    def __init__(self, root: Path, config: Config) -> None:
        """Find the files and load their texts; those that cannot be read are left out."""
        self._templates = Templates(vocabulary_of(config), root)
        self._root = root
        self.texts: dict[str, str] = {}
        self._known: dict[str, list[Known]] = {}
        found = find_candidates(root, config)
        self.all_files = found.names if found.tracked_only else None
        for name in found.files:
            try:
                self.texts[name] = decode(read_bytes(root / name, root)).text
            except Unreadable:
                continue

    @property
    def size(self) -> int:
        """Return how many files there are, as far as their names tell."""
        return sum(not is_page_name(path) for path in self.texts)

    def read(self, paths: Iterable[str] | None = None) -> list[Known]:
        """Return the records of some files (None: of all), and those that replaced them; sorted by path."""
        found: dict[str, list[Known]] = {}
        left = set(self.texts if paths is None else paths)
        while left:
            self._known |= {path: self._read(path) for path in left - self._known.keys()}
            new = {path: self._known[path] for path in left}
            found |= new
            names = [name for knowns in new.values() for known in knowns for name in known.record.superseded_by]
            left = named_files(names, self.texts) - found.keys()
        return [known for path in sorted(found) for known in found[path]]

    def _read(self, path: str) -> list[Known]:
        content = decode(self.texts[path].encode("utf-8", "replace"))
        files = read_as_records(content, path, path, self._templates.for_file(self._root / path))
        if len(files) == 1:
            return [Known(files[0].record, content.text)]
        lines = content.text.split("\n")
        return [Known(f.record, "\n".join(lines[f.record.span.start - 1 : f.record.span.end])) for f in files]


def search(name: str, line: int, blaming: Future[Origin | None] | None, limit: int, config_file: str | None) -> Told:
    """Return the decisions behind a file, a folder, or a line of a file (0: none), as a face shows them.

    `blaming` is the `git blame` of the line, where it is under way. Raises UsageFault for a place that is not there.
    """
    if line and blaming is None:
        blaming = beside(partial(blame.blame_line, Path.cwd(), name, line))
    root = repository()
    read_lineage = partial(blame.read_lineage, root)
    is_slow = blaming is not None and not blaming.done()  # then there is time for what it may turn out to need
    lineage = beside(read_lineage).result if is_slow else read_lineage
    place = _read_place(name, line, root)
    config = load_config(root, config_file)
    log = Log(root, config)
    remote = remote_of(root)
    vocabulary = vocabulary_of(config)
    paths = shortlist(place, log.texts, vocabulary, log.all_files)
    log.read(paths)  # kept, and read while git is still at work
    read_description("", "", vocabulary)  # loads what it needs, likewise
    trail = _trace(root, place, blaming, lineage)
    if trail.before:
        place = place._replace(before=trail.before)
        paths |= shortlist(place, log.texts, vocabulary, log.all_files)
    sources = tuple(source_of(via, brought, vocabulary) for via, brought in trail.commits)
    known = log.read(paths | shortlist_of(sources, log.texts))
    answers = explain(place, known, sources, log.all_files, remote.slug if remote else "")
    return Told(place, tuple(answers[:limit]), len(answers), sources, log.size, trail.notes)


def _read_place(name: str, line: int, root: Path) -> Place:
    path = in_repository(Path(name), root)
    if Path(path).is_absolute():
        raise UsageFault(f"{name}: this is outside of the repository")
    if Path(name).is_dir():
        return Place("" if path == "." else path, is_folder=True)
    try:
        content = read_bytes(Path(name), root)
    except Unreadable as error:
        raise UsageFault(f"{name}: {error}") from error
    count = content.count(b"\n") + (bool(content) and not content.endswith(b"\n"))
    if line > count and len(content) <= MAX_BYTES:
        raise UsageFault(f"{path} has {count} line{'' if count == 1 else 's'}; there is no line {line}")
    return Place(path, line, lines=tuple(decode(content).text.split("\n")))


def _trace(root: Path, place: Place, blaming: Future[Origin | None] | None, lineage: Callable[[], bytes]) -> _Trail:
    """Ask git where the place comes from; where git cannot tell, a note says why."""
    try:
        is_tracked = blame.is_tracked(root, place.path)
    except GitError as error:
        if str(error) == "git is not installed":
            raise
        return _Trail(notes=("This is not a git repository, so no history could be looked at.",))
    if not is_tracked:
        return _Trail(notes=("Git does not track this path yet, so it has no history.",))
    try:
        return _trace_line(root, place, blaming.result(), lineage) if blaming else _trace_file(root, place)
    except GitError as error:
        return _Trail(notes=(f"Its history could not be read: {error}.",))


def _trace_line(root: Path, place: Place, origin: Origin | None, lineage: Callable[[], bytes]) -> _Trail:
    if origin is None:
        return _Trail(notes=("This line is not committed yet.",))
    before = origin.path if origin.path != place.path else ""
    if origin.is_cut:
        note = (
            "This clone is shallow, and the line is older than what it holds; “git fetch --unshallow” brings the rest."
        )
        return _Trail(before=before, notes=(note,))
    own = blame.read_brought(root, [origin.sha])
    commits: list[tuple[Via, Brought]] = [("line", one) for one in own]
    is_squash = any(len(one.commit.parents) == 1 and pull_numbers(one.commit.message) for one in own)
    if not is_squash and (merge := blame.merge_of(lineage(), origin.sha)):
        commits += [("merge", one) for one in blame.read_brought(root, [merge])]
    return _Trail(tuple(commits), before)


def _trace_file(root: Path, place: Place) -> _Trail:
    touching = blame.commits_touching(root, place.path, MOST_COMMITS)
    note = "This clone is shallow, so only its newest commits were looked at."
    return _Trail(tuple(("file", one) for one in touching), "", (note,) if blame.is_shallow(root) else ())


def source_of(via: Via, brought: Brought, vocabulary: Vocabulary) -> Source:
    """Read what a commit's message says, as a description where it holds one."""
    commit = brought.commit
    pulls = read_commit(commit)
    message = read_message(commit.message, comment=None)
    title, body, number = message.title, message.body, None
    is_word = message.kind == "written" and not pulls
    if len(pulls) == 1:  # in a batch of several, nobody can tell whose the line is
        change, body_from = pulls[0].change, pulls[0].body_from
        title, number = change.title, change.number
        body = body if body_from == "commits" else change.body  # a list of commits may cite a record as well
        is_word = body_from == "description" and not change.is_bot
    said = read_description(title, body, vocabulary)
    author = login_of(commit.author, commit.email)
    decides = is_word and said.decision is not None and said.waived is None
    return Source(
        commit.sha,
        via,
        title,
        author,
        commit.merged_at,
        number,
        tuple((file.status, file.path) for file in brought.files if file.status != "removed"),
        tuple(said.record_links),
        said.decision.text if decides and said.decision else "",
        said.stated,
        said.owner or author,
        brought.size,
    )
