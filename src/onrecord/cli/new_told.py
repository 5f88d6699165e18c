"""What `onrecord new` says in the end: where the record is, what it lacks, what comes next."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.settings import make_policy
from onrecord.check import Around, check
from onrecord.cli.common import file_exists, today
from onrecord.cli.selection import select_files, select_untracked_too
from onrecord.draft.questions import QUESTIONS
from onrecord.render.words import counted
from onrecord.rules import Severity

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config
    from onrecord.cli.selection import Selection
    from onrecord.draft.content import Content

_ASKED = {
    "decision": ("the decision", "--decision"),
    "choices": ("instead of what", "--instead-of"),
    "because": ("why", "--because"),
    "context": ("the context", "--context"),
    "decision_makers": ("who decides", "--decider"),
}
_SLOTS = {"choices": "considered_options", "because": "decision"}
MOST = 2  # findings that are shown; `check` shows all


def told(
    path: str,
    content: Content,
    root: Path,
    config: Config,
    options: argparse.Namespace,
    before: Selection | None = None,
) -> list[str]:
    """Return the lines; `before` are the records as they were read before this one came."""
    log = before or select_untracked_too(root, config)
    others = tuple(file for file in log.files if file.record.path != path)
    selection = select_files([str(root / path)], root, config)
    selection = selection._replace(others=others, folders=log.folders, unread=log.unread)
    asked, unasked = _open(content, selection)
    lines, shown = [path], shlex.quote(path)
    if asked:
        lines.append(f"Still open: {', '.join(_ASKED[name][0] for name in asked)}. The questions stand in the text.")
    if unasked:
        named = ", ".join(_named(name, options) for name in unasked)
        lines.append(f"{'Also not' if asked else 'Not'} said, and not asked in the text: {named}.")
    lines += _judged(selection, root, config, options, bool(asked), shown)
    if _has_list(root, path):
        lines.append("The list of records here is kept by markers: onrecord index --fix brings it up to date.")
    if is_elsewhere(path):
        return [*lines, "It lies outside of this repository; records are looked for inside."]
    lines.append(f"Next: git add {shown}")
    if not asked and content.status != "accepted":
        by = "" if content.decision_makers else ' --by "NAME"'
        lines.append(f"Once it is decided: onrecord accept {shown}{by}")
    return lines


def is_elsewhere(path: str) -> bool:
    """Tell whether a path, as `in_repository` gives it, leads out of the repository."""
    return Path(path).is_absolute()


def _named(name: str, options: argparse.Namespace) -> str:
    """Return a part in words, with the flag that says it where the verb has one."""
    words, flag = _ASKED[name]
    return f"{words} ({flag})" if hasattr(options, flag.strip("-").replace("-", "_")) else words


def _open(content: Content, selection: Selection) -> tuple[list[str], list[str]]:
    """Return what was not said: what the text asks for, and what it has no question for."""
    missing = [name for name in _ASKED if not getattr(content, name)]
    if content.no_alternatives and "choices" in missing:
        missing.remove("choices")
    if content.chosen and "decision" in missing:
        missing.remove("decision")
    file = next(iter(selection.files), None)
    text = "\n".join(file.document.lines) if file else ""
    slots = file.record.slots if file else {}
    decision = file.record.decision if file else None
    if "because" in missing and decision and decision.justification and QUESTIONS["because"] not in text:
        missing.remove("because")  # the decision's own words give it

    def is_asked(name: str) -> bool:
        slot = slots.get(_SLOTS.get(name, name))
        return QUESTIONS[name] in text or (slot is not None and slot.span is not None and slot.state != "filled")

    asked = [name for name in missing if is_asked(name)]
    return asked, [name for name in missing if name not in asked]


def _judged(
    selection: Selection, root: Path, config: Config, options: argparse.Namespace, is_open: bool, shown: str
) -> list[str]:
    """Return what `onrecord check` would say of the file, in a few lines."""
    for skipped in selection.skipped:
        return [f"check leaves it out: {skipped.reason}."]
    around = Around(others=selection.others, folders=selection.folders, unread=selection.unread)
    report = check(selection.files, make_policy(root, config), today(options), file_exists(root), [], None, around)
    found = [one for one in report.findings if one.severity > Severity.OFF]
    for file in selection.files if not found else ():
        if file.record.kind != "record":
            return [f"check leaves it out, as it is read as no record ({file.record.reason})."]
    if not found:
        return ["check: nothing to say."]
    lines = [] if is_open else [f"check: {one.rule}: {one.message}" for one in found[:MOST]]
    if len(found) > len(lines):
        shows = "them" if found[1:] else "it"
        lines.append(f"check: {counted(len(found), 'finding')}; onrecord check {shown} shows {shows}.")
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
