"""Files of the working tree: read with limits, decoded with care, never through a symlink out of the repository."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from onrecord.lazily import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # `why` reads many files, and most of its runs none of them as a record
    from onrecord.check import ReadFile
    from onrecord.markdown import Document, Problem
    from onrecord.record import Vocabulary
    from onrecord.record.naming import Unnamed

MAX_BYTES = 1_000_000  # the largest of 2,170 real records has 60 kB; a megabyte is no record
RST = (".rst",)
MARKDOWN = (".md", ".mdx", ".markdown", ".mdown", *RST)  # read as Markdown, or made into it
UNREAD_FORMATS = {".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc"}


class Content(NamedTuple):
    """The text of a file and what was odd about reading it."""

    text: str
    problems: tuple[Problem, ...]


class Unreadable(Exception):
    """A path cannot be opened at all; the message is for people."""


def reason_of(error: Exception) -> str:
    """Return why something could not be done, in words for people: of the disk's reasons, neither number nor path."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def find_root(start: Path) -> Path:
    """Return the nearest folder that holds `.git`, or `start` when there is none."""
    for folder in (start, *start.parents):
        if (folder / ".git").exists():
            return folder
    return start


def read_bytes(path: Path, root: Path, most: int = MAX_BYTES + 1) -> bytes:
    """Return a file's bytes, at most MAX_BYTES + 1 or so many; raises Unreadable for what is no plain file.

    A path inside `root` is not followed out of it, whether the file or a folder above it is the symlink.
    """
    if leads_out(path, root):
        raise Unreadable("a symlink that leads out of the repository is not followed")
    real = Path(os.path.realpath(path))
    try:
        if not real.is_file():
            raise Unreadable("no such file" if not real.exists() else "not a plain file")
        with real.open("rb") as handle:
            return handle.read(most)
    except OSError as error:
        raise Unreadable(error.strerror or "it cannot be opened") from error


def read_many(root: Path, names: list[str], most: int = MAX_BYTES + 1) -> dict[str, bytes]:
    """Return the first so many bytes of files below `root`, as `read_bytes` does; those that cannot be read are left out.

    What leads out of the repository is looked for once in a folder, and not again for each file.
    """
    home = os.path.realpath(root)
    found: dict[str, bytes] = {}
    real: dict[str, bool] = {}
    for name in names:
        path = os.path.join(home, name)  # noqa: PTH118 - names, thousands of them
        folder = path.rpartition(os.sep)[0]
        if folder not in real:
            real[folder] = os.path.realpath(folder) == folder
        try:
            if real[folder] and stat.S_ISREG(os.lstat(path).st_mode):
                with open(path, "rb") as handle:  # noqa: PTH123
                    found[name] = handle.read(most)
            else:
                found[name] = read_bytes(root / name, root)[:most]
        except (OSError, Unreadable):
            continue
    return found


class Text(NamedTuple):
    """A text that is to be read: its path for people, and the one relative to the repository."""

    content: Content
    shown: str
    hint: str


def decode(content: bytes) -> Content:
    """Return text for any bytes. What is no text comes back empty, with the reason."""
    if len(content) > MAX_BYTES:
        return _no_text(f"the file is larger than {MAX_BYTES // 1_000_000} MB, which no record is")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _no_text("the file is UTF-16; save it as UTF-8")
    if b"\0" in content:
        return _no_text("the file is binary")
    try:
        return Content(content.decode("utf-8-sig"), ())
    except UnicodeDecodeError as error:
        from onrecord.markdown import Problem, Span

        line = content.count(b"\n", 0, error.start) + 1
        problem = Problem(
            "encoding-not-utf8",
            f"byte 0x{content[error.start]:02x} in this line is not UTF-8; the file was read as Latin-1",
            Span(line, line),
        )
        return Content(content.decode("cp1252", "replace"), (problem,))


def read_as_records(content: Content, shown: str, hint: str, vocabulary: Vocabulary) -> list[ReadFile]:
    """Read a decoded file as its records. `shown` is the path for people, `hint` the one relative to the repository."""
    from onrecord.check import ReadFile

    document, read = read_content(content, vocabulary, is_rst=hint.lower().endswith(RST))
    return [ReadFile(document, one.named(hint, shown)) for one in read]


def read_content(content: Content, vocabulary: Vocabulary, *, is_rst: bool = False) -> tuple[Document, list[Unnamed]]:
    """Read a decoded file as its records, without its name."""
    from onrecord.markdown import parse_document
    from onrecord.markdown.rst import rst_as_markdown
    from onrecord.record import DecisionRecord
    from onrecord.record.naming import Unnamed
    from onrecord.record.read import read_unnamed

    document = parse_document(rst_as_markdown(content.text) if is_rst else content.text)
    if any(problem.code == "record-unreadable" for problem in content.problems):
        read = [Unnamed(DecisionRecord("", kind="not-a-record", reason="other"), is_numbered=False, evidence=None)]
    else:
        read = read_unnamed(document, vocabulary)
    for one in read:
        one.record.problems = []
    read[0].record.problems = [*content.problems, *document.problems]
    return document, read


def _no_text(message: str) -> Content:
    from onrecord.markdown import Problem, Span

    return Content("", (Problem("record-unreadable", message, Span(1, 1)),))


def leads_out(path: Path, root: Path) -> bool:
    """Tell whether a path inside `root` leads out of it: the file itself, or a folder above it, is such a symlink.

    So does one that leads into `.git`: what stands there, such as a token, is no part of the repository.
    """
    named, real = Path(os.path.abspath(path)), Path(os.path.realpath(path))  # noqa: PTH100 - resolve() follows symlinks
    home = Path(os.path.realpath(root))
    if not (named.is_relative_to(root) or path.is_symlink()):
        return False
    if not real.is_relative_to(home):
        return True
    return is_gits(real, home) and not (named.is_relative_to(root) and is_gits(named, root))


def is_gits(path: Path, root: Path) -> bool:
    """Tell whether a path below `root` is one of git's own, of this repository or of one inside of it."""
    return any(part.casefold() == ".git" for part in path.relative_to(root).parts)


def is_alias(name: str, root: Path) -> bool:
    """Tell whether a path leads, through a symlink, to a Markdown file of another name: from there its links lead elsewhere."""
    real = os.path.realpath(root / name)
    return real.lower().endswith(MARKDOWN) and real != str(Path(os.path.realpath(root), name))


def git_folders(root: Path) -> tuple[Path, Path]:
    """Return where git keeps what belongs to this working tree, and what it shares with others (gitrepository-layout)."""
    own = root / ".git"
    try:
        if own.is_file():  # in a linked working tree, and in a submodule
            own = root / own.read_text("utf-8").removeprefix("gitdir:").strip()
        shared = own / "commondir"
        return own, own / shared.read_text("utf-8").strip() if shared.is_file() else own
    except (OSError, ValueError):
        return own, own


def files_in(root: Path, folder: str) -> list[str]:
    """Return the files of one folder, sorted and relative to the root; a folder that leads out of it has none."""
    here = root / folder
    try:
        names = [] if leads_out(here, root) else sorted(path.name for path in here.iterdir() if not path.is_dir())
    except OSError:
        return []
    return [f"{folder}/{name}" if folder else name for name in names]


def in_repository(path: str | Path, root: Path) -> str:
    """Return the path relative to `root`, which tells folder and number; outside of it, the absolute path."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - resolve() would follow symlinks
    if is_below(absolute, str(root)):
        absolute = absolute[len(str(root)) :].lstrip(os.sep) or "."
    return as_posix(absolute)


def is_below(path: str, root: str) -> bool:
    """Tell whether a normalized absolute path is `root` or below it; quicker than `Path.is_relative_to`."""
    path, root = os.path.normcase(path), os.path.normcase(root)
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def as_posix(path: str | Path) -> str:
    """Return a path with forward slashes, without `./`."""
    text = str(path).replace(os.sep, "/")
    return text[2:] if text.startswith("./") else text
