"""The decisions behind a place: for a person at a terminal, and as JSON for editors and agents."""

from __future__ import annotations

from onrecord.lazily import TYPE_CHECKING, NamedTuple
from onrecord.log.links import name_of
from onrecord.render.json_report import as_json
from onrecord.render.numbers import counted
from onrecord.render.safe import for_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from onrecord.log.place import Place
    from onrecord.log.why import Answer, Evidence, Source
    from onrecord.record import DecisionRecord

    _Painter = Callable[[str, str], str]

WIDTH = 100  # columns of a line of text
MOST_EVIDENCE = 3
MOST_PEOPLE = 3
MAX_STATUS = 30  # characters of a status in words that are not known
_STATUS_COLOR = {"accepted": "32", "proposed": "33", "draft": "33", "rejected": "31"}
_THE_COMMIT = {
    "line": "the commit of this line",
    "merge": "the merge of this line",
    "file": "a commit to this path",
}


class Told(NamedTuple):
    """What was asked, the answers to show, how many there are in all, and what was looked at."""

    place: Place
    answers: tuple[Answer, ...]
    found: int
    sources: tuple[Source, ...]
    records: int
    notes: tuple[str, ...]


def render_text(told: Told, color: bool = False) -> str:
    """Return the answers for a terminal, the likeliest first."""
    paint = _paint if color else _plain
    lines = [paint(for_terminal(_name(told.place)), "1"), *_came_with(told, paint), ""]
    guesses = [at for at, answer in enumerate(told.answers, 1) if answer.is_guess]
    for number, answer in enumerate(told.answers, 1):
        if guesses and number == guesses[0]:
            lines += [paint("Perhaps also" if number > 1 else "Nothing leads straight to a decision. Perhaps", "1"), ""]
        lines += [*_answer(number, answer, told.place, paint), ""]
    if not told.answers:
        lines += ["No decision is known behind this.", f"Looked at: {'; '.join(looked_at(told))}."]
    elif told.found > len(told.answers):
        more = told.found - len(told.answers)
        lines.append(f"{counted(more, 'weaker answer')} not shown; --limit {told.found} shows all.")
    if told.place.line and all(answer.is_guess for answer in told.answers):
        lines.append("Without the line number, the last commits to the whole file are looked at.")
    lines += [for_terminal(note) for note in told.notes]
    return "\n".join(lines).rstrip("\n") + "\n"


def render_json(told: Told) -> str:
    """Return the answers as JSON: paths and texts as they stand, and each piece of evidence also in words."""
    place = told.place
    return as_json(
        {
            "version": 1,
            "path": place.path,
            "line": place.line or None,
            "answers": [_answer_json(answer, place) for answer in told.answers],
            "more": told.found - len(told.answers),
            "commits": [
                {
                    "commit": s.sha,
                    "via": s.via,
                    "title": s.title,
                    "author": s.author,
                    "date": s.date or None,
                    "pull_request": s.pull,
                }
                for s in told.sources
            ],
            "looked_at": looked_at(told),
            "notes": list(told.notes),
        }
    )


def looked_at(told: Told) -> list[str]:
    """Return what was searched, in words."""
    seen = [f"scope and text of {counted(told.records, 'record')}" if told.records else "no record is there to look at"]
    if not told.place.is_folder:
        seen.append("the words of the file" + (" around the line" if told.place.line else ""))
    own = [source for source in told.sources if source.via in ("line", "merge")]
    seen += [f"{_commit(source)} (its message, and the files beside it)" for source in own]
    if touching := len(told.sources) - len(own):
        seen.append("its one commit" if touching == 1 else f"the last {touching} commits to it")
    return seen


def in_words(evidence: Evidence, place: Place) -> str:
    """Return how an answer is known, as a phrase; what others wrote in it is not yet safe to print."""
    source = evidence.source
    if source is not None:
        which = f"{_THE_COMMIT[source.via]} ({_commit(source)})"
        verb = {"linked": "cited in", "added": "added in", "edited": "edited in", "stated": "said in"}[evidence.kind]
        return f"{verb} {which}"
    if evidence.kind == "scope":
        return f"its scope covers {'this' if place.path else 'all of it'}: {evidence.detail}"
    if evidence.kind == "cited":
        near = " by this line" if evidence.line == place.line else f" in line {evidence.line}"
        return f"cited{near}"
    return f"its title says “{evidence.detail}”" if evidence.in_title else f"it names {evidence.detail}"


def _came_with(told: Told, paint: _Painter) -> list[str]:
    """Tell which commit wrote the line, and which merge brought it."""
    lines = []
    for source in told.sources:
        if source.via not in ("line", "merge"):
            continue
        verb = "written" if source.via == "line" else "merged"
        about = [_cut(source.title, 70), source.author, source.date]
        said = f"{verb} in {_commit(source)}: {' · '.join(part for part in about if part)}"
        lines.append(f"  {paint(for_terminal(said), '2')}")
    return lines


def _answer(number: int, answer: Answer, place: Place, paint: _Painter) -> list[str]:
    record, first = answer.record, answer.evidence[0].source
    lines = []
    if record is None and first is not None:
        facts = [first.owner, first.date]
        head = (
            f"Said in {'pull request #' + str(first.pull) if first.pull else 'commit ' + first.sha[:7]}, in no record"
        )
    else:
        head, facts = _record_head(record)
    shown = paint(for_terminal(head), "1")
    about = " · ".join(for_terminal(fact) for fact in facts if fact)
    if record and record.status:
        known = record.status.value != "unknown"
        status = record.status.value if known else for_terminal(_cut(record.status.text, MAX_STATUS))
        word = paint(status, _STATUS_COLOR.get(status, "2"))
        about = f"{word} · {about}" if about else word
    lines.append(f"{number}. {shown}")
    if record is None or answer.decision != " ".join((record.title or "").split()):
        lines += _wrapped(for_terminal(answer.decision))
    lines += [f"   {about}"] if about else []
    if answer.successor is not None:
        after = f"→ replaced by {name_of(answer.successor)} ({answer.successor.path})"
        lines.append(f"   {paint(for_terminal(after), '33')}")
    if record is not None and record.path != head:
        lines.append(f"   {for_terminal(record.path)}")
    return lines + [paint(line, "2") for line in _wrapped(f"How we know: {for_terminal(_known(answer, place))}")]


def _known(answer: Answer, place: Place) -> str:
    """Return the strongest evidence in words; what two pieces share is said once."""
    said: list[str] = []
    for evidence in answer.evidence[:MOST_EVIDENCE]:
        words = in_words(evidence, place)
        if evidence.kind == "named" and said and said[-1].startswith("it names "):
            said[-1] += f" and {evidence.detail}"
        else:
            said.append(words)
    return "; ".join(said)


def _record_head(record: DecisionRecord | None) -> tuple[str, list[str]]:
    if record is None:
        return "", []
    return name_of(record) if record.number else " ".join((record.title or record.path).split()), [
        _people(_owners(record)),
        record.date or "",
    ]


def _answer_json(answer: Answer, place: Place) -> dict[str, Any]:
    record, first = answer.record, answer.evidence[0].source
    said: dict[str, Any] = {
        "path": record.path if record else None,
        "line": record.span.start if record else None,
        "number": record.number if record else None,
        "title": record.title if record else (first.title if first else None),
        "decision": answer.decision or None,
        "status": record.status.value if record and record.status else None,
        "owners": _owners(record) if record else [first.owner] if first and first.owner else [],
        "date": record.date if record else (first.date or None if first else None),
        "replaced_by": answer.successor.path if answer.successor else None,
    }
    said["guess"] = answer.is_guess
    said["evidence"] = [
        {
            "kind": one.kind,
            "detail": one.detail or None,
            "line": one.line or None,
            "commit": one.source.sha if one.source else None,
            "pull_request": one.source.pull if one.source else None,
            "words": in_words(one, place),
        }
        for one in answer.evidence
    ]
    return said


def _name(place: Place) -> str:
    path = place.path or "."
    return f"{path}:{place.line}" if place.line else path + ("/" if place.is_folder else "")


def _commit(source: Source) -> str:
    return f"{source.sha[:7]}, #{source.pull}" if source.pull else source.sha[:7]


def _owners(record: DecisionRecord) -> list[str]:
    return record.decision_makers or record.authors


def _people(names: list[str]) -> str:
    shown = ", ".join(names[:MOST_PEOPLE])
    return f"{shown} and {len(names) - MOST_PEOPLE} more" if len(names) > MOST_PEOPLE else shown


def _wrapped(text: str) -> list[str]:
    """Break a harmless text into lines; each of them is made harmless anew, as another word begins it now."""
    import textwrap

    lines = textwrap.wrap(text, WIDTH, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False)
    return [for_terminal(line) for line in lines]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def _paint(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if text else ""


def _plain(text: str, code: str) -> str:  # noqa: ARG001
    return text
