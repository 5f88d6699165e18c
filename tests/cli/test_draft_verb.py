"""`onrecord draft` and `onrecord agenda`: their doors."""

import json

import pytest

from onrecord.rules.samples import madr

TALK = "Ann Lee: Redis for sessions?\nBob Ray: DECISION: We keep sessions in Redis, because they must survive.\nAnn Lee: I will order Redis.\n"
TITLE = "Use Redis for sessions"
DAY = ("--today", "2026-05-04")
PROPOSED = madr(status="status: proposed")


def test_a_transcript_becomes_a_proposed_record(repo, run) -> None:
    repo.write("talk.txt", TALK, add=False)
    outcome = run("draft", "--title", TITLE, "talk.txt", *DAY)
    assert outcome.code == 0
    path = "docs/decisions/0001-use-redis-for-sessions.md"
    assert outcome.out == f"{path}\n"
    assert "Draft from transcript, not a decision; status: proposed." in outcome.err
    assert "Still open: instead of what, who decides." in outcome.err
    text = (repo.folder / path).read_text("utf-8")
    assert "“We keep sessions in Redis, because they must survive.” — Bob Ray, turn 2" in text
    assert run("check", path, "--fail-on", "warning").code == 0
    (repo.folder / path).write_text(text.replace("status: proposed", "status: accepted"), "utf-8")
    assert "draft-accepted" in run("check", path).out


def test_a_second_draft_gets_the_next_number_and_printing_writes_nothing(repo, run) -> None:
    repo.write("docs/adr/0007-a.md")
    repo.write("talk.txt", TALK, add=False)
    assert run("draft", "--title", TITLE, "talk.txt", "--output", "-").out.startswith("---\n")
    assert run("draft", "--title", TITLE, "talk.txt").out == "docs/adr/0008-use-redis-for-sessions.md\n"


def test_nothing_said_about_it_is_said(repo, run) -> None:
    repo.write("talk.txt", TALK, add=False)
    outcome = run("draft", "--title", "Paint the bike shed", "talk.txt")
    assert (outcome.code, outcome.out) == (4, "")
    assert "not found: none of its 3 turns is about “Paint the bike shed”" in outcome.err
    assert not (repo.folder / "docs").exists()


def test_as_json_the_windows_come_with_their_turns(repo, run) -> None:
    repo.write("talk.txt", TALK, add=False)
    outcome = run("draft", "--title", TITLE, "talk.txt", "--output-format", "json")
    found = json.loads(outcome.out)
    assert found["participants"] == ["Ann Lee", "Bob Ray"]
    assert [one["turn"] for one in found["windows"][0]["turns"]] == [1, 2, 3]
    assert found["decision"]["speaker"] == "Bob Ray"
    assert found["follow_ups"] == [
        {"who": "Ann Lee", "turn": 3, "speaker": "Ann Lee", "start": None, "quote": "I will order Redis."}
    ]
    assert not (repo.folder / "docs").exists()


def test_slack_names_come_from_a_file(repo, run) -> None:
    talk = [{"user": "U0AAAAAA1", "ts": "1700000001.000100", "text": "DECISION: sessions in Redis"}]
    repo.write("talk.json", json.dumps(talk), add=False)
    repo.write("users.json", json.dumps({"U0AAAAAA1": "Ann Lee"}), add=False)
    outcome = run("draft", "--title", TITLE, "talk.json", "--users", "users.json", "--output", "-")
    assert "“sessions in Redis” — Ann Lee, turn 1 (0:00:00)" in outcome.out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("talk.txt",), "--title names the decision"),
        (("--title", "…", "talk.txt"), "--title names the decision"),
        (("--title", TITLE, "gone.txt"), "gone.txt: no such file"),
        (("--title", TITLE, "talk.txt", "--windows", "0"), "--windows 0"),
        (("--title", TITLE, "talk.txt", "--users", "talk.txt"), "--users talk.txt: this does not read as JSON"),
    ],
)
def test_a_call_that_cannot_work_is_explained(repo, run, arguments, word) -> None:
    repo.write("talk.txt", TALK, add=False)
    outcome = run("draft", *arguments)
    assert outcome.code == 2
    assert word in outcome.err


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("# A tool\n\nIt keeps sessions in Redis, as others do.\n", "no speaker was found"),
        ("PK\x03\x04\0\0", "is no text"),
    ],
)
def test_what_is_no_talk_is_refused(repo, run, text, word) -> None:
    repo.write("README.md", text, add=False)
    outcome = run("draft", "--title", TITLE, "README.md")
    assert (outcome.code, word in outcome.err, (repo.folder / "docs").exists()) == (2, True, False)


def test_a_second_draft_of_the_same_title_is_refused_unless_a_file_is_named(repo, run) -> None:
    repo.write("talk.txt", TALK, add=False)
    run("draft", "--title", TITLE, "talk.txt")
    repo.git("add", ".")
    outcome = run("draft", "--title", TITLE, "talk.txt")
    assert (outcome.code, "0001-use-redis-for-sessions.md has this title already" in outcome.err) == (2, True)
    assert run("draft", "--title", TITLE, "talk.txt", "--output", "docs/decisions/0002-b.md").code == 0


def test_what_cannot_be_read_is_named(repo, run) -> None:
    repo.write("talk.json", '{"segments": [', add=False)
    outcome = run("draft", "--title", TITLE, "talk.json")
    assert outcome.code == 4
    assert "talk.json:1: this does not read as JSON" in outcome.err


def test_an_agenda_is_made_filled_and_read_back(repo, run) -> None:
    repo.write("docs/adr/0007-a.md", PROPOSED)
    outcome = run("agenda", "7", "--output", "agenda.md")
    assert (outcome.code, outcome.out) == (0, "")
    assert "“onrecord draft agenda.md” reads them back" in outcome.err
    again = run("agenda", "7", "--output", "agenda.md")
    assert (again.code, "agenda.md is there already" in again.err) == (2, True)
    assert run("draft", "agenda.md").code == 4
    page = (repo.folder / "agenda.md").read_text("utf-8")
    repo.write("agenda.md", page.replace("* Decided:\n", "* Decided: We keep sessions in Redis.\n"), add=False)
    outcome = run("draft", "agenda.md", "--folder", "docs/adr", *DAY)
    assert outcome.out == "docs/adr/0008-keep-sessions-in-redis.md\n"
    text = (repo.folder / "docs/adr/0008-keep-sessions-in-redis.md").read_text("utf-8")
    assert "> Draft from the notes of a meeting, not a decision." in text
    assert "We keep sessions in Redis." in text
    assert "draft-hash: sha256:" in text


OPEN = "# 7. Keep sessions in Redis\n\nDate: 2026-05-01\n\n## Status\n\nProposed\n\n## Context\n\nSessions are lost at every restart, twice a day.\n\n## Decision\n\n{}\n\n## Consequences\n\nOne more server.\n"
ANSWERS = {"Decided": "We keep sessions in Redis", "Because": "they outlive it", "Decided by": "Ann Lee"}


def test_a_meeting_ends_with_one_record_that_can_be_accepted(repo, run) -> None:
    path = repo.write("docs/adr/0007-a.md", OPEN.format("TBD").replace("\n", "\r\n"))
    run("agenda", "7", "--output", "agenda.md")
    page = (repo.folder / "agenda.md").read_text("utf-8")
    for label, answer in ANSWERS.items():
        page = page.replace(f"* {label}:\n", f"* {label}: {answer}\n")
    repo.write("agenda.md", page, add=False)
    outcome = run("draft", "agenda.md", *DAY)
    assert outcome.out.splitlines() == [
        "docs/adr/0007-a.md: filled in: decision, deciders",
        "Next: onrecord accept 7 --by 'Ann Lee'",
    ]
    wanted = OPEN.format("We keep sessions in Redis, because they outlive it.")
    wanted = wanted.replace("05-01\n", "05-01\n\nDeciders: Ann Lee\n").replace("\n", "\r\n")
    assert path.read_bytes().decode() == wanted
    assert "all of it stands there already" in run("draft", "agenda.md", *DAY).out
    assert run("accept", "7", "--by", "Ann Lee", *DAY).code == 0
    outcome = run("draft", "agenda.md", *DAY)
    assert (outcome.code, "docs/adr/0007-a.md is accepted already" in outcome.err) == (4, True)
    assert [one.name for one in (repo.folder / "docs/adr").iterdir()] == ["0007-a.md"]


def test_what_stands_in_the_proposal_is_never_overwritten(repo, run) -> None:
    path = repo.write("docs/adr/0007-a.md", OPEN.format("We keep sessions in files."))
    run("agenda", "7", "--output", "agenda.md")
    page = (repo.folder / "agenda.md").read_text("utf-8")
    repo.write("agenda.md", page.replace("* Decided:\n", "* Decided: We keep sessions in Redis.\n"), add=False)
    outcome = run("draft", "agenda.md", *DAY)
    assert (
        "docs/adr/0007-a.md: nothing was written\n  left to you: decision: something else stands there" in outcome.out
    )
    assert path.read_text("utf-8") == OPEN.format("We keep sessions in files.")


def test_what_is_decided_needs_no_agenda(repo, run) -> None:
    repo.write("docs/adr/0007-a.md")
    outcome = run("agenda", "docs/adr/0007-a.md")
    assert (outcome.code, outcome.out) == (4, "")
    assert "docs/adr/0007-a.md is accepted: that is decided already" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "word"), [(("9",), "no record goes by"), (("7", "--minutes", "0"), "--minutes 0")]
)
def test_an_agenda_of_nothing_is_refused(repo, run, arguments, word) -> None:
    repo.write("docs/adr/0007-a.md", PROPOSED)
    outcome = run("agenda", *arguments)
    assert outcome.code == 2
    assert word in outcome.err


def test_a_transcript_may_be_larger_than_any_record(repo, run) -> None:
    talk = [{"speaker": "Ann Lee", "text": "Small talk."}] * 5 + [
        {"speaker": "Bob Ray", "text": "DECISION: Redis for sessions"}
    ]
    repo.write("talk.json", json.dumps({"words": "x" * 3_000_000, "segments": talk}), add=False)
    assert "“Redis for sessions” — Bob Ray, turn 2" in run("draft", "--title", TITLE, "talk.json", "--output", "-").out
