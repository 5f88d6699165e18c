"""The considered options: where they are listed, which was chosen, and whether anything is said about each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.markdown import Html, ListBlock, Paragraph, Span, Table, plain
from onrecord.record.model import Option, Outcome, Slot, SlotState
from onrecord.record.outline import Outline, Part
from onrecord.record.placeholders import is_unfilled
from onrecord.record.vocabulary import Vocabulary, fold, strip_symbols

if TYPE_CHECKING:
    from collections.abc import Callable

_LABEL = re.compile(
    r"^(?:option|alternative|variante?|approach|solution|choice|opci[oó]n|opção|opzione|optie|opcja|вариант|альтернатива|选项|方案|案|옵션|idea|proposal|strategy)\s*#?\s*(?:\d{1,2}|[A-Z])\b\s*[-–—:.)]*\s*",
    re.IGNORECASE,
)
_SHORT_LABEL = re.compile(r"^([A-Z]?\d{1,2}|[A-Z])\s*[-–—:.)]\s+")
_TITLE_END = re.compile(
    r":\s|\s[-–—]\s|(?<!e\.g)(?<!i\.e)(?<!z\.B)(?<!etc)(?<!vs)\.\s|\s\(|\n|;\s|:$|,\s(?:because|which|but)\b"
)
_BOLD_LEAD = re.compile(r"^(?:\*\*|__)(?P<title>[^*_]{1,160})(?:\*\*|__)")
_LABEL_IN_TEXT = re.compile(
    r"\b(?:option|alternative|variante?|approach|solution|idea|opción|opção|opzione|optie|opcja|вариант)\s+(?:number |numéro |nummer |número |no\.? |nr\.? |n° ?|#)?(\d{1,2}|[A-Z])\b",
    re.IGNORECASE,
)
_OUTCOME_MARK = re.compile(
    r"[(\[]\s*(?P<word>chosen|selected|accepted|recommended|preferred|winner|our choice|rejected|discarded|not chosen|not selected|gewählt|verworfen|retenue?|rejetée?|elegida|escolhida|scelta)\b[^)\]]*[)\]]|(?P<tick>✅|✔|☑|🏆)|(?P<cross>❌|✗|✘|🚫)",
    re.IGNORECASE,
)
_REJECTING = re.compile(
    r"reject|discard|not |no\b|verworfen|abgelehnt|rejet|descart|scart|отклон|却下|拒绝|기각|❌|✗|✘", re.IGNORECASE
)
_CHOOSING = re.compile(
    r"chosen|select|accept|adopt|winner|yes\b|gewählt|reten|elegid|escolhid|scelt|выбран|採用|采用|채택|✅|✔",
    re.IGNORECASE,
)
_ARGUMENT = re.compile(r"(?:good|bad|neutral|pro|con|gut|schlecht|bien|mal|bon|mauvais|bom|ruim)\s*[,:]", re.IGNORECASE)
_VERDICT = frozenset(
    (
        "verdict",
        "outcome",
        "status",
        "decision",
        "result",
        "chosen",
        "selected",
        "why not",
        "why rejected",
        "reason",
        "reason rejected",
        "notes",
    )
)
_COUNT_IN_LINE = re.compile(r"(?:^|(?<=[\s.;,]))\(?\d{1,2}[.)]\s+")
_COUNTER = frozenset(("#", "", "no", "nr", "id"))
_TOKEN = re.compile(r"[^\W_]+")
MAX_TITLE = 160
MAX_COMPARED = 60  # options are compared in pairs; nobody weighs more than this


class Found(NamedTuple):
    """The options, why there is only one (if the text says so), and the slot they stand in."""

    options: list[Option]
    no_alternatives_reason: str | None
    slot: Slot


class _Raw(NamedTuple):
    title: str
    outcome: Outcome | None
    argued: bool
    span: Span


def read_options(outline: Outline, vocabulary: Vocabulary) -> Found:
    """Return the options listed under their own headings; prose is `prose_options`."""
    raw: list[_Raw] = []
    reason: str | None = None
    slot = Slot("absent", None, "")
    for i in outline.with_role("considered_options", "alternatives"):
        part = outline.parts[i]
        default: Outcome | None = "rejected" if part.role == "alternatives" else None
        here = _in_part(outline, i, vocabulary)
        text = outline.text(i)
        if _is_none_considered(text, vocabulary):
            reason, here = reason or text, []
        state = _state(here, reason, text, vocabulary)
        if slot.state != "filled":
            slot = Slot(state, outline.span(i), f'heading "{plain(part.title)}"')
        raw = _merge(raw, [r._replace(outcome=r.outcome or default) for r in here])
    if not raw and not reason:
        raw, slot = _elsewhere(outline, vocabulary, slot)
    raw = _with_arguments(raw, outline)
    return Found([Option(r.title, r.outcome or "undecided", r.argued, r.span) for r in raw], reason, slot)


def _state(here: list[_Raw], reason: str | None, text: str, vocabulary: Vocabulary) -> SlotState:
    if here or reason:
        return "filled"
    return "placeholder" if any(ch.isalnum() for ch in text) and fold(text) not in vocabulary.absent else "empty"


def _is_none_considered(text: str, vocabulary: Vocabulary) -> bool:
    return len(text.split()) <= 60 and bool(vocabulary.phrase("none_considered").search(text))


def _in_part(outline: Outline, index: int, vocabulary: Vocabulary) -> list[_Raw]:
    """Return the options in one part: inner headings, a list, a table, bold lines, or its paragraphs."""
    part = outline.parts[index]
    inner = [
        i
        for i in outline.children(index)
        if outline.parts[i].role in (None, "considered_options", "alternatives", "proposal")
    ]
    headings = [_from_heading(outline, i) for i in inner if not is_unfilled(outline.parts[i].title, vocabulary)]
    listed = [raw for block in part.blocks if isinstance(block, ListBlock) for raw in _from_list(block, vocabulary)]
    if len(headings) >= 2 or (headings and len(listed) < 2):
        return headings
    tables = [raw for block in part.blocks if isinstance(block, Table) for raw in _from_table(block, vocabulary)]
    tables += [
        raw
        for block in part.blocks
        if isinstance(block, Html) and "<table" in block.text.lower()
        for raw in _from_html(block, vocabulary)
    ]
    paragraphs = [b for b in part.blocks if isinstance(b, Paragraph) and not is_unfilled(b.text, vocabulary)]
    if tables:
        return tables
    led = [r for p in paragraphs if (r := _from_bold_line(p))]
    if len(led) >= 2 or (led and not listed):
        return led
    if listed:
        return listed
    return _from_prose(part, paragraphs, vocabulary)


def _from_heading(outline: Outline, index: int) -> _Raw:
    part = outline.parts[index]
    return _Raw(_title(part.title, whole=True), _outcome_in(part.title), bool(outline.text(index)), part.span)


def _from_list(block: ListBlock, vocabulary: Vocabulary) -> list[_Raw]:
    out = []
    for item in block.items:
        first = item.blocks[0] if item.blocks else None
        if not isinstance(first, Paragraph) or is_unfilled(first.text, vocabulary):
            continue
        shown = plain(first.text)
        if not shown and (struck := plain(first.text, keep_struck=True)):
            out.append(_Raw(struck, "rejected", False, item.span))
            continue
        title = _title(first.text)
        if title and fold(shown) not in vocabulary.absent:
            argued = len(item.blocks) > 1 or len(shown) > len(title) + 12
            outcome = _outcome_in(first.text) or ("chosen" if item.checked else None)
            out.append(_Raw(title, outcome, argued, item.span))
    return out


def _from_table(table: Table, vocabulary: Vocabulary) -> list[_Raw]:
    heads = [fold(plain(cell)) for cell in table.header]
    at = next(
        (i for i, cell in enumerate(table.header) if vocabulary.role(cell) in ("considered_options", "alternatives")),
        None,
    )
    if at is None:
        at = 1 if heads and heads[0] in _COUNTER and len(heads) > 1 else 0
    verdict = next((i for i, head in enumerate(heads) if head in _VERDICT and i != at), None)
    out = []
    for row, span in zip(table.rows, table.spans[1:], strict=False):
        if at >= len(row) or not plain(row[at]) or is_unfilled(row[at], vocabulary):
            continue
        outcome = _outcome_in(row[at])
        if outcome is None and verdict is not None and verdict < len(row):
            outcome = _outcome_word(row[verdict])
        out.append(_Raw(_title(row[at], whole=True), outcome, sum(bool(plain(c)) for c in row) > 1, span))
    return out


def _from_html(block: Html, vocabulary: Vocabulary) -> list[_Raw]:
    from onrecord.record.html_table import read_html_tables

    return [raw for table in read_html_tables(block) for raw in _from_table(table, vocabulary)]


def _from_bold_line(block: Paragraph) -> _Raw | None:
    match = _BOLD_LEAD.match(block.text.strip())
    if not match:
        return None
    return _Raw(
        _title(match["title"], whole=True),
        _outcome_in(block.text.split("\n")[0]),
        len(block.text) > match.end() + 3,
        block.span,
    )


def _from_prose(part: Part, paragraphs: list[Paragraph], vocabulary: Vocabulary) -> list[_Raw]:
    """Read paragraphs under an options heading: one option each if labelled, else one in all."""
    if part.inline and not paragraphs:
        return [_Raw(name, None, False, part.span) for name in names_in_line(part.inline)]
    labelled = [p for p in paragraphs if _LABEL.match(plain(p.text)) or _SHORT_LABEL.match(plain(p.text))]
    if labelled:
        return [_Raw(_title(p.text), _outcome_in(p.text), True, p.span) for p in labelled]
    told = [p for p in paragraphs if plain(p.text) and fold(plain(p.text)) not in vocabulary.absent]
    if not told:
        return []
    first = told[0]
    names = names_in_line(plain(first.text)) if len(told) == 1 else []
    if len(names) >= 2:
        return [_Raw(name, None, False, first.span) for name in names]
    if 2 <= len(told) <= 6 and all(len(p.text.split()) <= 40 for p in told):
        return [_Raw(_title(p.text), _outcome_in(p.text), True, p.span) for p in told]
    return [_Raw(_title(first.text), None, True, first.span)]


def names_in_line(text: str) -> list[str]:
    """Split "Redis, Memcached and Hazelcast": only short names, never a sentence."""
    if ":" in text or text.rstrip().endswith("?"):
        return []
    names = [
        n.strip(" .")
        for n in re.split(r"\s*[,;、，；]\s*|\s+(?:and|or|vs\.?|und|oder|et|ou|y|o|e)\s+", text)
        if n.strip(" .")
    ]
    return names if len(names) >= 2 and all(len(n.split()) <= 6 for n in names) else []


def names_in_cell(text: str, span: Span) -> list[Option]:
    """Return the options named in one table cell, as in a Tyree-Akerman table's Positions: "A, B" or "1. A. 2. B."."""
    shown = plain(text.replace("<br>", ", "))
    counted = [part.strip(" .;,") for part in _COUNT_IN_LINE.split(shown) if part.strip(" .;,")]
    names = counted if len(counted) >= 2 and _COUNT_IN_LINE.match(shown) else names_in_line(shown) or [shown]
    return [Option(_title(name, whole=True), "undecided", False, span) for name in names if name]


def _elsewhere(outline: Outline, vocabulary: Vocabulary, slot: Slot) -> tuple[list[_Raw], Slot]:
    """Look for options in pros and cons, and in labelled headings or bold lines below context and decision."""
    for i in outline.with_role("pros_cons"):
        inner = [
            k
            for k in outline.children(i)
            if outline.parts[k].role is None and not is_unfilled(outline.parts[k].title, vocabulary)
        ]
        if len(inner) >= 2:
            part = outline.parts[i]
            return [_from_heading(outline, k) for k in inner], Slot(
                "filled", outline.span(i), f'heading "{plain(part.title)}"'
            )
    labelled = [
        i for i, part in enumerate(outline.parts) if i != outline.title_index and _LABEL.match(plain(part.title))
    ]
    if len(labelled) >= 2:
        return [_from_heading(outline, i) for i in labelled], Slot(
            "filled", outline.parts[labelled[0]].span, "headings that name options"
        )
    weighed = [i for i, part in enumerate(outline.parts) if part.role is None and _is_weighed(part)]
    if len(weighed) >= 2:
        return [_from_heading(outline, i) for i in weighed], Slot(
            "filled", outline.parts[weighed[0]].span, "headings with arguments for and against"
        )
    for part in outline.parts:
        led = [
            r for b in part.blocks if isinstance(b, Paragraph) and (r := _from_bold_line(b)) and _LABEL.match(r.title)
        ]
        led += [
            r
            for b in part.blocks
            if isinstance(b, ListBlock)
            for r in _from_list(b, vocabulary)
            if _LABEL.match(r.title)
        ]
        if len(led) >= 2:
            return led, Slot("filled", led[0].span, "lines that name options")
    return [], slot


def _is_weighed(part: Part) -> bool:
    """Tell whether a heading has a list of "Good, because …" and "Bad, because …" below it."""
    items = [
        plain(b.text)
        for block in part.blocks
        if isinstance(block, ListBlock)
        for item in block.items
        for b in item.blocks[:1]
        if isinstance(b, Paragraph)
    ]
    return bool(items) and sum(bool(_ARGUMENT.match(text)) for text in items) * 2 >= len(items)


def _with_arguments(raw: list[_Raw], outline: Outline) -> list[_Raw]:
    """Mark the options that pros and cons have a heading for."""
    titles = {
        fold(plain(outline.parts[k].title)) for i in outline.with_role("pros_cons") for k in outline.subtree(i)[1:]
    }
    alike = sorted(titles)[:MAX_COMPARED] if len(raw) <= MAX_COMPARED else []
    return [
        r._replace(argued=True)
        if not r.argued and (fold(r.title) in titles or any(same_option(r.title, t) for t in alike))
        else r
        for r in raw
    ]


def _merge(first: list[_Raw], second: list[_Raw]) -> list[_Raw]:
    seen = {fold(raw.title) for raw in first}
    return first + [raw for raw in second if fold(raw.title) not in seen]


def _title(source: str, whole: bool = False) -> str:
    """Return an option's name: the bold lead or the words before the first colon, dash or full stop."""
    lead = _BOLD_LEAD.match(source.strip())
    text = plain(lead["title"] if lead and not whole else source)
    text = _OUTCOME_MARK.sub("", strip_symbols(text)).strip(" .:-–—*")
    label = _LABEL.match(text) or _SHORT_LABEL.match(text)
    head, rest = (text[: label.end()], text[label.end() :]) if label else ("", text)
    if not whole and not lead and (end := _TITLE_END.search(rest)) and end.start() > 1:
        rest = rest[: end.start()]
    return (head + rest).strip(" .:-–—")[:MAX_TITLE]


def _outcome_in(source: str) -> Outcome | None:
    match = _OUTCOME_MARK.search(source)
    if not match:
        return None
    if match["tick"]:
        return "chosen"
    if match["cross"]:
        return "rejected"
    return _outcome_word(match["word"])


def _outcome_word(text: str) -> Outcome | None:
    if _REJECTING.search(text):
        return "rejected"
    return "chosen" if _CHOOSING.search(text) else None


def choose(options: list[Option], chosen: str | None, decided: bool) -> list[Option]:
    """Mark the options that `chosen` names; once one is chosen (or `decided`), undecided others are rejected."""
    hits = _named(options, chosen) if chosen else []
    options = [o._replace(outcome="chosen", argued=True) if o in hits else o for o in options]
    if decided and any(o.outcome == "chosen" for o in options):
        options = [o._replace(outcome="rejected") if o.outcome == "undecided" else o for o in options]
    return options


def _named(options: list[Option], chosen: str) -> list[Option]:
    """Return the options a text names, by the surest sign there is: the same words, a label, the start, any likeness."""
    text = fold(plain(chosen))
    labels = {label.casefold() for label in _LABEL_IN_TEXT.findall(chosen)}
    signs: tuple[Callable[[Option], bool], ...] = (
        lambda o: fold(o.title) == text or fold(_bare(o.title)) == text,
        lambda o: bool(labels) and _label_of(fold(plain(o.title))) in labels,
        lambda o: text.startswith(fold(_bare(o.title))) and len(fold(_bare(o.title))) >= 3,
        lambda o: same_option(o.title, chosen) or same_option(_bare(o.title), chosen),
    )
    if len(labels) == 1 and not any(_label_of(fold(plain(o.title))) for o in options):
        position = next(iter(labels))
        if position.isdigit() and 1 <= int(position) <= len(options):  # "we chose option 2" of a list without labels
            return [options[int(position) - 1]]
    for sign in signs:
        if hits := [o for o in options if o.outcome != "chosen" and sign(o)]:
            return hits
    return []


def _bare(title: str) -> str:
    """Return an option's name without its label ("Option 2: Redis") and without brackets."""
    label = _LABEL.match(title) or _SHORT_LABEL.match(title)
    name = title[label.end() :] if label else title
    return re.sub(r"\s*\([^)]*\)", "", name).strip() or title


def same_option(first: str, second: str) -> bool:
    """Tell whether two texts name the same option: by label ("Option 2", "A1"), containment, or most of their words."""
    a, b = fold(plain(first)), fold(plain(second))
    if not a or not b:
        return False
    if a == b or (min(len(a), len(b)) >= 4 and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")):
        return True
    label_a, label_b = _label_of(a), _label_of(b)
    if label_a and label_b:
        return label_a == label_b
    if label_a and re.fullmatch(rf"(?:option |alternative )?{re.escape(label_a)}", b):
        return True
    words_a, words_b = set(_TOKEN.findall(a)), set(_TOKEN.findall(b))
    shared = len(words_a & words_b)
    return shared >= 2 and shared / min(len(words_a), len(words_b)) >= 0.75


def _label_of(text: str) -> str | None:
    match = _LABEL.match(text) or _SHORT_LABEL.match(text.upper())
    found = re.search(r"[a-z]?\d{1,2}|\b[a-z]\b", match[0].lower()) if match else None
    return found[0] if found else None
