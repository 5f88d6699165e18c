"""A draft that a machine wrote is known as one until somebody has worked on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.draft_hash import is_untouched, seal

DRAFT = """\
---
status: proposed
date: 2026-05-01
---

# Keep calls in Redis

## Decision

We will count calls in Redis.
"""


def test_a_sealed_draft_carries_its_hash_in_the_front_matter() -> None:
    head = seal(DRAFT).split("---")[1]
    assert "\ndraft-hash: sha256:" in head
    assert is_untouched(seal(DRAFT))
    assert seal(seal(DRAFT)) == seal(DRAFT)
    assert not is_untouched(DRAFT)


def test_a_draft_without_front_matter_gets_one() -> None:
    bare = "# Keep calls in Redis\n\nWe will count calls in Redis.\n"
    assert seal(bare).startswith("---\ndraft-hash: sha256:")
    assert seal(bare).endswith(f"---\n\n{bare}")
    assert is_untouched(seal(bare))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: proposed", "status: accepted"),
        ("status: proposed", "status: 'accepted'"),
        ("date: 2026-05-01", "date: 2026-06-01"),
        ("\n", "\r\n"),
        ("---\nstatus", "\ufeff---\nstatus"),
        ("in Redis.\n", "in Redis.  \n\n\n"),
    ],
)
def test_waving_it_through_is_no_work(old: str, new: str) -> None:
    assert old in seal(DRAFT)
    assert is_untouched(seal(DRAFT).replace(old, new))


def test_a_status_below_a_heading_is_its_status_as_well() -> None:
    draft = DRAFT.replace("status: proposed\n", "") + "\n## Status\n\nProposed\n"
    assert is_untouched(seal(draft).replace("\nProposed\n", "\nAccepted (2026-06-01)\n"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We will count calls in Redis.", "We will count calls in Redis, as sessions wander."),
        ("date: 2026-05-01", "date: 2026-05-01\ndecision-makers: [Ann Example]"),
        ("## Decision\n", ""),
        ("draft-hash: sha256:", "draft-hash: sha256:0"),
    ],
)
def test_an_edit_is_work(old: str, new: str) -> None:
    assert old in seal(DRAFT)
    assert not is_untouched(seal(DRAFT).replace(old, new))


def test_a_hash_outside_of_the_front_matter_is_only_text() -> None:
    line = next(line for line in seal(DRAFT).splitlines() if line.startswith("draft-hash"))
    assert not is_untouched(f"{DRAFT}\n{line}\n")


@given(st.text(alphabet="-ab \n\r:\ufeff"))
def test_whatever_is_sealed_is_untouched(text: str) -> None:
    assert is_untouched(seal(text))
