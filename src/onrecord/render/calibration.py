"""What a calibration counted: terminal, Markdown, JSON, and the settings to paste."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onrecord.change.calibration import ENOUGH
from onrecord.render.json_report import as_json
from onrecord.render.safe import code_span, for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.change.calibration import Calibration, HintTrial, Sample, Share, Source, Trigger
    from onrecord.change.suggestion import Candidate, Suggestion

_LOUD = "above 15 %"
_WIDTH = 42  # columns of what is counted
_TITLE, _WHY = 80, 88  # characters that are shown of a title, and of a reason
_ANSWERS = {
    "record": "a record in the change",
    "link": "a link to a record",
    "description": "a decision in the description",
    "waiver": "“no decision here”",
}


def render_json(source: Source, found: Calibration, suggestion: Suggestion) -> str:
    """Return everything as JSON; a share is a pair of counts."""
    return as_json(
        {
            "version": 1,
            "source": source._asdict(),
            "read": found.read,
            "exempted": [{"reason": reason, "count": count} for reason, count in found.exempted],
            "left": found.left,
            "described": found.described,
            "triggers": [
                {"by": t.by, "what": t.what, **_counts(t.share), "samples": _rows(t.samples)} for t in found.triggers
            ],
            "asks": _counts(found.asks),
            "answers": found.answers._asdict(),
            "nudges": _counts(found.nudges) | {"unknown": found.unknown},
            "hints": [
                {"setting": t.setting, **_counts(t.share), "silenced": t.silenced, "samples": _rows(t.samples)}
                for t in found.trials
            ],
            "hints_in_use": found.hints,
            "warnings": warnings(found),
            "suggestion": {
                "hints": suggestion.hints,
                "paths": [
                    {"glob": c.glob, **_counts(c.share), "contracts": c.contracts, "records": c.records}
                    for c in suggestion.paths
                ],
                "asks": _counts(suggestion.asks),
            },
        }
    )


def render_text(
    source: Source, found: Calibration, suggestion: Suggestion, place: str | None, color: bool = False
) -> str:
    """Return everything for a terminal; `place` is the file of the configuration, None where there is none."""

    def bold(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if color else text

    def loud(text: str) -> str:
        return f"\x1b[33;1m{text}\x1b[0m" if color else text

    lines = [bold(for_terminal(_headline(source, found)))]
    lines += [for_terminal(note) for note in _notes(source, found)]
    lines += ["", bold("Nothing is asked of")]
    left = found.read
    for reason, count in found.exempted:
        left -= count
        lines.append(_line(reason, str(count), f"{left} left"))
    lines += [_line("Left, and looked at below", percent(_left(found))), ""]
    lines.append(bold(f"A decision would have been asked for, in these {found.left}"))
    lines += [_row(_named(t), t.share, loud) for t in found.triggers]
    lines += [_row(name, share, loud, note) for name, share, note in _asks(found)]
    lines += ["", bold(_hint_head(found))]
    lines += [
        _row(_setting(t, found), t.share, loud if found.tells_of_hints else None, _silence(t)) for t in found.trials
    ]
    lines += _reading(found, bold)
    if said := warnings(found):
        lines += ["", *(loud(for_terminal(line)) for line in said)]
    lines += ["", bold(_paste_head(suggestion, found, place)), ""]
    lines += [f"    {for_terminal(line)}" for line in paste_block(suggestion, found)]
    return "\n".join(lines).rstrip() + "\n"


def render_markdown(source: Source, found: Calibration, suggestion: Suggestion, place: str | None) -> str:
    """Return the same as GitHub Markdown."""
    lines = [f"### {for_markdown(_headline(source, found))}", ""]
    lines += [f"- {for_markdown(note)}" for note in _notes(source, found)]
    lines += ["", *(f"**{for_markdown(line)}**" for line in warnings(found)), ""]
    lines += ["| Nothing is asked of | Pull requests |", "|---|---|"]
    lines += [f"| {for_markdown(reason)} | {count} |" for reason, count in found.exempted]
    lines += [f"| Left, and looked at below | {percent(_left(found))} |", ""]
    lines += ["| A decision would have been asked for | |", "|---|---|"]
    rows = [(_named(t), t.share, "") for t in found.triggers]
    lines += [_cells(name, share, note) for name, share, note in (*rows, *_asks(found))]
    lines += ["", f"| {_hint_head(found)} | |", "|---|---|"]
    lines += [_cells(_setting(t, found), t.share, _silence(t), found.tells_of_hints) for t in found.trials]
    for head, samples in _examples(found):
        lines += ["", f"To read, {for_markdown(head)}:", ""]
        lines += [
            f"- {code_span(_number(s))} {for_markdown(_cut(s.title, _TITLE))}: {for_markdown(_cut(s.why, _WHY))}"
            for s in samples
        ]
    lines += ["", for_markdown(_paste_head(suggestion, found, place))]
    if block := [for_terminal(line).replace("```", "'''") for line in paste_block(suggestion, found)]:
        lines += ["", "```yaml", *block, "```"]
    return "\n".join(lines) + "\n"


def percent(share: Share) -> str:
    """Return "12/80  15 %"; without the percentage where it would say nothing."""
    if share.of < ENOUGH:
        return f"{share.part}/{share.of}"
    exact = 100 * share.part / share.of
    shown = f"{exact:.0f}"
    if (shown == "15" and share.is_loud) or (shown == "0" and share.part):
        shown = f"{exact:.1f}"
    return f"{share.part}/{share.of}  {shown} %"


def warnings(found: Calibration) -> list[str]:
    """Return a sentence for each thing that would speak in more than 15 % of the pull requests."""
    said = []
    if found.nudges.is_loud:
        busiest = max(found.triggers, key=lambda t: t.share.part)
        said.append(
            f"Above 15 %: {_inline(found.nudges)} would have been nudged, most of them by {_named(busiest)}"
            f" ({busiest.share.part}). People stop reading what comes that often; narrower rules help."
        )
    return said + [
        f"Above 15 %: {_inline(trial.share)} would have got a hint with “hints: {trial.setting}”."
        for trial in found.trials
        if trial.setting == found.hints and trial.share.is_loud and found.tells_of_hints
    ]


def paste_block(suggestion: Suggestion, found: Calibration) -> list[str]:
    """Return the settings as lines of YAML, with what was measured beside each; empty when nothing can be said."""
    own = [trigger for trigger in found.triggers if trigger.by == "path"]
    lines = []
    if suggestion.hints:
        tried = "; ".join(f"{t.setting}: {_inline(t.share)}" for t in found.trials)
        lines.append(f"  hints: {suggestion.hints}  # {tried}")
    if suggestion.paths or any(trigger.share.is_loud for trigger in own):
        lines.append(f"  paths:  # with all other triggers, asks in {_inline(suggestion.asks)}")
        for trigger in own:
            start, end = ("# - ", f", {_LOUD}") if trigger.share.is_loud else ("- ", "")
            lines.append(f"    {start}{json.dumps(trigger.what)}  # yours: {_inline(trigger.share)}{end}")
        lines += [f"    - {json.dumps(c.glob)}  # {_inline(c.share)}: {_told(c)}" for c in suggestion.paths]
    return ["pull-requests:", *lines] if lines else []


def _headline(source: Source, found: Calibration) -> str:
    where = "merged to" if source.kind == "git" else "merged in"
    dates = f", {source.first} to {source.last}" if source.first and source.last else ""
    return f"Calibration over {counted(found.read, 'pull request')} {where} {source.name}{dates}"


def _notes(source: Source, found: Calibration) -> list[str]:
    notes = []
    if found.read < source.wanted:
        notes.append(f"{source.wanted} were wanted; there are no more.")
    if source.direct:
        notes.append(f"Left out: {counted(source.direct, 'commit')} between them without a pull request's number.")
    if found.trials:
        notes.append("“onrecord coverage” counts wider signs as hints, so its number of hints is another one.")
    return [*notes, *source.notes]


def _left(found: Calibration) -> Share:
    return found.asks._replace(part=found.left, of=found.read)


def _asks(found: Calibration) -> Iterator[tuple[str, Share, str]]:
    """Yield what follows the triggers: all of them together, and what is left when the answers are taken off."""
    yield "any of these", found.asks, ""
    given = [f"{_ANSWERS[name]} {count}" for name, count in found.answers._asdict().items() if count]
    if found.asks.part:
        yield "  answered already", found.asks._replace(part=sum(found.answers)), ", ".join(given)
        note = f"of {found.unknown} the description is not known" if found.unknown else ""
        yield "  not answered: nudged", found.nudges, note


def _reading(found: Calibration, bold: Callable[[str], str]) -> list[str]:
    lines = []
    for head, samples in _examples(found):
        lines += ["", bold(f"To read, {for_terminal(head)}")]
        for sample in samples:
            lines.append(f"  {_number(sample):>7}  {for_terminal(_cut(sample.title, _TITLE))}")
            lines.append(f"           {for_terminal(_cut(sample.why, _WHY))}")
    return lines


def _examples(found: Calibration) -> Iterator[tuple[str, tuple[Sample, ...]]]:
    """Yield headings and samples; what a narrower setting has shown already is not shown again."""
    for trigger in found.triggers:
        if trigger.samples:
            yield _named(trigger), trigger.samples
    shown: set[int | None] = set()
    for trial in found.trials:
        if new := tuple(sample for sample in trial.samples if sample.number not in shown):
            yield f"hints: {trial.setting}", new
        shown |= {sample.number for sample in trial.samples}


def _counts(share: Share) -> dict[str, int]:
    return {"count": share.part, "of": share.of}


def _rows(samples: tuple[Sample, ...]) -> list[dict[str, Any]]:
    return [sample._asdict() for sample in samples]


def _named(trigger: Trigger) -> str:
    return {
        "author": "the author's own words",
        "label": f"the label “{trigger.what}”",
        "path": f"the path {trigger.what}",
        "code-owner": f"files of {trigger.what}",
        "scope": f"the scope of {trigger.what}",
    }.get(trigger.by, trigger.what)


def _hint_head(found: Calibration) -> str:
    few = "" if found.tells_of_hints else "; too few to go by"
    return f"A hint would have been shown, in the {found.described} of these whose description is known{few}"


def _setting(trial: HintTrial, found: Calibration) -> str:
    return f"hints: {trial.setting}{' (in use)' if trial.setting == found.hints else ''}"


def _silence(trial: HintTrial) -> str:
    return f"{trial.silenced} more silent: a reason is given" if trial.silenced else ""


def _told(candidate: Candidate) -> str:
    said = [f"{candidate.contracts} change a public contract"] if candidate.contracts else []
    said += [f"{candidate.records} bring or link a record"] if candidate.records else []
    return ", ".join(said)


def _paste_head(suggestion: Suggestion, found: Calibration, place: str | None) -> str:
    if not paste_block(suggestion, found):
        return "Nothing was measured that would make a setting."
    keep = "; keep the paths where a choice deserves three sentences" if suggestion.paths else ""
    return f"To paste into {place or '.github/onrecord.yml'}{keep}"


def _number(sample: Sample) -> str:
    return f"#{sample.number}" if sample.number is not None else "#?"


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _inline(share: Share) -> str:
    count, _, rest = percent(share).partition("  ")
    return f"{count} ({rest})" if rest else count


def _row(name: str, share: Share, loud: Callable[[str], str] | None, note: str = "") -> str:
    marks = [for_terminal(note)] if note else []
    if loud and share.is_loud and not name.startswith("  answered"):
        marks.insert(0, loud(_LOUD))
    return _line(name, percent(share), "  ".join(marks))


def _line(name: str, value: str, note: str = "") -> str:
    count, _, rest = value.partition("  ")
    return f"  {for_terminal(_cut_end(name)):<{_WIDTH}}{count:>8}{rest:>8}   {note}".rstrip()


def _cut_end(name: str) -> str:
    return name if len(name) < _WIDTH else f"{name[: _WIDTH - 2]}…"


def _cells(name: str, share: Share, note: str, may_be_loud: bool = True) -> str:
    marks = [for_markdown(note)] if note else []
    if may_be_loud and share.is_loud and not name.startswith("  answered"):
        marks.insert(0, f"**{_LOUD}**")
    return f"| {for_markdown(name.strip())} | {', '.join((percent(share).replace('  ', ', '), *marks))} |"
