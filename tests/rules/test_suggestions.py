"""A suggestion is certain: with it that finding is gone, no other comes, and the record says what it said."""

import time
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.adapters.files import decode, read_as_records
from onrecord.adapters.shipped import schema
from onrecord.check import Finding, Policy, SchemaJudge, check
from onrecord.markdown import Span
from onrecord.record.vocabulary import shipped
from onrecord.rules import ALL_RULES, Suggestion, load_rule

PATH = "docs/adr/0007-example.md"
JUDGE = SchemaJudge(schema("decision-record"))
HEAD = """\
---
status: accepted
date: 2026-03-01
decision-makers: [Ann Example]
---
"""
BODY = """
# Keep sessions in Redis

## Context and Problem Statement

Sessions are lost at each deploy.

## Considered Options

* Redis
* Memcached, which loses everything at a restart

## Decision Outcome

Chosen option: "Redis", because it keeps data across restarts.
"""
SOUND = HEAD + BODY
UNUSED = "<!-- onrecord-disable-file link-broken: they will come -->"
WRAPPED = UNUSED.replace("they ", "they\n")
QUICK = settings(max_examples=60, deadline=None, database=None, derandomize=True)


@lru_cache(maxsize=16)  # each text is looked at several times in a row
def findings(text: str | bytes, path: str = PATH) -> tuple[Finding, ...]:
    content = text if isinstance(text, bytes) else text.encode()
    files = read_as_records(decode(content), path, path, shipped())
    return check(files, Policy(JUDGE), "2026-06-01", lambda _: False).findings


def lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")


def said(found: tuple[Finding, ...]) -> Counter[tuple[str, str]]:
    return Counter((finding.rule, finding.message) for finding in found)


def applied(text: str, finding: Finding) -> str:
    assert finding.suggestion
    lines = lines_of(text)
    assert 1 <= finding.suggestion.span.start <= finding.suggestion.span.end <= len(lines)
    assert finding.suggestion.span.end < len(lines) or lines[-1], "behind the last line end there is no line"
    return "\n".join(finding.suggestion.apply(lines))


def mend(text: str, path: str = PATH) -> str:
    """Follow every suggestion, one after the other; each must take its finding away and bring no other.

    What could not be told of a block that cannot be read is no other: it was there.
    """
    while fixable := [finding for finding in findings(text, path) if finding.suggestion]:
        mended = applied(text, fixable[0])
        before, after = said(findings(text, path)), said(findings(mended, path))
        gone = Counter({(fixable[0].rule, fixable[0].message): 1})
        new = {rule for rule, _ in after - (before - gone)}
        assert new <= ({"owner-missing", "status-unknown"} if fixable[0].rule == "front-matter-invalid" else set())
        text = mended
    return text


def suggestion(text: str | bytes, path: str = PATH) -> Suggestion | None:
    (found,) = (f.suggestion for f in findings(text, path) if f.rule in FIXABLE)
    return found


FIXABLE = {"front-matter-invalid", "front-matter-key-repeated", "ignore-unused"}


class Fix(NamedTuple):
    """A faulty text and the same, mended."""

    what: str
    faulty: str
    mended: str


FIXES = [
    Fix("handle", SOUND.replace("[Ann Example]", "[@ann]"), SOUND.replace("[Ann Example]", '["@ann"]')),
    Fix("title", SOUND.replace("date:", "title: ADR-7: R\ndate:"), SOUND.replace("date:", 'title: "ADR-7: R"\ndate:')),
    Fix("backtick", SOUND.replace("accepted", "`accepted`"), SOUND.replace("accepted", '"`accepted`"')),
    Fix("bold", SOUND.replace("accepted", "**accepted**"), SOUND.replace("accepted", '"**accepted**"')),
    Fix(
        "two lines",
        SOUND.replace("accepted", "`accepted`").replace("[Ann Example]", "@ann"),
        SOUND.replace("accepted", '"`accepted`"').replace("[Ann Example]", '"@ann"'),
    ),
    Fix("copy", SOUND.replace("date:", "status: accepted\ndate:"), SOUND),
    Fix("two copies", SOUND.replace("date:", "status: accepted\nstatus: accepted\ndate:"), SOUND),
    Fix("suppression at the end", f"{SOUND}\n{UNUSED}\n", SOUND),
    Fix("suppression without a line end", f"{SOUND}\n{UNUSED}", SOUND.rstrip("\n")),
    Fix("suppression directly below text", f"{SOUND}{UNUSED}\n", SOUND),
    Fix("suppression first", f"{UNUSED}\n\n{BODY.strip()}\n", f"{BODY.strip()}\n"),
    Fix("suppression between", SOUND.replace("\n## Con", f"\n{UNUSED}\n\n## Con"), SOUND),
    Fix("suppression behind a heading", SOUND.replace("Options\n", f"Options {UNUSED}\n"), SOUND),
    Fix("suppression in a sentence", SOUND.replace("each deploy", f"each {UNUSED} deploy"), SOUND),
    Fix("suppression over lines", f"{SOUND}\n{WRAPPED}\n", SOUND),
    Fix(
        "one of two rules",
        f"{SOUND.replace('Ann Example', 'TBD')}\n{UNUSED.replace('link-broken', 'owner-placeholder, link-broken')}\n",
        f"{SOUND.replace('Ann Example', 'TBD')}\n{UNUSED.replace('link-broken', 'owner-placeholder')}\n",
    ),
    Fix("both rules", f"{SOUND}\n{UNUSED.replace('link-broken', 'status-unknown, link-broken')}\n", SOUND),
    Fix(
        "suppression in front matter", HEAD.replace("date", "# onrecord: ignore[link-broken] soon\ndate") + BODY, SOUND
    ),
    Fix("behind a value", HEAD.replace("accepted", "accepted # onrecord: ignore[link-broken] soon") + BODY, SOUND),
]


@pytest.mark.parametrize("fix", FIXES, ids=lambda fix: fix.what)
class TestFixes:
    def test_it_is_mended_line_for_line(self, fix: Fix) -> None:
        assert said(findings(fix.faulty)) != said(findings(fix.mended))
        assert mend(fix.faulty) == fix.mended

    def test_with_other_line_ends_the_same_lines(self, fix: Fix) -> None:
        windows = fix.faulty.replace("\n", "\r\n")
        assert [f.suggestion for f in findings(windows)] == [f.suggestion for f in findings(fix.faulty)]


DOUBTS = [
    ("two values", SOUND.replace("date:", "status: proposed\ndate:")),
    ("another list", SOUND.replace("date:", "tags:\n- a\ntags:\n- b\ndate:")),
    ("open bracket", SOUND.replace("accepted", "[accepted")),
    ("unknown rule", f"{SOUND}\n{UNUSED.replace('link-broken', 'link-broke')}\n"),
    ("unknown word", f"{SOUND}\n{UNUSED.replace('disable-file', 'disable-all')}\n"),
    ("rule about several files", f"{SOUND}\n{UNUSED.replace('link-broken', 'number-duplicate')}\n"),
    ("holds two paragraphs apart", SOUND.replace("deploy.\n", f"deploy.\n{UNUSED}\nOften.\n")),
    ("would make a heading of the text", SOUND.replace("deploy.\n", f"deploy\n{UNUSED}\n---\n")),
    ("holds two lists apart", SOUND.replace("* Memcached", f"\n{UNUSED}\n\n* Memcached")),
    ("TOML", '+++\nstatus = "a"\nowner = @ann\n+++\n' + BODY),
    ("endless", SOUND.replace("accepted", f"`{'accepted ' * 400}`")),
]


@pytest.mark.parametrize("text", [text for _, text in DOUBTS], ids=[what for what, _ in DOUBTS])
def test_in_doubt_there_is_none(text: str) -> None:
    assert suggestion(text) is None


def test_two_of_the_same_on_a_line_cannot_be_told_apart() -> None:
    found = [f for f in findings(f"{SOUND}\n{UNUSED} {UNUSED}\n") if f.rule == "ignore-unused"]
    assert [f.suggestion for f in found] == [None]


@pytest.mark.parametrize("text", [UNUSED, f"{UNUSED}\n"])
def test_a_text_that_is_nothing_but_a_suppression(text: str) -> None:
    assert suggestion(text) == Suggestion(Span(1, 1), ())


class TestTextThatIsNotReadAsItStands:
    def test_another_encoding(self) -> None:
        faulty = SOUND.replace("each deploy", "größer").replace("[Ann Example]", "[@ann]")
        assert suggestion(faulty) is not None
        assert suggestion(faulty.encode("latin-1")) is None

    def test_restructured_text(self) -> None:
        faulty = f"{SOUND}\n{UNUSED}\n"
        assert suggestion(faulty) is not None
        assert suggestion(faulty, "docs/adr/0007-example.rst") is None


class TestSlowText:
    """Long runs in a suppression are read in one go."""

    @pytest.mark.parametrize(
        "comment",
        [
            f"<!-- onrecord-disable-file a{' ' * 50_000}! -->",
            f"<!-- onrecord-disable-file {' ' * 50_000}! -->",
            f"<!-- onrecord-disable-file {'a ' * 25_000}! -->",
            UNUSED + " <!-- onrecord-disable-file a:" * 3000,
        ],
        ids=["blanks behind", "blanks before", "words", "openings"],
    )
    def test_suppressions(self, comment: str) -> None:
        start = time.process_time()
        findings(f"{SOUND}\n{comment}\n")
        assert time.process_time() - start < 5

    def test_front_matter(self) -> None:
        start = time.process_time()
        findings(SOUND.replace("accepted", f"`a{' ' * 50_000}b: c"))
        assert time.process_time() - start < 5


class TestManyFaults:
    """Each suggestion costs a second reading; a file full of faults gets a few."""

    @pytest.mark.parametrize(
        "faulty",
        [
            SOUND + f"\n{UNUSED}\n" * 300,
            SOUND.replace("date:", "status: accepted\n" * 4000 + "date:"),
            SOUND + f"\n{UNUSED}\n" + "More text.\n" * 20_000,
        ],
        ids=["suppressions", "copies", "long"],
    )
    def test_few_suggestions(self, faulty: str) -> None:
        assert sum(f.suggestion is not None for f in findings(faulty)) <= 5


HEADS: list[Callable[[str], str]] = [
    lambda text: text.replace("[Ann Example]", "[@ann, Bob]"),
    lambda text: text.replace("[Ann Example]", "@ann"),
    lambda text: text.replace("[Ann Example]", "\n  - @ann\n  - Bob"),
    lambda text: text.replace("date:", "title: ADR-7: Redis\ndate:"),
    lambda text: text.replace("date:", "summary: `Redis`\ndate:"),
    lambda text: text.replace("date:", "status: accepted\ndate:"),
    lambda text: text.replace("date:", "date: 2026-03-01\ndate:"),
    lambda text: text.replace("date:", "# onrecord: ignore[link-broken] soon\ndate:"),
    lambda text: text.replace("accepted\n", "accepted # onrecord: ignore[owner-missing] soon\n"),
    lambda text: text.replace("accepted", "*accepted*"),
    lambda text: text.replace("2026-03-01", "2026-02-30"),
    lambda text: text.replace("decision-makers: [Ann Example]\n", ""),
]
COMMENTS = st.sampled_from(
    [
        UNUSED,
        UNUSED.replace("link-broken", "owner-missing, status-unknown"),
        UNUSED.replace("-file", "-next-line"),
        UNUSED.replace("-file", "-line"),
        WRAPPED,
        UNUSED.replace(": they will come", ""),
    ]
)


@QUICK
@example([HEADS[3], HEADS[-1]], [])
@given(st.lists(st.sampled_from(HEADS), max_size=4), st.lists(st.tuples(COMMENTS, st.integers(0, 40)), max_size=3))
def test_whatever_is_wrong_beside_it(breaks: list[Callable[[str], str]], comments: list[tuple[str, int]]) -> None:
    head = HEAD
    for change in breaks:
        head = change(head)
    body = BODY.split("\n")
    for comment, at in comments:
        where = at % (len(body) + 1)
        if at < 20:
            body[where:where] = comment.split("\n")
        elif where < len(body):
            body[where] = f"{body[where]} {comment}"
    text = head + "\n".join(body)
    mend(text)


def test_only_rules_that_say_so_suggest() -> None:
    texts = [example.text for rule in ALL_RULES if load_rule(rule).scope == "record" for example in load_rule(rule).bad]
    found = [finding for text in texts for finding in findings(text) if finding.suggestion]
    assert {finding.rule for finding in found} == {"front-matter-invalid", "ignore-unused"}
