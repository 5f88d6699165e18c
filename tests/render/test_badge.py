"""The badge: what it says, its colors, and that it stands alone."""

import json
from xml.etree import ElementTree

import pytest

from onrecord.coverage.fractions import Fraction
from onrecord.render.badge import COLORS, GRAY, badge_json, badge_svg


def share(part: int, of: int) -> Fraction:
    return Fraction(tuple(range(part)), tuple(range(of)))


@pytest.mark.parametrize(
    ("part", "of", "message", "color"),
    [
        (42, 51, "42/51 (82%)", COLORS[0][1]),
        (25, 50, "25/50 (50%)", COLORS[1][1]),
        (10, 50, "10/50 (20%)", COLORS[2][1]),
        (1, 300, "1/300 (0.3%)", COLORS[3][1]),
        (10, 10, "10/10 (100%)", COLORS[0][1]),
        (3, 4, "3/4", GRAY),
        (9, 9, "9/9", GRAY),
        (0, 0, "n/a", GRAY),
    ],
)
def test_a_badge_shows_the_fraction(part: int, of: int, message: str, color: str) -> None:
    told = json.loads(badge_json(share(part, of)))
    assert told == {"schemaVersion": 1, "label": "decision coverage", "message": message, "color": color}
    picture = ElementTree.fromstring(badge_svg(share(part, of)))  # noqa: S314 - our own
    name = "{http://www.w3.org/2000/svg}"
    assert picture.findtext(f"{name}title") == picture.get("aria-label") == f"decision coverage: {message}"
    assert [one.text for one in picture.iter(f"{name}text")] == ["decision coverage", message]
    assert [one.get("fill") for one in picture.iter(f"{name}rect")][2] == color


def test_words_stay_inside_and_escaped() -> None:
    text = badge_svg(share(1, 20), '"><script>&')
    assert "<script>" not in text
    picture = ElementTree.fromstring(text)  # noqa: S314 - our own
    assert picture.get("aria-label") == '"><script>&: 1/20 (5%)'


@pytest.mark.parametrize("color", [GRAY, *(code for _, code in COLORS)])
def test_white_words_can_be_read(color: str) -> None:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5
