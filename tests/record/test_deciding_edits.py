"""Settling and tying records: every line that is not named stays as it is, and only what is meant reads otherwise."""

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record import parse_record, record_facts
from onrecord.record.edit.day import write_date
from onrecord.record.edit.legal import why_not
from onrecord.record.edit.page import Page, Refused
from onrecord.record.edit.people import add_people, missing
from onrecord.record.edit.reason import write_reason
from onrecord.record.edit.state import words_for, write_status
from onrecord.record.edit.tie import write_tie
from onrecord.record.vocabulary import shipped
from onrecord.rules.samples import madr, nygard
from onrecord.rules.transition_illegal import _HELD, _NEVER_HELD

PATH, DAY = "docs/adr/0007-keep.md", "2026-11-22"
FIXTURES = sorted(
    path
    for path in (Path(__file__).parent / "fixtures").rglob("*.md")
    if path.parent.name not in ("traps", "non-records")
)
LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
STATUS_FACTS = {"status", "superseded_by", "supersedes", "amends", "partly", "date", "date_text"}
MAY_CHANGE = {
    "accept": STATUS_FACTS,
    "reject": STATUS_FACTS,
    "date": {"date", "date_text"},
    "people": {"decision_makers", "dialect"},
    "superseded": {"status", "superseded_by"},
    "supersedes": {"supersedes"},
    "amends": {"amends"},
    "amended": set(),
    "relates": {"relates_to"},
    "partly": {"superseded_by", "partly"},
    "reason": set(),
}
MOST_REPLACED, MOST_NEW = 3, 8


def done(operation: str, page: Page, who: str = "Ann Example") -> Page | None:
    record = page.record()
    match operation:
        case "accept" | "reject":
            value = "accepted" if operation == "accept" else "rejected"
            return write_status(page, value, words_for(value, record, ()), DAY)
        case "date":
            return write_date(page, DAY)
        case "people":
            names = missing([who], record)
            return add_people(page, names) if names else page
        case "reason":
            return write_reason(page, "It was too slow", "Rejected because")
        case "partly":
            return write_tie(page, "superseded_by", "[ADR-0012](0012-use-kafka.md)", partly=True)
    kind = {"superseded": "superseded_by", "supersedes": "supersedes", "amends": "amends", "amended": "amended_by", "relates": "relates_to"}[operation]  # fmt: skip
    return write_tie(page, kind, "[ADR-0012](0012-use-kafka.md)")


def page_of(text: str) -> Page:
    return Page(PATH, text, shipped())


def facts(text: str, without: set[str]) -> dict[str, object]:
    value = record_facts(parse_record(text, PATH)).value
    return {name: part for name, part in value.items() if name not in {*without, "reading", "lines", "links"}}


@settings(max_examples=40, deadline=None)
@given(
    path=st.sampled_from(FIXTURES),
    operation=st.sampled_from(sorted(MAY_CHANGE)),
    end=st.sampled_from(["\n", "\r\n"]),
    is_closed=st.booleans(),
    who=st.sampled_from(["Ann Example", "@ann", "José Ñandú", "O'Neil"]),
)
def test_all_other_lines_and_facts_stay(path: Path, operation: str, end: str, is_closed: bool, who: str) -> None:
    text = path.read_text("utf-8").rstrip("\n") + ("\n" if is_closed else "")
    before = text.replace("\n", end)
    try:
        after = done(operation, page_of(before), who)
    except Refused:
        return
    if after is None:
        return
    old, new = LINES.findall(before), LINES.findall(after.text)
    steps = [step for step in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if step[0] != "equal"]
    assert sum(step[2] - step[1] for step in steps) <= MOST_REPLACED
    assert sum(step[4] - step[3] for step in steps) <= MOST_NEW
    assert {line[len(line.rstrip("\r\n")) :] for line in new} <= {end, ""}
    assert after.text.endswith(end) == is_closed
    assert facts(after.text, MAY_CHANGE[operation]) == facts(before, MAY_CHANGE[operation])


def counts(operation: str) -> int:
    """Tell how many of the fixtures an operation changes."""
    changed = 0
    for path in FIXTURES[::6]:
        text = path.read_text("utf-8")
        try:
            after = done(operation, page_of(text))
        except Refused:
            continue
        changed += after is not None and after.text != text
    return changed


@pytest.mark.parametrize(("operation", "least"), [("accept", 8), ("date", 20), ("people", 20), ("supersedes", 14), ("relates", 14)])  # fmt: skip
def test_most_records_can_be_edited(operation: str, least: int) -> None:
    assert counts(operation) >= least


def status_after(text: str, value: str = "accepted") -> str:
    after = write_status(page_of(text), value, words_for(value, page_of(text).record(), ()), DAY)
    assert after is not None
    return after.text


class TestStatus:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("Proposed", "Accepted"),
            ("PROPOSED", "ACCEPTED"),
            ("Vorgeschlagen", "Akzeptiert"),
            ("proposé", "accepté"),
            ("⌛️ Proposed", "Accepted"),
            ("- [x] Proposed\n- [ ] Accepted", "- [ ] Proposed\n- [x] Accepted"),
            ("2026-03-01 Proposed", "2026-03-01 Proposed\n\n2026-11-22 Accepted"),
            ("* 2026-03-01: Proposed", "* 2026-03-01: Proposed\n* 2026-11-22: Accepted"),
            ("Proposed | Accepted | Rejected", "Accepted"),
        ],
    )
    def test_it_is_written_as_the_old_one(self, before: str, after: str) -> None:
        assert status_after(nygard(before)) == nygard(after)

    def test_in_two_places_both_change(self) -> None:
        text = f"---\nstatus: proposed\n---\n\n{nygard('Proposed')}"
        assert status_after(text) == f"---\nstatus: accepted\n---\n\n{nygard('Accepted')}"

    def test_the_neighbors_word_is_taken(self) -> None:
        neighbors = [parse_record(nygard(word), PATH) for word in ("Approved", "Approved", "Accepted")]
        record = parse_record(nygard("Proposed"), PATH)
        assert words_for("accepted", record, neighbors)[0] == "Approved"

    def test_a_status_that_says_more_is_left(self) -> None:
        page = page_of(nygard("Proposed, and waits for the budget of 2027"))
        assert write_status(page, "accepted", ["Accepted"], DAY) is None

    def test_what_the_rule_calls_illegal_is_refused(self) -> None:
        for old in _HELD:
            assert why_not(parse_record(nygard(old.capitalize()), PATH), _NEVER_HELD[0])


class TestPeople:
    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("decision-makers: [Bo Li]", "decision-makers: [Bo Li, Ann Example]"),
            ("decision-makers: Bo Li", "decision-makers: Bo Li, Ann Example"),
            ('decision-makers: "Bo Li"', 'decision-makers: "Bo Li, Ann Example"'),
            ("decision-makers:\n  - Bo Li", "decision-makers:\n  - Bo Li\n  - Ann Example"),
            ("decision-makers: TBD", "decision-makers: Ann Example"),
            ("decision-makers: {list everyone involved in the decision}", "decision-makers: Ann Example"),
            ("decision-makers:", "decision-makers: Ann Example"),
        ],
    )
    def test_front_matter_keeps_its_shape(self, before: str, after: str) -> None:
        text = madr(owner="X").replace("decision-makers: X", before)
        page = add_people(page_of(text), ["Ann Example"])
        assert page is not None
        assert page.text == text.replace(before, after)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("Deciders: Bo Li", "Deciders: Bo Li, Ann Example"),
            ("* Deciders: Bo Li\n* Date: 2026-03-01", "* Deciders: Bo Li, Ann Example\n* Date: 2026-03-01"),
            ("* Deciders:\n  * Bo Li\n  * Jo Roe", "* Deciders:\n  * Bo Li\n  * Jo Roe\n  * Ann Example"),
            ("| Field | Value |\n|---|---|\n| Deciders | Bo Li |", "| Field | Value |\n|---|---|\n| Deciders | Bo Li, Ann Example |"),
            ("## Deciders\n\n- Bo Li", "## Deciders\n\n- Bo Li\n- Ann Example"),
        ],
    )  # fmt: skip
    def test_text_keeps_its_shape(self, before: str, after: str) -> None:
        page = add_people(page_of(nygard(header=before)), ["Ann Example"])
        assert page is not None
        assert page.text == nygard(header=after)

    def test_who_is_there_already_is_not_missing(self) -> None:
        record = parse_record(madr(owner='["Ann Example (lead)", "@bo"]'), PATH)
        assert missing(["ann example", "bo", "Jo Roe"], record) == ["Jo Roe"]


def test_a_list_of_relations_gets_one_more_item() -> None:
    text = madr(status="status: accepted\nsupersedes:\n  - 0003-a.md\n  - 0004-b.md")
    page = write_tie(page_of(text), "supersedes", "0005-c.md")
    assert page is not None
    assert page.text == text.replace("  - 0004-b.md\n", "  - 0004-b.md\n  - 0005-c.md\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("relates-to: ADR-0003", "relates-to: [ADR-0003, 0012-use-kafka.md]"),
        ("relates-to: ADR-0003  # of old", "relates-to: [ADR-0003, 0012-use-kafka.md]  # of old"),
        ('relates-to: "[ADR-3](0003-a.md)"', 'relates-to: ["[ADR-3](0003-a.md)", 0012-use-kafka.md]'),
        ("relates-to: ADR-0003, ADR-0004", "relates-to: ADR-0003, ADR-0004, 0012-use-kafka.md"),
        ("relates-to: [ADR-0003]", "relates-to: [ADR-0003, 0012-use-kafka.md]"),
        ("relates-to:\n  - ADR-0003", "relates-to:\n  - ADR-0003\n  - 0012-use-kafka.md"),
        ("amended-by: ADR-0003", "amended-by: [ADR-0003, 0012-use-kafka.md]"),
        ("amended-by:\n  - ADR-0003", "amended-by:\n  - ADR-0003\n  - 0012-use-kafka.md"),
        ("amends: ADR-0003", "amends: [ADR-0003, 0012-use-kafka.md]"),
    ],
)
def test_one_name_in_front_matter_becomes_a_list(before: str, after: str) -> None:
    text = madr(status=f"status: accepted\n{before}")
    kind = before.partition(":")[0].replace("-", "_")
    written = write_tie(page_of(text), kind, "0012-use-kafka.md")  # type: ignore[arg-type]
    assert written is not None
    assert written.text == text.replace(before, after)
