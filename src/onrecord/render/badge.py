"""A badge of decision coverage: drawn here, or described for shields.io. The fraction is always on it.

Colors speak of the share, not of people: gray says that there are too few to tell. White text on each of them has a
contrast of 4.5 or more.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from onrecord.coverage.fractions import ENOUGH, plain_share

if TYPE_CHECKING:
    from onrecord.coverage.fractions import Fraction

LABEL = "decision coverage"
GRAY = "#5f6368"
COLORS = ((0.8, "#2a6f4e"), (0.5, "#4c6b22"), (0.2, "#7d5a00"), (0.0, "#9a4216"))  # from that share on
_NARROW, _WIDE = frozenset(" ()/.,:1"), frozenset("mwMW%")
_LETTER, _PAD, _HIGH = 6.8, 7, 20  # pixels at 11 px Verdana


def message(share: Fraction) -> str:
    """Return "42/51 (82%)", "3/4" where there are fewer than ten, or "n/a"."""
    counts, _, percent = plain_share(len(share.part), len(share.of)).partition(" = ")
    return f"{counts} ({percent.replace(' ', '')})" if percent else counts


def color(share: Fraction) -> str:
    """Return the color of a share (a hex code)."""
    if len(share.of) < ENOUGH:
        return GRAY
    part = len(share.part) / len(share.of)
    return next(code for least, code in COLORS if part >= least)


def badge_json(share: Fraction) -> str:
    """Return what a shields.io endpoint answers (shields.io/badges/endpoint-badge)."""
    told = {"schemaVersion": 1, "label": LABEL, "message": message(share), "color": color(share)}
    return json.dumps(told) + "\n"


def badge_svg(share: Fraction, label: str = LABEL) -> str:
    """Return the badge as a picture that needs nothing from elsewhere."""
    told = message(share)
    left, right = _width(label), _width(told)
    whole = left + right
    words = escape(f"{label}: {told}", quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{_HIGH}" role="img" aria-label="{words}">\n'
        f"<title>{words}</title>\n"
        f'<clipPath id="round"><rect width="{whole}" height="{_HIGH}" rx="3"/></clipPath>\n'
        f'<g clip-path="url(#round)"><rect width="{left}" height="{_HIGH}" fill="#3c4043"/>'
        f'<rect x="{left}" width="{right}" height="{_HIGH}" fill="{color(share)}"/></g>\n'
        '<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">'
        f"{_words(label, left / 2, left)}{_words(told, left + right / 2, right)}</g>\n</svg>\n"
    )


def _words(words: str, middle: float, width: int) -> str:
    return f'<text x="{middle:g}" y="14" textLength="{width - 2 * _PAD}">{escape(words)}</text>'


def _width(words: str) -> int:
    """Return about how wide some words are with their margins; the text is then stretched to fit exactly."""
    return round(sum(_LETTER * (0.68 if ch in _NARROW else 1.45 if ch in _WIDE else 1) for ch in words)) + 2 * _PAD
