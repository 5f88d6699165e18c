"""Edge cases of a coverage report that git makes: renames, merged branches, queues, back-dated and moved records."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from test_coverage_verb import BODY, HOME, RECORD, Merges, report

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
from recompute import differences, read

CONFIG = "pull-requests: {paths: ['api/**']}\ncoverage: {exempt: ['samples/**']}\n"
CODE = "".join(f"count = {n}\n" for n in range(60))


@pytest.fixture
def merge(repo: Any) -> Merges:
    repo.write("onrecord.yml", CONFIG)
    return Merges(repo)


def branch_of(repo: Any, merge: Merges, number: int, *commits: tuple[str, dict[str, str]]) -> None:
    """Merge a branch with these commits, each with a message and files, by a merge commit."""
    repo.git("checkout", "-qb", f"work-{number}")
    for message, files in commits:
        merge(message, **files)
    repo.git("checkout", "-q", "main")
    merge.day += 1
    when = f"2026-01-{merge.day:02}T12:00:00+00:00"
    title = f"Merge pull request #{number} from ann/work-{number}\n\nCount calls"
    repo.git("-c", "core.commentChar=;", "merge", "-q", "--no-ff", f"work-{number}", "-m", title)
    repo.git("commit", "-q", "--amend", "--no-edit", "--date", when)


class TestMergedBranches:
    def test_a_trailer_in_a_commit_of_the_branch_counts_for_its_pull_request_alone(self, repo, run, merge) -> None:
        merge("Start", **{"api/calls.py": CODE, HOME: RECORD.format(status="accepted")})
        branch_of(
            repo, merge, 7, ("Count\n\nDecision: ADR-1", {"api/calls.py": "a\n" * 60}), ("Tidy", {"api/a.py": "1\n"})
        )
        branch_of(repo, merge, 8, ("Count more\n\nSee the decision: ADR-1", {"api/calls.py": "b\n" * 60}))
        found = report(run)["pull_requests"]
        assert (found["asked"], found["states"]["covered"]) == ([8, 7], [7])

    def test_a_trailer_of_a_direct_commit_is_nobody_s(self, repo, run, merge) -> None:
        merge("Start (#6)", **{"api/calls.py": CODE, HOME: RECORD.format(status="accepted")})
        merge("Straight to main\n\nDecision: ADR-1", **{"api/b.py": CODE})
        branch_of(repo, merge, 7, ("Count", {"api/calls.py": "a\n" * 60}))
        found = report(run)["pull_requests"]
        assert (found["states"]["covered"], found["states"]["uncovered"]) == ([6], [7])
        assert len(found["no_pull_request"]) == 1

    def test_queue_rebase_and_imported_history_count_each_number_once(self, run, merge) -> None:
        merge("Imported from elsewhere")
        merge(f"Count calls (#7)\n\n{BODY}")
        merge(f"Count calls, second part (#7)\n\n{BODY}")  # a rebase that keeps the number
        merge("Merge pull request #8 from queue/main/pr-8\n\nCount all calls")
        merge("Merge #9 #10\n\n9: Count here r=bo a=ann\n\n10: Count there r=bo a=ann")
        found = report(run)["pull_requests"]
        assert [pull["number"] for pull in found["merged"]] == [9, 10, 8, 7]
        assert (len(found["repeated"]), len(found["no_pull_request"])) == (1, 1)


class TestTheRecord:
    def test_a_back_dated_record_is_late(self, run, merge) -> None:
        merge(f"Count calls (#1)\n\n{BODY}")
        merge.day = 20
        text = RECORD.format(status="accepted").replace("scope:", "implemented-by: ['#1']\nscope:")
        merge("Write it down (#2)", **{HOME: text.replace("date: 2026-01-01", "date: 2020-01-01")})
        found = report(run)["pull_requests"]
        assert (found["decision_coverage"]["ids"], found["as_merged"]["ids"]) == ([1], [])

    def test_an_old_record_that_is_made_to_list_it_is_late(self, repo, run, merge) -> None:
        text = RECORD.format(status="accepted")
        merge("Write it down (#1)", **{HOME: text.replace("scope:", "implemented-by: ['#2']\nscope:")})
        merge(f"Count calls (#2)\n\n{BODY}")
        merge(f"Count more calls (#3)\n\n{BODY}")
        merge.day = 24
        both = text.replace("scope:", "implemented-by: ['#2', '#3']\nscope:")
        merge("List the other one (#4)", **{HOME: both})
        found = report(run)["pull_requests"]
        assert (found["decision_coverage"]["ids"], found["as_merged"]["ids"]) == ([3, 2], [2])
        repo.git("mv", HOME, "docs/adr/0001-count.md")
        merge.day = 27
        merge("Another title (#5)", **{"docs/adr/0001-count.md": both})
        found = report(run)["pull_requests"]
        assert (found["decision_coverage"]["ids"], found["as_merged"]["ids"]) == (
            [3, 2],
            [3, 2],
        )  # never late by a move

    def test_a_record_that_was_deleted_uncovers_and_is_told(self, repo, run, merge) -> None:
        merge(f"Count calls (#1)\n\n{BODY}", **{"api/calls.py": CODE, HOME: RECORD.format(status="accepted")})
        assert report(run)["pull_requests"]["states"]["covered"] == [1]
        repo.git("rm", "-q", HOME)
        merge("Tidy (#2)", **{"src/a.py": "1\n"})
        found = report(run)["pull_requests"]
        assert (found["states"]["uncovered"], found["deleted_records"][0]["path"]) == ([1], HOME)
        assert "it is not there any more" in run("coverage").out

    def test_a_record_that_was_renumbered_and_renamed_is_still_the_one_its_pull_request_wrote(
        self, repo, run, merge
    ) -> None:
        text = RECORD.format(status="accepted")
        merge(f"Count calls (#1)\n\n{BODY}", **{"api/calls.py": CODE, HOME: text})
        repo.git("mv", HOME, "docs/adr/0007-limits.md")
        merge("Another number (#2)", **{"docs/adr/0007-limits.md": text.replace("Count calls", "Limit calls")})
        repo.git("mv", "docs/adr/0007-limits.md", "docs/adr/0012-shops.md")
        merge("And another (#3)", **{HOME: RECORD.format(status="proposed").replace("Redis", "Kafka")})
        found = report(run)["pull_requests"]
        assert found["states"]["pending"] == [1]  # what stands at its path today comes first
        repo.git("rm", "-q", HOME)
        merge("Tidy (#4)", **{"src/a.py": "1\n"})
        found = report(run)["pull_requests"]
        assert (found["states"]["covered"], found["deleted_records"]) == ([1], [])
        assert [link["record"] for link in found["merged"][-1]["links"]] == ["docs/adr/0012-shops.md"]

    def test_what_tells_an_assistant_how_to_write_a_record_is_none(self, run, merge) -> None:
        prompts = {
            f".claude/{name}": RECORD.format(status="accepted") for name in ("commands/adr/0001-a.md", "skills/adr.md")
        }
        merge("Start (#1)", **{HOME: RECORD.format(status="accepted"), ".claude/adr/0002-b.md": RECORD}, **prompts)
        assert report(run)["records"]["all"] == [".claude/adr/0002-b.md", HOME]


class TestAreas:
    def test_a_renamed_file_keeps_its_commits_and_a_scope_is_told_the_new_path(self, repo, run, merge) -> None:
        files = {f"src/f{n}.py": CODE for n in range(9)}
        text = RECORD.format(status="accepted").replace("api/**", "api/calls/**")
        merge("Start (#1)", **{"api/calls/a.py": CODE, HOME: text}, **files)
        merge("Change (#2)", **{"api/calls/a.py": f"{CODE}more = 1\n"})
        assert report(run)["areas"]["commits"] == {"k": 2, "n": 11}
        (repo.folder / "lib").mkdir()
        repo.git("mv", "api/calls", "lib/calls")
        merge("Move (#3)", **{"lib/calls/a.py": f"{CODE}more = 1\nmost = 2\n"})
        found = report(run)["areas"]
        assert {one["path"]: one["commits"] for one in found["sources"]}["lib/calls/a.py"] == 3
        assert found["moved"] == [{"id": HOME, "glob": "api/calls/**", "to": "lib/calls"}]
        assert (found["commits"]["k"], found["matches_nothing"]) == (0, [HOME])
        assert "→ scope: ['lib/calls']" in run("coverage").out

    def test_areas_by_code_owners(self, repo, run, merge) -> None:
        repo.write(".github/CODEOWNERS", "api/ @shop/api @shop/web\n")
        merge(f"Count calls (#1)\n\n{BODY}", **{"api/calls.py": CODE, "src/a.py": CODE, "samples/a.py": CODE})
        found = report(run, "--areas", "codeowners")
        assert {name: one["of"] for name, one in found["pull_requests"]["by_area"].items()} == {
            "@shop/api": [1],
            "@shop/web": [1],
            "(no owner)": [1],
        }
        assert {area["name"]: area["files"] for area in found["areas"]["by_area"]} == {
            "@shop/api": 1,
            "@shop/web": 1,
            "(no owner)": 1,
        }
        assert (found["areas"]["grouping"], found["areas"]["exempt"]["configured"]) == ("codeowners", 1)
        assert differences(found) == []
        assert report(run)["areas"]["grouping"] == "folders"


class TestWaivers:
    WAIVED = "No decision here, because this only renames a local variable.\n\nReviewed-by: Bo Example <bo@example.org>"

    def test_all_waived_is_told_in_the_first_line_with_the_reasons_below(self, run, merge) -> None:
        merge(f"Rename (#1)\n\n{self.WAIVED}")
        merge(f"Rename more (#2)\n\n{self.WAIVED}")
        first, *rest = run("coverage").out.splitlines()
        assert "pull requests, waived 2/2," in first
        assert "    this only renames a local variable" in rest
        assert "  decision coverage                 n/a" in rest
        assert "  answered, waivers included        2/2" in rest


def test_rows_of_the_text_have_captions_and_no_spaces_at_their_end(run, merge) -> None:
    wide = {f"api/{name}/a.py": CODE * 6 for name in "abcd"}
    merge(f"Count calls (#1)\n\n{BODY}", **wide, **{HOME: RECORD.format(status="accepted")})
    wide = {f"lib/{name}/a.py": CODE * 6 for name in "abcd"}
    merge(f"Count elsewhere (#2)\n\n{BODY}\n\nSee ADR-1.", **wide, **{"package.json": "{}\n"})
    out = run("coverage").out
    assert [line for line in out.splitlines() if line != line.rstrip()] == []
    assert "by area, the most asked first (top) 1/1 api/a 1/1" in " ".join(out.split())
    assert "parts found, on average" in out
    assert "1 hint, 1 of them on record or waived" in " ".join(out.split())
    assert "the hint that the Action shows" in " ".join(out.split())


class TestHubs:
    def test_records_that_cover_many_are_listed(self, run, merge) -> None:
        merge("Start (#1)", **{HOME: RECORD.format(status="accepted")})
        for number in range(2, 7):
            merge(f"Count calls (#{number})\n\n{BODY}\n\nDecision: ADR-1")
        out = run("coverage").out
        assert "Records that cover 5 pull requests or more" in out
        assert f"  {HOME}  covers 5 pull requests" in out


def test_a_number_that_does_not_follow_from_its_ids_is_told(run, merge) -> None:
    merge(f"Count calls (#1)\n\n{BODY}", **{"api/calls.py": CODE, HOME: RECORD.format(status="accepted")})
    found = report(run)
    assert differences(found) == []
    for path, value in {
        ("pull_requests", "decision_coverage", "k"): 7,
        ("pull_requests", "states", "covered"): [],
        ("pull_requests", "owner_sources", "explicit"): 7,
        ("areas", "lines", "k"): 7,
        ("areas", "exempt", "document"): 7,
        ("records", "mean_of_fields", "mean"): 6.9,
    }.items():
        wrong = json.loads(json.dumps(found))
        wrong[path[0]][path[1]][path[2]] = value
        assert [name for name, _, _ in differences(wrong)] == [f"{path[0]} {path[1]}"]


class TestRecomputing:
    def test_a_file_is_read_as_well_as_a_pipe(self, run, merge, tmp_path) -> None:
        merge(f"Count calls (#1)\n\n{BODY}")
        (tmp_path / "coverage.json").write_text(json.dumps(report(run)), encoding="utf-8")
        assert differences(read([str(tmp_path / "coverage.json")])) == []

    @pytest.mark.parametrize(
        ("text", "said"), [("{", "this is not JSON"), ("{}", "no coverage report"), (None, "No such file")]
    )
    def test_what_is_no_report_is_told_without_a_traceback(self, tmp_path, capsys, text, said) -> None:
        if text:
            (tmp_path / "coverage.json").write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit) as stop:
            read([str(tmp_path / "coverage.json")])
        assert stop.value.code == 2
        assert said in capsys.readouterr().err
