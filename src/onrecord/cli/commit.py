"""The commit that is about to be made, judged as a pull request would be: what both commit hooks do."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from contextlib import suppress
from pathlib import Path

from onrecord.adapters.files import decode
from onrecord.adapters.git import NO_EDITOR, MessageSettings, message_settings
from onrecord.change.message import SCISSORS, comment_prefix, hint_place, read_message
from onrecord.cli.commit_judge import CommitJudge
from onrecord.cli.common import repository, say, write_out
from onrecord.cli.main import UsageFault
from onrecord.render.commit import render_hint, render_nudge, render_reminder

_SCISSORS_LINE = re.compile(rb"^\S+" + re.escape(SCISSORS).encode() + rb"\r?$", re.MULTILINE)
_KEPT = "will be kept"  # git's own comment when --cleanup on the command line keeps comments in the message


def nudge(file: str) -> int:
    """Say what the commit with this message leaves open; return 1 where the team requires an answer, else 0."""
    root, text = repository(), _text(_read(file))
    edited = os.environ.get("GIT_EDITOR") != NO_EDITOR
    message = read_message(text, _dropped_comment(text, message_settings(root), edited))
    if not message.title:
        return 0
    commit = CommitJudge(root, message)
    facts = commit.left_open()
    if facts is None or not commit.is_open_with_last():
        return 0
    required = commit.config.pull_requests.mode == "require"
    if required and any(asked["by"] != "author" for asked in facts["asked_by"]):
        write_out(render_nudge(facts, _again(file)), None)
        return 1
    write_out(render_reminder(facts) if commit.was_asked(facts) else render_nudge(facts, None), None)
    return 0


def add_hint(file: str) -> None:
    """Add comments to the message file when what is staged asks for a decision and nothing answers yet."""
    root, content = repository(), _read(file)
    settings, text = message_settings(root), _text(content)
    dropped = _dropped_comment(text, settings, edited=True)
    comment = comment_prefix(text, settings.comment)
    if _KEPT in text or (dropped is None and comment + SCISSORS not in text):
        return
    facts = CommitJudge(root, read_message(text, dropped)).left_open()
    if facts:
        _replace(Path(file), content, _with_hint(content, render_hint(facts), comment, dropped is None))


def _read(file: str) -> bytes:
    """Return the bytes of a message file; it is git that names it, so symlinks (as `repo` makes of .git) are followed."""
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise UsageFault(f"{file}: {error.strerror or 'it cannot be read'}") from error


def _text(content: bytes) -> str:
    """Return the text of a message file. The diff that `git commit --verbose` adds is left out before it is decoded."""
    cut = _SCISSORS_LINE.search(content)
    return decode(content[: cut.end()] if cut else content).text


def _dropped_comment(text: str, settings: MessageSettings, edited: bool) -> str | None:
    """Return what begins the lines that git will drop from a message, None when it keeps them all (git-commit(1))."""
    keeps = ("whitespace", "verbatim", "scissors")
    if settings.cleanup == "strip" or (edited and settings.cleanup not in keeps):
        return comment_prefix(text, settings.comment)
    return None


def _again(file: str) -> str:
    """Return the command that takes up a message which git has kept; it also works from a folder further down."""
    path = os.path.abspath(file) if os.environ.get("GIT_PREFIX") else file  # noqa: PTH100 - as git names it
    return f"git commit --edit --file={shlex.quote(path)}"


def _with_hint(content: bytes, lines: list[str], comment: str, keeps_comments: bool) -> bytes:
    """Return the file with the lines as comments; each byte that was there stays, and a second time nothing is added."""
    hint = "".join(f"{comment} {line}".rstrip() + "\n" for line in (*lines, ""))
    try:
        content.decode("utf-8")
        added = hint.encode("utf-8")
    except UnicodeDecodeError:  # a file in another encoding stays in it
        added = hint.encode("ascii", "backslashreplace")
    if added.split(b"\n", 1)[0] in content.split(b"\n"):
        return content
    # Latin-1 gives each byte one character, so that a place in the text is one in the file
    place = hint_place(content.decode("latin-1"), comment.encode().decode("latin-1"), keeps_comments)
    before, after = content[:place], content[place:]
    return before + (b"" if before.endswith(b"\n") else b"\n") + added + after


def _replace(path: Path, before: bytes, content: bytes) -> None:
    """Replace a file in one step, so that a broken write cannot cost somebody's words."""
    if content == before:
        return
    real = Path(os.path.realpath(path))
    temporary = real.with_name(f"{real.name}.onrecord")
    try:
        temporary.write_bytes(content)
        shutil.copymode(real, temporary)
        temporary.replace(real)
    except OSError as error:
        say([f"{path}: no hint was added: {error.strerror}"])
    finally:
        with suppress(OSError):  # a read-only file system says so even of what is not there
            temporary.unlink(missing_ok=True)
