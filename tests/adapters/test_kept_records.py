"""A text is read and judged once, and what is kept says what a fresh look says."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.adapters.ahead import FEW, Work, work_ahead
from onrecord.adapters.files import Text, decode, read_as_records
from onrecord.adapters.kept import Kept, kept_beside
from onrecord.adapters.kept_judge import KeptJudge
from onrecord.adapters.kept_records import KeptRecords
from onrecord.adapters.settings import make_policy
from onrecord.adapters.templates import Templates
from onrecord.check import Config, Finding, ReadFile, check_record
from onrecord.record import Vocabulary
from onrecord.record.naming import Unnamed
from onrecord.record.stored import stored_later, to_stored
from onrecord.record.vocabulary import shipped

RICH = """---
status: accepted
date: 2026-02-31
decision-makers: [Ada Lovelace, Team Rocket]
consulted: Grace
decide-by: 2026-05-01
last-reviewed: 2026-04-01 (Ada)
supersedes: ADR-0003
scope: src/**
---
# 7. Keep invoices in PostgreSQL

## Context and Problem Statement

They grow; see [the numbers](numbers.md) and [these](../gone.md).

## Considered Options

* PostgreSQL
* MongoDB

## Decision Outcome

Chosen option: "PostgreSQL", because we run it already.

## Consequences

Backups take longer.

## Follow-ups

- [ ] Ada: move the old ones by 2026-06-01
"""
PATH = "docs/adr/0007-keep-invoices.md"
POLICY = make_policy(Path(), Config())
TEXTS = [
    RICH,
    "",
    "# A page\n\nText.\n",
    "# 1. Keep\n\n## Decision\n\nTBD\n",
    "\ufeff# Ü\r\n\r\n## Status\r\n\r\nAccepted\r\n",
]


def read(records: KeptRecords, text: str = RICH, words: Vocabulary | None = None, path: str = PATH) -> list[ReadFile]:
    return records.read(decode(text.encode()), path, path, words or shipped())


def judge(records: KeptRecords, file: ReadFile, today: str = "2026-06-01", **more: Any) -> list[Finding]:
    return KeptJudge(records).of_record(file, more.get("policy", POLICY), today, more.get("exists", lambda _: False))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    return tmp_path / ".git"


@pytest.mark.parametrize("text", TEXTS)
def test_a_record_comes_back_whole(text: str) -> None:
    for file in read_as_records(decode(text.encode()), PATH, PATH, shipped()):
        whole = json.loads(json.dumps(to_stored(Unnamed(file.record, is_numbered=True, evidence=None))))
        assert stored_later(whole, lambda whole=whole: whole, PATH) == file.record  # type: ignore[misc]


@pytest.mark.parametrize("text", TEXTS)
def test_the_second_run_finds_what_the_first_one_found(folder: Path, text: str) -> None:
    first = KeptRecords(Kept(folder))
    files = read(first, text)
    findings = [judge(first, file) for file in files]
    first.kept.save()
    second = KeptRecords(Kept(folder))
    again = read(second, text)
    assert [file.record for file in again] == [file.record for file in files]
    assert [file.document.lines for file in again] == [file.document.lines for file in files]
    assert [file.document.sections for file in again] == [file.document.sections for file in files]
    assert [judge(second, file) for file in again] == findings
    assert not second.kept.has_news
    assert findings == [check_record(file, POLICY, "2026-06-01", lambda _: False) for file in files]


def news_after(folder: Path, **changed: Any) -> int:
    """Return how many results a run has to work out, after one with nothing changed."""
    for again in (False, True):
        records = KeptRecords(Kept(folder))
        given = changed if again else {}
        files = read(records, given.get("text", RICH), given.get("words"), given.get("path", PATH))
        judge(records, files[0], given.get("today", "2026-06-01"), **{k: v for k, v in given.items() if k != "today"})
        if again:
            return len(records.kept.news())
        records.kept.save()
    return -1


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, 0),
        ({"text": RICH + "\nMore.\n"}, 2),
        ({"path": "docs/adr/0008-keep-invoices.md"}, 1),
        ({"words": Vocabulary({"terms": {"decision": ["Beschluss"]}})}, 2),
        ({"words": shipped().with_template(frozenset(("x",)))}, 2),
        ({"policy": make_policy(Path(), Config(), "link-broken")}, 1),
        ({"exists": lambda name: name.endswith("gone.md")}, 1),
    ],
)
def test_only_what_changed_is_worked_out_again(folder: Path, changed: dict[str, Any], expected: int) -> None:
    assert news_after(folder, **changed) == expected


def test_a_day_matters_only_where_a_rule_asks_for_it(folder: Path) -> None:
    assert news_after(folder, today="2026-06-02", text=RICH) == 0
    proposed = RICH.replace("accepted", "proposed")
    records = KeptRecords(Kept(folder))
    [file] = read(records, proposed)
    early, late = judge(records, file, "2026-04-30"), judge(records, file, "2026-05-02")
    assert {one.rule for one in late} - {one.rule for one in early} == {"decide-by-passed"}


@pytest.mark.parametrize("count", [FEW - 1, FEW * 2 + 20])
def test_several_processes_find_the_same(tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.adapters.ahead._processors", lambda: 2)
    names = [f"docs/adr/{i:04}-keep.md" for i in range(count)]
    contents = [f"{TEXTS[i // 2 % len(TEXTS)]}\nThis is number {i // 2}.\n" for i in range(count)]  # each text twice
    texts = [Text(decode(one.encode()), name, name) for one, name in zip(contents, names, strict=True)]
    work = Work(Templates(shipped(), tmp_path), POLICY, "2026-06-01", lambda _: False)
    ahead, alone = KeptRecords(Kept(None)), KeptRecords(Kept(None))
    work_ahead(ahead, texts, work)
    prepared = dict(ahead.kept.news())
    assert len(prepared) == (len(set(contents)) + count if count > FEW else 0)
    for records in (ahead, alone):
        for text in texts:
            for file in records.read(*text, shipped()):
                judge(records, file)
    assert dict(ahead.kept.news()) == dict(alone.kept.news())
    assert count < FEW or dict(ahead.kept.news()) == prepared


def test_nobody_works_ahead_on_what_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of reStructuredText is read anew by each run, so that processes would do it in vain each time."""
    monkeypatch.setattr("onrecord.adapters.ahead._warm_up", lambda *_: pytest.fail("it was about to fork"))
    monkeypatch.setattr("onrecord.adapters.ahead._processors", lambda: 2)
    texts = [Text(decode(f"{i}. Keep\n========\n".encode()), f"{i}.rst", f"{i}.RST") for i in range(FEW)]
    work_ahead(KeptRecords(Kept(None)), texts, Work(Templates(shipped(), tmp_path), POLICY, "2026-06-01", bool))


def test_worktrees_share_what_is_kept(tmp_path: Path) -> None:
    main, other = tmp_path / "main", tmp_path / "other"
    own = main / ".git" / "worktrees" / "other"
    own.mkdir(parents=True)
    other.mkdir()
    (own / "commondir").write_text("../..\n")
    (other / ".git").write_text(f"gitdir: {own}\n")
    found = kept_beside(other)
    assert found is not None
    assert found.resolve() == (main / ".git").resolve()
    assert kept_beside(main) == main / ".git"
    assert kept_beside(tmp_path) is None


def test_a_kept_record_is_unpacked_when_more_than_its_head_is_asked_for(folder: Path) -> None:
    first = KeptRecords(Kept(folder))
    [fresh] = read(first)
    first.kept.save()
    [kept] = read(KeptRecords(Kept(folder)))
    record = kept.record
    assert (record.path, record.kind, record.number, record.problems) == (PATH, "record", "7", fresh.record.problems)
    record.rest = lambda: pytest.fail("nobody has asked for more"), *record.rest[1:]  # type: ignore[attr-defined]
    assert (record.path, record.kind) == (PATH, "record")
    [kept] = read(KeptRecords(Kept(folder)))
    assert kept.record.title == "Keep invoices in PostgreSQL"
    assert kept.record == fresh.record
    assert fresh.record == kept.record
    assert kept.record != replace(fresh.record, title="Keep them elsewhere")
    assert replace(kept.record, title="A").decision_makers == fresh.record.decision_makers
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = kept.record.nothing_such  # type: ignore[attr-defined]


def test_the_same_text_at_another_place_is_read_once_and_judged_for_itself(folder: Path) -> None:
    """Also where it is shown under the same name, as from another working directory."""
    records = KeptRecords(Kept(folder))
    text = TEXTS[3]
    judged = {}
    for hint in ("docs/adr/0001-keep.md", "docs/adr/template.md", "notes/keep.md", "docs/adr/0009-drop.md"):
        files = records.read(decode(text.encode()), "keep.md", hint, shipped())
        alone = read_as_records(decode(text.encode()), "keep.md", hint, shipped())
        assert [file.record for file in files] == [file.record for file in alone]
        judged[hint] = judge(records, files[0])
        assert judged[hint] == check_record(alone[0], POLICY, "2026-06-01", lambda _: False)
    assert len(records.kept.news()) == 1 + len(judged)
    assert judged["docs/adr/0001-keep.md"] != judged["docs/adr/template.md"]
