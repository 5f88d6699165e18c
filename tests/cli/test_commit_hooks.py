"""`onrecord commit-msg` and `prepare-commit-msg`: called as git calls them, and by git itself."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hook_server import hook_scripts, new_interpreter

from onrecord.change.message import SCISSORS

CONFIG = 'pull-requests: {paths: ["billing/**"]}\n'
REQUIRE = 'pull-requests: {paths: ["billing/**"], mode: require}\n'
ASKED = "it touches billing/queue.py (team rule billing/**)"
STATUS = "\n# Please enter the commit message for your changes.\n#\n# On branch main\n#\n"
HOOKS = ("commit-msg", "prepare-commit-msg")
SILENT = (0, "", "")
REMINDER = f"OnRecord: still open on this branch: {ASKED}; an answer in one of its commits is enough.\n"
WAIVED = "Swap the queue\n\nNo-decision: because only a name changes"
ANSWERED = "Swap the queue\n\nDecision: Kafka\nInstead-of: RabbitMQ"


@pytest.fixture(autouse=True)
def outside_of_any_hook(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests may themselves be started by a hook: nothing of that one is inherited."""
    for name in [name for name in os.environ if name.startswith(("GIT_", "PRE_COMMIT"))]:
        if not name.startswith("GIT_CONFIG_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ann Example")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ann@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Ann Example")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "ann@example.org")


@pytest.fixture(scope="module")
def first_staged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staged") / "repo"


@pytest.fixture
def staged(repo, first_staged: Path):
    """Return a repository where what is staged asks for a decision; made once, by four processes, and then copied."""
    if first_staged.exists():
        shutil.copytree(first_staged, repo.folder, dirs_exist_ok=True)
        return repo
    repo.write("onrecord.yml", CONFIG)
    repo.git("commit", "--quiet", "--message", "Set up")
    repo.write("billing/queue.py", "1\n")
    shutil.copytree(repo.folder, first_staged)
    return repo


@pytest.fixture
def say(repo, run):
    """Return a function that calls the commit-msg hook with a message."""

    def call(message: str | bytes, verb: str = "commit-msg", *more: str):
        path = repo.folder / ".git/COMMIT_EDITMSG"
        path.write_bytes(message if isinstance(message, bytes) else message.encode())
        return run(verb, ".git/COMMIT_EDITMSG", *more)

    return call


@pytest.fixture
def prepare(repo, say):
    """Return a function that calls the prepare-commit-msg hook and returns what it made of the file."""

    def call(content: str | bytes = STATUS, *more: str) -> str:
        assert say(content, "prepare-commit-msg", *more) == SILENT
        return (repo.folder / ".git/COMMIT_EDITMSG").read_bytes().decode("utf-8", "surrogateescape")

    return call


class TestCommitMsg:
    @pytest.mark.usefixtures("staged")
    def test_a_nudge_names_path_rule_and_three_ways_out(self, say) -> None:
        outcome = say("Swap the queue\n")
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.out.startswith("OnRecord: a decision is asked for, and none is written down yet.\n")
        for words in (ASKED, "Decision: …", "Instead-of: …", "“Decision: ADR-12”", "“No-decision: because …”"):
            assert words in outcome.out
        assert outcome.out.count("\n") < 12

    @pytest.mark.parametrize(
        "body",
        [
            "Decision: Kafka\nInstead-of: RabbitMQ\nOwner: Mara Lindqvist",
            "Decision: Kafka\nAlternatives: RabbitMQ\nDecided-by: Mara Lindqvist\nSigned-off-by: Ann <a@example.org>",
            "We decided to use Kafka because it keeps events. We also considered RabbitMQ, but it drops them.",
            "Decision: ADR-12",
            "Decision: https://github.com/acme/shop/blob/main/docs/adr/0012-use-kafka.md",
            "No-decision: because only a name changes",
            "No decision here, because only a name changes.",
        ],
    )
    @pytest.mark.usefixtures("staged")
    def test_an_answer_makes_it_silent(self, say, body: str) -> None:
        assert say(f"Swap the queue\n\n{body}\n") == SILENT
        assert say(f"Swap the queue\r\n\r\n{body}\r\n".replace("\nI", "\r\nI")) == SILENT

    def test_a_staged_record_answers(self, staged, say) -> None:
        staged.write("docs/adr/0012-use-kafka.md")
        assert say("Swap the queue\n") == SILENT

    def test_a_record_that_is_removed_does_not(self, staged, say) -> None:
        staged.write("docs/adr/0012-use-kafka.md")
        staged.git("commit", "--quiet", "--message", "Add it")
        staged.write("billing/queue.py", "2\n")
        staged.git("rm", "--quiet", "docs/adr/0012-use-kafka.md")
        assert ASKED in say("Swap the queue\n").out

    def test_a_decision_without_what_it_was_chosen_over(self, repo, say) -> None:
        repo.write("a.py", "1\n")
        outcome = say("Swap the queue\n\nDecision: Kafka\n")
        assert outcome.code == 0
        assert outcome.out.startswith("OnRecord: the message states a decision; what it was chosen over is not")
        assert "“Instead-of: …”" in outcome.out
        assert "Why it is asked" not in outcome.out

    def test_a_record_that_is_not_there_is_no_answer(self, staged, say) -> None:
        staged.write("docs/adr/0012-use-kafka.md")
        staged.git("commit", "--quiet", "--message", "Add it", "docs/adr")
        for line in ("Decision: ADR-12", "Decision: docs/adr/0012-use-kafka.md", "See ADR-12."):
            assert say(f"Swap the queue\n\n{line}\n") == SILENT
        for link in ("ADR-99", "docs/adr/0099-use-kafka.md"):
            outcome = say(f"Swap the queue\n\nDecision: {link}\n")
            assert outcome.out.startswith(f"OnRecord: the record that the message names was not found: {link}.\n")
            assert "Decision: …" in outcome.out
        for link in (
            "https://github.com/acme/shop/blob/main/docs/adr/0099-b.md",
            "wiki.example.org/docs/adr/0099-b.md",
        ):
            assert say(f"Swap the queue\n\nDecision: {link}\n") == SILENT

    def test_code_owners_and_scopes_ask_as_in_a_pull_request(self, staged, say, sound: str) -> None:
        staged.write("CODEOWNERS", "billing/ @acme/payments\n")
        staged.write("onrecord.yml", 'pull-requests: {code-owners: ["@acme/payments"]}\n')
        assert "it touches billing/queue.py (owned by @acme/payments)" in say("Swap the queue\n").out
        staged.write("docs/adr/0012-use-kafka.md", sound.replace("---\n\n", "scope: billing/**\n---\n\n", 1))
        staged.git("commit", "--quiet", "--message", "Add it", "docs/adr")
        staged.write("onrecord.yml", "pull-requests: {governed: true}\n")
        assert "it touches billing/queue.py (governed by ADR-12 Keep sessions in Redis)" in say("Swap the queue\n").out

    def test_what_would_only_be_a_hint_is_left_to_the_pull_request(self, repo, say) -> None:
        repo.write("onrecord.yml", "pull-requests: {hints: wide}\n")
        repo.write("package.json", '{"dependencies": {"kafkajs": "2"}}\n')
        assert say("Replace RabbitMQ by Kafka\n\nMigrate all queues from RabbitMQ to Kafka.\n") == SILENT

    def test_other_paths_ask_nothing(self, repo, say) -> None:
        repo.write("onrecord.yml", CONFIG)
        assert say("Count calls\n\nThe gateway counts.\n") == SILENT

    def test_what_only_lies_in_the_folder_asks_nothing(self, staged, say) -> None:
        staged.git("reset", "--quiet")
        staged.write("a.py", "1\n")
        assert say("Swap the queue\n") == SILENT

    def test_nothing_staged(self, staged, say) -> None:
        staged.git("commit", "--quiet", "--message", "Swap the queue")
        assert say("Swap the queue, in other words\n\nDecision: Kafka\n") == SILENT

    @pytest.mark.parametrize(
        "message",
        [
            "",
            STATUS,
            "fixup! Swap the queue\n",
            "squash! Swap the queue\n",
            "amend! Swap the queue\n",
            "Merge branch 'topic'\n",
            'Revert "Swap the queue"\n\nThis reverts commit 0123456789.\n',
        ],
    )
    @pytest.mark.usefixtures("staged")
    def test_what_git_writes_is_left_alone(self, say, message: str) -> None:
        assert say(message) == SILENT

    @pytest.mark.parametrize("name", ["MERGE_HEAD", "REVERT_HEAD", "CHERRY_PICK_HEAD", "rebase-merge", "rebase-apply"])
    def test_what_git_repeats_is_left_alone(self, staged, say, prepare, name: str) -> None:
        (staged.folder / ".git" / name).mkdir()
        assert say("Swap the queue\n") == SILENT
        assert prepare() == STATUS

    @pytest.mark.parametrize(
        ("name", "mail"),
        [
            ("dependabot[bot]", "ann@example.org"),
            ("Acme", "1234+acme-ci[bot]@users.noreply.github.com"),
            ("Release", "77+release-robot@users.noreply.github.com"),
            ("release-robot", "robot@example.org"),
        ],
    )
    def test_automations_are_left_alone(self, staged, say, monkeypatch, name: str, mail: str) -> None:
        staged.write("onrecord.yml", 'pull-requests: {paths: ["billing/**"], skip-authors: [release-robot]}\n')
        monkeypatch.setenv("GIT_AUTHOR_NAME", name)
        monkeypatch.setenv("GIT_AUTHOR_EMAIL", mail)
        assert say("Swap the queue\n") == SILENT

    @pytest.mark.usefixtures("staged")
    def test_people_with_a_private_address_are_not(self, say, monkeypatch) -> None:
        monkeypatch.setenv("GIT_AUTHOR_EMAIL", "77+ann@users.noreply.github.com")
        assert ASKED in say("Swap the queue\n").out

    def test_the_author_is_git_s_when_no_hook_says_it(self, staged, say, monkeypatch) -> None:
        for what in ("NAME", "EMAIL"):
            monkeypatch.delenv(f"GIT_AUTHOR_{what}")
        staged.git("config", "user.name", "acme[bot]")
        staged.git("config", "user.email", "acme@example.org")
        assert say("Swap the queue\n") == SILENT
        staged.git("config", "user.name", "Ann Example")
        assert ASKED in say("Swap the queue\n").out

    def test_before_the_day_of_adoption(self, staged, say) -> None:
        staged.write("onrecord.yml", CONFIG.replace("{", '{since: "2999-01-01", '))
        assert say("Swap the queue\n") == SILENT

    def test_many_paths_are_named_by_example(self, staged, say) -> None:
        staged.write("onrecord.yml", f"pull-requests: {{paths: {[f'r{i}/**' for i in range(9)]}}}\n")
        for i in range(9):
            staged.write(f"r{i}/a.py", "1\n")
        lines = [line for line in say("Swap the queue\n").out.split("\n") if "Why" in line]
        assert lines[0].endswith("it touches r0/a.py (team rule r0/**)")
        assert (len(lines), lines[3]) == (4, "  Why it is asked: and 6 more")

    def test_comments_are_no_answer_where_git_drops_them(self, staged, say) -> None:
        message = "Swap the queue\n\n# No decision here, because it is small.\n"
        assert ASKED in say(message).out
        staged.git("config", "core.commentChar", ";")
        assert ASKED in say(message.replace("#", ";")).out
        staged.git("config", "core.commentChar", "Auto")
        assert ASKED in say(message.replace("#", ";") + STATUS.replace("#", ";")).out

    def test_headings_are_an_answer_where_git_keeps_them(self, staged, say, monkeypatch) -> None:
        message = "Swap the queue\n\n## Decision\n\nUse Kafka.\n\n## Alternatives\n\n- RabbitMQ\n"
        assert ASKED in say(message).out
        staged.git("config", "commit.cleanup", "whitespace")
        assert say(message) == SILENT
        staged.git("config", "commit.cleanup", "strip")
        monkeypatch.setenv("GIT_EDITOR", ":")
        assert ASKED in say(message).out
        staged.git("config", "--unset", "commit.cleanup")
        assert say(message) == SILENT

    @pytest.mark.usefixtures("staged")
    def test_the_diff_of_a_verbose_commit_is_not_read(self, say) -> None:
        diff = f"#{SCISSORS}\n# Do not modify.\n+No decision here, because it is small.\n".encode()
        assert ASKED in say(b"Swap the queue\n" + diff).out
        big = diff + b"+ \xe9\0\n" * 300_000
        assert ASKED in say(b"Swap the queue\n" + big).out
        assert say("Swap the queue\n\nNo decision here – only a name changes.\n".encode() + big) == SILENT

    @pytest.mark.usefixtures("staged")
    def test_any_encoding(self, say) -> None:
        assert ASKED in say("Größere Schlange\n\nFür später.\n".encode("latin-1")).out
        assert say("Größere Schlange\n\nNo-decision: weil für später\n".encode("latin-1")) == SILENT
        assert say("\ufeffGrößere Schlange\n\nNo-decision: weil für später\n") == SILENT

    def test_nothing_hostile_reaches_the_terminal(self, repo, say) -> None:
        repo.write("onrecord.yml", CONFIG)
        repo.write("billing/a\x1b[31m\n::error::b\u202e.py", "1\n")
        outcome = say("Swap \x1b]0;owned\x07\n\nDecision: ADR-99\x1b[2J ::error::x\n")
        assert outcome == SILENT
        outcome = say("Swap \x1b]0;owned\x07\n\n::error::x\n##[error]y\n")
        assert "billing/a\\x1b[31m\\n::error::b\\u202e.py" in outcome.out
        assert not {"\x1b", "\x07", "\u202e"} & set(outcome.out)
        assert not [line for line in outcome.out.split("\n") if line.startswith("::")]

    def test_a_subject_twice_may_be_an_amend(self, staged, say) -> None:
        staged.git("reset", "--quiet")
        staged.write("docs/adr/0012-use-kafka.md")
        staged.git("commit", "--quiet", "--message", "Swap the queue")
        staged.write("billing/queue.py", "1\n")
        assert say("Swap the queue\n") == SILENT
        assert ASKED in say("Swap the other queue\n").out

    @pytest.mark.usefixtures("staged")
    def test_a_file_of_git_s_that_is_not_there(self, run) -> None:
        outcome = run("commit-msg", "nowhere")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == "onrecord: nowhere: No such file or directory\n"

    def test_outside_of_a_repository_the_commit_is_not_stopped(self, run, tmp_path, monkeypatch) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / "message").write_text("Swap the queue\n")
        outcome = run("commit-msg", "message")
        assert (outcome.code, outcome.out) == (0, "")
        assert outcome.err.startswith("onrecord: git: ")

    @pytest.mark.parametrize("verb", HOOKS)
    def test_a_typo_in_the_configuration_does_not_stop_a_commit(self, staged, say, verb: str) -> None:
        staged.write("onrecord.yml", "pull-requests: {path: []}\n")
        outcome = say("Swap the queue\n", verb)
        assert (outcome.code, outcome.out) == (0, "")
        assert "there is no setting “path”" in outcome.err


class TestRequire:
    @pytest.fixture(autouse=True)
    def require(self, staged) -> None:
        staged.write("onrecord.yml", REQUIRE)

    def test_it_stops_the_commit_and_says_how_to_go_on(self, say) -> None:
        outcome = say("Swap the queue\n")
        assert (outcome.code, outcome.err) == (1, "")
        assert ASKED in outcome.out
        assert outcome.out.endswith("\n    git commit --edit --file=.git/COMMIT_EDITMSG\n")

    def test_the_command_it_shows_is_harmless(self, repo, run) -> None:
        (repo.folder / "it's \x1b[2J").write_text("Swap the queue\n")
        outcome = run("commit-msg", "it's \x1b[2J")
        assert outcome.out.endswith("\n    git commit --edit --file='it'\"'\"'s \\x1b[2J'\n")

    def test_an_answer_goes_through(self, say) -> None:
        assert say("Swap the queue\n\nNo-decision: because only a name changes\n") == SILENT

    def test_what_only_the_author_asks_for_never_stops(self, repo, say) -> None:
        repo.git("rm", "--quiet", "--cached", "billing/queue.py")
        outcome = say("Set up\n\nDecision: Kafka\n")
        assert outcome.code == 0
        assert "The commit goes ahead" in outcome.out


class TestPrepare:
    @pytest.mark.usefixtures("staged")
    def test_a_hint_stands_in_comments_before_git_s_own(self, prepare) -> None:
        found = prepare()
        lines = found.removeprefix("\n").removesuffix(STATUS.removeprefix("\n")).split("\n")
        assert found.endswith(STATUS.removeprefix("\n"))
        assert f"#   {ASKED}" in lines
        assert {"#   Decision: ...", "#   Instead-of: ...", "#"} < set(lines)
        assert all(line.startswith("#") for line in lines[:-1])

    @pytest.mark.usefixtures("staged")
    def test_twice_is_once(self, prepare) -> None:
        once = prepare()
        assert prepare(once) == once

    @pytest.mark.parametrize("source", ["message", "merge", "squash", "commit"])
    @pytest.mark.usefixtures("staged")
    def test_only_for_a_message_of_one_s_own(self, prepare, monkeypatch, source: str) -> None:
        assert prepare(STATUS, source) == STATUS
        monkeypatch.setenv("PRE_COMMIT_COMMIT_MSG_SOURCE", source)
        assert prepare() == STATUS

    @pytest.mark.usefixtures("staged")
    def test_with_what_git_gives_for_an_amend(self, prepare) -> None:
        assert prepare(STATUS, "commit", "HEAD") == STATUS

    @pytest.mark.usefixtures("staged")
    def test_with_a_template(self, prepare, monkeypatch) -> None:
        assert ASKED in prepare("# Of the team\n\nWhy:\n" + STATUS, "template")
        monkeypatch.setenv("PRE_COMMIT_COMMIT_MSG_SOURCE", "template")
        assert ASKED in prepare("# Of the team\n\nWhy:\n" + STATUS)

    @pytest.mark.usefixtures("staged")
    def test_not_without_an_editor(self, prepare, monkeypatch) -> None:
        monkeypatch.setenv("GIT_EDITOR", ":")
        assert prepare() == STATUS

    def test_not_where_nothing_asks(self, repo, prepare) -> None:
        repo.write("onrecord.yml", CONFIG)
        assert prepare() == STATUS

    def test_not_where_a_record_is_staged(self, staged, prepare) -> None:
        staged.write("docs/adr/0012-use-kafka.md")
        assert prepare() == STATUS

    def test_not_where_comments_would_stay(self, staged, prepare) -> None:
        kept = STATUS.replace("your changes.", "your changes. Lines starting\n# with '#' will be kept;")
        assert prepare(kept) == kept
        for cleanup in ("whitespace", "verbatim", "scissors"):
            staged.git("config", "commit.cleanup", cleanup)
            assert prepare() == STATUS

    def test_with_the_repository_s_comment_character(self, staged, prepare) -> None:
        staged.git("config", "core.commentChar", ";")
        assert f"\n;   {ASKED}\n" in prepare(STATUS.replace("#", ";"))
        staged.git("config", "core.commentChar", "auto")
        assert f"\n%   {ASKED}\n" in prepare("# Title\n" + STATUS.replace("#", "%"))

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\n",
            b"Title",
            b"\r\n# Please enter\r\n#\r\n",
            b"\n# Please enter\n#\xe9\xff\n",
            b"\xef\xbb\xbf\n# Please enter\n",
            b"\n# Please enter\n#" + SCISSORS.encode() + b"\n# No.\ndiff\n+\xff\0\r\n" + b"+\n" * 600_000,
        ],
        ids=["empty", "no comments", "no line end", "CRLF", "Latin-1", "BOM", "verbose"],
    )
    @pytest.mark.usefixtures("staged")
    def test_every_byte_stays(self, prepare, content: bytes) -> None:
        found = prepare(content).encode("utf-8", "surrogateescape")
        added = set(found.split(b"\n")) - set(content.split(b"\n"))
        assert any(b"OnRecord" in line for line in added)
        assert all(line.startswith(b"#") for line in added if line)
        start = found.index(b"# OnRecord")
        end = found.index(b"if there is none.\n#\n", start) + len(b"if there is none.\n#\n")
        assert found[:start] + found[end:] in (content, content + b"\n")

    def test_a_path_stays_on_its_line_and_in_the_file_s_encoding(self, staged, prepare) -> None:
        staged.git("reset", "--quiet")
        staged.write("billing/\x1b\nTitleß.py", "1\n")
        assert "\n#   it touches billing/\\x1b\\nTitleß.py (team rule" in prepare()
        assert "\n#   it touches billing/\\x1b\\nTitle\\xdf.py (team rule" in prepare(STATUS.encode() + b"# \xe9\n")

    def test_a_symlink_and_its_file_s_mode_stay(self, staged, run) -> None:
        real, link = staged.folder / ".git/real", staged.folder / ".git/link"
        real.write_text(STATUS)
        real.chmod(0o640)
        link.symlink_to(real)
        assert run("prepare-commit-msg", link) == SILENT
        assert link.is_symlink()
        assert ASKED in real.read_text()
        assert stat.S_IMODE(real.stat().st_mode) == 0o640
        assert {path.name for path in real.parent.glob("*onrecord*")} == set()


class TestBranch:
    """What earlier commits of the branch say; they are made without hooks."""

    @pytest.fixture
    def commit(self, staged):
        """Return a function that commits one file; the branch left main before what asks for a decision was staged."""
        staged.git("checkout", "--quiet", "-b", "topic")
        staged.git("reset", "--quiet")

        def make(message: str, path: str = "a.py", content: str = "1\n") -> None:
            staged.write(path, content)
            staged.git("commit", "--quiet", "--message", message)

        return make

    @pytest.fixture
    def nudged(self, staged, say):
        """Return a function that stages what asks for a decision and calls the hook."""

        def call(message: str = "Go on\n", path: str = "billing/queue.py"):
            staged.write(path, "new\n")
            return say(message)

        return call

    @pytest.mark.parametrize("path", ["docs/adr/0012-use-kafka.md", "docs/architecture/adr-012.md"])
    def test_a_record_that_it_added_answers(self, commit, nudged, path: str, sound: str) -> None:
        commit("Write it down", path, sound)
        commit("Go on", "b.py")
        assert nudged() == SILENT

    def test_a_record_that_it_took_back_or_that_main_has_does_not(self, staged, commit, nudged, sound: str) -> None:
        staged.git("checkout", "--quiet", "main")
        commit("Write it down", "docs/adr/0001-x.md", sound)
        staged.git("checkout", "--quiet", "-B", "topic")
        commit("Write it down", "docs/adr/0002-x.md", sound)
        staged.git("rm", "--quiet", "docs/adr/0002-x.md")
        assert ASKED in nudged().out
        staged.git("commit", "--quiet", "--message", "Take it back")
        assert "still open" in nudged(path="billing/other.py").out
        commit("Write it down", "docs/adr/0003-x.md", sound)
        staged.git("mv", "docs/adr/0003-x.md", "notes.md")
        staged.git("commit", "--quiet", "--message", "Call it notes")
        assert "still open" in nudged(path="billing/more.py").out

    @pytest.mark.parametrize("answer", [WAIVED, ANSWERED, "Swap the queue\n\nSee https://example.org/adr/0012-x.md"])
    def test_an_earlier_message_answers(self, commit, nudged, prepare, answer: str) -> None:
        commit(answer)
        commit("Go on", "billing/queue.py")
        assert nudged() == SILENT
        assert prepare() == STATUS

    @pytest.mark.parametrize("body", ["Decision: Kafka", "Instead-of: RabbitMQ", "See docs/adr/0099-x.md."])
    def test_half_an_answer_is_none(self, commit, nudged, prepare, body: str) -> None:
        commit(f"Swap the queue\n\n{body}")
        assert ASKED in nudged().out
        assert ASKED in prepare()

    def test_an_answer_on_main_is_none(self, staged, commit, nudged) -> None:
        staged.git("checkout", "--quiet", "main")
        commit(WAIVED)
        staged.git("checkout", "--quiet", "-B", "topic")
        assert ASKED in nudged().out

    @pytest.mark.usefixtures("commit")
    def test_the_second_nudge_for_the_same_reason_is_one_line(self, staged, nudged) -> None:
        assert nudged().out.count("\n") > 5
        staged.git("commit", "--quiet", "--message", "Begin")
        assert nudged(path="billing/other.py") == (0, REMINDER.replace("queue.py", "other.py"), "")
        staged.write("onrecord.yml", 'pull-requests: {paths: ["billing/**", "mail/**"]}\n')
        assert nudged(path="mail/send.py").out.count("\n") > 5, "a new reason"

    def test_what_only_this_message_leaves_open_is_said_in_full(self, commit, nudged) -> None:
        commit("Begin", "billing/queue.py")
        assert nudged().out == REMINDER
        assert "what it was chosen over" in nudged("Go on\n\nDecision: Kafka\n").out
        assert "was not found: docs/adr/0099-x.md" in nudged("Go on\n\nSee docs/adr/0099-x.md.\n").out

    def test_several_reasons_in_one_line(self, staged, commit, nudged) -> None:
        staged.write("onrecord.yml", 'pull-requests: {paths: ["billing/**", "mail/**"]}\n')
        staged.write("mail/send.py", "1\n")
        commit("Begin", "billing/queue.py")
        staged.write("mail/send.py", "2\n")
        assert nudged().out == REMINDER.replace(";", " and 1 more;")

    @pytest.mark.parametrize("title", ["fixup! Begin", 'Revert "Begin"', "Go on"])
    def test_commits_that_were_never_nudged_do_not_count(self, commit, nudged, title: str) -> None:
        """The last one has the new commit's subject: it may be the one that is amended."""
        commit(title, "billing/queue.py", "1\n")
        assert nudged().out.count("\n") > 5

    def test_where_an_answer_is_required(self, staged, commit, nudged) -> None:
        staged.write("onrecord.yml", REQUIRE)
        commit("Begin", "billing/queue.py")
        outcome = nudged()
        assert (outcome.code, outcome.out.count("\n") > 5) == (1, True)
        staged.git("reset", "--quiet")
        commit(WAIVED)
        assert nudged() == SILENT

    def test_a_pushed_branch_keeps_its_answer(self, staged, commit, nudged) -> None:
        commit(WAIVED)
        staged.git("update-ref", "refs/remotes/origin/topic", "topic")
        staged.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
        for key, value in (("remote", "origin"), ("merge", "refs/heads/topic")):
            staged.git("config", f"branch.topic.{key}", value)
        assert nudged() == SILENT

    @pytest.mark.parametrize(
        ("reference", "head"),
        [
            ("refs/remotes/origin/main", ""),
            ("refs/remotes/origin/next", "refs/remotes/origin/HEAD"),
            ("refs/remotes/upstream/develop", ""),
            ("refs/heads/master", ""),
            ("refs/heads/base", "upstream"),
        ],
    )
    def test_what_another_branch_has_is_not_its_own(self, staged, commit, nudged, reference: str, head: str) -> None:
        commit(WAIVED)
        assert nudged() == SILENT
        staged.git("update-ref", reference, "topic")
        if head == "upstream":
            staged.git("branch", "--quiet", "--set-upstream-to=base")
        elif head:
            staged.git("symbolic-ref", head, reference)
        assert ASKED in nudged().out

    def test_on_main_what_is_not_pushed_yet_is_its_own(self, staged, commit, nudged) -> None:
        staged.git("checkout", "--quiet", "-B", "main")
        commit(WAIVED)
        assert ASKED in nudged().out, "nothing tells where main begins"
        staged.git("update-ref", "refs/remotes/origin/main", "main^")
        assert nudged() == SILENT
        staged.git("update-ref", "refs/remotes/origin/main", "main")
        assert ASKED in nudged().out

    def test_no_branch_a_new_branch_and_an_upstream_that_is_gone(self, staged, commit, nudged) -> None:
        commit(WAIVED)
        staged.git("config", "branch.topic.remote", ".")
        staged.git("config", "branch.topic.merge", "refs/heads/gone")
        assert nudged() == SILENT
        staged.git("checkout", "--quiet", "--detach")
        assert nudged() == SILENT
        staged.git("checkout", "--quiet", "--orphan", "fresh")
        assert ASKED in nudged().out

    def test_more_than_a_hundred_commits_are_not_read(self, staged, commit, nudged) -> None:
        commit(WAIVED)
        line = "commit refs/heads/topic\ncommitter Ann <ann@example.org> 1790000000 +0000\ndata 2\nGo\n"
        for commits, is_silent in ((99, True), (1, False)):
            stream = line + "from refs/heads/topic^0\n" + line * (commits - 1)
            subprocess.run(("git", "fast-import", "--quiet"), input=stream, cwd=staged.folder, text=True, check=True)
            assert (nudged() == SILENT) is is_silent

    def test_hostile_messages_are_read_and_not_shown(self, staged, commit, nudged) -> None:
        commit("Swap \x1b]0;owned\x07\n\n:100644\nA\n::error::x", "billing/A\n\x1b[2J.py")
        staged.git("commit", "--quiet", "--allow-empty", "--allow-empty-message", "--message", "")
        assert nudged().out == REMINDER

    def test_a_message_in_another_encoding(self, staged, commit, nudged) -> None:
        commit("Begin", "billing/queue.py")
        message = "Changer la file\n\n## Décision\n\nKafka\n\n## Alternatives\n\n- RabbitMQ\n"
        staged.git("config", "i18n.commitEncoding", "latin-1")
        (staged.folder / ".git/message").write_bytes(message.encode("latin-1"))
        staged.git("commit", "--quiet", "--allow-empty", "--file=.git/message")
        assert nudged() == SILENT


class Commits:
    """Real commits with both hooks installed."""

    def __init__(self, repo, text: str) -> None:
        self.folder = repo.folder
        hooks = repo.folder / "hooks"
        hooks.mkdir()
        for name in HOOKS:
            script = hooks / name
            script.write_text(text.replace("{name}", name))
            script.chmod(0o755)
        repo.git("config", "core.hooksPath", str(hooks))

    def __call__(self, *arguments: str, editor: str = ":", **more: str) -> tuple[int, str]:
        """Run git and return its exit code and all that was shown; the editor gets the message file in $1."""
        env: Mapping[str, str] = {**os.environ, "GIT_EDITOR": f"sh -c '{editor}' -", "NO_COLOR": "1", **more}
        done = subprocess.run(
            ("git", *arguments), cwd=self.folder, env=env, capture_output=True, text=True, check=False, timeout=60
        )
        return done.returncode, done.stdout + done.stderr

    def last(self) -> str:
        return subprocess.run(
            ("git", "log", "-1", "--format=%B"), cwd=self.folder, capture_output=True, text=True, check=True
        ).stdout.strip()


@pytest.fixture(scope="module")
def hook_script() -> Iterator[str]:
    yield from hook_scripts()


@pytest.fixture
def commits(staged, hook_script: str) -> Commits:
    return Commits(staged, hook_script)


class TestWithGit:
    def test_the_very_first_commit_and_a_new_interpreter(self, repo) -> None:
        repo.write("onrecord.yml", CONFIG)
        repo.write("billing/queue.py", "1\n")
        code, shown = Commits(repo, new_interpreter())("commit", "--quiet", "--message", "Begin")
        assert code == 0
        assert ASKED in shown

    def test_a_message_on_the_command_line(self, staged, commits) -> None:
        code, shown = commits("commit", "--quiet", "--message", "Swap the queue")
        assert (code, commits.last()) == (0, "Swap the queue")
        assert ASKED in shown
        staged.write("billing/queue.py", "2\n", add=False)
        code, shown = commits("commit", "--quiet", "--all", "--message", "Swap", "--trailer", "No-decision: as before")
        assert (code, shown) == (0, "")
        staged.write("billing/queue.py", "3\n", add=False)
        code, shown = commits("commit", "--quiet", "--message", "Swap it back", "billing/queue.py")
        assert code == 0
        assert ASKED in shown

    def test_in_the_editor(self, staged, commits) -> None:
        staged.git("config", "core.commentChar", "auto")
        write = (
            'cp "$1" seen; printf "Swap the queue\\n\\nDecision: Kafka\\nInstead-of: RabbitMQ\\n" | cat - seen > "$1"'
        )
        code, shown = commits("commit", "--quiet", "--verbose", editor=write)
        assert (code, shown) == (0, "")
        assert ASKED in (staged.folder / "seen").read_text()
        assert commits.last() == "Swap the queue\n\nDecision: Kafka\nInstead-of: RabbitMQ"

    def test_the_hint_is_never_committed_with_scissors(self, staged, commits) -> None:
        write = 'cp "$1" seen; printf "Swap the queue\\n" | cat - seen > "$1"'
        code, shown = commits("commit", "--quiet", "--cleanup=scissors", editor=write)
        assert code == 0
        assert ASKED in shown
        assert ASKED in (staged.folder / "seen").read_text()
        assert commits.last() == "Swap the queue"

    def test_an_amended_commit(self, staged, commits) -> None:
        staged.git("commit", "--quiet", "--no-verify", "--message", "Swap the queue")
        assert commits("commit", "--quiet", "--amend", "--no-edit") == (0, "")
        staged.write("a.py", "1\n")
        assert commits("commit", "--quiet", "--amend", "--no-edit") == (0, "")
        staged.write("billing/queue.py", "2\n")
        write = 'cp "$1" seen'
        code, shown = commits("commit", "--quiet", "--amend", editor=write)
        assert code == 0
        assert ASKED in shown
        assert "OnRecord" not in (staged.folder / "seen").read_text()

    def test_merge_revert_and_rebase(self, staged, commits) -> None:
        staged.git("checkout", "--quiet", "-b", "topic")
        staged.git("commit", "--quiet", "--no-verify", "--message", "Swap the queue")
        staged.git("checkout", "--quiet", "main")
        staged.write("billing/other.py", "1\n")
        staged.git("commit", "--quiet", "--no-verify", "--message", "Another one")
        assert "OnRecord" not in commits("merge", "--no-edit", "topic")[1]
        assert "OnRecord" not in commits("revert", "--no-edit", "HEAD^")[1]
        assert commits.last().startswith('Revert "Another one"')
        staged.git("checkout", "--quiet", "topic")
        code, shown = commits(
            "rebase", "--interactive", "--force-rebase", "main^", editor='sed -i s/^pick/reword/ "$1"'
        )
        assert code == 0
        assert "OnRecord" not in shown
        code, shown = commits("cherry-pick", "--edit", "main^", "--mainline", "1", "--allow-empty")
        assert "OnRecord" not in shown

    def test_require_stops_it_and_the_command_it_shows_goes_on(self, staged, commits) -> None:
        staged.write("onrecord.yml", REQUIRE)
        commits.folder = staged.folder / "billing"
        code, shown = commits("commit", "--quiet", "--message", "Swap the queue")
        assert (code, commits.last()) == (1, "Set up")
        command = shown.rstrip().split("\n")[-1].split()
        assert command[:2] == ["git", "commit"]
        write = 'printf "\\nNo-decision: because it is small\\n" >> "$1"'
        assert commits(*command[1:], "--quiet", editor=write) == (0, "")
        assert commits.last() == "Swap the queue\n\nNo-decision: because it is small"

    def test_a_branch_is_nudged_once_reminded_and_left_alone_once_it_answers(self, staged, commits) -> None:
        staged.git("checkout", "--quiet", "-b", "topic")
        assert commits("commit", "--quiet", "--message", "Begin")[1].count("\n") > 5
        for content, message, expected in (("2", "Go on", REMINDER), ("3", ANSWERED, ""), ("4", "Go on", "")):
            staged.write("billing/queue.py", content, add=False)
            assert commits("commit", "--quiet", "--all", "--message", message) == (0, expected)

    def test_in_a_linked_worktree(self, staged, commits) -> None:
        staged.git("reset", "--quiet")
        staged.git("worktree", "add", "--quiet", "../linked")
        commits.folder = staged.folder.parent / "linked"
        (commits.folder / "billing").mkdir()
        (commits.folder / "billing/queue.py").write_text("1\n")
        commits("add", "--all")
        write = 'cp "$1" seen; printf "Swap the queue\\n" | cat - seen > "$1"'
        code, shown = commits("commit", "--quiet", editor=write)
        assert code == 0
        assert ASKED in shown
        assert ASKED in (commits.folder / "seen").read_text()
