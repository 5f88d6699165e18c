"""`Document` to `DecisionRecord`: what is written where, in any dialect, and nothing that is not written."""

from __future__ import annotations

import re

from onrecord.markdown import Document, ListBlock, Paragraph, Span, parse_document, plain
from onrecord.record.body import BodyText, lead_text, read_decision, read_slot
from onrecord.record.dates import read_date
from onrecord.record.dialect import OFFERS, read_dialect
from onrecord.record.header import Field, header_zone, read_fields, split_field
from onrecord.record.identity import is_generic, number_in_path, read_heading
from onrecord.record.model import DecisionRecord, FollowUp, Mark, Option, Slot, SlotState
from onrecord.record.options import choose, names_in_cell, read_options
from onrecord.record.outline import Outline, read_outline
from onrecord.record.people import read_people
from onrecord.record.placeholders import find_placeholder, is_unfilled, pieces
from onrecord.record.prose import is_one_sided, prose_options
from onrecord.record.recognize import recognize
from onrecord.record.relations import (
    amends_in,
    local_links,
    names_a_record,
    read_references,
    superseded_by_in,
    supersedes_in,
)
from onrecord.record.status import read_status, read_status_lines
from onrecord.record.vocabulary import Vocabulary, fold, shipped
from onrecord.record.y_statement import YStatement, read_y_statement

PROSE_DIALECTS = ("y-statement", "custom")


def parse_record(text: str, path: str, vocabulary: Vocabulary | None = None) -> DecisionRecord:
    """Read one text as a decision record. `path` (POSIX, relative) gives number and folder hints. Never raises."""
    return read_record(parse_document(text), path, vocabulary or shipped())


def read_record(document: Document, path: str, vocabulary: Vocabulary) -> DecisionRecord:
    """Read a parsed document as a decision record."""
    return _Reader(document, path, vocabulary).read()


class _Reader:
    """Holds what the steps below share; each step fills one group of fields."""

    def __init__(self, document: Document, path: str, vocabulary: Vocabulary) -> None:
        self.document, self.vocabulary = document, vocabulary
        self.outline: Outline = read_outline(document, vocabulary)
        self.fields: list[Field] = read_fields(document, self.outline, vocabulary)
        self.record = DecisionRecord(path=path, problems=list(document.problems))
        self.record.span = Span(1, len(document.lines))
        self.y: YStatement | None = None

    def read(self) -> DecisionRecord:
        self._identity()
        self._status()
        self._dates()
        self._people()
        self._body()
        self._options()
        self._relations()
        self._leftovers()
        record = self.record
        record.dialect = read_dialect(self.document, self.outline, self.fields, self.y is not None)
        record.offers = OFFERS.get(record.dialect, OFFERS["custom"])
        record.kind, record.reason = recognize(record.path, self.document, self.outline, record.slots, self.vocabulary)
        return record

    def _values(self, *roles: str) -> list[Field]:
        return [f for f in self.fields if f.role in roles]

    def _slot(self, name: str, slot: Slot) -> None:
        self.record.slots[name] = slot

    # --- identity ---------------------------------------------------------------------------------

    def _identity(self) -> None:
        record, outline = self.record, self.outline
        source, span, how = "", None, ""
        if outline.title_index is not None:
            part = outline.parts[outline.title_index]
            source, span, how = (
                f"{part.title}: {part.inline}" if part.inline else part.title,
                part.span,
                "first heading",
            )
        if not source or is_generic(read_heading(source).title or ""):
            source, span, how = self._title_elsewhere(source, span, how)
        unfilled = bool(source) and is_unfilled(source, self.vocabulary)
        heading = read_heading(source) if source and not unfilled else read_heading("")
        record.title = heading.title
        self._slot("title", Slot("filled" if heading.title else "placeholder" if unfilled else "absent", span, how))
        record.number = number_in_path(record.path) or heading.number or self._number_field()

    def _title_elsewhere(self, source: str, span: Span | None, how: str) -> tuple[str, Span | None, str]:
        """Look for the title in a Title section or in the front matter."""
        for part in self.outline.parts:
            text = part.inline or next((b.text for b in part.blocks if isinstance(b, Paragraph)), "")
            if part.role == "title" and text:
                from onrecord.record.dates import _ISO  # a date in front of the title is not part of it

                return _ISO.sub("", text).strip(), part.span, f'heading "{plain(part.title)}"'
        for f in self._values("title"):
            if isinstance(f.value, str) and f.value.strip():
                return " ".join(f.value.split()), f.span, f.how
        return source, span, how

    def _number_field(self) -> str | None:
        for f in self._values("number"):
            text = str(f.value).strip().strip("\"'")
            if text.isdigit() and len(text) <= 5:
                return text.lstrip("0") or "0"
        matter = self.document.front_matter
        slug = str(matter.data.get("slug") or "") if matter else ""
        return (slug.lstrip("0") or "0") if slug.isdigit() else None

    # --- status, dates, people --------------------------------------------------------------------

    def _status(self) -> None:
        found = [(f.value, f) for f in self._values("status") if isinstance(f.value, str) and f.value.strip()]
        section = [i for i in self.outline.with_role("status") if not self.outline.parts[i].inline]
        best = None
        unpicked: Slot | None = None
        for i in section:
            part = self.outline.parts[i]
            lines = _status_lines(part.blocks)
            read = read_status_lines(lines, self.vocabulary)
            slot = Slot(
                "filled", part.span._replace(end=max(part.span.end, part.end)), f'heading "{plain(part.title)}"'
            )
            if read.status and (best is None or best[0].value == "unknown"):
                best = (read.status, slot)
            elif read.unpicked or (lines and any(is_unfilled(x, self.vocabulary) for x in lines)):
                unpicked = slot._replace(state="placeholder")
            elif not read.status:
                unpicked = unpicked or slot._replace(state="empty")
        for value, f in found:
            read = read_status(value, self.vocabulary)
            slot = Slot("filled", f.span, f"{f.how} `{f.key}`")
            if read.status and (best is None or (best[0].value == "unknown" and read.status.value != "unknown")):
                best = (read.status, slot)
            elif read.unpicked:
                unpicked = unpicked or slot._replace(state="placeholder")
        if best and is_unfilled(best[0].text, self.vocabulary) and best[0].value == "unknown":
            unpicked, best = best[1]._replace(state="placeholder"), None
        self.record.status = best[0] if best else None
        self._slot("status", best[1] if best else unpicked or Slot("absent", None, ""))

    def _dates(self) -> None:
        record = self.record
        slot = Slot("absent", None, "")
        candidates = (
            self._values("date") + self._section_field("date") + self._values("date_other") + self._lone_dates()
        )
        for f in candidates:
            text = plain(str(f.value)) if isinstance(f.value, str | int) else ""
            if not text:
                continue
            read = read_date(text, self.vocabulary)
            if read.state == "unread" and not any(ch.isdigit() for ch in text):
                slot = slot if slot.state == "filled" else Slot("placeholder", f.span, f.how)
                continue
            record.date, record.date_text, record.date_state = read.value, text, read.state
            slot = Slot("filled", f.span, f"{f.how} `{f.key}`")
            break
        if (
            record.date_text is None
            and record.status
            and (read := read_date(record.status.text, self.vocabulary)).state == "ok"
        ):
            record.date, record.date_text, record.date_state = read.value, record.status.text, "ok"
            slot = Slot("filled", record.slots["status"].span, "status line")
        self._slot("date", slot)
        record.decide_by = self._one_date("decide_by")
        record.review_by = self._one_date("review_by")

    def _lone_dates(self) -> list[Field]:
        """Return header lines that are nothing but a date, and a Title section that begins with one."""
        found = []
        for i in header_zone(self.outline):
            part = self.outline.parts[i]
            for block in part.blocks:
                if isinstance(block, Paragraph) and (part.role == "title" or len(block.text.split()) <= 4):
                    read = read_date(plain(block.text), self.vocabulary)
                    if read.state == "ok":
                        found.append(Field("date", "date", block.text, block.span, "line"))
        return found

    def _one_date(self, role: str) -> str | None:
        for f in self._values(role):
            if isinstance(f.value, str) and (value := read_date(f.value, self.vocabulary).value):
                return value
        return None

    def _section_field(self, role: str) -> list[Field]:
        """Return a section of its own ("## Date", "## Deciders") as a field."""
        out = []
        for i in self.outline.with_role(role):
            part = self.outline.parts[i]
            texts = [text for text, _ in pieces(part.blocks)]
            if texts and i != self.outline.title_index:
                out.append(Field(role, plain(part.title), "\n".join(texts), Span(part.span.start, part.end), "heading"))
        return out

    def _people(self) -> None:
        record = self.record
        groups = {
            "decision_makers": ("decision_makers", "owner"),
            "authors": ("authors",),
            "consulted": ("consulted",),
            "informed": ("informed",),
        }
        slot = Slot("absent", None, "")
        for name, roles in groups.items():
            fields = [f for role in roles for f in self._values(role) + self._section_field(role)]
            for f in fields:
                names, generic = read_people(f.value, self.vocabulary)
                into = getattr(record, name)
                into += [n for n in names if n not in into]
                if name == "decision_makers":
                    record.generic_owners += [Mark(text, f.span) for text in generic]
                    if names or slot.state == "absent":
                        state: SlotState = "filled" if names else "placeholder" if generic else "empty"
                        slot = slot if slot.state == "filled" else Slot(state, f.span, f"{f.how} `{f.key}`")
        self._slot("decision_makers", slot)
        if not record.authors:
            record.authors = self._changelog_authors()

    def _changelog_authors(self) -> list[str]:
        """Return the handles in the first entry of a changelog: "20 April 2021: first draft (@ann)"."""
        for i in self.outline.with_role("changelog"):
            for text, _ in pieces(self.outline.parts[i].blocks)[:1]:
                return re.findall(r"(?<![\w`])@[A-Za-z0-9][\w-]{0,38}", text)
        return []

    # --- body -------------------------------------------------------------------------------------

    def _body(self) -> None:
        record, outline, vocabulary = self.record, self.outline, self.vocabulary
        context = read_slot(outline, ("context",), vocabulary)
        if context.slot.state != "filled":
            drivers = read_slot(outline, ("decision_drivers",), vocabulary)
            used = {line for f in self.fields for line in range(f.span.start, f.span.end + 1)}
            rationale = read_slot(outline, ("rationale",), vocabulary)
            context = next((c for c in (lead_text(outline, vocabulary, used), drivers, rationale) if c.text), context)
        decision = self._decision()
        consequences = read_slot(outline, ("consequences",), vocabulary)
        self._take_table(context, decision, consequences)
        record.decision_drivers = read_slot(outline, ("decision_drivers",), vocabulary).text or None
        record.confirmation = read_slot(outline, ("confirmation",), vocabulary).text or None

    def _decision(self) -> BodyText:
        decision = read_slot(self.outline, ("decision",), self.vocabulary)
        if decision.slot.state != "filled":
            proposal = read_slot(self.outline, ("proposal",), self.vocabulary)
            if proposal.text and decision.slot.state == "absent":
                decision = proposal
        return decision

    def _take_table(self, context: BodyText, decision: BodyText, consequences: BodyText) -> None:
        """Fill what no section says from a table of the whole record, then from a Y-statement."""
        found = {"context": context, "decision": decision, "consequences": consequences}
        for f in self.fields:
            if f.role in found and not found[f.role].text and isinstance(f.value, str) and f.how == "table":
                text = "" if is_unfilled(f.value, self.vocabulary) else plain(f.value)
                found[f.role] = BodyText(text, Slot("filled" if text else "empty", f.span, f"table `{f.key}`"))
        if not found["decision"].text:
            self._take_y_statement(found)
        record = self.record
        for name, body in found.items():
            self._slot(name, body.slot)
        record.context = found["context"].text or None
        record.consequences = found["consequences"].text or None
        if found["decision"].text:
            record.decision = read_decision(found["decision"].text, self.vocabulary)
            if record.decision.justification is None and (
                why := read_slot(self.outline, ("rationale",), self.vocabulary).text
            ):
                record.decision = record.decision._replace(justification=why)

    def _take_y_statement(self, found: dict[str, BodyText]) -> None:
        for section in self.document.sections:
            told = pieces(section.blocks)
            for text, span in [
                *told,
                Mark("\n".join(text for text, _ in told), section.span._replace(end=section.end)),
            ]:
                if y := read_y_statement(plain(text)):
                    self.y = y
                    slot = Slot("filled", span, "Y-statement")
                    found["decision"] = BodyText(y.decision, slot)
                    found["context"] = (
                        BodyText(y.context, slot)
                        if not found["context"].text or found["context"].slot.span == span
                        else found["context"]
                    )
                    found["consequences"] = BodyText(y.accepting or y.achieve, slot)
                    return

    # --- options and relations --------------------------------------------------------------------

    def _options(self) -> None:
        record = self.record
        found = read_options(self.outline, self.vocabulary)
        options, slot = found.options, found.slot
        for f in self.fields:
            if (
                not options
                and f.how == "table"
                and f.role in ("considered_options", "alternatives")
                and isinstance(f.value, str)
            ):
                options, slot = names_in_cell(f.value, f.span), Slot("filled", f.span, f"table `{f.key}`")
        if not options and self.y:
            span = record.slots["decision"].span or record.span
            options = [Option(name, "rejected", True, span) for name in self.y.neglected]
            options.insert(0, Option(self.y.decision, "chosen", True, span))
            slot = Slot("filled", span, "Y-statement")
        if not options and not found.no_alternatives_reason:
            options, slot = prose_options(self.outline, self.vocabulary, slot)
        decided = record.status is None or record.status.value in ("accepted", "superseded", "deprecated", "unknown")
        chosen = None
        if record.decision:
            chosen = record.decision.chosen_option or (
                record.decision.text if len(record.decision.text) <= 200 else None
            )
        record.considered_options = choose(
            options, chosen, decided or bool(record.decision and record.decision.chosen_option)
        )
        record.considered_options = self._argued(record.considered_options)
        record.no_alternatives_reason = found.no_alternatives_reason
        record.one_sided = is_one_sided(record.considered_options, record.decision, self.vocabulary)
        self._slot("considered_options", slot)

    def _argued(self, options: list[Option]) -> list[Option]:
        """Count an option as argued when the text names it again: the reason may stand anywhere."""
        if all(option.argued for option in options):
            return options
        text = fold(" ".join(plain(line) for line in self.document.lines))
        return [o if o.argued or text.count(fold(o.title)) < 2 else o._replace(argued=True) for o in options]

    def _relations(self) -> None:
        record = self.record
        by_field = {
            name: [r for f in self._values(name) for r in read_references(f.value, self.vocabulary)]
            for name in ("supersedes", "superseded_by", "amends", "relates_to")
        }
        lines = [str(f.value) for f in self._values("status")]
        if record.slots["status"].state != "placeholder":
            lines += _status_source(self.outline)
        status = "\n".join(line for line in lines if not find_placeholder(line, self.vocabulary))
        by_field["superseded_by"] += superseded_by_in(status)
        by_field["supersedes"] += supersedes_in(status)
        by_field["amends"] += amends_in(status)
        if record.status and record.status.value == "superseded" and not by_field["superseded_by"]:
            by_field["superseded_by"] += [
                r
                for line in _status_source(self.outline)
                for r in read_references(line, self.vocabulary)
                if names_a_record(r)
            ]
        for text in self._notes():
            by_field["superseded_by"] += [r for r in superseded_by_in(text) if names_a_record(r)]
            by_field["supersedes"] += [r for r in supersedes_in(text) if names_a_record(r)]
        for name, values in by_field.items():
            setattr(record, name, list(dict.fromkeys(values)))
        record.scope = [
            str(v)
            for f in self._values("scope")
            if f.how == "front matter"
            for v in (f.value if isinstance(f.value, list) else [f.value])
            if isinstance(v, str)
        ]
        record.follow_ups = self._follow_ups()
        record.links = local_links(self.document)

    def _notes(self) -> list[str]:
        """Return the lines of context and decision that may name a successor: bold or quoted notes, and "we supersede"."""
        out = []
        for part in self.outline.parts:
            if part.role in ("context", "decision", None, "more_information"):
                for text, _ in pieces(part.blocks):
                    low = text.lower()
                    if "supersede" in low and (
                        text.startswith(("*", "_"))
                        or "we supersede" in low
                        or "this " in low
                        or low.startswith("supersede")
                    ):
                        out.append(text)
        return out

    def _follow_ups(self) -> list[FollowUp]:
        out = []
        for i in self.outline.with_role("follow_ups"):
            for text, _ in pieces(self.outline.parts[i].blocks):
                if not is_unfilled(text, self.vocabulary):
                    who = next((word for word in plain(text).split() if word.startswith("@") and len(word) > 1), None)
                    out.append(
                        FollowUp(who.strip(".,:") if who else None, plain(text), read_date(text, self.vocabulary).value)
                    )
        return out

    def _leftovers(self) -> None:
        """Collect the placeholders that are still there, anywhere in the text."""
        for f in self.fields:
            for value in f.value if isinstance(f.value, list) else [f.value]:
                if (
                    isinstance(value, str)
                    and f.role not in ("decision_makers", "owner")
                    and (found := find_placeholder(value, self.vocabulary))
                ):
                    self.record.placeholders.append(Mark(found, f.span))
        seen = {mark.span.start for mark in self.record.placeholders}
        for part in self.outline.parts:
            if part.title and (found := find_placeholder(part.title, self.vocabulary)):
                self.record.placeholders.append(Mark(found, part.span))
            if part.role in ("status", "date", "decision_makers", "owner", "authors", "consulted", "informed"):
                continue
            for text, span in pieces(part.blocks):
                if span.start in seen or split_field(text, self.vocabulary):
                    continue
                if found := find_placeholder(text, self.vocabulary):
                    self.record.placeholders.append(Mark(found, span))


def _status_lines(blocks: tuple[object, ...]) -> list[str]:
    """Return the lines of a status section: paragraphs line by line, list items; quotes never count."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines += [line for line in block.text.split("\n") if line.strip()]
        elif isinstance(block, ListBlock):
            lines += [text for item in block.items for text, _ in pieces(item.blocks)]
        elif not isinstance(block, str):
            lines += [text for text, _ in pieces([block])]  # type: ignore[list-item]
    return lines


def _status_source(outline: Outline) -> list[str]:
    out: list[str] = []
    for i in outline.with_role("status"):
        for k in outline.subtree(i):
            part = outline.parts[k]
            if k == i or part.role is None:
                out += [part.inline, *_status_lines(part.blocks)]
    return out
