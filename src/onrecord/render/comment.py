"""The one comment on a pull request: what is missing, what to paste, and how to say that there is nothing.

Its first line is the marker by which it is found again. GitHub takes 65,536 characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.render.pull_request import MERIT, fenced, hidden_line, parts_table, paste_block, state_of
from onrecord.render.safe import for_markdown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARKER = "<!-- onrecord:comment:v1 -->"
MAX_CHARACTERS = 60_000
SHOWN = 3  # reasons and governing records; the summary has all
_ONE_COMMENT = "There is only this one comment: it is edited, never repeated, and stays away once it is deleted."


class Governing(NamedTuple):
    """An accepted record whose scope covers a touched file: what to call it, and where it is."""

    title: str
    url: str


def render_comment(facts: Mapping[str, Any], governing: Sequence[Governing] = ()) -> str:
    """Return the comment for a pull request that is asked for a decision and does not answer."""
    lines = [MARKER, f"### {_heading(facts)}", "", "Why this is asked:", ""]
    reasons = facts["reasons"]
    lines += [f"- {for_markdown(reason)}" for reason in reasons[:SHOWN]]
    if len(reasons) > SHOWN:
        lines.append(f"- and {len(reasons) - SHOWN} more")
    lines += [f"- the linked record {for_markdown(link)} was not found" for link in facts["unresolved_links"][:SHOWN]]
    lines += [f"- {line}" for line in (hidden_line(facts),) if line]
    lines += ["", *parts_table(facts), ""]
    lines += ["**Three sentences are enough.** Copy this into the description and fill what is empty:", ""]
    lines += [*fenced(paste_block(facts)), ""]
    lines += [
        "A link to the decision record answers too, and so does a record in this pull request. "
        "If nothing was decided, write: `No decision here, because …`",
        "",
    ]
    if governing:
        lines += ["Accepted records that govern these files:", ""]
        lines += [f"- {_link(record)}" for record in governing[:SHOWN]]
        lines.append("")
    lines.append(f"<sub>{MERIT} {_ONE_COMMENT}</sub>")
    return _cut("\n".join(lines) + "\n")


def render_resolved(facts: Mapping[str, Any]) -> str:
    """Return the line that the comment turns into once nothing is missing."""
    return f"{MARKER}\n{_cut(for_markdown(state_of(facts)))} Thank you.\n"


def _heading(facts: Mapping[str, Any]) -> str:
    if facts["waived"] is not None:
        return "Almost there: the description says that nothing is decided here, and not why"
    return (
        "Almost there: the decision is stated, and what it was chosen over is not"
        if facts["decision"]
        else "The decision behind this change is not written down yet"
    )


def _link(record: Governing) -> str:
    """Return a Markdown link; an address that could leave its brackets is shown as text."""
    url = record.url
    if not url.startswith("https://") or any(c in url for c in "<>()[] \n\r\t\"'`\\"):
        return for_markdown(record.title)
    return f"[{for_markdown(record.title)}]({url})"


def _cut(text: str) -> str:
    """Cut at a line, with room for the last words; what is echoed is short, so this is only a guard."""
    if len(text) <= MAX_CHARACTERS:
        return text
    end = text.rfind("\n", 0, MAX_CHARACTERS - 100)
    return text[: end if end > 0 else MAX_CHARACTERS - 100] + "\n\nThe rest did not fit here.\n"
