"""link-broken: a link to a file that is not there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, quote


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
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We follow [the plan](0012-use-kafka.md).

## Consequences

Operations runs one more database.
""",
            others=("docs/adr/0012-use-kafka.md",),
        ),
        Example(
            "Sites, anchors and code are not checked.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Accepted

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

See [a](https://example.com/x.md), [b](#context), [c](/adr/32) and `[d](nowhere.md)`.

## Consequences

Operations runs one more database.
""",
        ),
    ),
    bad=(
        Example(
            "Nowhere.",
            """\
# 7. Keep invoices in PostgreSQL

Date: 2026-03-01

## Status

Superseded by [0099](0099-nowhere.md)

## Context

Billing writes to three tables at once and lost two invoices last month.

## Decision

We will keep invoices in PostgreSQL, because billing needs transactions.

## Consequences

Operations runs one more database.
""",
        ),
    ),
)
