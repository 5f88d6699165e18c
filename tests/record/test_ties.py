"""How one record names another, and where a tie between two is written."""

from __future__ import annotations

import difflib
from typing import NamedTuple

import pytest

from onrecord.markdown import parse_document
from onrecord.record import DecisionRecord, parse_record
from onrecord.record.edit.page import Page
from onrecord.record.edit.relation import is_stated
from onrecord.record.edit.tie import write_tie
from onrecord.record.edit.wording import mention_of, path_from, reference_as
from onrecord.record.vocabulary import shipped
from onrecord.rules.samples import madr, nygard

PATH = "docs/adr/0007-keep.md"
KAFKA = "[ADR-0012](0012-use-kafka.md)"


class Named(NamedTuple):
    """A record's heading and path; it is read within the test."""

    heading: str
    path: str


def read(one: Named) -> DecisionRecord:
    heading, path = one
    return parse_record(f"# {heading}\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do it.\n", path)


KEEP, CSV = Named("7. Keep", PATH), Named("3. Keep CSV", "docs/adr/0003-csv.md")
RFC = Named("12. Use Kafka", "docs/rfcs/0012-use-kafka.md")
API = Named("API-004 Api", "docs/adr/API-004-api.md")
NO_NUMBER = Named("Keep", "docs/adr/keep.md")
MARKED = Named("8. A [b] *c*", "docs/adr/0008-a.md")


@pytest.mark.parametrize(
    ("record", "mention"),
    [
        (KEEP, "ADR-0007"),
        (RFC, "ADR-0012"),
        (API, "API-004"),
        (NO_NUMBER, None),
        (Named("5. x", "docs/adr/x.md"), "ADR-0005"),
        (Named("5. x", "docs/adr/005-x.md"), "ADR-005"),
        (Named("5. x", "docs/adr/x-6.md"), "ADR-0005"),
    ],
)
def test_what_people_call_a_record(record: Named, mention: str | None) -> None:
    assert mention_of(read(record)) == mention


@pytest.mark.parametrize(
    ("record", "to", "path"),
    [
        (KEEP, CSV, "0003-csv.md"),
        (KEEP, RFC, "../rfcs/0012-use-kafka.md"),
        (Named("1. x", "0001-x.md"), KEEP, "docs/adr/0007-keep.md"),
        (KEEP, Named("2. x", "docs/adr/0002 ä(b)@c.md"), "0002%20%C3%A4(b)@c.md"),
    ],
)
def test_the_path_of_a_link(record: Named, to: Named, path: str) -> None:
    assert path_from(read(record), read(to)) == path


LINK = "(../rfcs/0012-use-kafka.md)"
AS = [  # as the 3rd is named by the 7th, so the 12th of another folder
    ("[ADR-0003](0003-csv.md)", "0003-csv.md", f"[ADR-0012]{LINK}"),
    ("[ADR-3](./0003-csv.md)", "./0003-csv.md", "[ADR-12](./../rfcs/0012-use-kafka.md)"),
    ("[3. Keep CSV](0003-csv.md)", "0003-csv.md", f"[12. Use Kafka]{LINK}"),
    ("[ADR 3: Keep CSV](0003-csv.md)", "0003-csv.md", f"[ADR 12: Use Kafka]{LINK}"),
    ("[ADR 3: Other](0003-csv.md)", "0003-csv.md", f"[ADR 12]{LINK}"),
    ("[0003-csv.md](0003-csv.md)", "0003-csv.md", f"[0012-use-kafka.md]{LINK}"),
    ("[0003-csv](0003-csv.md)", "0003-csv.md", f"[0012-use-kafka]{LINK}"),
    ("[docs/adr/0003-csv.md](0003-csv.md)", "0003-csv.md", f"[docs/rfcs/0012-use-kafka.md]{LINK}"),
    ("[9](0003-csv.md)", "0003-csv.md", f"[Use Kafka]{LINK}"),
    ("[x](/docs/adr/0003-csv.md)", "/docs/adr/0003-csv.md", None),
    ("[x](https://example.org/0003-csv.md)", "https://example.org/0003-csv.md", None),
    ("[x](0003-csv.md#a)", "0003-csv.md#a", None),
    ("[x](0009-other.md)", "0009-other.md", None),
    ("0003-csv.md", "0003-csv.md", "../rfcs/0012-use-kafka.md"),
    ("docs/adr/0003-csv.md", "docs/adr/0003-csv.md", "docs/rfcs/0012-use-kafka.md"),
    ("/docs/adr/0003-csv.md", "/docs/adr/0003-csv.md", None),
    ("0009-other.md", "0009-other.md", None),
    ("ADR-0003", "ADR-0003", "ADR-0012"),
    ("ADR 3", "ADR 3", "ADR 12"),
    ("ADR-4", "ADR-4", None),
    ("csv", "csv", None),
]


@pytest.mark.parametrize(("line", "like", "name"), AS)
def test_another_record_is_named_in_the_same_form(line: str, like: str, name: str | None) -> None:
    assert reference_as(like, parse_document(line), read(CSV), read(KEEP), read(RFC)) == name


@pytest.mark.parametrize(
    ("line", "old", "new", "name"),
    [
        ("API-004", API, Named("API-005 x", "docs/adr/API-005-x.md"), "API-005"),
        ("API-004", API, RFC, None),  # another series
        ("ADR-3", CSV, NO_NUMBER, None),
        ("[ADR-3](0003-csv.md)", CSV, NO_NUMBER, "[Keep](keep.md)"),
        ("[x](0003-csv.md)", CSV, MARKED, None),  # its title would not stay one label
        ("[3. Keep CSV](0003-csv.md)", CSV, MARKED, "[8](0008-a.md)"),
        ("[x](0003-csv.md)", CSV, Named("8. A", "docs/adr/0008-(a).md"), None),
        ("ADR-0003", CSV, Named("13. G", "docs/adr/g.md"), "ADR-0013"),
        ("ADR-3", CSV, Named("13. G", "docs/adr/g.md"), "ADR-13"),
        ("docs/adr/0003-csv.md", CSV, Named("8. A", "0008-a.md"), "../../0008-a.md"),
    ],
)
def test_a_record_of_another_kind(line: str, old: Named, new: Named, name: str | None) -> None:
    like = line.rpartition("(")[2].rstrip(")")
    assert reference_as(like, parse_document(line), read(old), read(KEEP), read(new)) == name


def tied(text: str, tie: str, reference: str = KAFKA, **more: object) -> list[str] | None:
    """Return the lines that went ("- ") and came ("+ "), None where nothing was written."""
    page = write_tie(Page(PATH, text, shipped()), tie, reference, **more)  # type: ignore[arg-type]
    if page is None:
        return None
    found = [line.rstrip() for line in difflib.ndiff(text.split("\n"), page.text.split("\n")) if line[0] in "+-"]
    return [line for line in found if line != "+"]


TEXTS = {
    "section": nygard(),
    "symbol": nygard("✅ Accepted"),
    "two places": f"---\nstatus: accepted\n---\n\n{nygard()}",
    "bullets": nygard(header="* Status: accepted\n* Date: 2026-03-01").replace("## Status\n\nAccepted\n\n", ""),
    "no status": nygard().replace("## Status\n\nAccepted\n\n", ""),
    "front matter": madr(),
    "links": madr() + "\n## Links\n\n* [a](b.md)\n* [c](d.md)\n",
    "proposed": nygard("Proposed"),
}
TIES = [
    ("section", "supersedes", [f"+ Supersedes {KAFKA}"]),
    ("section", "superseded_by", ["- Accepted", f"+ Superseded by {KAFKA}"]),
    ("section", "amends", [f"+ Amends {KAFKA}"]),
    ("section", "amended_by", [f"+ Amended by {KAFKA}"]),
    ("section", "relates_to", [f"+ Relates to: {KAFKA}"]),
    ("symbol", "superseded_by", ["- ✅ Accepted", f"+ Superseded by {KAFKA}"]),
    ("two places", "superseded_by", ["- status: accepted", "+ status: superseded", "- Accepted", f"+ Superseded by {KAFKA}"]),
    ("two places", "supersedes", [f"+ Supersedes {KAFKA}"]),
    ("two places", "relates_to", [f"+ Relates to: {KAFKA}"]),
    ("bullets", "supersedes", [f"+ * Supersedes: {KAFKA}"]),
    ("bullets", "superseded_by", ["- * Status: accepted", f"+ * Status: superseded by {KAFKA}"]),
    ("bullets", "amended_by", [f"+ * Amended by: {KAFKA}"]),
    ("no status", "supersedes", None),
    ("no status", "superseded_by", None),
    ("no status", "relates_to", None),
    ("front matter", "supersedes", [f'+ supersedes: "{KAFKA}"']),
    ("front matter", "superseded_by", ["- status: accepted", f"+ status: superseded by {KAFKA}"]),
    ("front matter", "amended_by", [f'+ amended-by: "{KAFKA}"']),
    ("front matter", "relates_to", [f'+ relates-to: "{KAFKA}"']),
    ("proposed", "superseded_by", [f"+ Superseded by {KAFKA}"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tie", "lines"), TIES)
def test_where_a_tie_is_written(text: str, tie: str, lines: list[str] | None) -> None:
    assert tied(TEXTS[text], tie) == lines


@pytest.mark.parametrize(
    ("matter", "lines"),
    [
        ("amended-by: ADR-2", ["- amended-by: ADR-2", "+ amended-by: [ADR-2, ADR-3]"]),
        ("Amended_By: [ADR-2]", ["- Amended_By: [ADR-2]", "+ Amended_By: [ADR-2, ADR-3]"]),
        ("amended-by:\n  - ADR-2\n  - ADR-4", ["+   - ADR-3"]),
        ("amended-by:", ["- amended-by:", "+ amended-by: ADR-3"]),
        ("amended-by: none", ["- amended-by: none", "+ amended-by: ADR-3"]),
    ],
)
def test_a_key_for_what_amends_it_is_filled_or_lengthened(matter: str, lines: list[str]) -> None:
    assert tied(madr(status=f"status: accepted\n{matter}"), "amended_by", "ADR-3") == lines


@pytest.mark.parametrize(
    ("text", "tie", "line"),
    [
        ("section", "superseded_by", f"Partly superseded by {KAFKA}"),
        ("section", "supersedes", f"Partly supersedes {KAFKA}"),
        ("two places", "superseded_by", f"Partly superseded by {KAFKA}"),
        ("front matter", "superseded_by", f"*Partly superseded by {KAFKA}.*"),
        ("bullets", "supersedes", f"*Partly supersedes {KAFKA}.*"),
        ("no status", "superseded_by", f"*Partly superseded by {KAFKA}.*"),
    ],
)
def test_what_is_replaced_in_part_stays_in_force(text: str, tie: str, line: str) -> None:
    assert tied(TEXTS[text], tie, partly=True) == [f"+ {line}"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("section", ["- Accepted", "+ Replaced by ADR-3"]),
        ("front matter", ["- status: accepted", "+ status: replaced by ADR-3"]),
        ("two places", ["- status: accepted", "+ status: superseded", "- Accepted", "+ Replaced by ADR-3"]),
    ],
)
def test_the_words_of_the_neighbors(text: str, lines: list[str]) -> None:
    assert tied(TEXTS[text], "superseded_by", "ADR-3", words="Replaced by") == lines


@pytest.mark.parametrize(
    ("text", "field", "stated"),
    [
        (nygard("Accepted\n\nSupersedes ADR-3"), "supersedes", True),
        (nygard("Superseded by ADR-3"), "superseded_by", True),
        (nygard("Accepted\n\nAmends ADR-3"), "amends", True),
        (nygard(), "supersedes", False),
        (nygard() + "\nSupersedes ADR-3.\n", "supersedes", False),
        (madr(status="status: accepted\nsupersedes: ADR-3"), "supersedes", True),
        (f"---\nstatus: [a\n---\n{nygard('Superseded by ADR-3')}", "superseded_by", False),
    ],
)
def test_whether_a_record_states_it_itself(text: str, field: str, stated: bool) -> None:
    record, document = parse_record(text, PATH), parse_document(text)
    assert is_stated(record, document, field, "ADR-3") is stated  # type: ignore[arg-type]
    assert is_stated(record, document, field, "ADR-9") is False  # type: ignore[arg-type]


def test_a_list_of_links_gets_one_more_item() -> None:
    text = TEXTS["no status"] + "\n## Links\n\n* [a](b.md)\n* [c](d.md)\n  more\n\n\n## Notes\n\nz\n"
    page = write_tie(Page(PATH, text, shipped()), "amended_by", KAFKA)
    assert page is not None
    assert page.text == text.replace("  more\n", f"  more\n* Amended by {KAFKA}\n")
