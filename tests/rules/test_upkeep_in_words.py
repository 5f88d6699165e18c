"""What the rules that look back say of a log, to the day on which they begin to speak."""

import pytest
from log_of_texts import JUDGE, read, record

from onrecord.check import Policy
from onrecord.check.upkeep import review
from onrecord.log.citations import CitingLine
from onrecord.log.upkeep.facts import Past, Work
from onrecord.log.upkeep.owners import Person
from onrecord.log.upkeep.paths import Gone
from onrecord.rules.samples import madr

PATH = "docs/adr/0007-keep.md"
CODE = tuple(f"src/shop/part_{n}.py" for n in range(40))
FOUR_FILES = "scope: [src/shop/part_1.py, src/shop/part_2.py, src/shop/part_3.py, src/shop/part_4.py]"


def kept(
    *lines: str,
    status: str = "accepted",
    owner: str = "[Ann Example]",
    more: str = "",
    name: str = "0007-keep.md",
    date: str = "2026-03-01",
) -> dict[str, str]:
    """Return a sound record as path and text, with lines below the status in line 2, and text below line 20."""
    matter = "\n".join((f"status: {status}", *lines))
    return {f"docs/adr/{name}": madr(status=matter, owner=owner, more=more).replace("2026-03-01", date)}


def steps(*lines: str, status: str = "accepted", name: str = "0007-keep.md") -> dict[str, str]:
    """Return a record whose first step stands in line 24."""
    return kept(status=status, name=name, more="\n## Next steps\n\n" + "\n".join(f"- {line}" for line in lines) + "\n")


def prose(text: str) -> dict[str, str]:
    return kept(more=f"\n{text}\n")


def edited(*days: str) -> Past:
    return Past(edits=((PATH, days),))


def churned(*commits: list[int]) -> Past:
    return Past(since=tuple(Work("2026-05-01", tuple(f"src/shop/part_{n}.py" for n in one)) for one in commits))


def seen(ann: str, bo: str = "2026-05-02", last: str = "2026-05-02", owners: tuple[str, ...] | None = None) -> Past:
    """Return a past in which two people made their last commits on these days."""
    people = (Person("Ann Example", "ann@example.com", ann), Person("Bo Li", "bo@example.com", bo))
    return Past(people=people, last=last, owners=owners)


def said(rule: str, texts: dict[str, str], past: Past, *citing: CitingLine) -> list[str]:
    """Return what a rule says on 1 June 2026, as "file:line message"; there are forty files of code."""
    files = [one for path, text in texts.items() for one in read(path, text)]
    past = past._replace(files=(*texts, *CODE, *past.files))
    queue = review(files, past, Policy(JUDGE, select=frozenset((rule,))), "2026-06-01", citing)
    found = [finding for entry in queue.entries for finding in entry.findings] + list(queue.citations)
    return [f"{one.location.path.removeprefix('docs/adr/')}:{one.location.line} {one.message}" for one in found]


MOVED = Past(gone=(Gone("web/a.py", "2026-04-01", "lib/a.py"),), files=("lib/a.py",))
GONE = Past(gone=tuple(Gone(f"web/{name}.py", "2026-04-01") for name in "abc"))
OLD = {"date": "2024-04-01"}
SPEAKS = [
    ("follow-up-overdue", steps("[ ] @bo reads by 2026-06-01", "[ ] @ann moves invoices by 2026-05-31"), Past(), "25 “@ann moves invoices by 2026-05-31” was to be done by 2026-05-31 and is still open"),
    ("follow-up-overdue", steps("[x] @bo reads by 2026-05-01", "[ ] @bo asks by 2026-05"), Past(), "25 “@bo asks by 2026-05” was to be done by 2026-05 and is still open"),
    ("follow-up-unassigned", steps("[ ] Move invoices"), Past(), "24 “Move invoices”: neither who nor when is named"),
    ("follow-up-unassigned", steps("[ ] Read (@ann)", "[ ] Move invoices", "[ ] Ask", "[ ] Write"), Past(), "25 “Move invoices” and 2 more: neither who nor when is named"),
    ("follow-up-unassigned", steps("[ ] Write", "[ ] Move invoices by 2026-09-01"), Past(), "24 “Write” and 1 more: nobody is named"),
    ("follow-up-unassigned", steps("[ ] Ask", status="proposed", name="0006-x.md") | steps("[ ] Ask"), Past(), "24 “Ask”: neither who nor when is named"),
    ("proposal-stuck", kept(status="proposed"), edited("2026-05-01"), "2 it has been proposed for 31 days (first committed 2026-05-01)"),
    ("proposal-stuck", kept(status="draft"), edited("2026-01-10", "2026-04-01"), "2 it has been a draft for 142 days (first committed 2026-01-10, last edited 2026-04-01)"),
    ("proposal-stuck", kept("decide-by: 2026-05-31", status="proposed"), edited("2026-01-10"), "2 it has been proposed for 142 days (first committed 2026-01-10)"),
    ("proposal-stuck", kept(name="0006-x.md") | kept(status="proposed"), edited("2026-01-10"), "2 it has been proposed for 142 days (first committed 2026-01-10)"),
    ("scope-dead", kept("scope: [web/*.py, src/shop/*]"), Past(), "3 its scope “web/*.py” names no file"),
    ("scope-dead", kept("scope: [web/a.py]"), MOVED, "3 its scope “web/a.py” moved to “lib/a.py” on 2026-04-01"),
    ("scope-dead", kept("scope: [web/a.py]"), GONE, "3 its scope “web/a.py” was deleted on 2026-04-01"),
    ("scope-dead", prose("Made by `web/a.py`."), GONE, "22 it names “web/a.py”, which was deleted on 2026-04-01"),
    ("scope-dead", prose("Made by `web/a.py`, read by `web/b.py`."), GONE, "22 it names “web/a.py”, which was deleted on 2026-04-01 (1 more such path)"),
    ("scope-dead", prose("Made by `web/a.py`, read by `web/b.py` and `web/c.py`."), GONE, "22 it names “web/a.py”, which was deleted on 2026-04-01 (2 more such paths)"),
    ("scope-churned", kept(FOUR_FILES), churned([1], [2], [1]), "2 3 commits changed 2 of the 4 files it governs since 2026-03-01 (its date)"),
    ("scope-churned", kept(FOUR_FILES), churned(*[[1]] * 30), "2 30 commits changed 1 of the 4 files it governs since 2026-03-01 (its date)"),
    ("scope-churned", kept(FOUR_FILES, name="0006-x.md") | kept("scope: [src/shop/part_5.py]"), churned([5], [5], [5]), "2 3 commits changed the file it governs since 2026-03-01 (its date)"),
    ("owner-gone", kept(**OLD), seen("2025-05-31"), "4 “Ann Example” last committed on 2025-05-31"),
    ("owner-gone", kept(**OLD), seen("2024-05-01", "2025-06-01", "2025-06-01"), "4 “Ann Example” last committed on 2024-05-01"),
    ("owner-gone", kept(date="2025-05-01"), seen("2025-05-01"), "4 “Ann Example” last committed on 2025-05-01"),
    ("owner-gone", {PATH: kept(**OLD)[PATH].replace("decision-makers", "tags: [a]\nauthors")}, seen("2025-05-01"), "5 “Ann Example” last committed on 2025-05-01"),
    ("owner-gone", kept(owner="['@cy']", **OLD), seen("2025-05-01", owners=("@ann",)), "4 “@cy” is not in CODEOWNERS"),
    ("owner-gone", kept(owner="['@cy']", date="2025-05-31"), seen("2025-05-01", owners=("@ann",)), "4 “@cy” is not in CODEOWNERS"),
    ("owner-gone", kept(owner="[Ann Example, Bo Li]", **OLD), seen("2025-05-01", "2025-04-02"), "4 “Ann Example” last committed on 2025-05-01, “Bo Li” last committed on 2025-04-02"),
    ("owner-gone", kept(owner="[Ann Example, Bo Li, '@cy']", **OLD), seen("2025-05-01", "2025-04-02", owners=("@dee",)), "4 “Ann Example” last committed on 2025-05-01, “Bo Li” last committed on 2025-04-02, and 1 more has been quiet as long"),
    ("owner-gone", kept(owner="[Ann Example, Bo Li, '@cy', '@ed']", **OLD), seen("2025-05-01", "2025-04-02", owners=("@dee",)), "4 “Ann Example” last committed on 2025-05-01, “Bo Li” last committed on 2025-04-02, and 2 more have been quiet as long"),
]  # fmt: skip
LATE = [
    (kept("review-by: 2026-05-31"), "it was to be reviewed by 2026-05-31"),
    (kept("review-by: 2026-05"), "it was to be reviewed by 2026-05"),
    (kept("review-by: 2026-05-31", "last-reviewed: 2026-05-30 by Bo Li"), "it was to be reviewed by 2026-05-31, the last review was on 2026-05-30"),
    (kept("review-by: 2026-09-01", name="0006-x.md") | kept("review-by: 2026-05-31"), "it was to be reviewed by 2026-05-31"),
]  # fmt: skip
SILENT = [
    ("review-by-passed", kept("review-by: 2026-06-01"), Past()),
    ("review-by-passed", kept("review-by: 2026-06"), Past()),
    ("review-by-passed", kept("review-by: 2026-05-31", "last-reviewed: 2026-05-31 by Bo Li"), Past()),
    ("follow-up-unassigned", steps("[ ] Move invoices", status="draft"), Past()),
    ("follow-up-unassigned", steps("[ ] Move invoices, see #12"), Past()),
    ("proposal-stuck", kept(status="proposed"), edited("2026-05-02")),
    ("proposal-stuck", kept(status="draft"), edited("2026-01-10", "2026-05-02")),
    ("proposal-stuck", kept("last-reviewed: 2026-05-03 by Bo", status="draft"), edited("2026-01-10")),
    ("proposal-stuck", kept("decide-by: 2026-06-01", status="proposed"), edited("2026-01-10")),
    ("proposal-stuck", kept("decide-by: 2026-06", status="proposed"), edited("2026-01-10")),
    ("proposal-stuck", kept(status="proposed"), Past()),
    ("scope-churned", kept(FOUR_FILES), churned([1], [1], [1])),
    ("scope-churned", kept(FOUR_FILES), churned([1, 2], [3, 4])),
    ("scope-churned", kept(FOUR_FILES), churned(*[[1]] * 29)),
    ("owner-gone", kept(**OLD), seen("2025-06-01")),
    ("owner-gone", kept(owner="[Ann Example, Bo Li]", **OLD), seen("2025-05-01")),
    ("owner-gone", kept(status="proposed", **OLD), seen("2025-05-01")),
    ("owner-gone", kept(status="draft", **OLD), seen("2025-05-01")),
    ("owner-gone", kept(owner="['@cy']", date="2025-06-01"), seen("2025-05-01", owners=("@ann",))),
    ("owner-gone", kept(owner="['@ann']", **OLD), seen("2025-05-01", owners=("@ann",))),
    ("owner-gone", kept(**OLD), seen("2024-05-01", "2025-05-30", "2025-05-30")),  # nobody works here any more
    ("owner-gone", kept(**OLD), seen("2024-05-01", last="")),
    ("owner-gone", kept(**OLD) | kept(name="0008-x.md", date="2026-01-01"), seen("2024-05-01")),  # by another name
    ("owner-gone", kept(date="2025-05-02"), seen("2025-05-01")),
    ("owner-gone", kept(**OLD), seen("2024-05-01")._replace(edits=((PATH, ("2025-07-01",)),))),
]


@pytest.mark.parametrize(("rule", "texts", "past", "expected"), SPEAKS)
def test_what_is_said_and_where(rule: str, texts: dict[str, str], past: Past, expected: str) -> None:
    assert said(rule, texts, past) == [f"0007-keep.md:{expected}"]


@pytest.mark.parametrize(("texts", "expected"), LATE)
def test_a_day_to_look_again_that_has_passed(texts: dict[str, str], expected: str) -> None:
    (found,) = said("review-by-passed", texts, Past())
    assert (found[:12], found.partition(" ")[2]) == ("0007-keep.md", expected)


@pytest.mark.parametrize(("rule", "texts", "past"), SILENT)
def test_what_is_left_in_peace(rule: str, texts: dict[str, str], past: Past) -> None:
    assert said(rule, texts, past) == []


FROM_ELSEWHERE = [
    *("tests/test_a.py", "vendor/a.py", "web/dist/a.js", "third_party/a.c", "docs/adr/notes.md", "package-lock.json"),
    *("CHANGELOG.md", "docs/changelog/a.md", "docs/release-notes/a.md", ".changeset/a.md", "src/history.md"),
]


class TestCitationsInCode:
    """Lines that stood there already: only `onrecord review` looks at them."""

    LOG = record(1, "Superseded by ADR-3") | record(3) | record(4, "Deprecated")

    def cited(self, rule: str, text: str, path: str = "src/a.py", *more: CitingLine) -> list[str]:
        return said(rule, self.LOG, Past(), CitingLine(path, 9, text), *more)

    def test_a_record_that_is_not_there(self) -> None:
        expected = ["src/a.py:9 ADR-2 is cited, and no record has this number"]
        assert self.cited("citation-dangling", "# see ADR-1, ADR-2 and ADR-3") == expected

    @pytest.mark.parametrize("path", [*FROM_ELSEWHERE, "docs/template.md"])
    def test_where_a_number_proves_nothing(self, path: str) -> None:
        assert self.cited("citation-dangling", "# see ADR-2", path) == []

    def test_a_number_beyond_the_last_or_of_another_project(self) -> None:
        linked = CitingLine("src/b.py", 1, "# https://example.com/adr/0002-x.md")
        assert self.cited("citation-dangling", "# see ADR-5") == []
        assert self.cited("citation-dangling", "# see ADR-2", "src/a.py", linked) == []

    def test_a_log_without_numbers(self) -> None:
        log = kept(name="keep.md")
        assert said("citation-dangling", log, Past(), CitingLine("src/a.py", 9, "# see ADR-2")) == []

    def test_a_record_that_was_replaced(self) -> None:
        expected = ["src/a.py:9 ADR-1 Keep 1 is superseded by “ADR-3”, and is cited"]
        assert self.cited("citation-outdated", "# see ADR-1, ADR-3 and ADR-4") == expected

    @pytest.mark.parametrize("path", [*FROM_ELSEWHERE, "docs/migrations/a.md", "src/archive.py"])
    def test_where_the_past_is_told(self, path: str) -> None:
        assert self.cited("citation-outdated", "# see ADR-1", path) == []

    @pytest.mark.parametrize("text", ["# formerly ADR-1", "# ADR-1 was it", "# until ADR-1"])
    def test_a_line_that_tells_the_past(self, text: str) -> None:
        assert self.cited("citation-outdated", text) == []
