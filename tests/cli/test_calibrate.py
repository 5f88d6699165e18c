"""`onrecord calibrate`: its door."""

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from fake_github import FakeGitHub, PullFile
from markdown_it import MarkdownIt

from onrecord.check.config import parse_config

ROOT = Path(__file__).resolve().parents[2]
REASON = "Counted in one place so that a shop with several processes is held to its limit, as the contract says it is."


class Merges:
    """Writes merged pull requests onto main, as GitHub's squash does: a commit each, with its number in the subject."""

    def __init__(self, repo: Any) -> None:
        self.folder, self.number, self.following = repo.folder, 0, b""

    def __call__(
        self, title: str, *paths: str, body: str = "", author: str = "Ann Example <ann@example.org>", times: int = 1
    ) -> None:
        """Merge `times` pull requests that touch the same paths."""
        stream = b""
        for _ in range(times):
            self.number += 1
            stream += self._commit(f"{title} (#{self.number})\n\n{body}", paths or ("src/a.py",), author)
        self._write(stream)

    def push(self) -> None:
        """Push a commit straight to main."""
        self.number += 1
        self._write(self._commit("Straight to main", ("a.txt",), "Ann Example <ann@example.org>"))

    def _commit(self, message: str, paths: tuple[str, ...], author: str) -> bytes:
        text = message.encode()
        head = f"commit refs/heads/main\nmark :{self.number}\nauthor {author} 1767225600 +0000\n"
        head += f"committer GitHub <noreply@github.com> {1767225600 + self.number} +0000\n"
        out = head.encode() + b"data %d\n%b\n" % (len(text), text) + self.following
        self.following = b""  # within one stream it goes without saying
        for path in paths:
            name = os.fsencode(path).replace(b"\\", b"\\\\").replace(b"\n", b"\\n").replace(b'"', b'\\"')
            content = b"%d\n" % self.number * 3
            out += b'M 100644 inline "%b"\ndata %d\n%b\n' % (name, len(content), content)
        return out

    def _write(self, stream: bytes) -> None:
        subprocess.run(
            ["git", "fast-import", "--quiet", "--force"], cwd=self.folder, input=stream, check=True, timeout=30
        )
        self.following = b"from refs/heads/main^0\n"


@pytest.fixture
def merge(repo) -> Merges:
    return Merges(repo)


def report(outcome: Any) -> dict[str, Any]:
    return json.loads(outcome.out)


class TestFromGit:
    def test_what_a_maintainer_reads(self, repo, run, merge) -> None:
        repo.write("onrecord.yml", "pull-requests: {paths: ['api/**', 'web/**']}\n")
        merge.push()
        merge("Tidy up", body=REASON, times=9)
        merge("Bump x", author="renovate[bot] <1+renovate[bot]@users.noreply.github.com>", times=2)
        merge("Test more", "tests/test_a.py", body=REASON)
        merge("Count calls", "api/calls.yml", body=REASON)
        outcome = run("calibrate", "--last", "13")
        assert (outcome.code, outcome.err) == (0, "")
        out = outcome.out
        assert re.match(r"Calibration over 13 pull requests merged to main, \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\n", out)
        assert "Labels and drafts are not in git" in out
        assert re.search(r"opened by an automation +2 +11 left\n", out)
        assert re.search(r"only tests, documentation or lock files +1 +10 left\n", out)
        assert re.search(r"Left, and looked at below +10/13 +77 %\n", out)
        assert re.search(r"the author's own words +0/10 +0 %\n", out)
        assert re.search(r"the path api/\*\* +1/10 +10 %\n", out)
        assert re.search(r"the path web/\*\* +0/10 +0 %\n", out)
        assert re.search(r"not answered: nudged +1/10 +10 %\n", out)
        assert re.search(r"hints: narrow \(in use\) +0/10 +0 %", out)
        assert "#14  Count calls\n           api/calls.yml\n" in out
        assert "Above 15 %" not in out

    def test_all_that_was_read_and_not(self, run, merge) -> None:
        merge("One")
        merge.push()
        merge("Two", body="* One\n\n* Two")
        merge("Three", body=REASON)
        found = report(run("calibrate", "--output-format", "json"))
        assert (found["version"], found["read"], found["left"], found["described"]) == (1, 3, 3, 1)
        source = found["source"]
        assert (source["kind"], source["name"], source["wanted"], source["direct"]) == ("git", "main", 200, 1)
        assert "Git holds the description of 1 of them" in source["notes"][0]
        text = run("calibrate").out
        assert "200 were wanted; there are no more." in text
        assert "Left out: 1 commit between them without a pull request's number." in text

    def test_below_ten_there_is_no_percentage(self, repo, run, merge) -> None:
        repo.write("onrecord.yml", "pull-requests: {paths: ['src/**']}\n")
        merge("Tidy up", body=REASON, times=9)
        out = run("calibrate").out
        assert re.search(r"the path src/\*\* +9/9\n", out)
        assert "%" not in out.replace("15 %", "")
        assert "Above" not in out
        merge("Tidy up", body=REASON)
        out = run("calibrate").out
        assert re.search(r"the path src/\*\* +10/10 +100 % +above 15 %\n", out)
        assert re.search(
            r"^Above 15 %: 10/10 \(100 %\) would have been nudged, most of them by the path src/\*\* \(10\)", out, re.M
        )
        assert run("calibrate").code == 0

    def test_a_message_that_holds_no_description_by_habit_or_by_chance(self, run, merge) -> None:
        merge("Tidy up", body=REASON, times=6)
        merge("Tidy up", times=6)
        assert report(run("calibrate", "--output-format", "json"))["described"] == 12
        merge("Tidy up")
        assert report(run("calibrate", "--output-format", "json"))["described"] == 6

    def test_a_list_of_commits_is_never_a_description(self, run, merge) -> None:
        merge("Tidy up", body=REASON, times=21)
        merge("Tidy up", body="* One\n\n* Two")
        assert report(run("calibrate", "--output-format", "json"))["described"] == 21

    def test_loud_hints_are_told_of_where_there_is_enough_to_go_by(self, run, merge) -> None:
        merge("feat!: add a public api for counters", "api/v1.proto", body="Adds it.", times=10)
        out = run("calibrate").out
        assert re.search(r"hints: narrow \(in use\) +10/10 +100 % +above 15 %\n", out)
        assert "Above 15 %: 10/10 (100 %) would have got a hint with “hints: narrow”." in out
        assert "hints: off  # narrow: 10/10 (100 %)" in out
        merge("feat!: add a public api for counters", "api/v1.proto", body="* One\n\n* Two", times=11)
        out = run("calibrate").out
        assert "in the 10 of these whose description is known; too few to go by\n" in out
        assert "bove 15 %" not in out
        assert "hints: off" not in out

    def test_settings_that_git_cannot_try_are_named(self, repo, run, merge) -> None:
        repo.write(
            "other.yml",
            "pull-requests: {labels: [decision], paths: [src/**], skip-authors: [robot], since: '2099-01-01', hints: off}\n",
        )
        merge("Tidy up", body=REASON)
        found = report(run("calibrate", "--config", "other.yml", "--output-format", "json"))
        assert [t["by"] for t in found["triggers"]] == ["author", "path"]
        assert found["left"] == 1
        assert found["hints_in_use"] == "off"
        notes = " ".join(found["source"]["notes"])
        assert "“skip-authors”" in notes
        assert "“since” was set aside" in notes

    def test_samples_and_seed(self, repo, run, merge) -> None:
        repo.write("onrecord.yml", "pull-requests: {paths: ['src/**']}\n")
        for number in range(12):
            merge(f"Change {number}", body=REASON)

        def picked(*more: str) -> list[int]:
            found = report(run("calibrate", "--output-format", "json", *more))
            return [s["number"] for s in found["triggers"][1]["samples"]]

        assert len(picked()) == 3
        assert len(picked("--samples", "5")) == 5
        assert picked("--samples", "0") == []
        assert picked() == picked()
        assert any(picked() != picked("--seed", str(seed)) for seed in range(1, 4))
        assert "To read" not in run("calibrate", "--samples", "0").out


class TestBlock:
    def pasted(self, out: str) -> Any:
        start = out.index("    pull-requests:")
        return yaml.safe_load("\n".join(line[4:] for line in out[start:].split("\n")))

    def test_it_is_a_configuration(self, repo, run, merge) -> None:
        repo.write("onrecord.yml", "pull-requests: {paths: ['src/**', 'web/*.ts']}\n")
        merge("Tidy up", body=REASON, times=27)
        merge("Change a message", "proto/shop.proto", body=REASON, times=3)
        out = run("calibrate").out
        assert '# - "src/**"  # yours: 27/30 (90 %), above 15 %' in out
        assert '- "proto/**"  # 3/30 (10 %): 3 change a public contract' in out
        value = self.pasted(out)
        assert value == {"pull-requests": {"hints": "narrow", "paths": ["web/*.ts", "proto/**"]}}
        config = parse_config(value, "pasted", json.loads((ROOT / "schemas/config.schema.json").read_text("utf-8")))
        assert config.pull_requests.paths == ("web/*.ts", "proto/**")

    def test_pasted_it_does_what_it_says(self, repo, run, merge) -> None:
        merge("Tidy up", body=REASON, times=27)
        merge("Change a message", "proto/shop.proto", body=REASON, times=3)
        first = report(run("calibrate", "--output-format", "json"))
        repo.write("onrecord.yml", yaml.safe_dump(self.pasted(run("calibrate").out)), add=False)
        second = report(run("calibrate", "--output-format", "json"))
        assert second["asks"] == first["suggestion"]["asks"] == {"count": 3, "of": 30}

    def test_nothing_measured_nothing_suggested(self, run, merge) -> None:
        merge("Tidy up")
        out = run("calibrate").out
        assert "Nothing was measured that would make a setting." in out
        assert "pull-requests:" not in out


class TestHostileText:
    TITLE = "\x1b[31mred\u202e ::error::x ##[debug] <b>@ann</b> | `x` ![y](z)"

    def test_nothing_an_author_wrote_reaches_the_terminal_or_markdown(self, repo, run, merge) -> None:
        repo.write("onrecord.yml", "pull-requests: {paths: ['src/**']}\n")
        merge(self.TITLE, "src/``` <i>\x1b[1m.py", body="## Decision\n\n<!-- x --> Use \x1b[5m `a` | b\n")
        text = run("calibrate").out
        assert "red" in text
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e]", text)
        assert not re.search(r"^\s*::|##\[", text, re.MULTILINE)
        markdown = run("calibrate", "--output-format", "markdown").out
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown)
        inline = [child.type for token in tokens for child in token.children or ()]
        assert not {"html_inline", "image", "link_open"} & set(inline)
        assert "html_block" not in {token.type for token in tokens}
        assert "@ann" not in markdown
        assert json.loads(run("calibrate", "--output-format", "json").out)["triggers"][1]["samples"][0]["title"]

    def test_names_with_line_breaks_and_bytes(self, repo, run, merge) -> None:
        repo.write("onrecord.yml", "pull-requests: {paths: ['src/**']}\n")
        merge("Odd", "src/new\nline.py", "src/\udce9.py", body=REASON)
        assert run("calibrate").code == 0
        assert report(run("calibrate", "--output-format", "json"))["triggers"][1]["count"] == 1


class TestMarkdown:
    def test_it_has_the_same_counts(self, repo, run, merge) -> None:
        repo.write("onrecord.yml", "pull-requests: {paths: ['src/**']}\n")
        merge("Tidy up", body=REASON, times=12)
        out = run("calibrate", "--output-format", "markdown").out
        assert "| the path src/\\*\\* | 12/12, 100 %, **above 15 %** |" in out
        assert "```yaml\npull-requests:\n  hints: narrow" in out


class TestBadInput:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("--last", "0"),
            ("--last", "-3"),
            ("--last", "many"),
            ("--samples", "-1"),
            ("--config", "no.yml"),
            ("extra",),
        ],
    )
    def test_a_wrong_call(self, run, merge, arguments: tuple[str, ...]) -> None:
        merge("One")
        outcome = run("calibrate", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert "Traceback" not in outcome.err

    def test_no_merge_at_all(self, run, merge) -> None:
        assert run("calibrate").code == 4
        merge.push()
        outcome = run("calibrate")
        assert (outcome.code, outcome.out) == (4, "")
        assert "no merged pull request was found in main" in outcome.err

    def test_no_repository(self, run, tmp_path, monkeypatch) -> None:
        monkeypatch.chdir(tmp_path)
        outcome = run("calibrate")
        assert (outcome.code, outcome.out) == (3, "")
        assert "not a git repository" in outcome.err

    def test_a_shallow_clone(self, repo, run, merge, tmp_path, monkeypatch) -> None:
        merge("One")
        merge("Two")
        subprocess.run(
            ["git", "clone", "--quiet", "--depth=1", repo.folder.as_uri(), str(tmp_path / "shallow")],
            check=True,
            timeout=30,
        )
        monkeypatch.chdir(tmp_path / "shallow")
        outcome = run("calibrate")
        assert (outcome.code, outcome.out) == (3, "")
        assert "git fetch --unshallow" in outcome.err


class TestFromGitHub:
    NAME = "harbor-example/harbor"

    @pytest.fixture
    def server(self, monkeypatch) -> Any:
        with FakeGitHub() as fake:
            for name, value in fake.environment("ghs_ours").items():
                monkeypatch.setenv(name, value)
            yield fake

    def test_labels_and_descriptions_are_known(self, repo, run, server) -> None:
        repo.write("onrecord.yml", "pull-requests: {labels: [decision], skip-labels: [trivial]}\n")
        for number, labels in enumerate((["decision"], ["trivial"], []), 1):
            server.pull(number=number, state="merged", labels=labels, body="", files=[PullFile("src/a.py")])
        found = report(run("calibrate", "--github", self.NAME, "--output-format", "json"))
        assert (found["source"]["kind"], found["source"]["name"]) == ("github", self.NAME)
        assert (found["read"], found["left"], found["described"]) == (3, 2, 2)
        assert found["exempted"] == [{"reason": "the label “trivial”", "count": 1}]
        assert [(t["by"], t["what"], t["count"]) for t in found["triggers"]] == [
            ("author", "decision", 0),
            ("label", "decision", 1),
        ]

    @pytest.mark.usefixtures("server")
    def test_what_goes_wrong_is_a_sentence(self, run) -> None:
        for name in ("nobody/nothing", "no-repository"):
            outcome = run("calibrate", "--github", name)
            assert (outcome.code, outcome.out) == (3, "")
            assert name in outcome.err
            assert "Traceback" not in outcome.err

    def test_without_a_token(self, run, monkeypatch) -> None:
        for name in ("ONRECORD_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        outcome = run("calibrate", "--github", self.NAME)
        assert (outcome.code, outcome.out) == (3, "")
        assert "token" in outcome.err.casefold()

    def test_nothing_merged_yet(self, run, server) -> None:
        server.pull(number=1)
        assert run("calibrate", "--github", self.NAME).code == 4
