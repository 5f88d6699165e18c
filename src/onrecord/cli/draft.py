"""`onrecord draft --title "…" TRANSCRIPT`: a proposed record of what a meeting said about a decision that you name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.evidence_index import find_windows
from onrecord.adapters.files import MAX_BYTES, Unreadable, read_bytes
from onrecord.adapters.settings import load_config
from onrecord.cli.common import repository, say, today, vocabulary_of, write_out
from onrecord.cli.draft_file import Sources, put
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.draft.evidence import COUNT
from onrecord.draft.from_transcript import NOTICE, draft_of, marks_of
from onrecord.draft.minutes import is_minutes, read_minutes
from onrecord.draft.shapes import SHAPES
from onrecord.draft.transcript import FORMS, Transcript, read
from onrecord.draft.transcript.segments import parsed
from onrecord.draft.transcript.slack import users_of
from onrecord.render.draft import draft_json

if TYPE_CHECKING:
    import argparse

    from onrecord.check import Config

MOST_WINDOWS = 20
MOST_BYTES = 64_000_000
_TYPED = ("notes", "named-lines", "plain")  # others are transcripts for sure, some without names
MOST_PROBLEMS = 5  # that are shown one by one


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "transcript", metavar="TRANSCRIPT", help="a transcript, a chat, or a filled page of onrecord agenda"
    )
    parser.add_argument("--title", metavar="TEXT", help="the decision in a few words: “Use Redis for sessions”")
    parser.add_argument("--format", choices=FORMS, help="what kind of transcript it is (default: by its content)")
    parser.add_argument("--users", metavar="FILE", help="Slack's users.json, or a JSON object of user ids and names")
    parser.add_argument(
        "--windows", type=int, default=COUNT, metavar="N", help=f"how many places to look at (default: {COUNT})"
    )
    parser.add_argument("--dialect", choices=tuple(SHAPES), help="default: that of the repository, else brief")
    parser.add_argument("--folder", metavar="FOLDER", help="where to put it (default: beside the other records)")
    parser.add_argument("--output", metavar="FILE", help="write to this new file; “-” prints it")
    parser.add_argument(
        "--output-format",
        choices=("text", "json"),
        default="text",
        help="json prints what was found, and writes no record",
    )
    parser.add_argument(
        "--model",
        action="store_true",
        help="also ask a model about these turns (ONRECORD_MODEL_URL or ONRECORD_MODEL_COMMAND tells which model)",
    )
    parser.add_argument("--today", metavar="DATE", help="take this as today's date (YYYY-MM-DD)")
    parser.add_argument("--config", metavar="FILE", help="configuration file")
    parser.set_defaults(template=None)


def run(options: argparse.Namespace) -> int:
    """Write the draft and say what it lacks; return the exit code."""
    if not 1 <= options.windows <= MOST_WINDOWS:
        raise UsageFault(f"--windows {options.windows}: a number from 1 to {MOST_WINDOWS}")
    root, day = repository(), today(options)
    config = load_config(root, options.config)
    content = _bytes(options.transcript, root)
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UsageFault(f"{options.transcript}: this is no text")
    text = content.decode("utf-8-sig", "replace")
    if options.format is None and is_minutes(text):
        return _from_minutes(options, text, root, config, day)
    title = " ".join((options.title or "").split())
    if not any(map(str.isalnum, title)):
        raise UsageFault("--title names the decision in a few words; what was said about it is looked for then")
    transcript = read(content, options.format, _users(options.users, root))
    _tell_problems(options.transcript, transcript)
    if options.format is None and transcript.form in _TYPED and not _is_spoken(transcript):
        raise UsageFault(f"{options.transcript}: no speaker was found; a line of talk begins like “Ann Lee: …”")
    found = find_windows(transcript, title, options.windows)
    say(found.notes)
    draft = draft_of(title, transcript, found.windows, Path(options.transcript).name, day)
    notice = NOTICE
    if options.model and draft:
        from onrecord.cli.draft_model import fill

        draft, notice = fill(draft, title, transcript, found.windows)
    if options.output_format == "json":
        sink = None if options.output in (None, "-") else options.output
        write_out(draft_json(title, transcript, found.windows, draft), sink)
        return 0 if draft else NOTHING
    if draft is None:
        said = f"{options.transcript}: not found: none of its {len(transcript.turns)} turns is about “{title}”"
        say([said, "other words may find it; “onrecord new” writes a record without a transcript"])
        return NOTHING
    return put(draft.content, Sources(draft.evidence, draft.left_open, notice), options, root, config, day)


def _from_minutes(options: argparse.Namespace, text: str, root: Path, config: Config, day: str) -> int:
    from onrecord.draft.minutes import NOTICE

    minutes = read_minutes(text, vocabulary_of(config), day)
    content = minutes.content._replace(title=options.title) if options.title else minutes.content
    if minutes.lacks:
        say([f"{options.transcript}: {minutes.lacks}"])
        return NOTHING
    if options.output_format == "json":
        raise UsageFault("--output-format json shows the turns of a transcript; a filled agenda has none")
    if not (options.output or options.folder or options.dialect or options.title):
        from onrecord.cli.draft_outcome import into_proposal

        if (code := into_proposal(minutes, options, root)) is not None:
            return code
    return put(content, Sources("", (), NOTICE), options, root, config, day)


def _is_spoken(transcript: Transcript) -> bool:
    """Tell whether somebody is named as speaking, or something was marked on purpose; an empty text is told elsewhere."""
    return not transcript.turns or any(turn.speaker for turn in transcript.turns) or bool(marks_of(transcript))


def _bytes(name: str, root: Path) -> bytes:
    """Return what is in a file, or comes in (“-”); speech recognition writes more about a meeting than any record has."""
    try:
        content = sys.stdin.buffer.read(MOST_BYTES + 1) if name == "-" else read_bytes(Path(name), root)
        if len(content) > MAX_BYTES and name != "-":
            with Path(name).open("rb") as file:
                content = file.read(MOST_BYTES + 1)
    except Unreadable as error:
        raise UsageFault(f"{name}: {error}") from error
    except OSError as error:
        raise UsageFault(f"{name}: {error.strerror}") from error
    if len(content) > MOST_BYTES:
        raise UsageFault(f"{name}: it is larger than {MOST_BYTES // 1_000_000} MB, which no transcript is")
    return content


def _users(name: str | None, root: Path) -> dict[str, str]:
    if name is None:
        return {}
    try:
        found = users_of(parsed(_bytes(name, root).decode("utf-8-sig", "replace")))
    except ValueError as error:
        raise UsageFault(f"--users {name}: this does not read as JSON: {error}") from error
    if not found:
        raise UsageFault(f"--users {name}: there are no user ids with names in it")
    return found


def _tell_problems(name: str, transcript: Transcript) -> None:
    say(f"{name}:{one.line}: {one.what}" for one in transcript.problems[:MOST_PROBLEMS])
    if len(transcript.problems) > MOST_PROBLEMS:
        say([f"{name}: {len(transcript.problems) - MOST_PROBLEMS} more parts could not be read"])
