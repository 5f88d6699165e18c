"""link-broken: a link to a file that is not there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, quote
from onrecord.rules.samples import nygard

_HOST = re.compile(
    r"(?:www\.[\w.-]{1,80}|[\w-]{1,60}(?:\.[\w-]{1,60}){0,3}\.(?:com|org|net|io|dev|edu|gov))(?:/.*)?", re.IGNORECASE
)
_UNFILLED = re.compile(r"[<>{}*…]|(?:^|[/_-])(?:x{3,}|n{3,}|y{4})(?=[-_./])|(?:^|/)path/to/", re.IGNORECASE)
_SUFFIX = re.compile(r"\.[a-z][\w+-]{0,15}", re.IGNORECASE)  # "v1.2" is no file
_LINE = re.compile(r":\d+(?::\d+)?$")  # what editors put behind a name
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")


def _check(subject: RecordSubject) -> Iterator[Hit]:
    folder = posixpath.dirname(subject.record.path)
    seen: set[str] = set()
    has_address = False
    for target, span in subject.record.links:
        path = _LINE.sub("", target.split("#")[0].split("?")[0])
        if _ADDRESS.fullmatch(target):
            if not has_address:  # one word for a whole list of people
                yield Hit(span, f"the link leads to {quote(target, 80)}, which reads as a file without “mailto:”")
            has_address = True
            continue
        if path in seen or not _is_file_name(path):
            continue
        seen.add(path)
        if not subject.exists(posixpath.normpath(posixpath.join(folder, path))):
            lacks = _HOST.fullmatch(path)
            what = "which reads as a file without “https://”" if lacks else _what_is_there(subject, folder, path)
            yield Hit(span, f"the link leads to {quote(target, 80)}, {what}")


def _what_is_there(subject: RecordSubject, folder: str, path: str) -> str:
    """Say that nothing is there, or what only looks the same: names from a Mac spell “é” as two characters."""
    if not path.isascii():
        from unicodedata import normalize

        spelled = {posixpath.normpath(posixpath.join(folder, normalize(form, path))) for form in ("NFC", "NFD")}
        if any(subject.exists(one) for one in spelled):
            return "and the name of the file there only looks the same: its accents are other characters"
    return "and no such file is there"


def _is_file_name(path: str) -> bool:
    """Tell whether a target is a plain relative file name: site paths and generated pages cannot be resolved here."""
    name = path.rsplit("/", 1)[-1]
    return (
        not path.startswith(("/", "~", "@", ":"))
        and not _UNFILLED.search(path)
        and _SUFFIX.fullmatch(posixpath.splitext(name)[1]) is not None
        and not name.endswith((".html", ".htm"))
    )


RULE = Rule(
    id="link-broken",
    scope="record",
    severity=Severity.WARNING,
    summary="A link leads to a file that is not there.",
    why="The reason is one click away, and the click ends nowhere.",
    help="Mend the path, or link to where the file went.",
    check=_check,
    good=(
        Example(
            "A file beside it.",
            nygard(decision="We follow [the plan](0012-use-kafka.md)."),
            others=("docs/adr/0012-use-kafka.md",),
        ),
        Example(
            "Sites, anchors and code are not checked.",
            nygard(decision="See [a](https://example.com/x.md), [b](#context), [c](/adr/32) and `[d](nowhere.md)`."),
        ),
    ),
    bad=(
        Example(
            "Nowhere.",
            nygard(status="Superseded by [0099](0099-nowhere.md)"),
        ),
        Example(
            "An address without “mailto:”.",
            nygard(decision="We keep invoices in PostgreSQL; [Ann](ann@example.com) knows why."),
        ),
    ),
)
