"""Patterns that are compiled at their first use are right ones, and behave as compiled ones do."""

import re
from importlib import import_module
from pathlib import Path

import pytest

import onrecord
from onrecord.lazily import lazy_pattern

SOURCE = Path(onrecord.__file__).parent
MODULES = sorted(
    path.relative_to(SOURCE.parent).with_suffix("").as_posix().replace("/", ".")
    for path in SOURCE.rglob("*.py")
    if "import lazy_pattern" in path.read_text("utf-8")
)


def test_every_pattern_can_be_compiled() -> None:
    found = [value for name in MODULES for value in vars(import_module(name)).values() if hasattr(value, "_source")]
    assert len(found) > 100
    assert all(isinstance(one.pattern, str | bytes) for one in found)


def test_a_pattern_does_what_a_compiled_one_does() -> None:
    lazy = lazy_pattern(r"(?P<word>\w)\d", re.IGNORECASE)
    assert lazy.sub("-", "a1 B2") == "- -"
    assert lazy.findall("a1 B2") == ["a", "B"]
    assert (lazy.pattern, lazy.groupindex["word"], lazy.flags & re.I) == (r"(?P<word>\w)\d", 1, re.I)


def test_a_wrong_pattern_is_told_at_its_first_use() -> None:
    wrong = lazy_pattern("(")
    with pytest.raises(re.error):
        wrong.search("(")
