"""The three numbers side by side; nothing is ever made of all three."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.coverage.areas import commits_of
from onrecord.coverage.fractions import ENOUGH, plain_share
from onrecord.coverage.intervals import wilson
from onrecord.render.board.pieces import facts, section, sentence, text
from onrecord.render.coverage import parts_of

if TYPE_CHECKING:
    from onrecord.coverage.fractions import Fraction
    from onrecord.coverage.report import Report
    from onrecord.render.coverage import Part

_MEANING = (
    "of the pull requests that were asked for a decision have one on record",
    "of a year’s changes are in files of which a record in force speaks",
    "of the records in force tell decision, alternative and owner",
)


def numbers(report: Report) -> str:
    """Return the section of the three numbers."""
    sources = report.areas.sources
    shares = (
        _shown(report.pulls.decision_coverage()),
        (plain_share(commits_of(sources, True), commits_of(sources)), ""),
        _shown(report.records.minimal()),
    )
    parts = zip(_MEANING, shares, parts_of(report), strict=True)
    cards = [_card(at, said, *share, part) for at, (said, share, part) in enumerate(parts, 1)]
    lead = "They answer different questions, so they are never made into one score."
    return section("numbers", "Three numbers, side by side", lead, f'<div class="cards">{"".join(cards)}</div>')


def _shown(share: Fraction) -> tuple[str, str]:
    """Return a fraction in words, and its interval as a picture, empty where there is too little to say."""
    part, of = len(share.part), len(share.of)
    few = f'<p class="fine">Of fewer than {ENOUGH}, a percentage says little.</p>' if of else ""
    return plain_share(part, of), interval(part, of) if of >= ENOUGH else few


def _card(at: int, meaning: str, told: str, picture: str, part: Part) -> str:
    name, _, question = part.heading.partition(". ")[2].partition(": ")
    counts, _, percent = told.partition(" = ")
    figure = f'<p class="figure">{text(percent)} <span class="of">{text(counts)}</span></p>' if percent else ""
    figure = figure or f'<p class="figure{" none" if told == "n/a" else ""}">{text(counts)}</p>'
    return (
        f'<article class="card"><h3>{text(name)} <small>{text(sentence(question))}</small></h3>{figure}'
        f'<p class="meaning">{text(meaning)}</p>{picture}<p class="all-of"><a href="#figures-{at}">All figures'
        f'<span class="quiet"> on {text(name.lower())}</span></a></p></article>'
    )


def figures(report: Report) -> str:
    """Return all that the three numbers were counted from, each to be unfolded."""
    return "".join(
        f'<details class="list" id="figures-{at}"><summary><h3>{text(part.heading.partition(". ")[2])}</h3></summary>'
        f"{facts((row.name, row.value, row.note) for row in part.rows)}"
        f'<div class="notes">{"".join(f"<p>{text(note)}</p>" for note in part.notes)}</div></details>'
        for at, part in enumerate(parts_of(report), 1)
    )


def interval(part: int, of: int) -> str:
    """Return a share with its interval as a picture on a line from 0 to 100 %."""
    low, high = (round(100 * end, 1) for end in wilson(part, of))
    said = f"{low:.0f}–{high:.0f} % would be no surprise in another window (Wilson, 95 %)"
    return (
        f'<svg class="interval" width="100%" height="14" aria-hidden="true"><rect class="track" y="5" width="100%" height="4" rx="2"/>'
        f'<rect class="range" x="{low}%" y="3" width="{max(0.5, high - low):.1f}%" height="8" rx="4"/>'
        f'<circle class="dot" cx="{100 * part / of:.1f}%" cy="7" r="5"/></svg><p class="fine">{text(said)}</p>'
    )
