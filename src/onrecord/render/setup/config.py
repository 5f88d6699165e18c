"""A first `.github/onrecord.yml`: only what says more than the defaults, each line with its reason."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.log.homes import Home, Homes

MAX_HOMES = 6  # a longer list of folders is a list nobody keeps up to date
MAX_NAMED = 3
_SPECIAL = re.compile(r"[\[\]*?]")
_MANUAL = "https://github.com/onrecord/onrecord#configure-it"


def config_text(homes: Homes, today: str, schema: str, may_comment: bool) -> str:
    """Return the configuration. `today` (ISO) is the day of adoption, `schema` the address of the schema of it."""
    lines = [
        f"# yaml-language-server: $schema={schema}",
        f"# How OnRecord reads this repository; all settings: {_MANUAL}",
    ]
    globs, excluded = record_globs(homes), excluded_globs(homes)
    kept_out = [stray.path for stray in homes.strays if globs and f"{_plain(stray.aside)}/**" not in excluded]
    if kept_out:
        lines += _left_out(kept_out)
    if globs:
        lines.append(f"records: {_listed(globs)}")
    if excluded:
        lines.append(
            f"exclude: {_listed(excluded)} # what reads like a record there is an example, a template or a test"
        )
    lines += [
        "pull-requests:",
        "  labels: [decision] # a pull request with this label is asked for its decision",
        '  # paths: ["src/payments/**"] # and so may these paths; "onrecord calibrate" tells how often each would ask',
        f'  since: "{today}" # pull requests opened before this day are left alone',
    ]
    if not may_comment:
        lines.append("  comment: never # the workflow may only read: the summary of its run says what is missing")
    return "\n".join(lines) + "\n"


def record_globs(homes: Homes) -> list[str]:
    """Return where the records are, as globs; empty where finding them needs no help, or a list would not be one."""
    ours = homes.homes
    told = sum(home.size for home in ours)
    others = [stray for stray in homes.strays if not stray.aside]
    if not ours or len(ours) > MAX_HOMES or len(others) > told or any(not home.folder for home in ours):
        return []
    return [_glob(home) for home in ours] if others or not all(home.usual for home in ours) else []


def excluded_globs(homes: Homes) -> list[str]:
    """Return the folders of templates, tests and examples that would be looked at otherwise, by us or by the hook."""
    if not homes.homes:
        return []
    told = bool(record_globs(homes))
    folders = {stray.aside for stray in homes.strays if stray.aside and (stray.by_name or not told)}
    return [f"{_plain(folder)}/**" for folder in sorted(folders)][:MAX_HOMES]


def _glob(home: Home) -> str:
    """Return a glob for a folder by its name; what a glob or YAML could take amiss stands as `?`, any character."""
    folder = _plain(home.folder)
    return f"{folder}/{home.beginning}*" if home.beginning else f"{folder}/**"


def _plain(folder: str) -> str:
    return _SPECIAL.sub("?", _printable(folder))


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)


def _left_out(names: list[str]) -> Iterable[str]:
    reads = "reads" if len(names) == 1 else "read"
    yield f"# Left out by this: {counted(len(names), 'file')} elsewhere that {reads} like a record."
    for name in names[:MAX_NAMED]:
        yield f"#   {_printable(name)}"
    if len(names) > MAX_NAMED:
        yield f"#   and {counted(len(names) - MAX_NAMED, 'more file')}"


def _listed(globs: list[str]) -> str:
    """Return printable texts as a YAML list of double-quoted scalars, whose escapes are those of JSON."""
    return json.dumps(globs, ensure_ascii=False)
