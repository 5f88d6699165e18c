"""link-broken: a link to a file that is not there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, quote
from onrecord.rules.samples import nygard


def _check(subject: RecordSubject) -> Iterator[Hit]:
    folder = posixpath.dirname(subject.record.path)
    seen: set[str] = set()
    for target, span in subject.record.links:
        path = target.split("#")[0].split("?")[0]
        if path in seen or not _is_file_name(path):
            continue
        seen.add(path)
        if not subject.exists(posixpath.normpath(posixpath.join(folder, path))):
            yield Hit(span, f"the link leads to {quote(target, 80)}, and no such file is there")


def _is_file_name(path: str) -> bool:
    """Tell whether a target is a plain relative file name: site paths and generated pages cannot be resolved here."""
    name = path.rsplit("/", 1)[-1]
    return (
        bool(path)
        and not path.startswith(("/", "~", "{", "<"))
        and "{" not in path
        and "." in name.strip(".")
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
    ),
)
