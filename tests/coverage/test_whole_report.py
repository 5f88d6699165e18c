"""One report with something in every part: its JSON, its lists, and what it tells of the effect.

After a change that is meant: `python tests/coverage/test_whole_report.py`, and read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.adapters.files import Content, read_as_records
from onrecord.change.history import Nudge
from onrecord.check import Config
from onrecord.check.config import CoverageConfig, PullRequestConfig
from onrecord.coverage.areas import AreaCoverage, Moved, Source, Wide
from onrecord.coverage.completeness import complete
from onrecord.coverage.effect import Asked, Seen, measure
from onrecord.coverage.effect_json import effect_json
from onrecord.coverage.effect_lives import Life, Version
from onrecord.coverage.effect_owners import Kept
from onrecord.coverage.model import Gone, Link, Pull, PullCoverage
from onrecord.coverage.records import Added, know
from onrecord.coverage.report import Report, Window, report_json
from onrecord.coverage.settings import settings_of
from onrecord.coverage.steps import listings
from onrecord.record.vocabulary import shipped
from onrecord.rules import Severity

WHOLE = Path(__file__).with_name("whole_report.json")
RECORD = "---\nstatus: {status}\ndate: 2026-01-0{n}\n{more}---\n\n# {n}. Count calls in Redis\n\n## Decision Outcome\n\nWe use Redis.\n"
MORE = {1: "decision-makers: [Ann Example]\nscope: ['api/**']\n", 2: "review-by: 2027-01-31\n", 3: ""}
STATUS = {1: "accepted", 2: "accepted", 3: "proposed"}
HOME = "docs/adr/000{}-x.md"


def pull(number: int, state: Any, *links: Link, by: tuple[str, str] | None = ("path", "api/**"), **more: Any) -> Pull:
    asked = (by,) if by else ()
    one = Pull(
        number,
        f"{number:040x}",
        f"2026-05-{number:02}",
        f"Title {number}",
        "",
        asked,
        0,
        (),
        True,
        state,
        links,
        "",
        "",
        "",
    )
    return one._replace(**more)


def link(number: int, **more: Any) -> Link:
    return Link("names", HOME.format(number), "")._replace(**more)


PULLS = (
    pull(12, "uncovered", by=None, score=5, signs=("it adds a package (a)", "the title says “use”"), is_described=False),
    pull(11, "uncovered", excluded="opened by an automation"),
    pull(10, "later", by=("label", "decision"), lacks="it was put off until 2026-05-17"),
    pull(9, "unconfirmed", by=("author", "decision"), waived="it is small"),
    pull(8, "waived", by=("scope", HOME.format(1)), waived="a label"),
    pull(7, "pending", link(3, lacks="it is proposed", is_open=True), lacks="it is proposed"),
    pull(6, "uncovered", link(2, lacks="an alternative"), lacks="an alternative", by=("code-owner", "@acme/api")),
    pull(5, "uncovered", lacks="no record", areas=("api", "web")),
    pull(4, "covered", link(1), Link("description", "", ""), owner_source="explicit", areas=("api",)),
    pull(3, "covered", link(1, is_late=True), owner_source="author", areas=("api",)),
    pull(2, "covered", Link("description", "", ""), owner_source="approver"),
    pull(1, "covered", link(1), link(2), owner_source="explicit"),
)  # fmt: skip
AREAS = AreaCoverage(
    sources=(
        Source("api/a.py", 10, 4, (HOME.format(1),), ("api",)),
        Source("api/b.py", 20, 1, (HOME.format(1), HOME.format(2)), ("api",)),
        Source("web/c.py", 30, 7, (), ("web",)),
        Source("web/d.py", 1, 1, (), ("web",)),
        Source("e.py", 5, 1, (), (".",)),
    ),
    left_out=(("tests", ("tests/a.py", "tests/b.py")), ("documentation", ("README.md",))),
    wide=(Wide(HOME.format(2), ("api/a.py", "web/c.py")),),
    stale=((HOME.format(2), ("review-by-passed",)),),
    empty=(HOME.format(3),),
    moved=(Moved(HOME.format(1), "old/**", "api/**"),),
)


def report(**more: Any) -> Report:
    files = [
        file
        for n in (1, 2, 3)
        for file in read_as_records(
            Content(RECORD.format(status=STATUS[n], n=n, more=MORE[n]), ()), HOME.format(n), HOME.format(n), shipped()
        )
    ]
    known = know(files, {HOME.format(n): Added(f"2026-04-0{n}", "Bo Li") for n in (1, 2, 3)})
    gone = (Gone(5, "docs/adr/0009 y.md"), Gone(6, "ADR-9", "names"))
    found = Report(
        "1.0", "a" * 40, "main", "onrecord.yml", "b" * 64, "2026-06-30",
        Window(100, "2026-01-01", "", "2025-12-01", "2026-05-01", "2026-05-12"),
        PullCoverage(PULLS, gone, ("d" * 40,), ("e" * 40,)), AREAS, complete(known, lambda one: one.number != "2"), known,
        "docs/adr", "0004", ("a note",), breaks=("2026-05-03",), settings={"records": ["docs/**"]},
        config_files={"onrecord.yml": "b" * 64}, repository="acme/shop", source="git", warnings=("a warning",),
    )  # fmt: skip
    return found._replace(**more)


def lists(**more: Any) -> list[dict[str, Any]]:
    return [one._asdict() | {"entries": [list(entry) for entry in one.entries]} for one in listings(report(**more), 3)]


def life(number: int, *versions: tuple[str, str]) -> Life:
    seen = tuple(Version(*one) for one in versions)
    return Life(HOME.format(number), seen, seen)


SEEN = Seen(
    lives=(
        life(1, ("2026-01-01", "proposed"), ("2026-02-01", "accepted")),
        life(2, ("2026-03-01", "accepted")),
        life(3, ("2026-01-01", "proposed")),
    ),
    starts={5: "2026-05-01", 4: "2026-04-30"},
    linked=frozenset((HOME.format(2),)),
    likeness={HOME.format(1): 0.95, HOME.format(2): 0.2},
    thin=frozenset((HOME.format(1),)),
    weighed=(HOME.format(1), HOME.format(2)),
    kept=(Kept(HOME.format(1), frozenset(("ann",)), True), Kept(HOME.format(2), frozenset(("ann", "bo")), False)),
    stale={HOME.format(2): ("review-by-passed",)},
    due={HOME.format(2): True, HOME.format(1): False},
    asked=(Asked(4, "Count", (HOME.format(1),), True), Asked(1, "Count", (HOME.format(2),), False)),
    hits=frozenset((4,)),
    records_in_search=40,
    folders={HOME.format(n): "docs/adr" for n in (1, 2, 3)},
    nudges={5: Nudge(True), 4: Nudge(True), 6: Nudge(True, deleted=True), 7: Nudge(False)},
)


def made() -> dict[str, Any]:
    """Return everything as it comes back from JSON."""
    found = {
        "report": report_json(report()),
        "lists": lists(),
        "effect": effect_json(measure(report(), SEEN), ("a note",)),
    }
    return json.loads(json.dumps(found))


@pytest.mark.parametrize("part", ["report", "lists", "effect"])
def test_nothing_more_and_nothing_less_is_told(part: str) -> None:
    assert made()[part] == json.loads(WHOLE.read_text("utf-8"))[part]


def test_what_would_help_where_there_is_no_log_and_the_reviews_are_known() -> None:
    said = {one["heading"]: one["step"] for one in lists(folder="", number="", source="github.com/acme/shop")}
    steps = set(said.values())
    assert (
        "“onrecord init” prepares a folder for records; a line “implemented-by: ['#NUMBER']” in one ties it to these"
        in steps
    )
    assert "an approving review by somebody else confirms it" in steps
    assert any(one["step"].startswith("three sentences in docs/adr/….md with") for one in lists(number=""))


@pytest.mark.parametrize(("pulls", "is_told"), [(4, False), (5, True)])
def test_a_record_that_many_lean_on_is_told(pulls: int, is_told: bool) -> None:
    leaning = tuple(pull(number, "covered", link(1)) for number in range(pulls, 0, -1))
    entries = [entry for one in lists(pulls=PullCoverage(leaning, (), (), ())) for entry in one["entries"]]
    assert ([HOME.format(1), "", "", f"covers {pulls} pull requests", ""] in entries) == is_told


def test_without_github_there_are_no_nudges() -> None:
    assert effect_json(measure(report(), Seen()))["nudges"] is None


def test_settings_that_differ_from_the_default() -> None:
    assert settings_of(Config()) == {}
    config = Config(
        pull_requests=PullRequestConfig(paths=("api/**",), labels=("decision",), mode="require", comment=False),
        records=("docs/adr/**",),
        rules={"owner-gone": Severity.OFF},
        coverage=CoverageConfig(exempt=("gen/**",)),
        vocabulary={"terms": {"decision": ["Urteil"]}},
    )
    found = settings_of(config)
    assert list(found) == sorted(found)
    assert len(found.pop("vocabulary")) == 12
    assert found == {
        "coverage.exempt": ["gen/**"],
        "pull-requests.labels": ["decision"],
        "pull-requests.paths": ["api/**"],
        "records": ["docs/adr/**"],
        "rules.owner-gone": "off",
    }


if __name__ == "__main__":
    WHOLE.write_text(f"{json.dumps(made(), ensure_ascii=False, indent=1)}\n", "utf-8")
