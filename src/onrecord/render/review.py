"""The upkeep queue: for a terminal or a pipe, and as Markdown that can be the body of an issue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from onrecord.record.touch import OPEN
from onrecord.render.columns import painter, wrap
from onrecord.render.safe import code_span, for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.check import Finding
    from onrecord.check.upkeep import Entry, Queue
    from onrecord.record import DecisionRecord

MAX_CHARACTERS = 60_000  # the body of an issue takes 65,536
_WIDEST, _LEAST = 100, 40  # columns of running text
_DIM, _BOLD, _ASK = "2", "1", "33"
RANK = (
    "Ranked by how busy the code under a record is, times what was found: (1 + log2(1 + commits in 180 days)) × weight."
)


def render_review_text(queue: Queue, limit: int = 0, columns: int | None = None, color: bool = False) -> str:
    """Return the queue for people; `columns` of a terminal, None for a pipe; `limit` 0 shows all."""
    paint = painter(color)
    width = max(_LEAST, min(columns or _WIDEST, _WIDEST))
    lines = [*wrap(verdict(queue), width), ""]
    shown = queue.entries[: limit or None]
    for number, entry in enumerate(shown, 1):
        lines += _entry_lines(number, entry, width, paint)
    if rest := len(queue.entries) - len(shown):
        lines += [paint(f"{counted(rest, 'more record')} below these; --limit 0 shows all.", _DIM), ""]
    lines += _citation_lines(queue.citations, limit, paint)
    notes = [*([queue.note] if queue.note else []), *([RANK] if shown else []), *_hidden(queue)]
    lines += [paint(line, _DIM) for note in notes for line in wrap(for_terminal(note), width)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _entry_lines(number: int, entry: Entry, width: int, paint: Callable[[str, str], str]) -> list[str]:
    record = entry.standing.record
    indent = "    "
    lines = [f"{number:>2}. {paint(line, _BOLD) if not i else line}" if not i else f"{indent}{paint(line, _BOLD)}"
             for i, line in enumerate(wrap(for_terminal(name_of(record)), width - 4))]  # fmt: skip
    lines += [
        f"{indent}{paint(line, _DIM)}"
        for line in wrap(for_terminal(" · ".join([*about(entry), record.path])), width - 4)
    ]
    for finding in entry.findings:
        told = f"{finding.message} ({finding.rule}, line {finding.location.line})"
        first, *more = wrap(for_terminal(told), width - 6) or [""]
        lines += [f"{indent}{paint('•', _ASK)} {first}", *(f"{indent}  {line}" for line in more)]
    for action in actions(entry):
        first, *more = wrap(for_terminal(action), width - 6)
        lines += [f"{indent}→ {first}", *(f"{indent}  {line}" for line in more)]
    if holds(record):
        lines.append(f"{indent}  {paint(f'still true?  {for_terminal(command_of(record))}', _DIM)}")
    return [*lines, ""]


def actions(entry: Entry) -> list[str]:
    """Return what would help: one action for each kind of finding."""
    return list(dict.fromkeys(finding.help for finding in entry.findings))


def holds(record: DecisionRecord) -> bool:
    """Tell whether the record can be re-affirmed: what nobody has decided yet cannot."""
    return not (record.status and record.status.value in OPEN)


def _citation_lines(citations: Sequence[Finding], limit: int, paint: Callable[[str, str], str]) -> list[str]:
    if not citations:
        return []
    shown = citations[: limit or None]
    lines = [
        paint(
            f"{counted(len(citations), 'line')} of code and text {'cites' if len(citations) == 1 else 'cite'} a record that is gone or replaced:",
            _BOLD,
        )
    ]
    for one in shown:
        where = f"{one.location.path}:{one.location.line}"
        lines.append(f"    {paint(for_terminal(where), _DIM)}  {for_terminal(one.message)}")
    if rest := len(citations) - len(shown):
        lines.append(paint(f"    and {rest} more", _DIM))
    return [*lines, ""]


def render_review_markdown(queue: Queue, limit: int = 0, base: str = "") -> str:
    """Return the queue as GitHub Markdown, the same for the same queue; cut where an issue's body would end.

    `base` is the address that the paths of records stand behind ("https://github.com/owner/name/blob/main/"); without
    it nothing is linked. In an issue, a relative link leads nowhere.
    """
    shown = queue.entries[: limit or None]
    tail = [for_markdown(queue.note), ""] if queue.note else []
    tail += [f"_{for_markdown(note)}_" for note in ([RANK] if shown else []) + _hidden(queue)]
    blocks = [["### Records that need a look", "", for_markdown(verdict(queue)), ""]]
    blocks += [_entry_markdown(number, entry, base) for number, entry in enumerate(shown, 1)]
    if citations := queue.citations[: limit or None]:
        blocks.append(_citations_markdown(citations, len(queue.citations)))
    lines: list[str] = []
    size, left = sum(len(line) + 1 for line in tail), len(queue.entries) - len(shown)
    for at, block in enumerate(blocks):
        size += sum(len(line) + 1 for line in block)
        if size > MAX_CHARACTERS:
            left += sum(1 for rest in blocks[at:] if rest[0].startswith("**"))
            break
        lines += block
    more = [f"{counted(left, 'more record')} below these: `onrecord review --limit 0`.", ""] if left else []
    return "\n".join([*lines, *more, *tail]).rstrip("\n") + "\n"


def _entry_markdown(number: int, entry: Entry, base: str) -> list[str]:
    record = entry.standing.record
    name = for_markdown(name_of(record))
    shown = f"[{name}]({base}{quote(record.path, errors='surrogateescape')})" if base else name
    lines = [f"**{number}. {shown}**  ", f"{for_markdown(' · '.join(about(entry)))} · {code_span(record.path)}", ""]
    lines += [f"- {for_markdown(f.message)} ([{f.rule}]({f.help_url}), line {f.location.line})" for f in entry.findings]
    still = f" Still true? {code_span(command_of(record))}" if holds(record) else ""
    *first, last = actions(entry)
    return [*lines, "", *(f"→ {for_markdown(action)}  " for action in first), f"→ {for_markdown(last)}{still}", ""]


def _citations_markdown(citations: Sequence[Finding], total: int) -> list[str]:
    lines = ["#### Code and text that cite a record that is gone or replaced", ""]
    lines += [f"- {code_span(f'{c.location.path}:{c.location.line}')}: {for_markdown(c.message)}" for c in citations]
    return [*lines, *([f"- and {total - len(citations)} more"] if total > len(citations) else []), ""]


def name_of(record: DecisionRecord) -> str:
    """Return number and title of a record, else its file's name."""
    title = " ".join((record.title or record.path.rsplit("/", 1)[-1]).split())
    if record.number is None:
        return title
    return f"ADR-{record.number} {title}" if record.number.isdigit() else f"{record.number} {title}"


def command_of(record: DecisionRecord) -> str:
    """Return the command that says the record is still true, for a shell."""
    return f"onrecord touch {shell_word(record.path)}"


def shell_word(path: str) -> str:
    """Return a path as one word of a shell."""
    is_plain = re.fullmatch(r"[\w./@%+=:,-]+", path, re.ASCII) and not path.startswith("-")
    return path if is_plain else _in_quotes(path)


def _in_quotes(path: str) -> str:
    """Return a path as one word of a POSIX shell."""
    safe = path if not path.startswith("-") else f"./{path}"
    return "'{}'".format(safe.replace("'", "'\"'\"'"))


def about(entry: Entry) -> list[str]:
    """Return status, owners, last review, how busy it is there, and the score, in words."""
    standing = entry.standing
    record, reviewed = standing.record, standing.reviewed
    owners = record.decision_makers or record.authors
    named = ", ".join(owners[:3]) + (f" and {len(owners) - 3} more" if len(owners) > 3 else "")
    return [
        record.status.value if record.status else "no status",
        named or "no owner named",
        f"last reviewed {reviewed.day} ({reviewed.by})" if reviewed else "never reviewed",
        f"{counted(standing.recent, 'commit')} under it in 180 days",
        f"score {entry.score:g}",
    ]


def verdict(queue: Queue) -> str:
    """Return one sentence: how many records need a look, or what it is worth that none does."""
    needing = len(queue.entries)
    if not needing:
        return f"None of {counted(queue.records, 'record')} needs a look today ({queue.today}). {queue.told}".rstrip()
    return f"{needing} of {counted(queue.records, 'record')} could do with a look ({queue.today}), the most pressing first."


def _hidden(queue: Queue) -> list[str]:
    parts = []
    if queue.hidden.suppressed:
        parts.append(f"{counted(queue.hidden.suppressed, 'finding')} suppressed in the text")
    if queue.hidden.baselined:
        parts.append(f"{counted(queue.hidden.baselined, 'finding')} known from the baseline")
    return [f"Not shown: {' and '.join(parts)}."] if parts else []
