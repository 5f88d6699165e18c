"""What `onrecord new` says in the end: where the record is, what it lacks, what comes next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from onrecord.adapters.settings import make_policy
from onrecord.check import Around, check
from onrecord.cli.common import file_exists, today
from onrecord.cli.selection import select_files
from onrecord.render.words import counted
from onrecord.rules import Severity

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from onrecord.check import Config
    from onrecord.draft.content import Content

_ASKED = {
    "decision": "the decision",
    "choices": "instead of what",
    "because": "why",
    "context": "the context",
    "decision_makers": "who decides",
}
MOST = 2  # findings that are shown; `check` shows all


def told(path: str, content: Content, root: Path, config: Config, options: argparse.Namespace) -> list[str]:
    """Return the lines."""
    lines, shown = [path], shlex.quote(path)
    missing = [word for name, word in _ASKED.items() if not getattr(content, name)]
    if content.no_alternatives and _ASKED["choices"] in missing:
        missing.remove(_ASKED["choices"])
    if missing:
        lines.append(f"Still open: {', '.join(missing)}. The questions stand in the text.")
    selection = select_files([str(root / path)], root, config)
    report = check(selection.files, make_policy(root, config), today(options), file_exists(root), [], None, Around())
    loud = [one for one in report.findings if one.severity >= Severity.WARNING]
    if loud and not missing:
        lines += [f"check: {one.rule}: {one.message}" for one in loud[:MOST]]
    elif not loud:
        lines.append("check: nothing to say.")
    if len(loud) > (0 if missing else MOST):
        lines.append(
            f"check: {counted(len(loud), 'finding')}; onrecord check {shown} shows {'them' if loud[1:] else 'it'}."
        )
    if _has_list(root, path):
        lines.append("The list of records here is kept by markers: onrecord index --fix brings it up to date.")
    lines.append(f"Next: git add {shown}")
    if not missing:
        lines.append(f"Once it is decided: onrecord accept {shown}")
    return lines


def _has_list(root: Path, path: str) -> bool:
    """Tell whether a Markdown file beside the record has a list of records between markers."""
    from onrecord.adapters.files import Unreadable, decode, read_bytes
    from onrecord.log.index.regions import find_regions
    from onrecord.markdown import parse_document

    for file in sorted((root / path).parent.glob("*.md")) + sorted((root / path).parent.parent.glob("*.md")):
        if file.stem.casefold() in ("readme", "index"):
            try:
                if find_regions(parse_document(decode(read_bytes(file, root)).text)):
                    return True
            except Unreadable:
                continue
    return False
