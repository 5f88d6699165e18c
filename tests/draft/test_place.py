"""A new record is called and numbered as its neighbors are, and looks as they do."""

import pytest

from onrecord.draft.neighbors import Neighbor, in_common, shape_of, style_of
from onrecord.draft.place import Form, folder_of, form_of, next_number, path_for, slug
from onrecord.markdown import parse_document
from onrecord.record import DecisionRecord, read_record
from onrecord.record.vocabulary import shipped

DAY = "2026-11-22"


def records(*paths: str) -> list[DecisionRecord]:
    return [DecisionRecord(path=path) for path in paths]


@pytest.mark.parametrize(
    ("neighbor", "new"),
    [
        ("0012-use-x.md", "0013-use-redis.md"),
        ("adr-0012-use-x.md", "adr-0013-use-redis.md"),
        ("ADR-7 Use it.md", "ADR-8 Use Redis.md"),
        ("12_foo_bar.md", "13_use_redis.md"),
        ("0001-2fa-login.md", "0002-use-redis.md"),
        ("025-Domain-names.md", "026-Use-Redis.md"),
        ("ADR-Web-0001-foo.mdx", "ADR-Web-0002-use-redis.mdx"),
        ("2022-02-03-tracing/README.md", "2026-11-22-use-redis/README.md"),
        ("20220203-use-x.md", "20261122-use-redis.md"),
        ("2022-02-03-0007-use.md", "2026-11-22-0008-use-redis.md"),
        ("use-http2.md", "use-redis.md"),
        ("ADR012.md", "ADR013.md"),
    ],
)
def test_names_are_like_the_neighbors(neighbor: str, new: str) -> None:
    known = records(f"docs/adr/{neighbor}")
    form = form_of("docs/adr", known)
    assert path_for("docs/adr", form, next_number(form, known, ()), "Use Redis", DAY) == f"docs/adr/{new}"


def test_most_neighbors_decide() -> None:
    known = records("a/adr/0001-x.md", "a/adr/0002-y.md", "a/adr/adr-3.md", "b/adr/1.md")
    assert folder_of(known) == "a/adr"
    assert form_of("a/adr", known).width == 4


def test_without_neighbors() -> None:
    assert folder_of([]) == "docs/decisions"
    assert folder_of([], ["architecture/log/**/*.md"]) == "architecture/log"
    assert form_of("docs/decisions", []) == Form()


def test_a_number_is_free_here_and_elsewhere() -> None:
    known = records("docs/adr/0007-a.md", "docs/adr/old/0009-b.md")
    form = form_of("docs/adr", known)
    assert next_number(form, known, ["docs/adr/0011-c.md", "docs/adr/0010.md"]) == 12
    assert next_number(form, known, ["docs/adr/2024-notes.md", "docs/adr/adr-0040-x.md"]) == 10


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Don't use “Redis”: (v2)!", "dont-use-redis-v2"),
        ("使用 Redis", "使用-redis"),
        ("../../etc", "etc"),
        ("!", "decision"),
    ],
)
def test_words_of_a_file_name(title: str, words: str) -> None:
    assert slug(title) == words
    assert len(slug("word " * 40)) <= 60


TEXT = """\
---
id: {stem}
title: Old
created: 2026-01-0{n}
---

# ADR {n:03}: Old

Date: 2026-01-0{n}

## Status

🤔 Proposed

## Context

Some words on it.

## Decision

We do it.

## Only Here {n}

Text.

## Outlook

More.
"""


def neighbors(count: int) -> list[Neighbor]:
    documents = [parse_document(TEXT.format(n=n, stem=f"{n:03}-old")) for n in range(1, count + 1)]
    return [
        Neighbor(read_record(document, f"docs/adr/{n:03}-old.md", shipped()), document)
        for n, document in enumerate(documents, 1)
    ]


def test_what_neighbors_have_in_common() -> None:
    form = in_common(neighbors(3), shipped(), "004-new")
    assert form.startswith(
        "---\nid: 004-new\ntitle:\ncreated:\n---\n\n# {title}\n\nDate:\n\n## Status\n\n## Context\n\n<!-- "
    )
    assert "## Outlook" in form
    assert "Only Here" not in form
    assert "Old" not in form


def test_two_have_nothing_in_common() -> None:
    assert in_common(neighbors(2), shipped(), "003-new") == ""


def test_titles_and_the_word_for_the_status() -> None:
    assert style_of(neighbors(3), "004", "proposed") == ("ADR 004: {}", "🤔 Proposed", True)
    assert style_of([], "0001", "proposed") == ("", "", True)


def test_the_nearest_dialect() -> None:
    assert shape_of([]) == "brief"
    assert shape_of([one.record for one in neighbors(2)]) == "nygard"
    assert shape_of([DecisionRecord(path="x", dialect="log4brains")]) == "madr-4"
