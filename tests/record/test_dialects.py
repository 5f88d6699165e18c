"""Which form a record is written in: by its headings, its fields and its tables, and by nothing else."""

from __future__ import annotations

import pytest

from onrecord.record import parse_record
from onrecord.record.model import SLOTS


def sections(*titles: str, top: str = "# 7. Keep it") -> str:
    return "\n\n".join([top, *(f"## {title}\n\nWords that say {title}." for title in titles)]) + "\n"


def table(*keys: str) -> str:
    return "# 7. Keep it\n\n| Part | Text |\n|---|---|\n" + "".join(
        f"| {key} | Words that say {key}. |\n" for key in keys
    )


MADR = ("Context and Problem Statement", "Considered Options", "Decision Outcome")
NYGARD = ("Status", "Context", "Decision", "Consequences")
LABELS = "* Status: accepted\n* Date: 2026-03-01"


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        (sections(*NYGARD), "nygard"),
        (sections("Context", "Decision"), "nygard"),
        (sections("Decision", "Consequences"), "nygard"),
        (sections("Decision", "Notes"), "custom"),
        (sections("Context", "Consequences"), "custom"),
        (sections("Context", "Decision", "Changelog"), "cosmos"),
        (sections("Decision", "Consequences", "Changelog"), "nygard"),
        (sections("Decision", "Rationale"), "edc"),
        (sections("Decision", "Rationale", "Context"), "nygard"),
        (sections("Decision", "Rationale", "Status"), "custom"),
        (sections("Decision", "Rationale", "Consequences"), "nygard"),
        (sections("Considered Options", "Notes"), "madr-3"),
        (sections("Decision Outcome", "Notes"), "madr-3"),
        (sections("Context", "Options", "Decision", "Decision Drivers"), "madr-3"),
        (sections("Context", "Options", "Decision"), "nygard"),
        (sections(*MADR), "madr-3"),
        (sections(*MADR, "Confirmation"), "madr-4"),
        (f"---\ndecision-makers: Ann\n---\n\n{sections(*MADR)}", "madr-4"),
        (f"---\ndeciders: Ann\n---\n\n{sections(*MADR)}", "madr-3"),
        (f"---\nstatus: accepted\n---\n\n{sections(*MADR, top=f'# 7. Keep it{chr(10)}{chr(10)}* Tags: a')}", "madr-3"),
        (f"---\ntype: adr\nproject: shop\n---\n\n{sections(*MADR)}", "structured-madr"),
        (f"---\ncategory: data\ndescription: Rows\n---\n\n{sections(*MADR)}", "structured-madr"),
        (f"---\ntype: adr\n---\n\n{sections(*MADR)}", "madr-3"),
        (f"---\nproject: shop\n---\n\n{sections(*MADR)}", "madr-3"),
        (sections(*MADR, top=f"# Keep it\n\n{LABELS}"), "madr-2"),
        (sections(*MADR, top=f"# Keep it\n\n{LABELS}\n* Tags: data"), "log4brains"),
        (sections(*MADR, top=f"# Keep it\n\n{LABELS}\n- **tags**: data"), "log4brains"),
        (sections(*MADR, top="# Keep it\n\nStatus: accepted"), "madr-3"),
        (sections("Issue", "Decision", "Positions", "Rationale", "Assumptions"), "tyree-akerman"),
        (sections("Decision", "Positions", "Rationale", "Assumptions", "Implications"), "tyree-akerman"),
        (sections("Decision", "Positions", "Rationale", "Assumptions"), "edc"),
        (sections("Decision", "Rationale", "Assumptions", "Constraints"), "edc"),
        (table("Decision", "Context"), "tyree-akerman"),
        (table("Decision", "Alternatives", "Consequences"), "tyree-akerman"),
        (table("Decision", "Considered options"), "tyree-akerman"),
        (table("Decision", "Rationale"), "tyree-akerman"),
        (table("Decision", "Consequences"), "tyree-akerman"),
        (table("Decision", "Date"), "custom"),
        (table("Context", "Consequences"), "custom"),
        ("# Keep it\n\nIn the context of the shop, facing slow reads, we decided for a cache and against an index, to achieve speed, accepting old rows.\n", "y-statement"),
    ],
)  # fmt: skip
def test_a_form_is_known_by_its_parts(text: str, dialect: str) -> None:
    assert parse_record(text, "docs/adr/0007-keep.md").dialect == dialect


@pytest.mark.parametrize(("lines", "dialect"), [(20, "log4brains"), (21, "madr-2")])
def test_tags_stand_at_the_top(lines: int, dialect: str) -> None:
    head = f"# Keep it\n\n{LABELS}\n"
    text = head + "\n" * (lines - 1 - head.count("\n")) + f"* Tags: data\n\n{sections(*MADR)}"
    assert text.split("\n")[lines - 1] == "* Tags: data"
    assert parse_record(text, "docs/adr/0007-keep.md").dialect == dialect


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        (sections(*NYGARD), {"considered_options", "decision_makers"}),
        (sections(*MADR), {"consequences"}),
        (sections("Decision", "Rationale"), {"status", "date", "considered_options", "decision_makers", "consequences"}),
        (table("Decision", "Context"), {"decision_makers"}),
        (sections("Decision", "Notes"), {"status", "date", "context", "considered_options", "decision_makers", "consequences"}),
    ],
)  # fmt: skip
def test_each_form_has_places_of_its_own(text: str, lacks: set[str]) -> None:
    record = parse_record(text, "docs/adr/0007-keep.md")
    assert set(SLOTS) - record.offers == lacks
