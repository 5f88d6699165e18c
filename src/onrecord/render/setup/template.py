"""A section for the pull-request template: silent until somebody fills it in."""

from __future__ import annotations

from onrecord.change import Change, Triggers, judge_change
from onrecord.markdown import parse_document
from onrecord.record import Vocabulary
from onrecord.record.header import split_field

SECTION = """\
<heading>

<!-- Does this settle something that others will build on? Fill in the lines; one sentence each is enough.
     If not, put one line in their place: No decision here, because … -->

Decision: <!-- what was decided -->
Instead of: <!-- the option that came closest, or: no other option, because … -->
Because: <!-- the reason -->
Owner: <!-- who answers for it -->
"""
_SAMPLE = {
    "Decision: <!-- what was decided -->": "Decision: We will keep the counters in Redis",
    "Instead of: <!-- the option that came closest, or: no other option, because … -->": "Instead of: sticky sessions",
    "Because: <!-- the reason -->": "Because: a shop could exceed its limit",
    "Owner: <!-- who answers for it -->": "Owner: Mara Lindqvist",
}


def section_text(level: int = 2) -> str:
    """Return the section below a heading of this level (1 to 6)."""
    return SECTION.replace("<heading>", f"{'#' * level} Decision")


def template_text() -> str:
    """Return a whole template, for a repository that has none."""
    return f"## What changes\n\n<!-- One or two sentences: what is different after this? -->\n\n{section_text()}"


def has_section(text: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a template asks for the decision already, by a heading or by a `Decision:` line, in any language."""
    if any(vocabulary.role(section.title) == "decision" for section in parse_document(text).sections if section.title):
        return True
    fields = (split_field(line, vocabulary) for line in text.splitlines())
    return any(field is not None and field[0] == "decision" for field in fields)


def add_section(text: str, vocabulary: Vocabulary) -> str | None:
    """Return the template with the section at its end, every other byte as it was.

    None when the page would not show its heading, or OnRecord itself would misread the result: speak where nothing was
    filled in, or miss what was.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    section = section_text(_level(text)).replace("\n", newline)
    ends = len(text) - len(text.rstrip("\r\n"))
    gap = newline * max(0, 2 - text[len(text) - ends :].count("\n")) if text.strip() else ""
    result = text + gap + section
    shows_heading = parse_document(result).sections[-1].title == "Decision"  # no comment or code block swallows it
    return result if shows_heading and _is_silent(result, vocabulary) and _is_read(result, vocabulary) else None


def _level(text: str) -> int:
    """Return the level of the template's own sections: the highest, unless that is the title above them all."""
    levels = [section.level for section in parse_document(text).sections if section.level]
    if len(levels) > 1 and levels[0] < min(levels[1:]):
        del levels[0]
    return min(levels, default=2)


def _is_silent(template: str, vocabulary: Vocabulary) -> bool:
    facts = judge_change(Change("A change", template, "someone"), Triggers(templates=(template,)), vocabulary).facts
    return facts["template_untouched"] and not (facts["asks"] or facts["decision"] or facts["waived"] is not None)


def _is_read(template: str, vocabulary: Vocabulary) -> bool:
    filled = template
    for line, answer in _SAMPLE.items():
        filled = filled.replace(line, answer)
    facts = judge_change(Change("A change", filled, "someone"), Triggers(), vocabulary).facts
    return (
        "Redis" in (facts["decision"] or {}).get("text", "")
        and facts["covered"]
        and facts["owner"]["name"] == "Mara Lindqvist"
    )
