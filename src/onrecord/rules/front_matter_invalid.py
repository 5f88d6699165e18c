"""front-matter-invalid: a metadata block that is not valid."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.markdown import Document, Span
from onrecord.rules.model import Example, Hit, RecordSubject, Rule, Severity, Suggestion
from onrecord.rules.samples import madr

FEW = 10  # lines a suggestion may span: more than this nobody reads before accepting


def _check(subject: RecordSubject) -> Iterator[Hit]:
    problems = [problem for problem in subject.record.problems if problem.code == "front-matter-invalid"]
    fix = _with_quotes(subject.document) if problems else None
    for problem in problems:
        yield Hit(problem.span, f"the front matter is not valid: {problem.message}", fix)


def _with_quotes(document: Document) -> Suggestion | None:
    """Return the lines that make the block valid when all that is missing are quotes."""
    block = document.front_matter
    if block is None or block.kind != "yaml":
        return None
    from onrecord.markdown.yaml_quotes import quote_values

    inside = document.lines[block.span.start : block.span.end - 1]
    mended = quote_values(inside)
    if not mended or max(mended) - min(mended) >= FEW:
        return None
    start, end = min(mended), max(mended)
    first = block.span.start + 1
    return Suggestion(Span(first + start, first + end), tuple(mended.get(i, inside[i]) for i in range(start, end + 1)))


RULE = Rule(
    id="front-matter-invalid",
    scope="record",
    severity=Severity.ERROR,
    summary="The front matter cannot be read.",
    why="Site generators and reports drop the whole block, and with it status, date and owner.",
    help='Mend the line; a value that starts with [, {, @, ` or % or holds “: ” needs quotes, for example title: "ADR-1: Use Redis".',
    check=_check,
    good=(
        Example(
            "Braces of an unfilled template are no syntax error.",
            madr(status="status: {proposed | accepted}"),
        ),
        Example(
            "Comments are fine.",
            madr(status="# optional\nstatus: accepted"),
        ),
    ),
    bad=(
        Example(
            "A bracket is open.",
            madr(status="status: [accepted"),
        ),
        Example(
            "A handle without quotes.",
            madr(owner="[@ann]"),
        ),
    ),
)
