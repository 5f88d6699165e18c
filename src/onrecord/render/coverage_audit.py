"""The sheet of an audit by hand, and what its answers say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.render.columns import pad, painter, wrap
from onrecord.render.safe import code_span, for_markdown, for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onrecord.coverage.audit import Answer, Audit, Estimate, Sample
    from onrecord.coverage.model import Pull
    from onrecord.coverage.report import Report

_NAME, _WIDEST, _LEAST = 36, 100, 60
_EXACT = "all were judged"
_HOW = (
    "For each: does it decide something that people would later ask about? And if so, is that on record: the decision, an"
    " alternative, and an owner, in a record or in the description? Fill in yes or no; what stays empty is left out. The"
    " order says nothing about what this tool thinks of them."
)


class Sheet(NamedTuple):
    """What is judged: the report, the sample drawn from it, and the call that draws it again."""

    report: Report
    sample: Sample
    command: str

    def pulls(self) -> list[Pull]:
        """Return the pull requests of the sample, the newest first."""
        return [pull for pull in self.report.pulls.pulls if pull.number in self.sample.numbers]

    def link(self, pull: Pull) -> str:
        """Return the address of a pull request, empty where the repository's is not known."""
        return f"https://github.com/{self.report.repository}/pull/{pull.number}" if self.report.repository else ""


def sheet_markdown(sheet: Sheet) -> str:
    """Return the sheet as Markdown to be filled in; nothing in it tells which ones were asked or hinted at."""
    lines = ["# Audit of decision coverage", "", f"Commit {code_span(sheet.report.sha)}", "", _HOW, ""]
    lines += [f"Read back with: {code_span(f'{sheet.command} --answers FILE')}", ""]
    for pull in sheet.pulls():
        lines += [f"## #{pull.number} {for_markdown(pull.title)}", ""]
        link = sheet.link(pull)
        place = f"<{link}>" if link else code_span(f"git show {pull.sha[:12]}")
        lines += [f"{pull.merged_at}, {place}", "", "- a decision?", "- on record?", ""]
    return "\n".join(lines)


def sheet_lines(sheet: Sheet) -> str:
    """Return the sheet as JSON lines: the commit and the call, then one object for each pull request."""
    head = {"commit": sheet.report.sha, "command": f"{sheet.command} --answers FILE"}
    rows = [
        {
            "number": pull.number,
            "title": pull.title,
            "merged_at": pull.merged_at,
            "link": sheet.link(pull),
            "sha": pull.sha,
            "is_decision": None,
            "is_on_record": None,
        }
        for pull in sheet.pulls()
    ]
    return "".join(json.dumps(row).replace("##[", "##\\u005b") + "\n" for row in (head, *rows))


def render_audit(sheet: Sheet, audit: Audit, face: tuple[int | None, bool] | None) -> str:
    """Return what the answers say: for a terminal of so many columns (None: a pipe) and colors, or as Markdown (None)."""
    notes = list(_notes(audit))
    if face is None:
        rows = [f"| {for_markdown(name)} | {for_markdown(value)} |" for name, value in _rows(sheet, audit)]
        told = [f"_{for_markdown(note)}_  " for note in notes]
        return "\n".join([f"### {_headline(audit)}", "", "| | |", "|---|---|", *rows, "", *told]).rstrip() + "\n"
    paint = painter(face[1])
    width = max(_LEAST, min(face[0] or _WIDEST, _WIDEST))
    lines = [paint(_headline(audit), "1"), ""]
    lines += [f"  {pad(name, _NAME)}{value}" for name, value in _rows(sheet, audit)]
    return "\n".join([*lines, "", *(paint(part, "2") for n in notes for part in wrap(for_terminal(n), width))]) + "\n"


def audit_json(sheet: Sheet, audit: Audit, answers: Mapping[int, Answer]) -> dict[str, Any]:
    """Return what the answers say, with all that it can be recomputed from."""
    names = ("decisions", "coverage", "precision", "recall", "missed")
    return {
        "version": 1,
        "commit": sheet.report.sha,
        "command": sheet.command,
        "strata": {
            name: {
                "numbers": list(stratum.every),
                "drawn": list(stratum.drawn),
                "judged": judged.judged,
                "decisions": judged.decisions,
                "on_record": judged.on_record,
            }
            for name, stratum, judged in (
                ("flagged", sheet.sample.flagged, audit.flagged),
                ("rest", sheet.sample.rest, audit.rest),
            )
        },
        "answers": {str(number): one._asdict() for number, one in answers.items()},
        "unanswered": list(audit.unanswered),
        "estimates": {name: _estimate_json(getattr(audit, name)) for name in names},
        "agrees": {"k": audit.agrees[0], "n": audit.agrees[1]},
    }


def _estimate_json(one: Estimate | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {"value": round(one.value, 4), "low": round(one.interval.low, 4), "high": round(one.interval.high, 4)}


def _headline(audit: Audit) -> str:
    judged = audit.flagged.judged + audit.rest.judged
    return f"Audit by hand: {judged} of {counted(audit.flagged.of + audit.rest.of, 'pull request')} judged"


def _rows(sheet: Sheet, audit: Audit) -> Iterator[tuple[str, str]]:
    yield "asked or hinted at", _stratum(audit.flagged.judged, audit.flagged.of, audit.flagged.decisions)
    yield "the rest", _stratum(audit.rest.judged, audit.rest.of, audit.rest.decisions)
    total = audit.decisions
    told = "n/a"
    if total:
        low, high = total.interval
        told = f"about {total.value:.0f} ({low:.0f}–{high:.0f})" if low < high else f"{total.value:.0f} ({_EXACT})"
    yield "pull requests that decide", told
    yield "of these on record, corrected", _share(audit.coverage)
    yield "as this tool counts it", sheet.report.pulls.decision_coverage().told()
    yield "asked or hinted at, and decides", _share(audit.precision)
    yield "decides, and asked or hinted at", _share(audit.recall)
    yield "the rest, and decides", _share(audit.missed)
    same, of = audit.agrees
    yield "the same said of what is on record", f"{same} of {of}"


def _stratum(judged: int, of: int, decisions: int) -> str:
    return f"{judged} of {of} judged, {counted(decisions, 'decision')}"


def _share(one: Estimate | None) -> str:
    if one is None:
        return "n/a"
    low, high = (100 * share for share in one.interval)
    if low == high:  # otherwise equal answers have an interval as well
        return f"{100 * one.value:.0f} % ({_EXACT})"
    return f"{100 * one.value:.0f} % ({low:.0f}–{high:.0f} %)"


def _notes(audit: Audit) -> Iterator[str]:
    if audit.unanswered:
        some = ", ".join(f"#{number}" for number in audit.unanswered[:10])
        more = f" and {len(audit.unanswered) - 10} more" if len(audit.unanswered) > 10 else ""
        yield f"Without a whole answer, and left out: {some}{more}."
    for one, name in ((audit.flagged, "those asked or hinted at"), (audit.rest, "the rest")):
        if one.of and not one.judged:
            yield f"None of {name} was judged, so nothing can be said of all."
        elif one.of > one.judged and not one.decisions:
            yield f"None of {one.judged} judged of {name} decides anything; the interval of the corrected share does not hold what the others may."
    yield (
        "In brackets: where the figure for all of them lies, with 95 % confidence. Shares of the asked or hinted ones alone, or"
        " of the rest alone, have Wilson's interval for a sample. The others were counted again 2,000 times, each time with"
        " answers picked at random among those given, and the middle 95 % are shown; where all answers are alike, Wilson's"
        " interval stands in. Answers that were chosen rather than given to all that were drawn would bend them."
    )
