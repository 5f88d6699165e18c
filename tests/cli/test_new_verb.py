"""`onrecord new`: a record in the repository's own form, never over another, with nothing in it that was not said."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from onrecord.record import parse_record

DAY = ("--today", "2026-11-22")
SAID = (
    "--decision", "We keep sessions in Redis.", "--instead-of", "Memcached", "--because", "They survive a restart.",
    "--decider", "Ann Lee", "--context", "Sessions are lost.",
)  # fmt: skip
FIRST = "docs/decisions/0001-use-redis.md"


def test_the_first_record(repo, run) -> None:
    outcome = run("new", "Use Redis", *SAID, *DAY)
    assert (outcome.code, outcome.err) == (0, "")
    assert (
        outcome.out
        == f"{FIRST}\ncheck: option-unargued: nothing is said about “Memcached”\nNext: git add {FIRST}\nOnce it is decided: onrecord accept {FIRST}\n"
    )
    record = parse_record((repo.folder / FIRST).read_text("utf-8"), FIRST)
    assert (record.title, record.date, record.decision_makers) == (
        "Use Redis",
        "2026-11-22",
        ["Ann Lee"],
    )
    assert record.status is not None
    assert record.status.value == "proposed"


def test_what_was_not_said_is_asked_in_the_text(repo, run) -> None:
    outcome = run("new", "Use Redis", *DAY)
    assert "Still open: the decision, instead of what, why. The questions" in outcome.out
    record = parse_record((repo.folder / FIRST).read_text("utf-8"), FIRST)
    assert (record.decision, record.considered_options, record.decision_makers) == (None, [], [])


def test_a_number_is_counted_on_from_files_that_git_does_not_know_and_from_other_branches(
    repo, run, sound: str
) -> None:
    repo.write("docs/adr/adr-007-a.md", sound)
    repo.git("commit", "-qm", "one")
    repo.git("switch", "-qc", "other")
    repo.write("docs/adr/adr-009-b.md", sound)
    repo.git("commit", "-qm", "two")
    repo.git("switch", "-q", "main")
    assert run("new", "Use Redis", *SAID, *DAY).out.startswith("docs/adr/adr-010-use-redis.md\n")
    assert run("new", "Use Redis", *SAID, *DAY).out.startswith("docs/adr/adr-011-use-redis.md\n")


def test_the_repositorys_own_template(repo, run, sound: str) -> None:
    repo.write("docs/adr/0001-a.md", sound)
    repo.write(
        "docs/adr/template.md",
        "# NNNN. Title\n\nOwner: you\n\n## Context\n\n<!-- why now? -->\n\n## Decision\n\n## Kept\n\nAs it is.\n",
    )
    assert run("new", "Use Redis", *SAID, *DAY).code == 0
    text = (repo.folder / "docs/adr/0002-use-redis.md").read_text("utf-8")
    assert (
        "Owner: Ann Lee\n\n## Context\n\nSessions are lost.\n\n## Decision\n\nWe keep sessions in Redis.\n\n## Rationale\n"
        in text
    )
    assert text.endswith("## Kept\n\nAs it is.\n")
    assert "why now" not in text


@pytest.mark.parametrize("is_written", [False, True])
def test_what_a_template_says_of_itself_is_copied_where_records_have_it(
    repo, run, sound: str, is_written: bool
) -> None:
    line = "Please add new ones to the [table](../README.md)."
    repo.write("docs/adr/0001-one.md", f"{line}\n\n{sound}" if is_written else sound)
    repo.write(
        "docs/adr/template.md", f"{line}\n\n# Title\n\n## Status\n\n## Context\n\n## Decision\n\n## Consequences\n"
    )
    text = run("new", "Use Redis", *SAID, *DAY, "--output", "-").out
    assert (line in text) == is_written
    assert "# Use Redis" in text


def test_a_field_above_the_title_of_a_template_stays(repo, run, sound: str) -> None:
    repo.write("docs/adr/0001-one.md", sound)
    repo.write(
        "docs/adr/template.md",
        "Deciders: who?\n\n# Title\n\n## Status\n\n## Context\n\n## Decision\n\n## Consequences\n",
    )
    assert "Deciders: Ann Lee\n\n# Use Redis" in run("new", "Use Redis", *SAID, *DAY, "--output", "-").out


def test_the_form_of_most_records_where_the_template_has_no_place(repo, run, sound: str) -> None:
    repo.write("docs/adr/0001-a.md", sound)
    repo.write("docs/adr/template.md", "# Title\n\nWrite what you like.\n")
    outcome = run("new", "Use Redis", *SAID, *DAY)
    assert outcome.code == 0
    written = (repo.folder / "docs/adr/0002-use-redis.md").read_text("utf-8")
    assert parse_record(written, "docs/adr/0002-use-redis.md").decision is not None


LINES = "# Use X{n}\n\nDate: 2026-01-0{n}\n\nWe use X{n}, because it is quick.\n\n## Instead of\n\n- Y: it is slow.\n"


@pytest.mark.parametrize(
    "body", [LINES, LINES.replace("We use", "## Decision\n\nWe use").replace("Instead of", "Context")]
)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_log_with_lines_below_its_titles_gets_no_front_matter(repo, run, count: int, body: str) -> None:
    for n in range(1, count + 1):
        repo.write(f"docs/adr/000{n}-use-x{n}.md", body.format(n=n))
    text = run("new", "Use Redis", *SAID, *DAY, "--output", "-").out
    assert text.startswith("# Use Redis\n\nDate: 2026-11-22\n\n")
    assert "\nDeciders: Ann Lee\n\n" in text
    assert parse_record(text, "docs/adr/0009-use-redis.md").status is not None


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--context", "TBD"), "that says nothing yet"),
        (("--decider", "the team"), "a name or a handle says who"),
        (("--supersedes", "7"), "no such record"),
        (("--review-by", "soon"), "a date is written like"),
        (("--follow-up", "Ann: x (due soon)"), "a date is written like"),
        (("--because", "\x1b[2J"), "a control character"),
        (("--instead-of", "A", "--none-considered", "B"), "contradict"),
        (("--dialect", "y-statement", "--because", "one.\n\ntwo"), "would not be read back"),
        (("--template", "nowhere.md"), "no such file"),
    ],
)
def test_what_cannot_be_written_is_refused(repo, run, flags: tuple[str, ...], words: str) -> None:
    outcome = run("new", "Use Redis", *flags, *DAY)
    assert outcome.code == 2
    assert words in outcome.err
    assert not list(repo.folder.rglob("*.md"))


def test_another_record_is_named_as_the_log_does(repo, run, sound: str) -> None:
    repo.write("docs/adr/0001-a.md", sound)
    out = run("new", "Use Redis", "--supersedes", "1", "--relates-to", "docs/adr/0001-a.md", "--output", "-", *DAY).out
    assert "supersedes: [ADR-0001]\nrelates-to: [ADR-0001]\n" in out
    assert not (repo.folder / "docs/adr/0002-use-redis.md").exists()


def test_nothing_is_overwritten(repo, run) -> None:
    path = repo.write("x.md", "mine")
    outcome = run("new", "Use Redis", "--output", "x.md", *DAY)
    assert outcome.code == 2
    assert "is there already" in outcome.err
    assert path.read_text("utf-8") == "mine"


def test_the_editor_gets_the_file_and_no_shell(repo, run, monkeypatch) -> None:
    monkeypatch.delenv("GIT_EDITOR", raising=False)
    script = "import sys, pathlib; pathlib.Path(sys.argv[-1]).write_text(sys.argv[1])"
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c '{script}' '$(id) ; x'")
    assert run("new", "Use Redis", "--edit", *DAY).code == 0
    assert (repo.folder / FIRST).read_text("utf-8") == "$(id) ; x"


def test_two_at_once_get_two_numbers(repo) -> None:
    command = [sys.executable, "-m", "onrecord", "new", "Use Redis", *DAY]
    both = [
        subprocess.Popen(command, cwd=repo.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
    ]
    assert [process.communicate(timeout=60) and process.returncode for process in both] == [0, 0]
    assert sorted(path.name for path in repo.folder.rglob("*.md")) == ["0001-use-redis.md", "0002-use-redis.md"]


def ask(folder: Path, answers: list[bytes]) -> tuple[int, str]:
    """Run in a terminal, give one answer to each question, and return the exit code and what was shown."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "onrecord", "new", "Use Redis", *DAY]
    process = subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | {"TERM": "xterm"}
    )
    os.close(theirs)
    shown, asked_at, end = b"", 0, time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([ours], [], [], 0.05)[0]:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # Linux: the other side is closed
                break
            if not part:
                break
            shown += part
        elif answers and shown.endswith((b"? ", b") ")) and len(shown) > asked_at:
            asked_at = len(shown)
            os.write(ours, answers.pop(0))
    os.close(ours)
    return process.wait(timeout=60), shown.decode()


def test_what_is_missing_is_asked_for(repo: Any) -> None:
    repo.git("config", "user.name", "Ann Lee")
    repo.git("config", "user.email", "ann@example.org")
    lines = ["Sessions are lost.", "We keep them in Redis.", "Memcached", "", "They survive.", "", "the team", "me", "Carl Orr", "12/1", "2026-12-01", "", ""]  # fmt: skip
    code, shown = ask(repo.folder, [f"{line}\n".encode() for line in lines])
    assert code == 0, shown
    assert "the team: a name or a handle says who" in shown
    assert "12/1: a date is written like 2026-11-22" in shown
    record = parse_record((repo.folder / FIRST).read_text("utf-8"), FIRST)
    assert (record.decision_makers, record.consulted, record.decide_by) == (["Ann Lee"], ["Carl Orr"], "2026-12-01")
    assert [option.title for option in record.considered_options] == ["Memcached"]
    assert record.consequences is None


def test_leaving_leaves_nothing_behind(repo: Any) -> None:
    code, shown = ask(repo.folder, [b"Sessions are lost.\n", b"\x04"])
    assert (code, shown.rstrip().endswith("Nothing was written.")) == (130, True)
    assert not (repo.folder / "docs").exists()


@pytest.mark.parametrize("dialect", ["brief", "madr-4", "nygard", "y-statement"])
def test_the_reason_behind_an_alternative_is_read_as_its_argument(repo, run, dialect: str) -> None:
    rivals = ("Memcached, because of its licence", "Hazelcast: slow", "Couchbase - nobody here has run it", "Vue.js")
    flags = [word for one in rivals for word in ("--instead-of", one)]
    assert run("new", "Use Redis", "--decision", "Redis", *flags, "--dialect", dialect, *DAY).code == 0
    found = parse_record((repo.folder / FIRST).read_text("utf-8"), FIRST).considered_options
    assert [(one.title, one.argued) for one in found if one.outcome != "chosen"] == [
        ("Memcached", True), ("Hazelcast", True), ("Couchbase", True), ("Vue.js", False)
    ]  # fmt: skip


def test_two_alternatives_of_one_name_stay_whole(repo, run) -> None:
    run("new", "Use Redis", *SAID[:2], "--instead-of", "AWS: the cache in Ohio", "--instead-of", "AWS: Paris", *DAY)
    found = parse_record((repo.folder / FIRST).read_text("utf-8"), FIRST).considered_options
    assert [one.title for one in found] == ["AWS: the cache in Ohio", "AWS: Paris"]


def test_it_says_what_check_would_say(repo, run) -> None:
    flags = [flag for flag in SAID if flag not in ("--decider", "Ann Lee")]
    outcome = run("new", "Use Redis", *flags, *DAY)
    repo.git("add", ".")
    said = [line.split(": ")[1] for line in outcome.out.splitlines() if line.startswith("check: ")]
    assert said == ["owner-missing", "option-unargued"]
    assert all(rule in run("check").out for rule in said)


def test_only_what_the_text_asks_is_said_to_stand_in_it(repo, run) -> None:
    lines = run("new", "Use Redis", *SAID[:4], *DAY).out.splitlines()
    text = (repo.folder / FIRST).read_text("utf-8")
    assert lines[1] == "Still open: why. The questions stand in the text."
    assert lines[2] == "Also not said, and not asked in the text: the context (--context), who decides (--decider)."
    assert text.count("<!--") == 1


OWN = "# Title\n\n## Status\n\nProposed\n\n## Context\n\nWhat is the issue?\n\n## Decision\n\nWhat is the change?\n\n## Sign-off\n"


def test_words_that_speak_of_the_alternative_keep_the_teams_own_form(repo, run) -> None:
    repo.write("form.md", OWN)
    said = ("--decision", "We use vitest instead of jest.", "--instead-of", "Jest", "--because", "it is faster.")
    outcome = run(
        "new",
        "Use vitest",
        "--template",
        "form.md",
        *said,
        "--decider",
        "Ann Lee",
        "--context",
        "Tests are slow.",
        *DAY,
    )
    path = outcome.out.splitlines()[0]
    record = parse_record((repo.folder / path).read_text("utf-8"), path)
    assert outcome.err == ""
    assert "## Sign-off" in (repo.folder / path).read_text("utf-8")
    assert [one.title for one in record.considered_options] == ["Jest"]


def test_another_form_than_the_teams_is_said_with_the_part_that_would_be_lost(repo, run) -> None:
    repo.write("form.md", "# T\n\n## Because\n\nx\n\n## Rationale\n\ny\n\n## Decision\n\n### We decided\n\nx\n")
    outcome = run("new", "Use vitest", "--template", "form.md", *SAID, *DAY)
    assert "in the form of form.md, what was said as" in outcome.err
    assert "would not be read back as it was entered, so the form is" in outcome.err
