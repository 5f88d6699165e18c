"""A team's own template, filled in place: what was answered takes the place of its prompts, every other line stays."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.draft.sections import argued, statement, task_line, with_stop
from onrecord.draft.template_head import Style, field_edits, matter_edit, status_word, title_edits
from onrecord.log.homes import language_of
from onrecord.markdown import Span, parse_document, plain
from onrecord.record.choice import LABEL
from onrecord.record.data import load
from onrecord.record.edit.model import Edit, edited
from onrecord.record.read.context import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.draft.content import Choice, Content

_OPTIONS = ("considered_options", "alternatives")
_TEXTS = {
    "context": "context",
    "decision_drivers": "drivers",
    "decision": "decision",
    "rationale": "because",
    "consequences": "consequences",
    "confirmation": "confirmation",
}
_NAMES = {"rationale": "Rationale", "alternatives": "Alternatives Considered", "follow_ups": "Follow-ups"}
_ORDER = (
    "context",
    "decision_drivers",
    "decision",
    "rationale",
    "alternatives",
    "consequences",
    "confirmation",
    "follow_ups",
)
_OPTIONAL = re.compile(r"<!--.*(?:optional|remove).*-->\s*", re.IGNORECASE)
_BULLET = re.compile(r"^[^\S\n]*+([-*+])\s", re.MULTILINE)


def fill(reading: Reading, content: Content, style: Style | None = None, careful: bool = False) -> str:
    """Return the text of a template (`read_template`) with the answers in it; whether they are read back is for `lost` to tell.

    If `careful`, it says more plainly what its words could be mistaken for, as `write` does.
    """
    style = style or Style()
    fields = field_edits(reading, content, style)
    form = _Form(reading, content, style, careful)
    edits = [*(edit for _, edit in fields), *title_edits(reading, content, style), *form.edits()]
    left = content._replace(**{name: type(getattr(content, name))() for name, _ in fields}, number="")
    is_told = form.has_status or "status" in dict(fields)
    edits += matter_edit(reading, left, style, status=not is_told)
    text = "\n".join(edited(reading.document.lines, _apart(edits)))
    for behind, sections in form.missing():
        form = _Form(Reading(parse_document(text), "", reading.vocabulary), content, style, careful)
        text = "\n".join(edited(form.lines, [form.added(behind, sections)]))
    return text.strip("\n") + "\n"


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits that do not overlap one before."""
    kept: list[Edit] = []
    for edit in edits:
        if all(edit.span.start > other.span.end or edit.span.end < other.span.start for other in kept):
            kept.append(edit)
    return kept


class _Form:
    """The answers that stand below headings; `left` are those whose part has no heading of its own, by role."""

    def __init__(self, reading: Reading, content: Content, style: Style, careful: bool) -> None:
        self.reading, self.content, self.style, self.careful = reading, content, style, careful
        self.parts, self.lines = reading.outline.parts, reading.document.lines
        marks = _BULLET.findall("\n".join(self.lines))
        self.bullet = max(("*", "-", "+"), key=marks.count) if marks else "*"
        self.has_status = self._heading("status") is not None
        self.left: dict[str, str] = {}

    def edits(self) -> Iterator[Edit]:
        """Give the edits of what is there, and note what is not."""
        if (at := self._heading("status")) is not None:
            yield self._below(at, status_word(self.reading, self.content, self.style))
        if (at := self._heading("changelog")) is not None and self.content.date:
            yield from self._begun(self._own(at))
        for role, text in self._texts().items():
            if text and (at := self._heading(role)) is not None:
                yield self._below(at, text)
            elif text:
                self.left[role] = text
        yield from self._options()

    def missing(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Return the sections to add: behind which part, and their roles with their texts. Context goes before the decision."""
        found = [(role, self.left[role]) for role in _ORDER if role in self.left]
        groups = [
            ("", [one for one in found if one[0] == "context"]),
            ("decision", [one for one in found if one[0] not in ("context", "follow_ups")]),
            ("consequences", [one for one in found if one[0] == "follow_ups"]),
        ]
        return [group for group in groups if group[1]]

    def _texts(self) -> dict[str, str]:
        found = {role: getattr(self.content, name) for role, name in _TEXTS.items()}
        found["decision"] = statement(self.content)
        found["follow_ups"] = "\n".join(self.bullet + task_line(task)[1:] for task in self.content.tasks)
        if self.content.chosen and (at := self._heading("decision")) is not None:
            form = self._chosen(self._own(at))
            if form:
                found |= {"decision": form, "rationale": ""}
        return found

    def _begun(self, span: Span) -> Iterator[Edit]:
        """Give the first entry of a changelog where the template has a blank for it."""
        for number in range(span.start, span.end + 1):
            line = self.lines[number - 1]
            if (blank := re.match(r"(\s*[-*+]\s+).*\bdate\b", line)) and re.search(r"[{\[<]", line):
                yield Edit("", Span(number, number), (f"{blank[1]}{self.content.date}: Initial draft",))
                return

    def _chosen(self, span: Span) -> str:
        """Return the sentence that names the chosen option, in the template's own words; empty where it has none."""
        text = "\n".join(self.lines[span.start - 1 : span.end])
        phrase, because = (self.reading.vocabulary.phrase(name) for name in ("chosen_option", "because"))
        opening = phrase.search(text)
        reason = because.search(text, opening.end()) if opening else None
        content = self.content
        if opening is None or reason is None or "\n" in content.because:
            return ""
        head = re.match(r"[\s:*_]*", text[opening.end() :])[0].rstrip()  # type: ignore[index]
        name = content.chosen if '"' in content.chosen else f'"{content.chosen}"'
        why = with_stop(content.because) or re.sub(r"\s+", " ", text[reason.end() :]).strip()
        first = text[: opening.start()].rpartition("\n")[2]
        line = f"{first}{opening[0]}{head} {name}, {reason[0]} {why}"
        return "\n\n".join(filter(None, (line, content.decision if content.decision != content.chosen else "")))

    def _options(self) -> Iterator[Edit]:
        content = self.content
        if not content.choices and not content.no_alternatives:
            return
        at = next((k for role in _OPTIONS if (k := self._heading(role)) is not None), None)
        labelled = [i for i, part in enumerate(self.parts) if 1 < part.level <= 6 and LABEL.match(plain(part.title))]
        if at is None:
            if len(labelled) > 1:  # "## Option A", "## Option B": blanks for what is listed now
                yield Edit("", Span(self.parts[labelled[0]].span.start, self._end(labelled[-1])), ())
            self.left["alternatives"] = self._listed(content.rivals()) or content.no_alternatives
        else:
            is_all = self.parts[at].role == "considered_options"
            shown = content.choices if is_all else content.rivals()
            text = self._listed(shown) or content.no_alternatives
            inner = [k for k in self.reading.outline.subtree(at) if k != at and self.parts[k].level <= 6]
            span = self._own(at)
            end = self._end(at) if inner and all(self.parts[k].role is None for k in inner) else span.end
            yield self._replaced(span._replace(end=end), text)

    def _listed(self, choices: tuple[Choice, ...]) -> str:
        return re.sub(r"^\* ", f"{self.bullet} ", argued(choices, self.careful), flags=re.MULTILINE)

    def _heading(self, role: str) -> int | None:
        """Return the part with a heading of this role."""
        found = self.reading.outline.with_role(role)
        top = self.reading.outline.title_index
        return next((i for i in found if 1 <= self.parts[i].level <= 6 and i != top and not self.parts[i].inline), None)

    def _own(self, at: int) -> Span:
        """Return the lines below a heading, up to the next one."""
        return Span(self.parts[at].span.end + 1, self._before(at + 1))

    def _before(self, at: int) -> int:
        following = (part.span.start for part in self.parts[at:] if 1 <= part.level <= 6)
        return next(following, len(self.lines) + 1) - 1

    def _end(self, at: int) -> int:
        return self._before(self.reading.outline.subtree(at)[-1] + 1)

    def _below(self, at: int, text: str) -> Edit:
        return self._replaced(self._own(at), text)

    def _replaced(self, span: Span, text: str) -> Edit:
        """Return the edit that puts a text there; a last remark on what comes next ("optional") stays."""
        own = [line for line in self.lines[span.start - 1 : span.end] if line.strip()]
        tail = [own[-1], ""] if len(own) > 1 and _OPTIONAL.fullmatch(own[-1]) else []
        return Edit("", span, ("", *text.split("\n"), "", *tail))

    def added(self, behind: str, sections: list[tuple[str, str]]) -> Edit:
        """Return the edit that adds sections behind the part of a role (empty: before the decision), or at the end."""
        at = self._heading(behind or "decision")
        if behind == "decision" and (reason := self._heading("rationale")) is not None and reason > (at or 0):
            at = reason
        level = self.parts[at].level if at is not None else 2
        while at is not None and level > 2:  # "### Positive Consequences" stands inside of a decision
            at = next((i for i in range(at - 1, -1, -1) if 1 <= self.parts[i].level < level), None)
            level = self.parts[at].level if at is not None else 2
        end = len(self.lines) if at is None else self._end(at) if behind else self.parts[at].span.start - 1
        filled = [number for number in range(1, end + 1) if self.lines[number - 1].strip()]
        if at is not None and filled and _OPTIONAL.fullmatch(self.lines[filled[-1] - 1]):
            end = filled[-1] - 1  # a remark on what comes next
        gap = [""] if end and self.lines[end - 1].strip() else []
        lines = [
            line
            for role, text in sections
            for line in ("#" * level + f" {self._name(role)}", "", *text.split("\n"), "")
        ]
        return Edit("", Span(end + 1, end), (*gap, *lines))

    def _name(self, role: str) -> str:
        """Return what a part is called in the template's language."""
        language = language_of(self.reading.document) or "en"
        if language == "en":
            if self.careful and role == "rationale":
                return "Because"
            return _NAMES.get(role, role.replace("_", " ").title())
        name = str(load(f"vocabulary/{language}.json")["terms"][role][0])
        return name[:1].upper() + name[1:]
