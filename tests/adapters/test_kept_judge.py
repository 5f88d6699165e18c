"""What a log rule said is believed only while nothing that it looked at has changed."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord.adapters.files import decode
from onrecord.adapters.kept import Kept
from onrecord.adapters.kept_judge import FEW, KeptJudge
from onrecord.adapters.kept_records import KeptRecords
from onrecord.check import Around, Finding, Policy, ReadFile, SchemaJudge, check
from onrecord.record.vocabulary import shipped
from onrecord.rules import LOG_RULES, Example, Severity, load_rule

TODAY = "2026-06-01"
POLICY = Policy(SchemaJudge({}), {"number-gap": Severity.NOTICE})
HOME = "docs/adr"
RECORD = "# {n}. Keep {what}\n\n## Status\n\n{status}\n\n## Context\n\nSo it is.\n\n## Decision\n\nWe keep {what}.\n\n## Consequences\n\nNone.\n"
INDEX = "# Decisions\n\n<!-- onrecord:index -->\n\n- [ADR-0001](0001-keep.md) - Keep ants\n\n<!-- /onrecord:index -->\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return git's folder; what rules say is kept of logs of any size."""
    monkeypatch.setattr("onrecord.adapters.kept_judge.FEW", 1)
    (tmp_path / ".git").mkdir()
    return tmp_path / ".git"


def judged(
    folder: Path | None, texts: dict[str, str], there: tuple[str, ...] = (), **around: Any
) -> tuple[tuple[Finding, ...], int]:
    """Return the findings on some texts, and how many results had to be worked out; without a folder nothing is kept."""
    records = KeptRecords(Kept(folder))
    files: list[ReadFile] = []
    for path, text in texts.items():
        files += records.read(decode(text.encode()), path, path, shipped()) if folder else read(path, text)
    known = {*texts, *there}
    judge = KeptJudge(records) if folder else None
    report = check(files, POLICY, TODAY, lambda name: name in known, around=Around((), ("",), **around), judge=judge)
    news = len(records.kept.news())
    records.kept.save()
    return report.findings, news


@cache
def read(path: str, text: str) -> Sequence[ReadFile]:
    """Read a text once for all fresh looks: what the rules say of it is what is worked out again, and changes no text."""
    return KeptRecords(Kept(None)).read(decode(text.encode()), path, path, shipped())


def log(**changed: str) -> dict[str, str]:
    """Return three records and their list, with other texts for some of them: `one`, `two`, `three`, `index`."""
    said = {
        "one": RECORD.format(n=1, what="ants", status="Superseded by [ADR-2](0002-keep.md)"),
        "two": RECORD.format(n=2, what="bees", status="Accepted"),
        "three": RECORD.format(n=3, what="cats", status="Accepted\n\nConflicts with ADR-2"),
        "index": INDEX,
    } | changed
    names = {"one": "0001-keep.md", "two": "0002-keep.md", "three": "0003-keep.md", "index": "README.md"}
    return {f"{HOME}/{names[key]}": text for key, text in said.items()}


def rules(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.rule for finding in findings} & set(LOG_RULES)


def test_the_second_run_works_nothing_out_and_says_the_same(folder: Path) -> None:
    first, news = judged(folder, log())
    assert news
    assert rules(first) == {"conflict-accepted", "index-stale", "supersedes-one-sided"}
    assert any(finding.fix for finding in first)
    assert judged(folder, log()) == (first, 0)
    assert judged(None, log())[0] == first


EDITS = [
    {"one": log()[f"{HOME}/0001-keep.md"].replace("So it is.", "So it was.")},
    {"one": log()[f"{HOME}/0001-keep.md"] + "\nMore.\n"},
    {"one": log()[f"{HOME}/0001-keep.md"].replace("# 1.", "\n\n# 1.")},
    {"one": log()[f"{HOME}/0001-keep.md"].replace("ADR-2](0002", "ADR-3](0003")},
    {"two": log()[f"{HOME}/0002-keep.md"].replace("Accepted", "Accepted\n\nSupersedes [ADR-1](0001-keep.md)")},
    {"two": log()[f"{HOME}/0002-keep.md"].replace("Accepted", "Proposed")},
    {"two": log()[f"{HOME}/0002-keep.md"].replace("So it is.", "Contradicts ADR-3")},
    {"three": log()[f"{HOME}/0003-keep.md"].replace("Conflicts with", "In line with")},
    {"three": log()[f"{HOME}/0003-keep.md"].replace("# 3. Keep", "# 4. Keep")},
    {"index": INDEX.replace("Keep ants", "Keep bees")},
    {"index": INDEX.replace("\n\n<!-- /onrecord", "\n- [ADR-0002](0002-keep.md) - Keep bees\n\n<!-- /onrecord")},
]


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_it_says_what_a_fresh_look_says(folder: Path, edit: dict[str, str]) -> None:
    judged(folder, log())
    assert judged(folder, log(**edit))[0] == judged(None, log(**edit))[0]
    assert judged(folder, log())[0] == judged(None, log())[0]


def test_prose_is_no_concern_of_most_log_rules(folder: Path) -> None:
    judged(folder, log())
    _, news = judged(folder, log(two=EDITS[0]["one"].replace("# 1.", "# 2.")))
    assert news > 4, "another status concerns many"
    judged(folder, log())
    _, news = judged(folder, log(two=log()[f"{HOME}/0002-keep.md"].replace("So it is.", "So it was.")))
    assert news == 4, "the text, its findings, and the two rules that looked into it"


def test_what_rules_ask_about_files_is_asked_again(folder: Path) -> None:
    texts = log(one=RECORD.format(n=1, what="ants", status="Superseded by [ADR-9](0009-gone.md)"))
    gone, _ = judged(folder, texts)
    there, _ = judged(folder, texts, (f"{HOME}/0009-gone.md",))
    assert "supersedes-dangling" in rules(gone)
    assert "supersedes-dangling" not in rules(there)
    assert judged(folder, texts)[0] == gone


def test_a_fix_that_rewrites_references_looks_into_all_texts(folder: Path) -> None:
    """The newer one of two with a number gets another, and so does whoever names it; another rule has looked before."""
    again, short = f"{HOME}/0001-again.md", f"{HOME}/5-short.md"
    texts = log() | {again: RECORD.format(n=1, what="dogs", status="Accepted")}
    texts[short] = RECORD.format(n=5, what="eels", status="Accepted")
    added = {f"{HOME}/0001-keep.md": 1, again: 2, short: 3}
    naming = texts | {f"{HOME}/0002-keep.md": texts[f"{HOME}/0002-keep.md"].replace("So it", "See 0001-again.md. It")}
    for said in (texts, naming):
        assert judged(folder, said, added=added)[0] == judged(None, said, added=added)[0]
    fixes = [one.fix for one in judged(folder, naming, added=added)[0] if one.rule == "number-duplicate" and one.fix]
    assert any(edit.path.endswith("0002-keep.md") for fix in fixes for edit in fix.edits)


def every_example() -> list[tuple[str, Example]]:
    found = ((rule, load_rule(rule)) for rule in LOG_RULES)
    return [(name, example) for name, rule in found for example in (*rule.good, *rule.bad)]


@pytest.mark.parametrize(("rule", "example"), every_example())
def test_no_rule_hides_what_it_looks_at(folder: Path, rule: str, example: Example) -> None:
    """Each text of an example is edited, in ways that change its prose, its lines and its status."""
    texts = {example.path: example.text} | {one.path: one.after or "" for one in example.files}
    judged(folder, texts, example.others)
    for path in texts:
        for old, new in (("\n\n## ", "\n\nMore.\n\n## "), ("Accepted", "Rejected"), ("\n", "\n\n"), ("a", "an")):
            edited = texts | {path: texts[path].replace(old, new, 1)}
            fresh = judged(None, edited, example.others)[0]
            assert judged(folder, edited, example.others)[0] == fresh, rule


@pytest.mark.parametrize(("path", "news"), [("0001-keep.md", 3), ("0002-keep.md", 4), ("0003-keep.md", 3)])
def test_a_line_more_concerns_rules_that_speak_of_it_alone(folder: Path, path: str, news: int) -> None:
    judged(folder, log())
    moved = {name: "\n\n" + text if name.endswith(path) else text for name, text in log().items()}
    findings, worked_out = judged(folder, moved)
    assert findings == judged(None, moved)[0]
    assert worked_out == news, "the text, its findings, and the rules that looked into it or speak of it"


def test_a_fix_that_many_have_is_kept_once(folder: Path) -> None:
    """Each record that a list lacks has the whole list as its fix; kept, that is no more than the lines there are."""
    record = RECORD.format(n=1, what="ants", status="Accepted")
    texts = {f"{HOME}/{n:04}-keep.md": record.replace("# 1.", f"# {n}.") for n in range(1, 60)} | {
        "docs/adr/list.md": INDEX
    }
    records = KeptRecords(Kept(folder))
    files = [
        file for path, text in texts.items() for file in records.read(decode(text.encode()), path, path, shipped())
    ]
    listed = [file for file in files if file.record.path == "docs/adr/list.md"]
    around = Around(tuple(file for file in files if file not in listed), ("",))
    assert (
        len(
            check(
                around.others,
                POLICY,
                TODAY,
                texts.__contains__,
                around=Around(tuple(listed), ("",)),
                judge=KeptJudge(records),
            ).findings
        )
        > 50
    )
    kept = [value for _, value in records.kept.news() if b"does not list it" in value]
    assert len(kept) == 1
    texts_once, lists, hits = json.loads(kept[0])[-1]
    assert (len(lists), len(hits)) == (1, 58)
    assert len(texts_once) == len(lists[0])


def test_a_name_that_is_no_unicode_is_one_as_well(folder: Path) -> None:
    texts = log() | {f"{HOME}/0007-\udcff.md": RECORD.format(n=7, what="eels", status="Accepted")}
    assert judged(folder, texts)[0] == judged(folder, texts)[0] == judged(None, texts)[0]


def test_of_a_small_log_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    many = {f"{HOME}/{i:04}-keep.md": RECORD.format(n=i, what="ants", status="Accepted") for i in range(FEW)}
    news = [judged(tmp_path / ".git", dict(list(many.items())[:count]))[1] for count in (FEW - 1, FEW)]
    assert news[0] == 2 * (FEW - 1), "each text, and its findings"
    assert news[1] > 2, "and what each log rule says"


def test_where_nothing_lasts_log_rules_are_not_watched(folder: Path) -> None:
    for place, is_kept in ((None, False), (folder, True)):
        records = KeptRecords(Kept(place))
        files = [
            one for path, text in log().items() for one in records.read(decode(text.encode()), path, path, shipped())
        ]
        check(files, POLICY, TODAY, log().__contains__, around=Around((), ("",)), judge=KeptJudge(records))
        assert any(b"the list differs" in value for _, value in records.kept.news()) == is_kept
