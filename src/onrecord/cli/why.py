"""`onrecord why`: from a file, a folder or a line to the decisions behind it."""

from __future__ import annotations

from pathlib import Path

from onrecord.cli.main import UsageFault
from onrecord.cli.why_asked import Asked
from onrecord.lazily import TYPE_CHECKING, lazy_pattern

if TYPE_CHECKING:
    import argparse

_LINE = lazy_pattern(r"(?P<path>.+):(?P<line>\d{1,9}):?")
_LINE_AND_COLUMN = lazy_pattern(r"(?P<path>.+):(?P<line>\d{1,9}):\d{1,9}:?")  # as compilers and grep write it

_LINES = lazy_pattern(
    r"(?P<path>.+?)(?::|#L)(?P<line>\d{1,9})(?:[-,:]L?\d{1,9})?"
)  # as forges and editors write several


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("place", metavar="PATH[:LINE]", help="a file, a folder, or a line of a file")
    parser.add_argument("--limit", type=int, default=5, metavar="N", help="how many answers at most (default: 5)")
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument("--config", metavar="FILE", help="configuration file (default: the repository's)")


def run(options: argparse.Namespace) -> int:
    """Look for the decisions, print them, and return the exit code; that nothing is known is an answer too."""
    if options.limit < 1:
        raise UsageFault(f"--limit {options.limit}: at least one answer has to be shown")
    name, line = split(options.place)
    asked = Asked(name, line)  # git takes its time while the rest is loaded

    from onrecord.cli.common import wants_color, write_out
    from onrecord.cli.why_search import Search
    from onrecord.render import why as face

    search = Search(name, line, asked, options.config)
    told = search.told(options.limit)
    is_json = options.output_format == "json"
    write_out(face.render_json(told) if is_json else face.render_text(told, wants_color(None)), None)
    search.finish()
    return 0


def split(place: str) -> tuple[str, int]:
    """Split PATH[:LINE]; a file whose own name ends so comes first. Raises UsageFault for what is not there."""
    readings = [match for form in (_LINE, _LINE_AND_COLUMN) if (match := form.fullmatch(place))]
    there = [match for match in readings if is_there(match["path"])]
    match = None if is_there(place) or not readings else (there or readings[-1:])[0]
    name, line = (match["path"], int(match["line"])) if match else (place, 0)
    if not is_there(name):
        meant = _LINES.fullmatch(place)
        if meant and is_there(meant["path"]):
            raise UsageFault(f"{place}: one line is asked about, as {meant['path']}:{meant['line']}")
        raise UsageFault(f"{name}: there is no such file or folder")
    if match and not line:
        raise UsageFault(f"{place}: lines are counted from 1")
    if line and Path(name).is_dir():
        raise UsageFault(f"{name}: a folder has no lines")
    return name, line


def is_there(name: str) -> bool:
    """Tell whether a file or folder goes by this name."""
    try:
        return bool(name) and Path(name).exists()
    except (OSError, ValueError):  # a name that no file can have
        return False
