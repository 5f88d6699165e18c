"""Status words in whatever coat they come."""

import pytest

from onrecord.record import parse_record
from onrecord.record.status import read_status, read_status_lines
from onrecord.record.vocabulary import shipped


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("Accepted", "accepted"),
        ("ACCEPTED", "accepted"),
        ("Accepted.", "accepted"),
        ("**Accepted**", "accepted"),
        ("** Approved **", "accepted"),
        ("_accepted_", "accepted"),
        ("`accepted`", "accepted"),
        ("{accepted}", "accepted"),
        ("[Accepted](0001-record-decisions.md)", "accepted"),
        ("✅ Accepted", "accepted"),
        ("Accepted ✅", "accepted"),
        ("⌛️ Pending", "proposed"),
        ("📜 Accepted", "accepted"),
        ("❌ Rejected", "rejected"),
        ("\u200bAccepted\u200b", "accepted"),
        ("Accepted on 2 May 2024", "accepted"),
        ("Accepted (2024-05-02)", "accepted"),
        ("This decision is in effect", "accepted"),
        ("ACCEPTED Partially Implemented", "accepted"),
        ("PROPOSED Not Implemented", "proposed"),
        ("Not accepted", "rejected"),
        ("Approved", "accepted"),
        ("Decided", "accepted"),
        ("Adopted", "accepted"),
        ("Implemented", "accepted"),
        ("Active", "accepted"),
        ("Living", "accepted"),
        ("Final", "accepted"),
        ("Done", "accepted"),
        ("完成", "accepted"),
        ("mergé", "accepted"),
        ("In-Trial", "accepted"),
        ("In Review", "proposed"),
        ("Pending", "proposed"),
        ("RFC", "proposed"),
        ("drafted", "draft"),
        ("In Progress", "draft"),
        ("Work in progress", "draft"),
        ("Brouillon", "draft"),
        ("Withdrawn", "rejected"),
        ("Declined", "rejected"),
        ("Replaced", "superseded"),
        ("Reverted", "superseded"),
        ("Superseded by [ADR-0012](0012-x.md)", "superseded"),
        ("Superceded", "superseded"),
        ("~~Proposed~~ Accepted", "accepted"),
        ("akzeptiert", "accepted"),
        ("vorgeschlagen", "proposed"),
        ("aceito", "accepted"),
        ("proposto", "proposed"),
        ("aceptado", "accepted"),
        ("proposé", "proposed"),
        ("提议", "proposed"),
        ("已被 ADR-12 取代", "superseded"),
        ("承認済み", "accepted"),
        ("승인됨", "accepted"),
        ("Ersetzt durch ADR-0047", "superseded"),
        ("Proposed | **Accepted** | Deprecated", "accepted"),
        ("proposed / `rejected` / accepted", "rejected"),
        ("[ ] proposed, [x] accepted, [ ] rejected", "accepted"),
        ("[ ] Proposed [x] In review [ ] Accepted", "proposed"),
        ("☐ Proposed ☒ Accepted", "accepted"),
        ("[x] Accepted", "accepted"),
        ("{accepted}", "accepted"),
        ("{in-progress}", "draft"),
        ("Cromulent", "unknown"),
        ("2", "unknown"),
    ],
)
def test_the_status_is_read(source: str, value: str) -> None:
    status, unpicked = read_status(source, shipped())
    assert status is not None
    assert (status.value, unpicked) == (value, False)


@pytest.mark.parametrize(
    "source",
    [
        "Proposed | Accepted | Rejected",
        "{proposed | rejected | accepted | deprecated | … | superseded by ADR-0123}",
        "[proposed | accepted | superseded by ADR-0005]",
        "{superseded by ADR-123}",
        "[ ] accepted",
        "[x] accepted [x] rejected",
        "Accepted or Rejected",
        "proposed, accepted, rejected",
        "Draft/Proposed/Accepted",
        "akzeptiert oder abgelehnt",
        "提议/通过/完成/已弃用/已取代",
        "**Proposed** | **Accepted** | Rejected",
        'can be "proposed", "accepted", or "rejected"',
        "What is the status, such as proposed, accepted, rejected, deprecated, superseded, etc.?",
    ],
)
def test_a_choice_nobody_made_is_no_status(source: str) -> None:
    assert tuple(read_status(source, shipped())) == (None, True)


@pytest.mark.parametrize("source", ["", "  ", "**", "✅", "`", "."])
def test_nothing_written_is_no_status(source: str) -> None:
    assert tuple(read_status(source, shipped())) == (None, False)


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["2023-02-01 提议", "2023-03-10 通过"], "accepted"),
        (["2023-02-01 Proposed", "2023-03-10 Accepted", "2024-01-01 Superseded by ADR-9"], "superseded"),
        (["Accepted", "Superseded by [9](0009-x.md)"], "superseded"),
        (["Accepted", "Supersedes ADR-2"], "accepted"),
        (["Accepted", "Amended by ADR-9"], "accepted"),
        (["Accepted", "The proposal was rejected twice before."], "accepted"),
        (["列表：提议/通过/完成/已弃用/已取代", "2017-11-23 提议"], "proposed"),
        (["Decided by the board.", "Accepted"], "accepted"),
        (["Achieved", "The spike was accepted late."], "unknown"),
        (["Parked for now", "Superseded by ADR-9"], "superseded"),
        (["Fertiggestellt", "2023-02-01 Accepted"], "accepted"),
    ],
)
def test_of_several_lines_the_telling_one_counts(lines: list[str], value: str) -> None:
    status = read_status_lines(lines, shipped()).status
    assert status is not None
    assert status.value == value


def test_only_a_choice_list_left_is_unpicked() -> None:
    assert tuple(read_status_lines(["", "proposed | accepted"], shipped())) == (None, True)


def test_no_line_is_no_status() -> None:
    assert tuple(read_status_lines([], shipped())) == (None, False)


def test_the_text_is_kept_as_a_reader_sees_it() -> None:
    status = read_status("**Accepted** on [2 May](../log.md)", shipped()).status
    assert status is not None
    assert status.text == "Accepted on 2 May"


@pytest.mark.parametrize(
    ("boxes", "value", "state"),
    [
        ("- [ ] accepted", None, "placeholder"),
        ("- [ ] proposed\n- [ ] in review\n- [ ] accepted", None, "placeholder"),
        ("- [x] in review\n- [ ] accepted", "proposed", "filled"),
        ("- [x] accepted", "accepted", "filled"),
        ("- [ ] accepted\n\nTick one of these.", None, "placeholder"),
        ("Rejected\n\n- [ ] accepted", "rejected", "filled"),
        ("- [ ] the plan is to be drafted", None, "empty"),
    ],
)
def test_a_box_counts_when_it_is_ticked(boxes: str, value: str | None, state: str) -> None:
    record = parse_record(f"# 7. Keep\n\n## Status\n\n{boxes}\n\n## Decision\n\nWe keep it.\n", "docs/adr/0007-keep.md")
    assert (record.status and record.status.value, record.slots["status"].state) == (value, state)
