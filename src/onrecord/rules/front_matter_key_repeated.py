"""front-matter-key-repeated: the same key twice in the front matter."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.markdown import Document, Span
from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, Suggestion
from onrecord.rules.samples import madr

MAX_FIXES = 5  # for each the block is read again, and thousands of copies are no oversight


def _check(subject: RecordSubject) -> Iterator[Hit]:
    problems = [problem for problem in subject.record.problems if problem.code == "front-matter-key-repeated"]
    for i, problem in enumerate(problems):
        fix = _without_copy(subject.document, problem.span) if i < MAX_FIXES else None
        yield Hit(problem.span, problem.message, fix)


def _without_copy(document: Document, span: Span) -> Suggestion | None:
    """Return the deletion of a line that stands above in the very same words; which of two values holds, nobody can tell."""
    block = document.front_matter
    line = document.lines[span.start - 1]
    if block is None or line[:1].isspace() or line not in document.lines[block.span.start : span.start - 1]:
        return None
    from onrecord.markdown.yaml_source import read_yaml

    fix = Suggestion(span, ())
    before = read_yaml("\n".join(document.lines[block.span.start : block.span.end - 1]))
    after = read_yaml("\n".join(fix.apply(document.lines)[block.span.start : block.span.end - 2]))
    return fix if after.value == before.value and len(after.problems) < len(before.problems) else None


RULE = Rule(
    id="front-matter-key-repeated",
    scope="record",
    severity=Severity.WARNING,
    summary="A key stands twice in the front matter.",
    why="Readers see one value and tools take the other.",
    help="Keep one of the two lines.",
    check=_check,
    good=(
        Example(
            "Once.",
            madr(),
        ),
    ),
    bad=(
        Example(
            "Twice.",
            madr(status="status: accepted\nstatus: proposed"),
        ),
    ),
)
