"""The one comment: what an author reads at six in the evening, and what pasting its block does."""

import re
from typing import Any

import pytest
from markdown_it import MarkdownIt

from onrecord.change import Asked, Change, ChangedFile, Triggers, judge_change
from onrecord.record.vocabulary import shipped
from onrecord.render.comment import MARKER, MAX_CHARACTERS, Governing, render_comment, render_resolved

TRIGGERS = Triggers(asked_by_path=lambda path: Asked("path", "billing/**", path))
HALF = "We will render invoices with WeasyPrint, because wkhtmltopdf gets no security fixes."
HOSTILE = "<!-- --> @ann #12 | ``` </details> [x](javascript:a) **b** ![i](https://evil.example/p.png)"


def facts(body: str, path: str = "billing/render.py", title: str = "Render invoices anew") -> dict[str, Any]:
    return judge_change(Change(title, body, "mara", files=(ChangedFile(path),)), TRIGGERS, shipped()).facts


def block(comment: str) -> str:
    """Return what the comment offers to paste."""
    (found,) = re.findall(r"```text\n(.*?)\n```", comment, re.DOTALL)
    return str(found)


def test_its_first_line_is_the_marker() -> None:
    for text in (render_comment(facts("")), render_resolved(facts(HALF))):
        assert text.startswith(f"{MARKER}\n")


def test_it_names_the_path_the_rule_and_what_is_missing() -> None:
    comment = render_comment(facts(HALF))
    assert "billing/render.py" in comment
    assert "| **Instead of** | *not found* |" in comment
    assert "not at its merit" in comment
    assert "No decision here, because" in comment


def test_the_block_holds_the_authors_own_sentence_and_once() -> None:
    pasted = block(render_comment(facts(HALF)))
    assert pasted.count("wkhtmltopdf") == 1
    assert f"Decision: {HALF}" in pasted.split("\n")


@pytest.mark.parametrize("body", [HALF, "", "Rendering is done by another program now."])
def test_pasted_and_filled_it_answers(body: str) -> None:
    before = facts(body)
    assert before["nudge"] is True
    pasted = block(render_comment(before))
    filled = {
        "Decision:": "Decision: Render with WeasyPrint",
        "Instead of:": "Instead of: Chromium, which needs 400 MB",
    }
    filled["Because:"] = "Because: it gets security fixes"
    answer = "\n".join(filled.get(line, line) for line in pasted.split("\n"))
    for text in (f"{body}\n\n{answer}", answer.replace("\n", "\r\n")):
        after = facts(text)
        assert (after["covered"], after["nudge"]) == (True, False), text
        assert after["alternatives"][0]["title"].startswith("Chromium")


def test_pasted_unfilled_it_answers_nothing() -> None:
    pasted = block(render_comment(facts("")))
    assert facts(pasted)["nudge"] is True


def test_nothing_an_author_wrote_gets_out_of_its_place() -> None:
    seen = facts(f"Decision: {HOSTILE}\n", path=f"billing/{HOSTILE}", title=HOSTILE)
    comment = render_comment(seen, [Governing(HOSTILE, "https://github.com/o/r/blob/main/a.md")])
    tokens = [
        t for token in MarkdownIt("commonmark").enable("table").parse(comment) for t in (token, *(token.children or ()))
    ]
    ours = {MARKER + "\n", "<sub>", "</sub>"}
    assert {t.content for t in tokens if t.type.startswith("html")} <= ours
    assert [t.attrGet("href") for t in tokens if t.type == "link_open"] == ["https://github.com/o/r/blob/main/a.md"]
    assert not [t for t in tokens if t.type == "image"]
    assert len([t for t in tokens if t.type == "fence"]) == 1
    outside = re.sub(r"```text\n.*?\n```", "", comment, flags=re.DOTALL)
    assert not re.search(r"@ann|#12", outside)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x.example/a) [b](c", "https://x.example/a b", "http://x"]
)
def test_an_address_that_is_none_is_no_link(url: str) -> None:
    assert "](" not in render_comment(facts(HALF), [Governing("ADR-1", url)])


def test_it_fits_whatever_the_author_wrote() -> None:
    many = facts("Decision: " + "x" * 60_000 + "\n", path="billing/" + "é" * 30_000)
    assert len(render_comment(many)) <= MAX_CHARACTERS
    assert len(render_resolved(many)) <= MAX_CHARACTERS
    governing = render_comment(many, [Governing("ADR-1 " * MAX_CHARACTERS, "")])
    assert len(governing) <= MAX_CHARACTERS
    assert governing.endswith("The rest did not fit here.\n")
    assert len(governing) > MAX_CHARACTERS / 2


def test_text_that_a_comment_hides_is_said() -> None:
    assert "From line 3 of the description on" in render_comment(
        facts("Rendering.\n\n<!-- how\n\n## Decision\n\nChromium.\n")
    )
    assert "hides the text" not in render_comment(facts("Rendering. <!-- done -->\n"))


def test_resolved_it_is_one_line() -> None:
    answered = facts(f"{HALF} Instead of Chromium, which needs 400 MB.")
    assert render_resolved(answered).count("\n") == 2
