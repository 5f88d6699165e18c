"""encoding-not-utf8: a file in another encoding than UTF-8."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity
from onrecord.rules.samples import nygard


def _check(subject: RecordSubject) -> Iterator[Hit]:
    for problem in subject.record.problems:
        if problem.code == "encoding-not-utf8":
            yield Hit(problem.span, problem.message)


RULE = Rule(
    id="encoding-not-utf8",
    scope="record",
    severity=Severity.WARNING,
    summary="The file is not UTF-8.",
    why="Other tools show broken letters, or refuse the file.",
    help="Save it as UTF-8, for example: iconv -f ISO-8859-1 -t UTF-8 FILE.",
    check=_check,
    good=(
        Example(
            "UTF-8 with any letters.",
            nygard(decision="Wir speichern die Übergänge in PostgreSQL."),
        ),
    ),
)
