"""What the shapes have in common: sections below headings, lists of options, follow-ups, and what has no place else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from onrecord.draft.questions import asked
from onrecord.markdown import plain
from onrecord.record.option_names import option_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onrecord.draft.content import Choice, Content, Task

Section: TypeAlias = tuple[str, str]  # a heading, and what stands below it


def text_of(title: str, sections: Iterable[Section], lead: str = "") -> str:
    """Return a text with its title, what stands below that, and the sections; a heading with its own `#` keeps its level."""
    parts = [f"# {title}", *([lead.strip("\n")] if lead else [])]
    for heading, body in sections:
        parts.append(heading if heading.startswith("#") else f"## {heading}")
        if body:
            parts.append(body.strip("\n"))
    return "\n\n".join(parts) + "\n"


def titled(content: Content, with_number: bool) -> str:
    """Return the title, with the number in front where that is wanted and there is one."""
    return f"{content.number}. {content.title}" if content.number and with_number else content.title


def rest(content: Content) -> Iterator[Section]:
    """Give the sections that every dialect ends with: follow-ups, and what has no place else."""
    if content.tasks:
        yield "Follow-ups", "\n".join(task_line(task) for task in content.tasks)
    if content.more:
        yield "More Information", "\n\n".join(f"### {one.heading}\n\n{one.body.strip()}" for one in content.more)


def statement(content: Content) -> str:
    """Return what was decided: the sentence, behind the option's name where it does not say that."""
    if content.decision and content.chosen and plain(content.chosen) not in plain(content.decision):
        return f"{content.chosen}\n\n{content.decision}"
    return content.decision or content.chosen


def options(content: Content, careful: bool = False) -> str:
    """Return all options by name; if `careful`, also what became of each."""
    if not content.choices:
        return content.no_alternatives or asked("choices")
    return argued(tuple(choice._replace(body="") for choice in content.choices), careful)


def argued(choices: tuple[Choice, ...], careful: bool = False) -> str:
    """Return options, each with what was said for or against it."""
    return "\n".join(_option(choice, careful) for choice in choices)


def rivals(content: Content, careful: bool = False) -> str:
    """Return what was not taken, or why there was nothing else, or the question."""
    return argued(content.rivals(), careful) or content.no_alternatives or asked("choices")


def _option(choice: Choice, careful: bool) -> str:
    body = choice.body.strip()
    mark = f" ({choice.outcome})" if careful and choice.outcome != "undecided" else ""
    is_cut = option_title(choice.title + mark + choice.behind) != plain(choice.title)  # bold, a part is not the whole
    name = f"**{choice.title}**" if body or is_cut else choice.title
    if not body:
        return f"* {name}{mark}{choice.behind}"
    return f"* {name}{mark}{choice.behind}\n\n" + "\n".join(f"  {line}".rstrip() for line in body.splitlines()) + "\n"


def task_line(task: Task) -> str:
    """Return a follow-up as an entry of a list of tasks."""
    who = f"{task.who}: " if task.who else ""
    due = f" (due {task.due})" if task.due else ""
    return f"* [{'x' if task.done else ' '}] {who}{task.what}{due}"


def without_stop(text: str) -> str:
    """Return a text without its full stop, where the sentence goes on behind it."""
    return re.sub(r"(?<![.\s])[.\s]++\Z", "", text)


def with_stop(text: str) -> str:
    """Return a sentence with a full stop where it ends in a word."""
    return f"{text}." if text and text[-1].isalnum() and text[-1].isascii() else text
