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
    has_title = bool(title_edits(reading, content, style))
    reading = _with_headings(reading, content, style, careful)
    fields = field_edits(reading, content, style)
    form = _Form(reading, content, style, careful)
    title = title_edits(reading, content, style) if has_title else []
    left = content._replace(**{name: type(getattr(content, name))() for name, _ in fields}, number="")
    is_told = form.has_status or "status" in dict(fields)
    rest = matter_edit(reading, left, style, status=not is_told)
    edits = _apart([*(edit for _, edit in fields), *title, *form.edits(), *rest])
    return "\n".join(edited(form.lines, edits)).strip("\n") + "\n"


def _with_headings(reading: Reading, content: Content, style: Style, careful: bool) -> Reading:
    """Return the form with a heading for each answer that it has none for; blanks for options that are listed now go."""
    form = _Form(reading, content, style, careful)
    if blanks := form.blanks():
        form = form.read_with(blanks)
    for behind, roles in form.missing():
        form = form.read_with(form.added(behind, roles))
    return form.reading


def _apart(edits: list[Edit]) -> list[Edit]:
    """Return the edits that do not overlap one before."""
    kept: list[Edit] = []
    for edit in edits:
        if all(edit.span.start > other.span.end or edit.span.end < other.span.start for other in kept):
            kept.append(edit)
    return kept


class _Form:
    """The answers that stand below headings."""

    def __init__(self, reading: Reading, content: Content, style: Style, careful: bool) -> None:
        self.reading, self.content, self.style, self.careful = reading, content, style, careful
        self.parts, self.lines = reading.outline.parts, reading.document.lines
        marks = _BULLET.findall("\n".join(self.lines))
        self.bullet = max(("*", "-", "+"), key=marks.count) if marks else "*"
        self.has_status = self._heading("status") is not None

    def read_with(self, edit: Edit) -> _Form:
        """Return the form with an edit in it, read anew."""
        document = parse_document("\n".join(edited(self.lines, [edit])))
        return _Form(Reading(document, self.reading.vocabulary), self.content, self.style, self.careful)

    def edits(self) -> Iterator[Edit]:
        """Give the edits of what has a heading."""
        if (at := self._heading("status")) is not None:
            yield self._below(at, status_word(self.reading, self.content, self.style))
        if (at := self._heading("changelog")) is not None and self.content.date:
            yield from self._begun(self._own(at))
        for role, text in self._texts().items():
            if text and (at := self._heading(role)) is not None:
                yield self._below(at, text)
        yield from self._options()

    def missing(self) -> list[tuple[str, list[str]]]:
        """Return the roles of answers without a heading, and behind which part theirs go. Context goes before the decision."""
        texts = self._texts() | {"alternatives": self._lists_options() and self._options_heading() is None}
        found = [role for role in _ORDER if texts[role] and self._heading(role) is None]
        groups = [
            ("", [role for role in found if role == "context"]),
            ("decision", [role for role in found if role not in ("context", "follow_ups")]),
            ("consequences", [role for role in found if role == "follow_ups"]),
        ]
        return [group for group in groups if group[1]]

    def blanks(self) -> Edit | None:
        """Return the edit that takes "## Option A", "## Option B" away where the options are listed below one heading now."""
        labelled = [i for i, part in enumerate(self.parts) if 1 < part.level <= 6 and LABEL.match(plain(part.title))]
        if not self._lists_options() or self._options_heading() is not None or len(labelled) < 2:
            return None
        return Edit("", Span(self.parts[labelled[0]].span.start, self._end(labelled[-1])), ())

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

    def _lists_options(self) -> bool:
        return bool(self.content.choices or self.content.no_alternatives)

    def _options_heading(self) -> int | None:
        return next((at for role in _OPTIONS if (at := self._heading(role)) is not None), None)

    def _options(self) -> Iterator[Edit]:
        content, at = self.content, self._options_heading()
        if at is None or not self._lists_options():
            return
        shown = content.choices if self.parts[at].role == "considered_options" else content.rivals()
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
        own = [number for number in range(span.start, span.end + 1) if self.lines[number - 1].strip()]
        is_remark = len(own) > 1 and _OPTIONAL.fullmatch(self.lines[own[-1] - 1])
        tail = self.lines[own[-1] - 1 : span.end] if is_remark else ()
        return Edit("", span, ("", *text.split("\n"), "", *tail))

    def added(self, behind: str, roles: list[str]) -> Edit:
        """Return the edit that adds headings behind the part of a role (empty: before the decision), or at the end."""
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
        lines = [line for role in roles for line in ("#" * level + f" {self._name(role)}", "", "…", "")]
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
