"""The questions of `onrecord new` in a terminal: one line each, Enter leaves it open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.git import author_of_commit
from onrecord.cli.common import iso_date
from onrecord.cli.main import UsageFault
from onrecord.cli.new_content import apart, choice, none_considered, people, task, text_of
from onrecord.draft.content import Choice, Content
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from onrecord.record.vocabulary import Vocabulary

MOST = 9  # alternatives that are asked for


def ask(content: Content, vocabulary: Vocabulary, root: Path) -> Content:
    """Return the content with what was answered; raises EOFError or KeyboardInterrupt when somebody leaves."""
    print(
        f"{for_terminal(content.title)} — a line for each question, Enter leaves it open, Ctrl-C leaves nothing behind.\n"
    )

    def text(flag: str) -> Callable[[str], str]:
        return lambda typed: text_of(flag, typed, vocabulary)

    def names(typed: str) -> tuple[str, ...]:
        return people("answer", [typed], vocabulary)

    content = _asked(content, "context", "What made a decision necessary?", text("answer"))
    content = _asked(content, "decision", "What is decided?", text("answer"))
    content = _rivals(content, vocabulary)
    content = _asked(content, "because", "Why this one?", text("answer"))
    content = _asked(content, "consequences", "What gets easier, what harder?", text("answer"))
    you = author_of_commit(root)[0]
    whose = f"Who decides? (“me”: {for_terminal(you)})" if you else "Who decides?"
    content = _asked(
        content, "decision_makers", whose, lambda typed: names(you if you and typed.casefold() == "me" else typed)
    )
    content = _asked(content, "consulted", "Who has input?", names)
    content = _asked(content, "decide_by", "Decide by? (YYYY-MM-DD)", lambda typed: iso_date("answer", typed))
    content = _asked(content, "review_by", "Review when? (YYYY-MM-DD)", lambda typed: iso_date("answer", typed))
    example = "Who does what next? (Ann Lee: order it (due 2026-12-05))"
    content = _asked(content, "tasks", example, lambda typed: (task("answer", typed),))
    print()
    return content


def _asked(content: Content, name: str, question: str, read: Callable[[str], Any]) -> Content:
    """Ask for a part that was not given; an answer that cannot be read is asked for again."""
    if getattr(content, name):
        return content
    answer = _answer(question, read)
    return content if answer is None else content._replace(**{name: answer})


def _answer(question: str, read: Callable[[str], Any]) -> Any:
    while True:
        typed = input(f"{question} ").strip()
        if not typed:
            return None
        try:
            return read(typed)
        except UsageFault as fault:
            print(f"  {for_terminal(str(fault).removeprefix('answer '))}")


def _rivals(content: Content, vocabulary: Vocabulary) -> Content:
    """Ask for alternatives until Enter; "none, because …" says why there were none."""
    if content.choices or content.no_alternatives:
        return content
    found: list[Choice] = []
    while len(found) < MOST:
        question = "Instead of what? (or: none, because …)" if not found else "And instead of what else?"
        answer = _answer(question, lambda typed: typed)
        if answer is None:
            break
        if not found and answer.casefold().startswith(("none", "no alternative", "nothing")):
            reason = answer.partition(",")[2].strip() if answer.casefold().startswith("none,") else answer
            return content._replace(no_alternatives=none_considered(reason or answer, vocabulary))
        try:
            found.append(choice("answer", answer, vocabulary))
        except UsageFault as fault:
            print(f"  {for_terminal(str(fault).removeprefix('answer '))}")
    return content._replace(choices=apart(found))
