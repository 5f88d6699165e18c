"""The shape of each dialect we write, as sections in order. The words are those their readers know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.draft.matter import front_matter
from onrecord.draft.questions import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onrecord.draft.content import Choice, Content, Task

Section = tuple[str, str]  # a heading, and what stands below it


def write(content: Content, dialect: str) -> str:
    """Return the text of a new record; raises KeyError for a dialect that is not in SHAPES."""
    return SHAPES[dialect](content)


def madr(content: Content) -> str:
    """MADR 4 (https://adr.github.io/madr): status and people in front matter, options before the outcome."""
    sections: list[Section] = [("Context and Problem Statement", content.context or asked("context"))]
    if content.drivers:
        sections.append(("Decision Drivers", content.drivers))
    sections.append(("Considered Options", _options(content)))
    sections.append(("Decision Outcome", _outcome(content)))
    if content.consequences:
        sections.append(("### Consequences", content.consequences))
    if content.confirmation:
        sections.append(("### Confirmation", content.confirmation))
    if any(choice.body for choice in content.choices):
        sections.append(("Pros and Cons of the Options", ""))
        sections += [(f"### {c.title}", c.body) for c in content.choices if c.body]
    return front_matter(content) + _text(content.title, (*sections, *_rest(content)))


def nygard(content: Content) -> str:
    """Michael Nygard's form of 2011, with the number in the title and status and date in the text."""
    title = f"{content.number}. {content.title}" if content.number else content.title
    sections: list[Section] = [
        ("Status", content.status.capitalize()),
        ("Context", content.context or asked("context")),
    ]
    if content.drivers:
        sections.append(("Decision Drivers", content.drivers))
    sections.append(("Decision", _statement(content) or asked("decision")))
    if content.because:
        sections.append(("Rationale", content.because))
    if content.choices or content.no_alternatives:
        sections.append(("Alternatives Considered", _rivals(content)))
    sections.append(("Consequences", content.consequences or asked("consequences")))
    if content.confirmation:
        sections.append(("Confirmation", content.confirmation))
    matter = front_matter(content._replace(date=""), status=False)
    text = _text(title, (*sections, *_rest(content)))
    head, _, body = text.partition("\n\n")
    return f"{matter}{head}\n\n" + (f"Date: {content.date}\n\n" if content.date else "") + body


def brief(content: Content) -> str:
    """Three sentences: what was decided, instead of what, and why. For what needs no more."""
    sections: list[Section] = [("Context", content.context)] if content.context else []
    if content.drivers:
        sections.append(("Decision Drivers", content.drivers))
    sections += [
        ("Decision", _statement(content) or asked("decision")),
        ("Instead of", _rivals(content)),
        ("Because", content.because or asked("because")),
    ]
    if content.consequences:
        sections.append(("Consequences", content.consequences))
    if content.confirmation:
        sections.append(("Confirmation", content.confirmation))
    return front_matter(content) + _text(content.title, (*sections, *_rest(content)))


SHAPES: dict[str, Callable[[Content], str]] = {"brief": brief, "madr-4": madr, "nygard": nygard}


def _text(title: str, sections: tuple[Section, ...]) -> str:
    parts = [f"# {title}"]
    for heading, body in sections:
        parts.append(heading if heading.startswith("#") else f"## {heading}")
        if body:
            parts.append(body.strip("\n"))
    return "\n\n".join(parts) + "\n"


def _rest(content: Content) -> Iterator[Section]:
    if content.tasks:
        yield "Follow-ups", "\n".join(_task(task) for task in content.tasks)
    if content.more:
        yield "More Information", "\n\n".join(f"### {one.heading}\n\n{one.body.strip()}" for one in content.more)


def _statement(content: Content) -> str:
    return content.decision or content.chosen


def _outcome(content: Content) -> str:
    if not content.chosen:
        return "\n\n".join(filter(None, (content.decision, content.because))) or asked("decision")
    because = f", because {content.because}" if content.because else f", because {asked('because')}"
    return "\n\n".join(filter(None, (f'Chosen option: "{content.chosen}"{because}', content.decision)))


def _options(content: Content) -> str:
    if not content.choices:
        return content.no_alternatives or asked("choices")
    return "\n".join(f"* {choice.title}" for choice in content.choices)


def _rivals(content: Content) -> str:
    if not content.rivals():
        return content.no_alternatives or asked("choices")
    return "\n".join(_rival(choice) for choice in content.rivals())


def _rival(choice: Choice) -> str:
    body = choice.body.strip()
    if not body:
        return f"* {choice.title}"
    return f"* **{choice.title}**\n\n" + "\n".join(f"  {line}".rstrip() for line in body.splitlines()) + "\n"


def _task(task: Task) -> str:
    who = f"{task.who}: " if task.who else ""
    due = f" (due {task.due})" if task.due else ""
    return f"* [{'x' if task.done else ' '}] {who}{task.what}{due}"
