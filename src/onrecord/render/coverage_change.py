"""What is different between two coverage reports, for people: what changed the rules first, then lists, then shares."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.coverage import compare
from onrecord.coverage.fractions import ENOUGH, plain_share
from onrecord.coverage.intervals import change_in_words
from onrecord.coverage.steps import FIELD_WORDS
from onrecord.render.columns import cut, pad, painter, wrap
from onrecord.render.safe import for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from onrecord.coverage.compare import Comparison, Ground, Setting, Shift
    from onrecord.coverage.fractions import Fraction
    from onrecord.coverage.model import Pull

_WIDEST, _LEAST, _MOST, _NAME, _VALUE = 100, 60, 15, 34, 120
_BOLD, _DIM = "1", "2"
_NAMES = {
    compare.HEADLINE: "decision coverage",
    compare.ANSWERED: "answered, waivers included",
    compare.WAIVED: "waived",
    compare.AREAS: "areas, by commits of 365 days",
    compare.MINIMAL: "records that are minimal",
}
_WORDS = FIELD_WORDS | {"decider": "a decider", "valid": "a passing schema"}
_SAME = "Nothing is different."
_ALIKE_MOST = 3  # records that changed in the same way are told one by one
_ABOUT = "The change of a share is told with Newcombe's 95 % interval; below ten, and for commits, there is none."


class _List(NamedTuple):
    heading: str
    entries: tuple[str, ...]


def render_change_text(
    found: Comparison, base: Mapping[str, Any], head: Mapping[str, Any], columns: int | None = None, color: bool = False
) -> str:
    """Return the differences for a terminal of so many columns, None for a pipe."""
    paint = painter(color)
    width = max(_LEAST, min(columns or _WIDEST, _WIDEST))
    lines = [paint(line, _BOLD) for line in wrap(for_terminal(_headline(base, head)), width)]
    for one in _lists(found, base, head):
        lines += ["", paint(f"{one.heading} ({len(one.entries)})", _BOLD)]
        lines += [f"  {cut(for_terminal(entry), width - 2)}" for entry in one.entries[:_MOST]]
        if len(one.entries) > _MOST:
            lines.append(paint(f"  and {len(one.entries) - _MOST} more; --output-format json has all", _DIM))
    lines.append("")
    for name, shift in found.shares.items():
        lines.append(f"  {pad(_NAMES[name], _NAME)}{_shift(shift)}")
        if told := _in_words(shift):
            lines[-1:] = _beside(lines[-1], told, width, color)
    lines += ["", *(paint(line, _DIM) for note in _notes(found) for line in wrap(note, width))]
    return "\n".join(lines).rstrip() + "\n"


def render_change_markdown(found: Comparison, base: Mapping[str, Any], head: Mapping[str, Any]) -> str:
    """Return the differences as GitHub Markdown, the same for the same reports."""
    lines = [f"### {for_markdown(_headline(base, head))}", ""]
    for one in _lists(found, base, head):
        lines += [f"**{for_markdown(one.heading)}** ({len(one.entries)})", ""]
        lines += [f"- {for_markdown(entry)}" for entry in one.entries[:_MOST]]
        if len(one.entries) > _MOST:
            lines.append(f"- and {len(one.entries) - _MOST} more")
        lines.append("")
    lines += ["| | before → after | change |", "|---|---|---|"]
    lines += [
        f"| {for_markdown(_NAMES[name])} | {for_markdown(_shift(shift))} | {for_markdown(_in_words(shift))} |"
        for name, shift in found.shares.items()
    ]
    lines += ["", *(f"_{for_markdown(note)}_  " for note in _notes(found))]
    return "\n".join(lines).rstrip() + "\n"


def settings_lines(settings: Iterable[Setting]) -> list[str]:
    """Return each setting that differs as "pull-requests.paths: ["api/**"] → none", in the words of its file."""
    return [f"{one.what}: {_value(one.before)} → {_value(one.after)}" for one in settings]


def _beside(line: str, told: str, width: int, color: bool) -> list[str]:
    note = painter(color)(told, _DIM)
    return [f"{line}   {note}"] if len(line) + 3 + len(told) <= width else [line, f"    {note}"]


def _headline(base: Mapping[str, Any], head: Mapping[str, Any]) -> str:
    before, after = (f"{side['as_of']['sha'][:10]} ({side['as_of']['today']})" for side in (base, head))
    return f"Decision coverage of {head['as_of']['branch']}: {before} → {after}"


def _lists(found: Comparison, base: Mapping[str, Any], head: Mapping[str, Any]) -> list[_List]:
    titles = {pull["number"]: pull["title"] for side in (base, head) for pull in side["pull_requests"]["merged"]}
    before = {pull["number"] for pull in base["pull_requests"]["merged"]}
    marks = {number: " (newly asked)" if number in before else " (new)" for number in found.pulls.newly_asked}

    def named(numbers: Iterable[int]) -> tuple[str, ...]:
        said = {number: " ".join(str(titles.get(number, "")).split()) for number in numbers}
        return tuple(f"#{number}{marks.get(number, '')}  {title}" for number, title in said.items())

    records = found.records
    lists = [
        _List("What is counted, and how, was changed", tuple(settings_lines(found.settings))),
        _List("Newly not on record", named(found.pulls.newly_uncovered)),
        _List("Newly on record", named(found.pulls.newly_covered)),
        _List("No longer asked for a decision", named(found.pulls.no_longer_asked)),
        _List("Areas that a record speaks of no more", tuple(map(_area, found.lost))),
        _List("Areas that a record speaks of now", tuple(f"{one.area}  {_files(one)}" for one in found.won)),
        _List("Records", tuple(_records(records))),
    ]
    return [one for one in lists if one.entries]


def _area(one: Ground) -> str:
    return f"{one.area}  {_files(one)}; {'; '.join(f'{name}: {why}' for name, why in one.records)}"


def _files(one: Ground) -> str:
    return counted(len(one.files), "file")


def _records(records: compare.Records) -> Iterator[str]:
    for ids, what in (
        (records.came, "new"),
        (records.went, "gone"),
        (records.into_force, "came into force"),
        (records.out_of_force, "no longer in force"),
    ):
        yield from (f"{what}: {name}" for name in ids)
    alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for one in records.changed:
        alike.setdefault((one.gained, one.lost), []).append(one.id)
    for (gained, lost), names in sorted(alike.items(), key=lambda row: (-len(row[1]), row[1])):
        told = [f"gained {_parts(gained)}"] if gained else []
        told += [f"lost {_parts(lost)}"] if lost else []
        if len(names) > _ALIKE_MOST:
            yield f"{'; '.join(told)}: {len(names)} records"
        else:
            yield from (f"{'; '.join(told)}: {name}" for name in names)


def _parts(parts: Iterable[str]) -> str:
    return ", ".join(_WORDS.get(part, part) for part in parts)


def _shift(shift: Shift) -> str:
    return f"{plain_share(*shift.base)} → {plain_share(*shift.head)}"


def _in_words(shift: Shift) -> str:
    if shift.base == shift.head:
        return "the same"
    return change_in_words(shift.change) if shift.change else ""


def _notes(found: Comparison) -> Iterator[str]:
    if not _is_different(found):
        yield _SAME
    if gone := found.pulls.out_of_window:
        yield f"{counted(len(gone), 'asked pull request')} of the earlier window left it: it moves on with each merge."
    if asked := found.pulls.newly_asked:
        yield f"{counted(len(asked), 'pull request')} newly asked for a decision."
    yield _ABOUT


def _is_different(found: Comparison) -> bool:
    parts = (*found.pulls, *found.records, found.won, found.lost, found.settings)
    return any(parts) or any(shift.base != shift.head for shift in found.shares.values())


def _value(value: Any) -> str:
    if value is None:
        return "none"
    return cut(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), _VALUE)


def pull_line(pull: Pull, covering: tuple[str, ...], before: Fraction, after: Fraction) -> str:
    """Return "PR #812 asks for a decision: covered by ADR-0031. Decision coverage: 41/50 = 82.0 % → 42/51 = 82.4 %."."""
    asks = f"asks for a decision: {_answer(pull, covering)}"
    if not pull.is_asked:
        asks = "is not asked for a decision" + (f" ({pull.excluded})" if pull.excluded else "")
    was, is_ = _to_a_tenth(before), _to_a_tenth(after)
    moved = f" stays {is_}" if was == is_ else f": {was} → {is_}"
    return f"PR #{pull.number} {asks}. Decision coverage{moved}."


def _answer(pull: Pull, covering: tuple[str, ...]) -> str:
    names = " and ".join(covering)
    if pull.state == "covered":
        return f"covered by {names or 'its description'}"
    if pull.state == "pending":
        return f"{names} waits to be accepted"
    if pull.state == "waived":
        return "“no decision” is stated and approved"
    if pull.state == "unconfirmed":
        return "“no decision” is stated, and counts once git shows that somebody else approved"
    return pull.lacks if pull.links else "not on record yet"


def _to_a_tenth(share: Fraction) -> str:
    """Return a share with a decimal, for one pull request moves it by little."""
    part, of = len(share.part), len(share.of)
    return plain_share(part, of) if of < ENOUGH else f"{part}/{of} = {100 * part / of:.1f} %"
