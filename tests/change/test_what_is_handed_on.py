"""What a judged change hands on to those who write sentences about it."""

from __future__ import annotations

import pytest

from onrecord.change import Asked, Change, ChangedFile, Triggers, judge_change
from onrecord.change.author import MAX_PARAGRAPH, own_words
from onrecord.change.automation import is_machine
from onrecord.change.folded import html_words, outside_details
from onrecord.change.hidden import read_hidden
from onrecord.change.judge import in_words
from onrecord.markdown import Paragraph, parse_document
from onrecord.record.vocabulary import shipped


@pytest.mark.parametrize(
    ("body", "author", "approvers", "owner"),
    [
        ("Owner: Mara Lindqvist\n", "ann", ("bo", "kim"), {"name": "Mara Lindqvist", "source": "explicit"}),
        ("A counter.\n", "ann", ("bo", "kim"), {"name": "bo", "source": "approver"}),
        ("A counter.\n", "ann", (), {"name": "ann", "source": "author"}),
        ("A counter.\n", "", (), None),
    ],
)
def test_the_owner_is_written_down_or_approved_or_wrote(
    body: str, author: str, approvers: tuple[str, ...], owner: dict[str, str] | None
) -> None:
    facts = judge_change(Change("Count", body, author, approvers=approvers), Triggers(), shipped()).facts
    assert facts["owner"] == owner


def test_every_fact_under_its_name() -> None:
    body = (
        "## Decision\n\nKeep counters in Redis, because a shop could exceed its limit.\n\n"
        "## Considered options\n\n- Redis\n- Sticky sessions\n\nSee docs/adr/0012-x.md and docs/adr/0013-y.md.\n"
    )
    triggers = Triggers(
        labels=frozenset(("decision",)),
        asked_by_path=lambda path: Asked("scope", "ADR-3", path) if path.startswith("src/") else None,
        is_record=lambda path: path.startswith("docs/adr/"),
        resolves=lambda link: {"docs/adr/0013-y.md": False}.get(link),
    )
    files = tuple(ChangedFile(path, status) for path, status in (
        ("tests/test_a.py", "added"), ("src/a.py", "modified"), ("docs/adr/0001-a.md", "removed"), ("docs/adr/0002-b.md", "renamed"),
        ("docs/adr/0003-c.md", "copied"), ("docs/adr/0004-d.md", "added"), ("docs/adr/0005-e.md", "modified"),
    ))  # fmt: skip
    facts = judge_change(Change("Count", body, "ann", labels=("Decision", "x"), files=files), triggers, shipped()).facts
    assert facts == {
        "asks": True,
        "asked_by": [
            {"by": "author", "what": "decision"},
            {"by": "label", "what": "Decision"},
            {"by": "scope", "what": "ADR-3", "path": "src/a.py"},
        ],
        "hint": False,
        "signs": [],
        "reasons": [
            "the author states a decision",
            "the label “Decision” asks for a decision",
            "it touches src/a.py (governed by ADR-3)",
        ],
        "exempt": None,
        "waived": None,
        "bot": False,
        "template_untouched": False,
        "decision": {
            "text": "Keep counters in Redis, because a shop could exceed its limit.",
            "justification": "a shop could exceed its limit",
        },
        "decision_from_title": False,
        "why": True,
        "alternatives": [
            {"title": "Redis", "outcome": "undecided"},
            {"title": "Sticky sessions", "outcome": "undecided"},
        ],
        "owner": {"name": "ann", "source": "author"},
        "hidden_from": None,
        "record_links": ["docs/adr/0012-x.md", "docs/adr/0013-y.md"],
        "unresolved_links": ["docs/adr/0013-y.md"],
        "records_added": ["docs/adr/0002-b.md", "docs/adr/0003-c.md", "docs/adr/0004-d.md", "docs/adr/0005-e.md"],
        "covered": True,
        "nudge": False,
    }


@pytest.mark.parametrize(
    ("body", "waived", "owner"),
    [
        ("Decision:\nOwner:\n\nNo decision here, because it is small\n", "it is small", "ann"),
        ("Decision: Use Redis\n\nOwner:\n\nMara Lindqvist\n", None, "Mara Lindqvist"),
        ("Decision: Use Redis\n\nOwner:\n\nNo decision: it is small\n", "it is small", "ann"),
    ],
)
def test_what_stands_below_an_open_key(body: str, waived: str | None, owner: str) -> None:
    facts = judge_change(Change("Count", body, "ann"), Triggers(), shipped()).facts
    assert (facts["waived"], facts["owner"]["name"]) == (waived, owner)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked("author", "decision"), "the author states a decision"),
        (Asked("label", "adr"), "the label “adr” asks for a decision"),
        (Asked("code-owner", "@acme/shop", "src/a.py"), "it touches src/a.py (owned by @acme/shop)"),
        (Asked("scope", "ADR-12", "src/a.py"), "it touches src/a.py (governed by ADR-12)"),
        (Asked("path", "src/**", "src/a.py"), "it touches src/a.py (team rule src/**)"),
    ],
)
def test_why_a_decision_is_asked_for_in_words(asked: Asked, words: str) -> None:
    assert in_words(asked) == words


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("dependabot[bot]", True),
        ("@Renovate", True),
        (" app/renovate ", True),
        ("copilot-swe-agent", True),
        ("acme-bot", True),
        ("a" * 120 + "[bot]", False),
        ("ann", False),
        ("Abbot", False),
    ],
)
def test_the_name_of_a_program(name: str, known: bool) -> None:
    assert is_machine(name) is known


@pytest.mark.parametrize(
    ("text", "folded", "is_html", "seen"),
    [
        ("plain", 0, True, ("plain", 0)),
        ("plain", 1, True, ("", 1)),
        ("a<details>b</details>c", 0, True, ("ac", 0)),
        ("a<details open>b", 0, True, ("a", 1)),
        ("b</details>c", 1, True, ("c", 0)),
        ("b</details>c", 2, True, ("", 1)),
        ("</details>c", 0, True, ("c", 0)),
        ("a<DETAILS><details>b</details>c</details>d", 0, True, ("ad", 0)),
        ("`x` a<details>b", 0, False, ("`x` a", 1)),
        ("`x` `<details>` <details>b", 0, False, ("`x` `<details>` ", 1)),
        ("`<details>`b", 0, True, ("`", 1)),
        ("`x`<details>b", 0, False, ("`x`", 1)),
        ("`<details>`</details>c", 0, False, ("`<details>`c", 0)),
        ("a `<details>` b `<details>`<details>c", 0, False, ("a `<details>` b `<details>`", 1)),
    ],
)
def test_what_stands_outside_of_what_is_folded(text: str, folded: int, is_html: bool, seen: tuple[str, int]) -> None:
    assert outside_details(text, folded, is_html) == seen


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("A.\n\n  <!-- say\nmore", (3, " say\nmore")),
        ("A.\n\n- <!-- say\n  more\n", (3, " say\n  more\n")),
        ("<!-- say\n\n```\nmore\n", (1, " say\n\n```\nmore\n")),
        ("A.\n<!-- x -->\n\n````md\nmore\n", (4, "\nmore\n")),
        ("- ```x\n  more\n", (1, "- ```x\n  more\n")),
        ("A <!-- x -->.\n\n```\ncode\n```\n", None),
    ],
)
def test_what_a_page_does_not_show(text: str, hidden: tuple[int, str] | None) -> None:
    assert read_hidden(parse_document(text)) == hidden


def test_raw_html_as_words() -> None:
    source = '<p>See <a class="x" href="docs/a.md">the <b>why</b></a></p><ul><li> one &amp; </li>\n<li>two</li></ul>'
    assert html_words(source) == "See  the  why\none &\ntwo"
    assert html_words('See <a href="docs/a.md">why</a><br>now') == "See [why](docs/a.md)\nnow"


def words(body: str) -> list[str]:
    """Return the titles and paragraphs that are the author's own."""
    sections = own_words(parse_document(body), shipped()).document.sections
    return [
        text
        for section in sections
        for text in (section.title, *(b.text for b in section.blocks if isinstance(b, Paragraph)))
        if text
    ]


def test_of_a_pasted_log_only_the_beginning_is_read_and_without_marks() -> None:
    (text,) = words("[a] " + "*b* `c` " * 3000)
    assert MAX_PARAGRAPH - 10 <= len(text) <= MAX_PARAGRAPH
    assert text.split()[:4] == ["a", "b", "c", "b"]
    assert not set("[]*`") & set(text)
    assert words("[a] *b*") == ["[a] *b*"]


def test_a_checklist_goes_with_all_that_stands_below_it() -> None:
    body = "# A\n\na\n\n## Checklist\n\nb\n\n### More\n\nc\n\n#### Most\n\nd\n\n## Why\n\ne\n"
    assert words(body) == ["A", "a", "Why", "e"]


def test_parents_are_counted_anew_where_sections_went() -> None:
    body = "# A\n\na\n\n## Checklist\n\n### More\n\n# B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n"
    sections = own_words(parse_document(body), shipped()).document.sections
    at = {section.title: i for i, section in enumerate(sections)}
    parents = {s.title: sections[s.parent].title if s.parent >= 0 else None for s in sections if s.title}
    assert parents["A"] == parents["B"]
    assert (parents["C"], parents["D"]) == ("B", "B")
    assert all(section.parent < at[section.title] for section in sections if section.title)
