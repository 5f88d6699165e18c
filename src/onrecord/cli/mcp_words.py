"""The tools of `onrecord mcp` in words: when to call which, and with what."""

from __future__ import annotations

from typing import Any

from onrecord.adapters.mcp_server import Tool
from onrecord.cli.list import STATUSES

MOST_HITS = 20
MOST_LISTED = 50
MOST_QUERY, MOST_NAME, MOST_DRAFT = 10_000, 1_000, 200_000  # characters
_PATH = "relative to the top of the repository, with forward slashes"


def _text(description: str, most: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most, "description": description, **more}


def _limit(most: int, default: int) -> dict[str, Any]:
    what = f"How many at most (default: {default})."
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default, "description": what}


TOOLS = (
    Tool(
        "why",
        "Why is this line like this?",
        "The decisions behind a file, a folder or one line: records that govern or name it, and what the commit or pull"
        " request that brought the line decided. Call it BEFORE you change, move or delete existing code or"
        " configuration, and whenever something looks odd or needlessly complicated. Give the line when you can: the"
        " answer is sharper. Each answer tells how it is known; `guess` marks mere likeness of words, and"
        " `replaced_by` a decision that is no longer in force.",
        {
            "path": _text(f"The file or folder, {_PATH}.", MOST_NAME),
            "line": {
                "type": "integer",
                "minimum": 1,
                "description": "The line, counted from 1, as the file is now.",
            },
        },
        ("path",),
    ),
    Tool(
        "search_decisions",
        "Search the decision records",
        "Full-text search over the decision records, best match first. Call it BEFORE you propose or introduce a"
        " library, a service, a pattern, a data format or a structure, and when you are asked what was decided about"
        " something: it may be settled, or rejected with reasons.",
        {
            "query": _text(
                'A few telling words ("session cache redis"); "in quotes" for words side by side, sess* for all'
                " words that begin so.",
                MOST_QUERY,
            ),
            "limit": _limit(MOST_HITS, 10),
        },
        ("query",),
    ),
    Tool(
        "show_decision",
        "Show one decision record",
        "One record with its decision, the options it was chosen over, reasons, consequences, owners, relations to"
        " other records and records that read alike. Call it when you have a record's number or path and need more"
        " than one line of it, and before you change anything it governs.",
        {"record": _text('Its number ("12", "ADR-12"), its path, or words of its title.', MOST_NAME)},
        ("record",),
    ),
    Tool(
        "list_decisions",
        "List decision records",
        "The records of the repository, the newest first, by status, owner, tag, date, or the file they govern. Call it"
        " to see what is in force for a file you are about to create (`scope`), or what is still undecided (`status`:"
        " proposed).",
        {
            "status": {
                "type": ["array", "string"],
                "items": {"type": "string", "enum": list(STATUSES)},
                "description": f"Only these: one, or a list of them ({', '.join(STATUSES)}).",
            },
            "owner": _text("Only records of this person or team: a name or a part of it.", MOST_NAME),
            "tag": _text("Only records with this tag.", MOST_NAME),
            "scope": _text(
                f"Only records in force that govern this file, which need not exist yet; {_PATH}.", MOST_NAME
            ),
            "since": _text("Only records from this date on (2026, 2026-11 or 2026-11-22).", 10),
            "until": _text("Only records up to this date, itself included.", 10),
            "limit": _limit(MOST_LISTED, MOST_HITS),
        },
    ),
    Tool(
        "check_draft",
        "Check a draft of a decision record",
        "What the team's rules say about the text of a record before it is saved: what is missing, whether its number"
        " is taken, and which records it resembles (`related`; `twin` marks what may be the same decision again)."
        " Call it whenever you write or edit a decision record. Nothing is saved.",
        {
            "text": _text("The whole Markdown text of the record.", MOST_DRAFT),
            "path": _text(f"Where it is to be saved, with the number in its name; {_PATH}.", MOST_NAME),
        },
        ("text",),
    ),
)
