"""Which file holds the configuration; alone in its file, as reading it takes far more code than finding it."""

from __future__ import annotations

import re
from pathlib import Path

from onrecord.adapters.files import Unreadable, read_bytes

NAMES = (".github/onrecord.yml", ".github/onrecord.yaml", "onrecord.yml", "onrecord.yaml")
# A first look that needs no parser: any way to write the table [tool.onrecord], and a few things that are none.
_OWN_TABLE = re.compile(
    rb"(?m)^[ \t]*(?:\[[ \t]*)?(?:tool[ \t]*\.[ \t]*)?[\"']?onrecord[\"']?[ \t]*[].=]|^[ \t]*tool[ \t]*="
)


def config_file(root: Path, named: str | None, named_from: Path | None = None) -> tuple[Path, str] | None:
    """Return the configuration's path, and as people know it; None where the defaults hold.

    `named` is relative to `named_from`, by default to the current folder. Raises ConfigFault when it is not there.
    """
    if named:
        path = (named_from or Path()) / named
        if not path.is_file():
            from onrecord.check import ConfigFault

            raise ConfigFault(f"{named}: no such configuration file")
        return path, named
    for name in NAMES:
        if (root / name).is_file():
            return root / name, name
    project = root / "pyproject.toml"
    if project.is_file() and _OWN_TABLE.search(_bytes_of(project, root)):
        return project, "pyproject.toml"
    return None


def _bytes_of(project: Path, root: Path) -> bytes:
    """Return what a file holds that may have nothing to do with us: none where it is not to be read."""
    try:
        return read_bytes(project, root)
    except Unreadable:
        return b""
