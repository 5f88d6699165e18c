"""What git prints, in its own framing around names, paths, mails, dates and messages that anybody could have written."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from unittest.mock import patch

from onrecord.adapters import blame, branch, checkout, git, history, lineage, refs, remote
from onrecord.adapters.git import GitError

HERE = Path("/nowhere")
SHA, OTHER = "1" * 40, "2" * 40
SEEDS = (
    "Ann\x01ann@x.example\x011700000000\x01Use Redis (#12)\n\nDecision: x\x01docs/adr/0001-x.md\x01M\x013\x01-",
    "\U0001f600\x01<>\x01-1\x01Merge pull request #3 from a/b\n\nx\x01a\tb\nc.md\x01R100\x0112\x010",
    "[bot]\x01 \x0199999999999999\x01\x01sub/../x\x01A\x01-\x01-",
)  # fmt: skip
WORDS = ("\x01", "(#12)", "Merge pull request #", "\n\n", "\t", "R100", "C75", "M", "A", "D", "T", "-", "0", "9" * 30, "²", SHA, "filename ", "boundary", "docs/adr/0001-x.md", "package.json", "refs/heads/main", "@@ -1 +1 @@\n", "diff --git a/x b/x\n", "git@github.com:a/b.git", "https://x:y@h.example/a/b/", "[core]\n")  # fmt: skip


def read(data: bytes) -> None:
    """Put eight fields, parted by \\x01, where git would print them, and read that; none of them holds a zero byte."""
    parts = [part.replace(b"\0", b"") for part in data.split(b"\x01")]
    name, mail, seconds, message, path, letter, added, deleted = (parts + [b""] * 8)[:8]
    letter = letter if re.fullmatch(rb"[AMDT]|[RC]\d{1,3}", letter) else b"M"
    path = path or b"x"
    counts = [count if count.isdigit() and count.isascii() else b"-" for count in (added, deleted)]
    sha, other = SHA.encode(), OTHER.encode()
    paths = [path, path + b"2"] if letter[:1] in b"RC" else [path]
    fields = [sha, other, seconds, name, mail, message]
    _answered(b"\0".join(fields) + b"\0", lambda: list(history._log(HERE, SHA, 1)))
    raw = [sha, b":100644 100644 " + sha + b" " + other + b" " + letter, *paths]
    numbers = [b"\t".join((*counts, path))] if len(paths) == 1 else [b"\t".join((*counts, b"")), *paths]
    history._changed_files(b"\0".join((*raw, *numbers, b"")))
    history._changed_files(b"\0".join((sha, letter[:1] if letter[:1] not in b"RC" else b"M", path, b"")))
    blame._read(b"\0".join((*fields, b"\n" + letter, *paths, b"")))
    lines = (
        sha + b" 1 1 1",
        b"author " + name.split(b"\n")[0],
        b"filename " + path.replace(b"\n", b""),
        b"\t" + message.split(b"\n")[0],
    )
    _answered(b"true\n", lambda: blame._origin(HERE, b"\n".join(lines)))
    branch._read(b"\0".join((sha, message, b"\n" + (b"M" if letter[:1] in b"RC" else letter[:1]), path, b"")))
    refs._entries(b"100644 " + path.replace(b"\0", b"") + b"\0" + bytes(20), 20)
    reference = b"refs/heads/" + path.replace(b"\n", b"").replace(b" ", b"")
    row = b"\0".join((b"*", reference, b"", b"", sha, b"1700000000"))
    _answered(row + b"\n" + row.replace(b"*", b" ", 1) + b"2\n", lambda: refs._branches(HERE, None))
    _answered(b"*" + reference + b" \n " + reference + b"2 \n", lambda: branch._others(HERE))
    _answered(
        b"\0".join((b":100644 100644 " + sha + b" " + other + b" " + letter, *paths, b"")),
        lambda: git.staged_files(HERE),
    )
    _answered(b"\0".join((letter, *paths, b"")), lambda: git.staged_changes(HERE))
    _answered(b"core.commentchar\n" + message.replace(b"\0", b"") + b"\0alone\0", lambda: git.message_settings(HERE))
    _answered(name + b" <" + mail + b"> 1 +0000", lambda: git.author_of_commit(HERE))
    git.tracked_among(b"\0".join((b"H " + path, b"R " + path, b"")))
    lineage.packed(lineage.merges_in(b"\n".join((sha + b" " + other, other))))
    remote.parse_remote(message.decode("utf-8", "replace"))
    checkout._with_counts([one.decode("utf-8", "surrogateescape") for one in (*raw[1:], *numbers)])


def _answered(out: bytes, call: Callable[[], object]) -> None:
    """Call with a git that answers so; GitError is an answer too."""
    with ExitStack() as stack:
        for module in (git, history, blame, branch, refs):
            stack.enter_context(patch.object(module, "run_git", return_value=out))
        stack.enter_context(suppress(GitError))
        call()
