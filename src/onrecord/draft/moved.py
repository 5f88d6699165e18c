"""A record's parts in the order and under the headings of another dialect; what stands below them is left as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.draft.apart import anchored, end_of_line, take_apart
from onrecord.draft.apart_rows import Row, key_for
from onrecord.draft.matter import quoted
from onrecord.draft.moved_forms import FORMS
from onrecord.markdown import Rule, plain
from onrecord.record.identity import read_heading
from onrecord.record.vocabulary import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from onrecord.draft.apart import Apart, Piece
    from onrecord.draft.moved_forms import Form, Way
    from onrecord.record import Vocabulary

MORE = "More Information"
_STRESSED = re.compile(r"\A(?P<mark>\*\*|__|[*_`])(?P<word>\w+)(?P=mark)\Z")
_OPTIONS = ("considered_options", "alternatives")
_OWN_WORDS = {"considered_options": "Options Considered"}  # "Considered Options" makes a record a MADR to its readers
_ENTITLED = ("status", "date", "decision_makers", "owner", "authors", "consulted", "informed", "title")


class Moved(NamedTuple):
    """A text in another dialect, and the headings of what was kept under More Information."""

    text: str
    kept: tuple[str, ...]


def move(text: str, path: str, dialect: str, vocabulary: Vocabulary, way: Way) -> Moved:
    """Return a record's text in another dialect (one of FORMS); raises Unmovable."""
    form = FORMS[dialect]
    apart = take_apart(text, path, vocabulary, way.moves_head, form.has_status_section, way.sorts)
    return _Writer(apart, form, way, end_of_line(text)).write(text.startswith("\ufeff"))


class _Writer:
    """Puts the pieces of one record together."""

    def __init__(self, apart: Apart, form: Form, way: Way, end: str) -> None:
        self.apart, self.form, self.way, self.end = apart, form, way, end
        self.document = apart.reading.document
        self.starts = {section.span.start: section for section in self.document.sections[1:]}
        self.out: list[list[str]] = []
        self.kept: list[str] = []
        self.left = list(apart.pieces)
        self.loose: list[list[str]] = []  # lines whose heading has become metadata

    def write(self, has_mark: bool) -> Moved:
        """Return the whole text."""
        self._front_matter()
        self._lines(self.apart.before)
        self._title()
        self._drop_emptied()
        takes = self._lead()
        self.out += [self._piece(piece, 2, None) for piece in self._take("title")]
        if not self.way.sorts:
            self._in_place()
        for heading, role, level in self.form.headings:
            self._part(heading, role, level, takes if role == "context" else None)
        self.out += [self._piece(piece, 2, None) for piece in self._take("follow_ups")]
        self._more()
        blocks = ["".join(block) for block in map(self._trimmed, self.out) if block]
        text = self.end.join(blocks)
        last = self.apart.raw[-1] if self.apart.raw else ""
        text = text if last.endswith(("\n", "\r")) or not last else text.removesuffix(self.end)
        return Moved(("\ufeff" if has_mark else "") + text, tuple(self.kept))

    def _trimmed(self, block: list[str]) -> list[str]:
        """Return lines without blank ones at both ends, each with its end."""
        first = next((i for i, line in enumerate(block) if line.strip()), len(block))
        last = next((i for i in range(len(block), 0, -1) if block[i - 1].strip()), 0)
        return [line if line.endswith(("\n", "\r")) else line + self.end for line in block[first:last]]

    def _front_matter(self) -> None:
        rows = list(self.apart.head.rows)
        hidden = {"status"} if self._status_moves() else set()
        hidden |= {"date"} if self.form.has_date_line else set()
        is_there = any(row.raw for row in rows if row.role in ("status", "date"))  # then the keys keep their order
        first = [] if is_there else [row for role in ("status", "date") for row in rows if row.role == role]
        shown = [row for row in (*first, *(row for row in rows if row not in first)) if row.role not in hidden]
        if shown:
            keys = {row.key for row in shown}
            lines = [self._row(row, keys) for row in shown]
            self.out.append([line + self.end for row in ("---", *lines, "---") for line in row.split("\n")])

    def _row(self, row: Row, keys: set[str]) -> str:
        is_madr = self.form is FORMS["madr-4"]  # 3 says `deciders`; other keys that are read stay as they are
        is_older = is_madr and row.raw and row.key and row.role == "decision_makers"
        key = key_for(row.role or "", row.key, self.apart.reading.vocabulary) if is_older else ""
        text = row.shown(key if key and key not in keys else "")
        keys.add(key)
        if row.role == "status" and not row.raw and isinstance(row.value, str):
            text = f"status: {quoted(self._word(row.value, str.lower))}"
        return text

    def _word(self, value: str, change: Callable[[str], str]) -> str:
        """Return a status in the letters that are usual in its place, where it is one bare word."""
        bare = _STRESSED.sub(r"\g<word>", value)
        is_bare = bare.isalpha() and fold(bare) in self.apart.reading.vocabulary.statuses
        return change(bare) if is_bare else value

    def _status_moves(self) -> bool:
        """Tell whether the status goes from a row to a section."""
        row = self.apart.head.row("status")
        has_section = any(piece.role == "status" for piece in self.apart.pieces)
        return bool(
            self.form.has_status_section and row and isinstance(row.value, str) and row.value and not has_section
        )

    def _title(self) -> None:
        apart = self.apart
        lines = [apart.raw[n - 1] for n in apart.title]
        if apart.head.title and (self.way.writes_title or not self._has_title_row()):
            self.out.append([f"# {apart.head.title}{self.end}"])
        if not lines:
            return
        section = self.starts.get(apart.title[0])
        number = apart.record.number or ""
        takes_number = section is not None and read_heading(f"{number}. {section.title}").title == apart.record.title
        if section is None or (apart.head.title and not set(apart.title) <= apart.head.used):
            self.out.append(lines)
        elif apart.head.title:
            return  # "## Title": its text is the heading now
        elif self.form.has_number and number.isdigit() and takes_number:
            self.out.append([f"# {number}. {section.title}{self.end}"])
        elif section.level != 1:
            self.out.append([f"# {section.title}{self.end}"])
        else:
            self.out.append(lines)

    def _has_title_row(self) -> bool:
        return any(row.role == "title" and row.raw for row in self.apart.head.rows)

    def _drop_emptied(self) -> None:
        """Leave out headings whose text has become metadata; what else stood below them is kept without them."""
        for piece in list(self.left):
            if piece.role not in _ENTITLED or (
                piece.role == "status" and self.form.has_status_section and not piece.inline
            ):
                continue
            body = [self.apart.raw[n - 1] for n in piece.body if n not in self.apart.head.used]
            says_nothing = not any(line.strip() for line in body)
            near = range(piece.head[-1] + 1, (piece.body or piece.head)[-1] + 1)
            is_taken = bool(self.apart.head.used & {*piece.head, *near})
            if says_nothing and is_taken:
                self.left.remove(piece)
            elif is_taken:
                self.left.remove(piece)
                self.loose.append(body)

    def _lead(self) -> list[str] | None:
        """Write what stands below the title; return it where it is the context that no section has."""
        if self.form.has_date_line and (row := self.apart.head.row("date")):
            value = row.value if isinstance(row.value, str) else ""
            self.out.append([f"Date: {value}{self.end}"])
        lines = self._closed([self.apart.raw[n - 1] for n in self.apart.lead])
        slot = self.apart.record.slots["context"]
        if (
            self.way.takes_lead
            and slot.how == "text before the first section"
            and slot.span
            and slot.span.start in self.apart.lead
        ):
            return lines
        self.out.append(lines)
        return None

    def _closed(self, lines: list[str]) -> list[str]:
        """Close the gaps that metadata has left, where no code stands that needs its blank lines."""
        if not self.apart.head.used or any("```" in line or "~~~" in line for line in lines):
            return lines
        return [line for i, line in enumerate(lines) if line.strip() or (i and lines[i - 1].strip())]

    def _part(self, heading: str, role: str, level: int, lead: list[str] | None) -> None:
        """Write the sections of a role: the first under the dialect's own heading, others under theirs."""
        if role == "status" and self._status_moves():
            row = self.apart.head.row("status")
            value = self._word(str(row.value), str.capitalize) if row else ""
            self.out += [[f"## {heading}{self.end}"], [value + self.end]]
            return
        if lead is not None:
            self.out += [[f"## {heading}{self.end}"], lead]
            return
        level = level if self.way.nests else 2
        pieces = self._take(role)
        if role == "decision" and not pieces:
            pieces = self._take("proposal")
        is_one = role != "decision" or len(pieces) < 2 or pieces[0].role == role  # several proposals are read together
        for i, piece in enumerate(pieces):
            name = heading if i == 0 and is_one and self._is_renamed(piece, role) else None
            self.out.append(self._piece(piece, level, self._other(piece, name, role)))

    def _in_place(self) -> None:
        """Write the sections in their own order, those that the dialect has under its headings."""
        headings = {role: heading for heading, role, _ in self.form.headings}
        is_one = sum(piece.role in ("decision", "proposal") for piece in self.left) == 1
        for piece in self.left:
            role = "decision" if piece.role == "proposal" and is_one else piece.role or ""
            role = next((one for one in _OPTIONS if one in headings), role) if role in _OPTIONS else role
            heading = headings.pop(role, "")
            name = heading if heading and self._is_renamed(piece, role) else None
            self.out.append(self._piece(piece, piece.level, self._other(piece, name, role)))
        self.left = []

    def _take(self, role: str) -> list[Piece]:
        roles = _OPTIONS if role in _OPTIONS else (role,)
        found = [piece for piece in self.left if piece.role in roles]
        self.left = [piece for piece in self.left if piece.role not in roles]
        return found

    def _is_renamed(self, piece: Piece, role: str) -> bool:
        if not self.way.renames and role != "decision":
            return False
        words = re.sub(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*|[IVXivx]{1,4})[.):]?\s+", "", plain(piece.title))
        if role == "alternatives" and piece.role != role and self._lists_choice():
            return False
        is_plain = self.apart.reading.vocabulary.label(words) is not None
        slug = re.sub(r"[^\w -]", "", plain(piece.title).casefold()).replace(" ", "-")
        if any(f"](#{slug})" in line for line in self.document.lines):
            return False  # a link of the text leads here
        return is_plain and (role not in _OPTIONS or piece.role == role or self.way.renames_options)

    def _lists_choice(self) -> bool:
        """Tell whether the option that was taken is among those that are listed: then they are no alternatives to it."""
        return any(option.outcome == "chosen" for option in self.apart.record.considered_options)

    def _other(self, piece: Piece, name: str | None, role: str) -> str | None:
        """Return the heading; options that are not renamed are called so that no reader takes the text for another dialect."""
        is_madr = role == "considered_options" and self.form.headings[2][1] == role
        if name is None and not is_madr and fold(plain(piece.title)) in ("considered options", "options"):
            return _OWN_WORDS["considered_options"]
        return name

    def _more(self) -> None:
        """Write what has no place else, in the order of the text, each under its own heading."""
        own = [piece for piece in self.left if piece.role == "more_information"]
        main = next((piece for piece in own if fold(plain(piece.title)) == fold(MORE)), None)
        others = [piece for piece in self.left if piece is not main]
        if not (main or others or self.loose):
            return
        if main:
            self.out.append(self._piece(main, 2, MORE))
        elif self.loose or self.way.gathers:
            self.out.append([f"## {MORE}{self.end}"])
        self.out += self.loose
        for piece in others:
            self.kept.append(plain(piece.title))
            self.out.append(self._piece(piece, 3 if self.way.gathers else 2, None))
        self.left = []

    def _piece(self, piece: Piece, level: int, name: str | None) -> list[str]:
        """Return the lines of a piece with its heading at a level, those inside of it moved along."""
        section = self.starts[piece.head[0]]
        by = level - section.level
        lines: list[str] = []
        if name is not None and (fold(name) != fold(section.title) or by):
            lines.append(f"{'#' * level} {anchored(section.title, name)}{self.end}")
            if piece.inline:
                inline = re.split(r"[:：]", section.title, maxsplit=1)[-1].strip()
                lines += [self.end, inline + self.end]
                lines += [self.end] if piece.body and self.apart.line(piece.body[0]).strip() else []
        else:
            lines += self._heading(piece.head, by)
        skip = 0
        for n in piece.body:
            if n <= skip or n == self._rule_at_end(piece):
                continue
            if n in self.starts and by:
                span = self.starts[n].span
                lines += self._heading(tuple(range(n, span.end + 1)), by)
                skip = span.end
            else:
                lines.append(self.apart.raw[n - 1])
        return lines

    def _rule_at_end(self, piece: Piece) -> int:
        """Return the line of a rule that parts a section from the next one, which is another now; 0 without."""
        blocks = self.document.sections[piece.sections[-1]].blocks
        return blocks[-1].span.start if blocks and isinstance(blocks[-1], Rule) and self.way.sorts else 0

    def _heading(self, numbers: tuple[int, ...], by: int) -> list[str]:
        section = self.starts[numbers[0]]
        raw = [self.apart.raw[n - 1] for n in numbers]
        if not by:
            return raw
        level = min(section.level + by, 6)
        if match := re.match(r" {0,3}#{1,6}(?=\s)", raw[0]):
            return ["#" * level + raw[0][match.end() :]]
        return [f"{'#' * level} {' '.join(section.title.split())}{self.end}"]

    def _lines(self, numbers: Iterable[int]) -> None:
        self.out.append([self.apart.raw[n - 1] for n in numbers])
