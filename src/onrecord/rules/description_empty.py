"""description-empty: a pull request without a description."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.markdown import Block, Html, Span, parse_document
from onrecord.markdown import Rule as Break
from onrecord.rules.model import ChangeSubject, Example, FileExample, Hit, Rule, Severity
from onrecord.rules.samples import nygard

START = 2_000  # characters: nearly every description says something in them, and a very long one takes long to read
TINY = 10  # changed lines: so few explain themselves


def _check(subject: ChangeSubject) -> Iterator[tuple[str, Hit]]:
    facts = subject.facts
    if facts["records_added"] or facts["record_links"] or _is_tiny(subject):
        return
    body = subject.change.body
    beginning = body if len(body) <= START else body[:START].rpartition("\n\n")[0]  # a comment is not cut in two
    if not any(map(_says_something, (beginning, body))):
        yield "", Hit(Span(1, 1), "the description is empty")


def _says_something(text: str) -> bool:
    sections = parse_document(text).sections
    return any(section.title or any(map(_is_visible, section.blocks)) for section in sections)


def _is_visible(block: Block) -> bool:
    return not isinstance(block, Break) and (not isinstance(block, Html) or bool(block.text.strip()))


def _is_tiny(subject: ChangeSubject) -> bool:
    lines = sum(file.additions + file.deletions for file in subject.change.files or ())
    return 0 < lines <= TINY


RULE = Rule(
    id="description-empty",
    scope="change",
    severity=Severity.NOTICE,
    summary="The pull request has no description.",
    why="What changes stands in the code; why it changes stands nowhere else.",
    help="One sentence on why is enough.",
    check_change=_check,
    good=(
        Example("One sentence.", "Jobs were lost when the queue restarted.\n"),
        Example("A picture.", "![The new page](https://example.com/page.png)\n"),
        Example(
            "The change brings a record, which says it all.",
            "",
            files=(FileExample("docs/adr/0007-keep-invoices.md", None, nygard()),),
        ),
        Example("A change of a few lines.", "", files=(FileExample("src/retry.py", "TIMES = 3\n", "TIMES = 4\n"),)),
    ),
    bad=(
        Example("Nothing.", ""),
        Example("Only the template's comments.", "<!-- Say what changes and why. -->\n"),
    ),
)
