"""What the rules about several records say of small logs, where, and what they would mend."""

import pytest
from log_of_texts import findings, record, said

from onrecord.rules.samples import madr, nygard

IN_ADR = "docs/adr/{}".format


def madr_with(*lines: str, status: str = "accepted", number: int = 3) -> dict[str, str]:
    return {f"docs/adr/{number:04}-keep.md": madr(status="\n".join((f"status: {status}", *lines)))}


ROW = "- [ADR-{0:04}]({0:04}-keep.md) - Keep {0}".format


def lists(readme: list[int], index: list[int]) -> dict[str, str]:
    """Return two records, and two lists of those with these numbers."""
    texts = (
        "\n".join(("# All", "", "<!-- onrecord:index -->", "", *map(ROW, rows), "", "<!-- /onrecord:index -->", ""))
        for rows in (readme, index)
    )
    return record(7) | record(8) | dict(zip((IN_ADR("README.md"), IN_ADR("index.md")), texts, strict=True))


# Rule, log, the checked files (none: all), and what is said as "file:line message".
SAID = [
    ("supersedes-self", {"0007-keep.md": record(7, "Superseded by [7](./0007-keep.md)")[IN_ADR("0007-keep.md")]}, (), ["0007-keep.md:7 it names itself as superseded by “./0007-keep.md”"]),
    ("number-mismatch", {"0007-keep.md": record(8)[IN_ADR("0008-keep.md")]}, (), ["0007-keep.md:1 the heading says 8, and the file name 7"]),
    ("index-stale", lists([7, 8], [7]), (), ["index.md:3 the list differs from the records: missing 0008"]),
    ("index-stale", lists([7], [7, 8]), (), ["README.md:3 the list differs from the records: missing 0008"]),
    ("index-stale", lists([7], [7]), (), ["README.md:3 the list differs from the records: missing 0008", "index.md:3 the list differs from the records: missing 0008"]),
    ("index-stale", lists([7], [8]), (), ["README.md:3 the list differs from the records: missing 0008", "index.md:3 the list differs from the records: missing 0007"]),
    ("supersedes-self", record(7, "Superseded by ADR-7"), (), ["0007-keep.md:7 it names itself as superseded by “ADR-7”"]),
    ("supersedes-self", record(7, "Accepted\n\nSupersedes ADR-7"), (), ["0007-keep.md:7 it names itself as superseding “ADR-7”"]),
    ("supersedes-dangling", record(7, "Superseded by ADR-12"), (), ["0007-keep.md:7 it says that it is superseded by “ADR-12”, and this log has no such number"]),
    ("supersedes-dangling", record(7, "Superseded by [12](0012-x.md)"), (), ["0007-keep.md:7 it says that it is superseded by “0012-x.md”, and this log has no such file"]),
    ("supersedes-dangling", record(7, "Accepted\n\nSupersedes ADR-12") | record(8), (), ["0007-keep.md:7 it says that it supersedes “ADR-12”, and this log has no such number"]),
    ("supersedes-dangling", record(7, "Accepted\n\nSupersedes ADR-12") | record(8), ("0008-keep.md",), []),
    ("supersedes-one-sided", record(3) | record(7, "Accepted\n\nSupersedes ADR-3"), (), ["0007-keep.md:7 it says that it supersedes ADR-3 Keep 3, and that one does not say so"]),
    ("supersedes-one-sided", record(3) | record(7, "Accepted\n\nSupersedes ADR-3"), ("0003-keep.md",), []),
    ("supersedes-one-sided", record(3, "Superseded by ADR-7") | record(7), (), ["0003-keep.md:7 it says that it is superseded by ADR-7 Keep 7, and that one does not say so"]),
    ("supersedes-one-sided", record(3, "Deprecated") | record(7, "Accepted\n\nSupersedes ADR-3"), (), ["0007-keep.md:7 it says that it supersedes ADR-3 Keep 3, and that one does not say so"]),
    ("supersedes-one-sided", record(3, "Rejected") | record(7, "Accepted\n\nSupersedes ADR-3"), (), []),
    ("supersedes-one-sided", record(3) | record(7, "Proposed\n\nSupersedes ADR-3"), (), []),
    ("supersedes-one-sided", record(3) | record(7, "Draft\n\nSupersedes ADR-3"), (), []),
    ("supersedes-one-sided", record(3) | record(7, "Rejected\n\nSupersedes ADR-3"), (), []),
    ("supersedes-one-sided", record(3, notes="**Superseded by ADR-7.**") | record(7), (), []),
    ("supersedes-cycle", record(3, "Superseded by ADR-7") | record(7, "Superseded by ADR-3"), (), ["0003-keep.md:7 it replaces itself by way of 0007-keep.md"]),
    ("supersedes-cycle", record(3, "Superseded by ADR-4") | record(4, "Superseded by ADR-5") | record(5, "Superseded by ADR-3"), (), ["0003-keep.md:7 it replaces itself by way of 0004-keep.md, 0005-keep.md"]),
    ("supersedes-cycle", record(3, "Superseded by ADR-4") | record(4, "Superseded by ADR-5") | record(5, "Superseded by ADR-6") | record(6, "Superseded by ADR-3"), ("0005-keep.md",), ["0005-keep.md:7 it replaces itself by way of 0003-keep.md, 0004-keep.md and 1 more"]),
    ("supersedes-contested", record(3, "Superseded by ADR-4") | record(4, "Accepted\n\nSupersedes ADR-3") | record(5, "Accepted\n\nSupersedes ADR-3"), (), ["0005-keep.md:7 it says that it supersedes 0003-keep.md, as ADR-4 Keep 4 does"]),
    ("supersedes-contested", record(3) | record(4, "Accepted\n\nSupersedes ADR-3") | record(5, "Accepted\n\nSupersedes ADR-3"), ("0004-keep.md",), ["0004-keep.md:7 it says that it supersedes 0003-keep.md, as ADR-5 Keep 5 does"]),
    ("supersedes-contested", record(3) | record(4, "Proposed\n\nSupersedes ADR-3") | record(5, "Accepted\n\nSupersedes ADR-3"), (), []),
    ("supersedes-contested", record(3, "Superseded by ADR-4 and ADR-5") | record(4, "Accepted\n\nSupersedes ADR-3") | record(5, "Accepted\n\nSupersedes ADR-3"), (), []),
    ("supersedes-premature", record(3, "Superseded by ADR-7") | record(7, "Proposed"), (), ["0003-keep.md:7 the status is superseded, and its successor, ADR-7 Keep 7, is not decided yet"]),
    ("supersedes-premature", record(2) | record(3, "Superseded by ADR-7") | record(7, "Draft"), (), ["0003-keep.md:7 the status is superseded, and its successor, ADR-7 Keep 7, is not decided yet"]),
    ("supersedes-premature", record(3, "Superseded by ADR-7 and ADR-8") | record(7, "Proposed") | record(8), (), []),
    ("status-outdated", record(3, notes="**Superseded by ADR-7.**") | record(7), (), ["0003-keep.md:7 the status is accepted, and the text says that ADR-7 Keep 7 replaces it"]),
    ("status-outdated", record(3, notes="**Superseded by ADR-7.**\n\n**Superseded by ADR-8.**") | record(7) | record(8), (), ["0003-keep.md:7 the status is accepted, and the text says that ADR-7 Keep 7 replaces it"]),
    ("status-outdated", record(3, notes="**Superseded by ADR-7.**") | record(7, "Deprecated"), (), ["0003-keep.md:7 the status is accepted, and the text says that ADR-7 Keep 7 replaces it"]),
    ("status-outdated", record(3, notes="**Superseded by ADR-7.**") | record(7, "Rejected"), (), []),
    ("status-outdated", record(3, notes="**Superseded by ADR-7.**") | record(7), ("0007-keep.md",), []),
    ("status-outdated", record(3, "Accepted for version 1, replaced in version 2", "**Superseded by ADR-7.**") | record(7), (), []),
    ("relation-outdated", record(3, "Superseded by ADR-4") | record(4) | record(5, "Accepted\n\nAmends ADR-3"), (), ["0005-keep.md:7 it amends 0003-keep.md, which ADR-4 Keep 4 has replaced"]),
    ("relation-outdated", record(3, "Superseded by ADR-4") | record(4) | record(5, "Proposed\n\nRelates to: ADR-3"), (), ["0005-keep.md:9 it relates to 0003-keep.md, which ADR-4 Keep 4 has replaced"]),
    ("relation-outdated", record(2) | record(3, "Superseded by ADR-4") | record(4) | record(5, "Accepted\n\nAmends ADR-2") | record(6, "Accepted\n\nAmends ADR-3"), (), ["0006-keep.md:7 it amends 0003-keep.md, which ADR-4 Keep 4 has replaced"]),
    ("relation-outdated", record(3, "Superseded by ADR-4") | record(4) | record(5, "Accepted\n\nAmends ADR-3"), ("0004-keep.md",), []),
    ("relation-outdated", record(3, "Superseded by ADR-4") | record(4) | record(5, "Rejected\n\nAmends ADR-3"), (), []),
    ("relation-outdated", record(3, "Superseded by ADR-4") | record(4) | record(5, "Accepted\n\nAmends ADR-3\n\nAmends ADR-4"), (), []),
    ("relation-outdated", record(3, "Superseded by ADR-4") | record(4) | record(5, "Accepted\n\nAmends ADR-3, ADR-4"), (), []),
    ("relation-outdated", record(2) | record(3, "Superseded by ADR-4") | record(4) | record(5, "Accepted\n\nAmends ADR-2 and ADR-3"), (), ["0005-keep.md:7 it amends 0003-keep.md, which ADR-4 Keep 4 has replaced"]),
    ("relation-outdated", record(3) | record(4, "Accepted\n\nSupersedes ADR-3") | record(5, "Accepted\n\nAmends ADR-3"), (), []),
    ("supersedes-self", madr_with("supersedes: ADR-3"), (), ["0003-keep.md:3 it names itself as superseding “ADR-3”"]),
    ("supersedes-dangling", madr_with("superseded-by: ADR-12", status="superseded"), (), ["0003-keep.md:3 it says that it is superseded by “ADR-12”, and this log has no such number"]),
    ("supersedes-one-sided", madr_with("superseded-by: ADR-7", status="superseded") | record(7), (), ["0003-keep.md:3 it says that it is superseded by ADR-7 Keep 7, and that one does not say so"]),
    ("supersedes-one-sided", madr_with("supersedes: ADR-1") | record(1), (), ["0003-keep.md:3 it says that it supersedes ADR-1 Keep 1, and that one does not say so"]),
    ("supersedes-cycle", madr_with("superseded-by: ADR-7", status="superseded") | record(7, "Superseded by ADR-3"), (), ["0003-keep.md:3 it replaces itself by way of 0007-keep.md"]),
    ("supersedes-cycle", madr_with("supersedes: ADR-7") | record(7, "Accepted\n\nSupersedes ADR-3"), (), ["0003-keep.md:3 it replaces itself by way of 0007-keep.md"]),
    ("supersedes-contested", record(1) | record(2, "Accepted\n\nSupersedes ADR-1") | madr_with("supersedes: ADR-1"), (), ["0003-keep.md:3 it says that it supersedes 0001-keep.md, as ADR-2 Keep 2 does"]),
    ("supersedes-premature", madr_with("superseded-by: ADR-7", status="superseded") | record(7, "Proposed"), (), ["0003-keep.md:2 the status is superseded, and its successor, ADR-7 Keep 7, is not decided yet"]),
    ("relation-outdated", record(3, "Superseded by ADR-4") | record(4) | madr_with("amends: ADR-3", number=5), (), ["0005-keep.md:3 it amends 0003-keep.md, which ADR-4 Keep 4 has replaced"]),
    ("conflict-accepted", madr_with("conflicts-with: [ADR-7, ADR-8, ADR-9]") | record(7) | record(8) | record(9, "Rejected"), (), [f"0003-keep.md:3 it says that it conflicts with ADR-{n} Keep {n}, and both are accepted" for n in (7, 8)]),
    ("conflict-accepted", madr_with("conflicts-with: 7") | record(7), (), ["0003-keep.md:3 it says that it conflicts with ADR-7 Keep 7, and both are accepted"]),
    ("option-unargued", {"docs/adr/0003-keep.md": madr(options="* Redis\n* Kafka\n* Rabbit\n* Nats\n* Mq\n* Sqs")}, (), ["0003-keep.md:15 nothing is said about “Kafka”, “Rabbit”, “Nats” and 2 more"]),
    ("options-too-few", {"docs/adr/0003-keep.md": madr(options="Some words.")}, (), ["0003-keep.md:15 the only option is “Some words”"]),
    ("owner-missing", {"docs/adr/0003-keep.md": madr(owner="\nconsulted: [Bo Li]\ninformed: [Cy]")}, (), ["0003-keep.md:4 no decision-maker is named, only consulted and informed"]),
    ("link-broken", {"docs/adr/0003-keep.md": madr(more="\nSee [a](caf\u00e9.md).\n"), "docs/adr/cafe\u0301.md": ""}, (), ["0003-keep.md:22 the link leads to “caf\u00e9.md”, and the name of the file there only looks the same: its accents are other characters"]),
    ("link-broken", {"docs/adr/0003-keep.md": madr(more="\nSee [a](cafe\u0301.md).\n"), "docs/adr/caf\u00e9.md": ""}, (), ["0003-keep.md:22 the link leads to “cafe\u0301.md”, and the name of the file there only looks the same: its accents are other characters"]),
    ("number-gap", record(1) | record(2) | record(4) | record(5), (), ["0004-keep.md:1 no record before this one has number 3"]),
    ("number-gap", record(1) | record(2) | record(3) | record(6), (), ["0006-keep.md:1 no record before this one has number 4 to 5"]),
    ("number-gap", record(1) | record(3) | record(5), ("0005-keep.md",), ["0005-keep.md:1 no record before this one has number 4"]),
    ("number-gap", record(1) | record(2) | record(3) | record(7), (), ["0007-keep.md:1 no record before this one has number 4 to 6"]),
    ("number-gap", record(1) | record(2) | record(3) | record(8), (), ["0008-keep.md:1 no record before this one has number 4 to 7"]),
    ("number-gap", record(1) | record(2) | record(3) | record(9), (), []),  # numbers of issues, or of years
    ("number-gap", record(1, name="0001-a/README.md") | record(2, name="0002-b/index.md") | record(4, name="0004-c/Index.md"), (), ["0004-c/Index.md:1 no record before this one has number 3"]),
    ("number-gap", record(1, name="ADR-001-x.md") | record(2, name="adr-002-x.md") | record(4, name="ADR-004-x.md"), (), ["ADR-004-x.md:1 no record before this one has number 3"]),
    ("number-gap", record(1, name="adr-001-x.md") | record(2, name="adr-002-x.md") | record(3, name="rfc-003-x.md") | record(4, name="adr-004-x.md"), (), []),
    ("number-gap", record(1) | {"docs/adr/0002-page.md": "# A list\n\nNothing.\n"} | record(3), (), []),
    ("number-gap", record(1) | record(3) | {"src/adr/0002-x.md": record(2)["docs/adr/0002-keep.md"]}, (), ["0003-keep.md:1 no record before this one has number 2"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "texts", "checked", "expected"), SAID, ids=[f"{n}-{row[0]}" for n, row in enumerate(SAID)]
)
def test_what_is_said(rule: str, texts: dict[str, str], checked: tuple[str, ...], expected: list[str]) -> None:
    assert said(rule, texts, [IN_ADR(name) for name in checked]) == expected


@pytest.mark.parametrize(
    ("folders", "unread", "speaks"),
    [
        (("docs/adr",), (), True),
        (("src",), (), False),
        ((), (), False),
        (("",), ("docs/adr/0002-large.md",), False),
        (("",), ("src/adr/0002-large.md",), True),
    ],
)
def test_a_gap_is_told_only_where_all_files_are_known(
    folders: tuple[str, ...], unread: tuple[str, ...], speaks: bool
) -> None:
    assert bool(said("number-gap", record(1) | record(3), folders=folders, unread=unread)) == speaks


@pytest.mark.parametrize(
    ("status", "note", "mended"),
    [
        ("Accepted", "**Superseded by ADR-7.**", "Superseded by ADR-7"),
        ("accepted", "**Superseded by ADR-7.**", "superseded by ADR-7"),
        ("Accepted", "**Superseded by [seven](0007-keep.md).**", "Superseded by [ADR-0007](0007-keep.md)"),
    ],
)
def test_an_outdated_status_names_the_successor_that_the_note_names(status: str, note: str, mended: str) -> None:
    (found,) = findings("status-outdated", record(3, status, note) | record(7))
    assert found.fix is not None
    assert [(one.path, tuple(one.span), one.lines) for one in found.fix.edits] == [
        ("docs/adr/0003-keep.md", (7, 7), (mended,))
    ]


def in_rfc(texts: dict[str, str]) -> dict[str, str]:
    return {path.replace("docs/adr", "docs/rfc"): text for path, text in texts.items()}


LISTED = "# Keep\n\n* Status: accepted\n{}\n## Context\n\nSlow.\n\n## Decision\n\nWe keep it.\n{}"
NOTED = {"docs/adr/0003-keep.md": LISTED.format("", "\n**Superseded by [7](../rfc/0007-keep.md).**\n")}
FIELD = {"docs/adr/0003-keep.md": LISTED.format("* Superseded by: ADR-7\n", "")}
DATED = {"docs/adr/0003-keep.md": madr().replace("2026-03-01", "27 June 2026")}
# Rule, log, and what would be mended as "file first-last: lines"; a last line before the first: lines that go in there.
MENDED = [
    ("status-outdated", madr_with("superseded-by: ADR-7") | record(7), ["adr/0003-keep.md 2-2: status: superseded"]),
    ("date-not-iso", DATED, ["adr/0003-keep.md 3-3: date: 2026-06-27"]),
    ("status-outdated", FIELD | record(7), ["adr/0003-keep.md 3-3: * Status: superseded"]),
    ("status-outdated", NOTED | in_rfc(record(7)), ["adr/0003-keep.md 3-3: * Status: superseded by [ADR-0007](../rfc/0007-keep.md)"]),
    ("status-outdated", record(3, notes="**Superseded by [7](0007-keep.mdx).**") | record(7, name="0007-keep.mdx"), ["adr/0003-keep.md 7-7: Superseded by [ADR-0007](0007-keep.mdx)"]),
    ("supersedes-one-sided", record(1) | record(3, "Accepted\n\nSupersedes ADR-1"), ["adr/0001-keep.md 7-7: Superseded by ADR-3"]),
    ("supersedes-one-sided", record(1, "Deprecated") | record(3, "Accepted\n\nSupersedes ADR-1"), ["adr/0001-keep.md 8-7: |Superseded by ADR-3"]),
    ("supersedes-one-sided", record(1) | madr_with("supersedes: 0001-keep.md"), ["adr/0001-keep.md 7-7: Superseded by 0003-keep.md"]),
    ("supersedes-one-sided", record(1) | record(3, "Accepted\n\nSupersedes [one](0001-keep.md)"), ["adr/0001-keep.md 7-7: Superseded by [Keep 3](0003-keep.md)"]),
    ("supersedes-one-sided", in_rfc(record(1)) | record(3, "Accepted\n\nSupersedes [one](../rfc/0001-keep.md)"), ["rfc/0001-keep.md 7-7: Superseded by [Keep 3](../adr/0003-keep.md)"]),
    ("supersedes-one-sided", record(1) | record(2) | record(3, "Accepted\n\nSupersedes ADR-1 and ADR-2"), ["adr/0001-keep.md 7-7: Superseded by ADR-3", "adr/0002-keep.md 7-7: Superseded by ADR-3"]),
    ("supersedes-one-sided", madr_with("superseded-by: ADR-7", status="superseded") | record(7), ["adr/0007-keep.md 8-7: |Supersedes ADR-3"]),
    ("supersedes-one-sided", record(3, "Superseded by [ADR-7](0007-keep.md)") | madr_with(number=7), ['adr/0007-keep.md 3-2: supersedes: "[ADR-3](0003-keep.md)"']),
    # another one has replaced it, each says it of the other, or it is only mentioned: nothing is certain
    ("supersedes-one-sided", record(1, "Superseded by ADR-2") | record(2, "Accepted\n\nSupersedes ADR-1") | record(3, "Accepted\n\nSupersedes ADR-1"), [""]),
    ("supersedes-one-sided", record(1, "Accepted\n\nSupersedes ADR-3") | record(3, "Accepted\n\nSupersedes ADR-1"), ["", ""]),
    ("supersedes-one-sided", record(1) | record(3, notes="This supersedes ADR-1."), [""]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "texts", "expected"), MENDED)
def test_what_would_be_mended(rule: str, texts: dict[str, str], expected: list[str]) -> None:
    edits = [one.fix.edits if one.fix else () for one in findings(rule, texts)]
    assert [
        ", ".join(
            f"{one.path.removeprefix('docs/')} {one.span.start}-{one.span.end}: {'|'.join(one.lines)}" for one in some
        )
        for some in edits
    ] == expected


@pytest.mark.parametrize(
    ("rule", "status", "decision", "expected"),
    [
        ("decision-placeholder", "Accepted", "TBD", "15 heading “Decision” is there, and below it stands only “TBD”"),
        ("decision-missing", "Deprecated", "TBD", "15 heading “Decision” is there, and nothing is filled in below it"),
        ("decision-missing", "Rejected", "", "13 heading “Decision” is there, and nothing is filled in below it"),
        ("decision-empty", "Accepted", "…", "15 heading “Decision” is there, and no readable text stands below it"),
    ],
)
def test_a_decision_that_is_not_filled_in(rule: str, status: str, decision: str, expected: str) -> None:
    (found,) = said(rule, {"docs/adr/0003-keep.md": nygard(status, decision)})
    assert found.replace('"Decision"', "“Decision”") == f"0003-keep.md:{expected}"


def test_what_is_unfilled_elsewhere_is_not_quoted_as_the_decision() -> None:
    text = nygard(decision="TBD", more="\n## Notes\n\n{what else}\n")
    (found,) = findings("decision-placeholder", {"docs/adr/0003-keep.md": text})
    assert found.message == 'heading "Decision" is there, and below it stands only unfilled text'


@pytest.mark.parametrize(
    ("name", "heading", "expected"),
    [
        ("0007-a.md", "# 8. Keep", ["the heading says 8, and the file name 7"]),
        ("0007-a.md", "# ADR-8: Keep", ["the heading says 8, and the file name 7"]),
        ("API-007-a.md", "# API-8: Keep", ["the heading says API-8, and the file name API-007"]),
        ("rfc-7-a.md", "# RFC 8: caching", ["the heading says 8, and the file name 7"]),
        ("API-007-a.md", "# API-7: Keep", []),
        ("0007-a.md", "# ADR-0007: Keep", []),
        ("0007-a.md", "# 2026-03-01 Keep", []),
        ("0007-a.md", "# RFC 9111 caching", []),
        ("0007-a.md", "# Keep 8 days", []),
        ("a.md", "# 8. Keep", []),
    ],
)
def test_a_heading_with_another_number(name: str, heading: str, expected: list[str]) -> None:
    texts = {path: text.replace("# 7. Keep 7", heading) for path, text in record(7, name=name).items()}
    assert [one.message for one in findings("number-mismatch", texts)] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["status: accepted"], [((5, 5), ())]),
        (["status: proposed"], [None]),
        (["tags:", "  a: 1", "  a: 1"], [None]),
        (["status: accepted"] * 7, [*(((n, n), ()) for n in range(5, 10)), None, None]),
    ],
)
def test_a_copy_of_a_key_goes_and_what_differs_stays(lines: list[str], expected: list[object]) -> None:
    text = madr().replace("decision-makers", "\n".join((*lines, "decision-makers")), 1)
    text = text.replace("status: accepted\ndate: 2026-03-01\n", "status: accepted\nowner: Bo\ndate: 2026-03-01\n", 1)
    assert [
        one.suggestion for one in findings("front-matter-key-repeated", {"docs/adr/0003-keep.md": text})
    ] == expected
