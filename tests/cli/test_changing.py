"""What `check` says of records that are being changed, before there is a pull request."""

from onrecord.cli.main import main
from onrecord.rules.samples import madr

SOUND = madr()
ALPHA = "docs/adr/0007-keep-sessions-in-redis.md"
TEXT = SOUND.replace("# Keep", "# 7. Keep")
EIGHT = SOUND.replace("# Keep", "# 8. Keep")
BETA, GAMMA = "docs/adr/0008-use-beta.md", "docs/adr/0008-use-gamma.md"


def prepare(repo) -> None:
    """Make a log of one record, a branch that adds number 8, and check out another one."""
    repo.write(ALPHA, TEXT)
    repo.git("commit", "-qm", "One")
    repo.git("checkout", "-qb", "other")
    repo.write(BETA, EIGHT.replace("Redis", "Beta"))
    repo.git("commit", "-qm", "Two")
    repo.git("checkout", "-q", "main")
    repo.git("checkout", "-qb", "mine")


class TestNumbers:
    def test_a_new_record_that_is_staged_committed_or_only_written(self, repo, run) -> None:
        prepare(repo)
        repo.write(GAMMA, EIGHT)
        seen = run("check", "--staged")
        assert "number 8 is also taken by 0008-use-beta.md, on the branch other" in seen.out
        assert seen.code == 0
        assert "number-collision" in run("check").out
        repo.git("commit", "-qm", "Three")
        assert "number-collision" in run("check", "docs").out
        assert "number-collision" not in run("check", "--staged").out
        assert "number-collision" not in run("check", "--ignore", "number-collision").out

    def test_of_two_in_the_log_the_later_one_is_told(self, repo, run) -> None:
        first, second = "docs/adr/0007-zip.md", "docs/adr/0007-all.md"
        repo.write(first, TEXT.replace("Redis", "Zip"))
        repo.git("commit", "-qm", "One")
        repo.write(second, TEXT.replace("Redis", "All"))
        repo.git("commit", "-qm", "Two")
        told = run("check", "--select", "number-duplicate").out
        assert "0007-all.md" in told.splitlines()[0]
        assert "also taken by 0007-zip.md" in told

    def test_what_is_staged_is_held_against_the_folder_it_comes_into(self, repo, run) -> None:
        first, second = "docs/adr/0008-zip.md", "docs/adr/0008-all.md"
        repo.write(first, EIGHT)
        repo.write("docs/adr/old/0008-old.md", EIGHT)
        repo.git("commit", "-qm", "One")
        repo.write(second, EIGHT)
        seen = run("check", "--staged")
        assert "number 8 is also taken by 0008-zip.md" in seen.out
        assert (seen.code, "0008-old" in seen.out, seen.out.count("number-duplicate  ")) == (1, False, 1)
        assert "number 8" not in run("check", "--staged", "--ignore", "number-duplicate").out
        repo.git("mv", first, "docs/adr/0009-zip.md")
        assert "number 8" not in run("check", "--staged").out

    def test_a_new_file_that_is_named_is_held_against_its_folder(self, repo, run) -> None:
        """As pre-commit names the staged ones; a record that was there is not blamed, nor for what git does not track."""
        first, second = "docs/adr/0008-zip.md", "docs/adr/0008-all.md"
        repo.write(second, EIGHT)
        repo.write(first, EIGHT, add=False)
        assert "number 8" not in run("check", second).out
        repo.git("add", first)
        repo.git("rm", "--quiet", "--cached", second)
        repo.git("commit", "-qm", "One")
        assert "number 8" not in run("check", first).out
        repo.git("add", second)
        seen = run("check", "--quiet", "--allow-empty", second)
        assert (seen.code, "number 8 is also taken by 0008-zip.md" in seen.out) == (1, True)
        assert "number 8" not in run("check", "--ignore", "number-duplicate", second).out
        repo.git("mv", first, "docs/adr/0009-zip.md")
        assert run("check", second).code == 0

    def test_a_new_name_does_not_take_the_number(self, repo, run) -> None:
        """Of two that were there, as `--staged` says; a number that is new for a file is held against the folder."""
        first, second, other = (f"docs/adr/{name}.md" for name in ("0008-zip", "0008-all", "0009-one"))
        for path in (first, second, other):
            repo.write(path, EIGHT)
        repo.git("commit", "-qm", "One")
        repo.git("mv", second, "docs/adr/0008-every.md")
        assert "also taken" not in run("check", "docs/adr/0008-every.md").out
        assert "also taken" not in run("check", "--staged").out
        repo.git("mv", "docs/adr/0008-every.md", "docs/adr/0009-every.md")
        assert "also taken by 0009-one.md" in run("check", "docs/adr/0009-every.md").out

    def test_a_baseline_blames_the_one_that_check_blames(self, repo, run) -> None:
        for name in ("zip", "all"):
            repo.write(f"docs/adr/0007-{name}.md", TEXT)
            repo.git("commit", "-qm", name)
        assert run("baseline").code == 0
        seen = run("check")
        assert (seen.code, "number-duplicate" in seen.out) == (0, False)

    def test_a_record_that_was_there_takes_nothing(self, repo, run) -> None:
        prepare(repo)
        repo.git("checkout", "-q", "main")
        repo.write(GAMMA, EIGHT)
        repo.git("commit", "-qm", "Three")
        assert "number-collision" not in run("check").out
        repo.write(GAMMA, EIGHT + "\nMore.\n")
        assert "number-collision" not in run("check", "--staged").out

    def test_only_the_new_one_of_two_is_told(self, repo, run) -> None:
        repo.write("docs/adr/0008-long-there.md", EIGHT.replace("Redis", "Delta"))
        prepare(repo)
        repo.write(GAMMA, EIGHT)
        out = run("check", "--select", "number-collision", "--output-format", "github").out
        assert out.count("number 8 is also taken") == 1
        assert GAMMA in out

    def test_it_can_be_hushed(self, repo, run) -> None:
        prepare(repo)
        hushed = "\n<!-- onrecord-disable-file number-collision: the other branch is given up -->\n"
        repo.write(GAMMA, EIGHT + hushed)
        assert "number-collision" not in run("check", "--staged").out
        repo.git("branch", "-qD", "other")
        assert "ignore-unused" not in run("check", "--staged").out

    def test_a_hostile_name_of_a_branch_stays_text(self, repo, run) -> None:
        prepare(repo)
        name = "x$(touch${IFS}pwned)%0a<b>"
        repo.git("branch", "-qm", "other", name)
        repo.write(GAMMA, EIGHT)
        out = run("check", "--staged", "--output-format", "github").out
        assert "on the branch x$(touch${IFS}pwned)%250a<b>" in out


class TestAcceptedRecords:
    def test_another_decision_is_staged(self, repo, run) -> None:
        prepare(repo)
        repo.write(ALPHA, TEXT.replace('"Redis", because', '"Memcached", because'))
        seen = run("check", "--staged")
        assert "the record was accepted, and its decision is rewritten" in seen.out
        assert seen.code == 0
        assert "accepted-edited" not in run("check").out

    def test_it_is_renamed_and_an_option_is_taken_out(self, repo, run) -> None:
        prepare(repo)
        repo.git("mv", ALPHA, "docs/adr/0007-keep-them.md")
        text = TEXT.replace("* Memcached, which loses everything at a restart", "* Postgres, which is there")
        repo.write("docs/adr/0007-keep-them.md", text)
        assert "its options are rewritten" in run("check", "--staged").out

    def test_a_note_a_correction_and_a_proposal(self, repo, run) -> None:
        prepare(repo)
        other = TEXT.replace('"Redis", because', '"Memcached", because')
        for text in (
            f"{other}\n## Changelog\n\n* 2026-05-01: Memcached, for it is there already.\n",
            f"{other}\nAmended on 2026-05-01 by Ann.\n",
            TEXT.replace("keeps data", "keeps the data"),
            other.replace("status: accepted", "status: proposed"),
        ):
            repo.write(ALPHA, text)
            assert "accepted-edited" not in run("check", "--staged").out, text

    def test_the_first_commit(self, repo, run) -> None:
        repo.write(ALPHA, TEXT)
        assert run("check", "--staged").code == 0


def test_nothing_is_asked_without_git(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / ALPHA).write_text(TEXT, "utf-8")
    assert main(["check"]) == 0
    assert "not a git repository" in capsys.readouterr().err


def test_files_out_of_reach_are_not_missing(repo, run) -> None:
    """In a submodule that was not fetched, and in a sparse checkout, nobody can tell; that is said, also from memory."""
    link = TEXT + "\nSee [the library](../../lib/parser/README.md) and [its plan](../../lib/parser/plan.md).\n"
    repo.write(ALPHA, link)
    untold = "onrecord: lib/parser/README.md and 1 more could not be looked for "
    assert "link-broken" in run("check").out
    (repo.folder / "lib" / "parser").mkdir(parents=True)
    for _ in range(2):
        outcome = run("check")
        assert "link-broken" not in outcome.out
        assert outcome.err.startswith(f"{untold}in an empty folder, such as")
        assert outcome.err.count("\n") == 1
    (repo.folder / "lib" / "parser" / "other.md").write_text("x", "utf-8")
    outcome = run("check")
    assert ("link-broken" in outcome.out, outcome.err) == (True, "")
    repo.git("sparse-checkout", "set", "docs")
    outcome = run("check")
    assert ("link-broken" in outcome.out, outcome.err) == (False, f"{untold}in a sparse checkout\n")
    assert run("check", "--quiet").err == ""
    repo.git("sparse-checkout", "disable")
    assert "link-broken" in run("check").out
