"""`onrecord review` and `onrecord touch`: their doors, on real histories."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from onrecord.adapters.shipped import schema

RECORD = """\
---
status: {status}
date: {date}
decision-makers: [{owner}]
{extra}---

# {title}

## Context

{text}

## Considered Options

* One way
* Another way

## Decision Outcome

Chosen option: "One way", because it is short.
"""
TODAY = ("--today", "2026-06-01")
KEEP = "docs/adr/0007-keep.md"


def text_of(
    title: str = "Keep invoices",
    status: str = "accepted",
    date: str = "2026-01-10",
    owner: str = "Ann Example",
    extra: str = "",
    text: str = "Why.",
) -> str:
    return RECORD.format(
        title=title, status=status, date=date, owner=owner, extra=f"{extra}\n" if extra else "", text=text
    )


@pytest.fixture
def log(repo):
    """Return a function that commits files as somebody, on a day."""

    def commit(
        day: str,
        files: dict[str, str | None],
        who: str = "Ann Example",
        message: str = "Change",
        authored: str = "",
        committer: str = "",
    ) -> None:
        for name, content in files.items():
            path = repo.folder / name
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, "utf-8", newline="")
        repo.git("add", "--all")
        mail = f"{who.split()[0].lower()}@example.org"
        environment = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": f"{authored or day}T12:00:00Z"}
        hand = committer or who
        environment |= {"GIT_COMMITTER_NAME": hand, "GIT_COMMITTER_EMAIL": f"{hand.split()[0].lower()}@example.org"}
        subprocess.run(
            ["git", "-c", f"user.name={who}", "-c", f"user.email={mail}", "commit", "-q", f"--author={who} <{mail}>", "-m", message],
            cwd=repo.folder,
            env=os.environ | environment,
            check=True,
        )  # fmt: skip

    return commit


@pytest.fixture
def found(run):
    """Return a function that gives the messages of a review by rule."""

    def call(*arguments: str) -> dict[str, list[str]]:
        outcome = run("review", "--output-format", "json", *TODAY, *arguments)
        assert outcome.code == 0, outcome.err
        value = json.loads(outcome.out)
        Draft202012Validator(schema("review")).validate(value)
        findings = [f for entry in value["entries"] for f in entry["findings"]] + value["citations"]
        return {f["rule"]: [g["message"] for g in findings if g["rule"] == f["rule"]] for f in findings}

    return call


def lines(*names: str) -> str:
    return "".join(f"def {name}(): return {name!r} * 3 + 'a line that tells this file from others'\n" for name in names)


class TestScope:
    SCOPED = text_of(extra="scope: ['src/pay/**']")

    def test_a_scope_that_moved_twice(self, log, found) -> None:
        log("2026-01-10", {KEEP: self.SCOPED, "src/pay/a.py": lines("a", "b"), "src/pay/c.py": lines("c", "d")})
        assert found() == {}
        log(
            "2026-02-01",
            {f"src/pay/{n}.py": None for n in "ac"}
            | {"lib/pay/a.py": lines("a", "b"), "lib/pay/c.py": lines("c", "d")},
        )
        log(
            "2026-02-02",
            {f"lib/pay/{n}.py": None for n in "ac"}
            | {"web/pay/a.py": lines("a", "b", "x"), "web/pay/c.py": lines("c", "d")},
        )
        assert found()["scope-dead"] == ["its scope “src/pay/**” moved to “web/pay” on 2026-02-01"]

    def test_a_path_in_prose_that_was_deleted(self, log, found) -> None:
        log("2026-01-10", {KEEP: text_of(text="The tables are in `src/pay/a.py`."), "src/pay/a.py": lines("a")})
        log("2026-02-01", {"src/pay/a.py": None})
        assert found()["scope-dead"] == ["it names “src/pay/a.py”, which was deleted on 2026-02-01"]

    def churn(self, log, message: str = "Change", who: str = "Ann Example", text: str = "new") -> None:
        for number, name in enumerate("abc", 1):
            log(f"2026-03-0{number}", {f"src/pay/{name}.py": lines(name, text)}, who, message)

    def start(self, log) -> None:
        log("2026-01-10", {KEEP: self.SCOPED} | {f"src/pay/{name}.py": lines(name) for name in "abcd"})

    def test_churn_since_the_last_review(self, log, found) -> None:
        self.start(log)
        self.churn(log)
        assert found()["scope-churned"] == [
            "3 commits changed 3 of the 4 files it governs since 2026-01-10 (last edit)"
        ]

    @pytest.mark.parametrize(
        ("message", "who"),
        [("style: run prettier", "Ann Example"), ("Apply spotless", "Ann Example"), ("Bump a", "renovate[bot]")],
    )
    def test_formatting_and_robots_are_no_churn(self, log, found, message: str, who: str) -> None:
        self.start(log)
        self.churn(log, message, who)
        assert found() == {}

    def test_blanks_are_no_churn(self, log, found) -> None:
        self.start(log)
        for number, name in enumerate("abc", 1):
            log(f"2026-03-0{number}", {f"src/pay/{name}.py": lines(name).replace("return", "return ")})
        assert found() == {}


class TestProposals:
    def test_a_move_makes_no_proposal_young(self, log, found) -> None:
        open_one = text_of(status="proposed", date="2026-01-10")
        log("2026-01-10", {"old/adr/0007-keep.md": open_one})
        log("2026-05-28", {"old/adr/0007-keep.md": None, KEEP: open_one})
        assert found()["proposal-stuck"] == ["it has been proposed for 142 days (first committed 2026-01-10)"]

    def test_what_nobody_decided_is_not_offered_as_still_true(self, log, run) -> None:
        log("2026-01-10", {KEEP: text_of(status="proposed")})
        assert "still true" not in run("review", *TODAY).out
        assert "Still true" not in run("review", *TODAY, "--output-format", "markdown").out

    def test_an_edit_of_its_words_does(self, log, found) -> None:
        log("2026-01-10", {KEEP: text_of(status="proposed")})
        log("2026-05-28", {KEEP: text_of(status="proposed", text="Another reason.")})
        assert found() == {}

    def test_a_sweep_over_the_log_is_no_edit(self, log, found) -> None:
        names = [f"docs/adr/00{n}-keep.md" for n in range(10, 22)]
        log("2026-01-10", {name: text_of(status="proposed", title=name[9:13]) for name in names})
        log("2026-05-28", {name: text_of(status="proposed", title=name[9:13], text="Swept.") for name in names})
        assert len(found("--limit", "0")["proposal-stuck"]) == 12


CODE = {f"src/shop/part_{n}.py": "keep = True\n" for n in range(9)}


class TestOwners:
    def test_a_quiet_owner_and_a_busy_one(self, log, found) -> None:
        log("2024-01-10", {KEEP: text_of(date="2024-01-10")} | CODE)
        log("2026-05-28", {"docs/adr/0008-b.md": text_of("B", owner="Bo Li", date="2026-05-01")}, "Bo Li")
        assert found()["owner-gone"] == ["“Ann Example” last committed on 2024-01-10"]

    def test_code_owners_know_better(self, log, found) -> None:
        log("2024-01-10", {KEEP: text_of(date="2024-01-10", owner="'@ann'")} | CODE)
        log("2026-05-28", {"src/a.py": lines("a"), "CODEOWNERS": "* @ann\n"}, "Bo Li")
        assert found() == {}

    def test_an_open_proposal_is_stuck_not_orphaned(self, log, found) -> None:
        log("2024-01-10", {KEEP: text_of(status="proposed", date="2024-01-10")} | CODE)
        log("2026-05-28", {"src/a.py": lines("a")}, "Bo Li")
        assert set(found()) == {"proposal-stuck"}

    def test_a_rebase_makes_nobody_busy(self, log, found) -> None:
        log("2024-01-10", {KEEP: text_of(date="2024-01-10")} | CODE)
        log("2026-05-28", {"src/a.py": lines("a")}, "Ann Example", authored="2024-02-01", committer="Bo Li")
        assert found()["owner-gone"] == ["“Ann Example” last committed on 2024-02-01"]


class TestCitations:
    def test_code_that_cites_what_is_gone_or_replaced(self, log, found) -> None:
        log(
            "2026-05-28",
            {
                KEEP: text_of(status="superseded by [0009](0009-b.md)"),
                "docs/adr/0009-b.md": text_of("B"),
                "src/a.py": "# as in ADR-0008\n# as in ADR-7\n# reverts ADR-7\n# RFC 9111, and ADR-99 of others\n",
                "CHANGELOG.md": "* ADR-8\n",
                "vendor/x.py": "# ADR-8\n",
            },
        )
        assert found() == {
            "citation-dangling": ["ADR-8 is cited, and no record has this number"],
            "citation-outdated": ["ADR-7 Keep invoices is superseded by “0009-b.md”, and is cited"],
        }

    def test_a_number_that_an_address_leads_to_elsewhere(self, log, found) -> None:
        text = "# see ADR-8\n# https://example.org/other/adr-008-queue.md\n"
        log("2026-05-28", {KEEP: text_of(), "docs/adr/0009-b.md": text_of("B"), "src/a.py": text})
        assert found() == {}


class TestTheQueue:
    def test_busy_code_comes_first(self, log, run) -> None:
        late = "review-by: 2026-02-01"
        log(
            "2026-01-10",
            {KEEP: text_of(extra=late), "docs/adr/0008-b.md": text_of("Busy", extra=late, text="In `src/b.py`.")},
        )
        for number in range(1, 8):
            log(f"2026-05-0{number}", {"src/b.py": lines("b", f"b{number}")})
        entries = json.loads(run("review", *TODAY, "--output-format", "json").out)["entries"]
        assert [(e["number"], e["recent_commits"], e["weight"], e["score"]) for e in entries] == [
            ("8", 7, 4, 16.0),
            ("7", 0, 4, 4.0),
        ]
        limited = run("review", *TODAY, "--limit", "1").out
        assert "Busy" in limited
        assert "1 more record" in limited
        assert "onrecord touch docs/adr/0008-b.md" in limited

    def test_findings_can_be_hushed_in_the_text_and_by_the_configuration(self, log, found) -> None:
        late = text_of(extra="review-by: 2026-02-01")
        log("2026-01-10", {KEEP: late})
        assert set(found()) == {"review-by-passed"}
        assert found("--ignore", "review-by-passed") == {}
        log("2026-05-01", {KEEP: f"{late}\n<!-- onrecord-disable-file review-by-passed: looked at each month -->\n"})
        assert found() == {}
        log("2026-05-02", {KEEP: late, "onrecord.yml": "rules:\n  review-by-passed: off\n"})
        assert found() == {}

    def test_check_says_nothing_of_it(self, log, run) -> None:
        late = text_of(extra="review-by: 2026-02-01")
        log("2026-01-10", {KEEP: f"{late}\n<!-- onrecord-disable-file scope-dead: it comes back -->\n"})
        findings = json.loads(run("check", *TODAY, "--output-format", "json").out)["findings"]
        assert {finding["rule"] for finding in findings} == {"option-unargued"}

    def test_they_inform_unless_told_otherwise(self, log, run) -> None:
        log("2026-01-10", {KEEP: text_of(extra="review-by: 2026-02-01")})
        assert run("review", *TODAY).code == 0
        assert run("review", *TODAY, "--fail-on", "notice").code == 1
        assert run("review", *TODAY, "--fail-on", "error").code == 0

    def test_no_records_and_no_such_path(self, repo, run) -> None:
        repo.write("src/a.py", "1\n")
        assert run("review", *TODAY).code == 4
        assert run("review", "src", *TODAY)[::2] == (4, "onrecord: no decision record was found in src\n")
        assert run("review", "nowhere", *TODAY).code == 2
        assert run("review", "--limit", "x").code == 2

    def test_what_it_does_not_look_at_is_never_called_fine(self, log, run) -> None:
        """Nor by check, which looks at other rules; among others such a rule may be named."""
        log("2026-05-28", {KEEP: text_of()})
        for verb, rule, other in (
            ("review", "owner-missing", "check"),
            ("review", "record-deleted", "pr"),
            ("check", "scope-dead", "review"),
            ("check", "decision-unanswered,scope-dead", "pr"),
        ):
            outcome = run(verb, "--select", rule, *TODAY)
            said = (
                f"onrecord: --select {rule.split(',')[0]}: “onrecord {other}” looks at that, and this verb does not\n"
            )
            assert (outcome.code, outcome.err) == (2, said)
        assert run("review", "--select", "owner-missing,scope-dead,citation-dangling", *TODAY).code == 0
        assert run("check", "--select", "number-collision", *TODAY).code == 0
        assert run("check", "--fix", "--select", "scope-dead", *TODAY).code == 2

    def test_an_empty_queue_says_what_it_is_worth(self, log, run) -> None:
        log("2026-05-28", {KEEP: text_of()})
        out = " ".join(run("review", *TODAY).out.split())
        assert "Of 1 in force, 1 has a status, none has a scope, 1 has an owner and none has a date" in out

    def test_a_shallow_clone_says_so(self, log, repo, run, monkeypatch) -> None:
        log("2026-01-10", {KEEP: text_of(status="proposed", extra="review-by: 2026-02-01")})
        log("2026-01-11", {"a.txt": "a\n"})
        repo.git("clone", "-q", "--depth=1", f"file://{repo.folder}", "shallow")
        monkeypatch.chdir(repo.folder / "shallow")
        out = run("review", *TODAY).out
        assert "shallow" in out
        assert "review-by-passed" in out
        assert "proposal-stuck" not in out

    def test_without_git(self, tmp_path: Path, run, monkeypatch) -> None:
        place = tmp_path / "plain" / KEEP
        place.parent.mkdir(parents=True)
        place.write_text(text_of(extra="review-by: 2026-02-01"), "utf-8")
        monkeypatch.chdir(tmp_path / "plain")
        outcome = run("review", *TODAY)
        assert outcome.code == 0
        assert "review-by-passed" in outcome.out
        assert "needs history" in outcome.out

    def test_hostile_text_stays_text(self, log, run) -> None:
        title = "Keep @everyone <img src=x> [a](javascript:b) `x` | \x1b[31m"
        log("2026-01-10", {KEEP: text_of(title, owner="'@evil'", extra="review-by: 2026-02-01")})
        body = run("review", *TODAY, "--output-format", "markdown").out
        assert "<img" not in body
        assert "@everyone" not in body
        assert "@evil" not in body
        assert "[a]" not in body
        assert body == run("review", *TODAY, "--output-format", "markdown").out
        assert "\x1b[31m" not in run("review", *TODAY).out


class TestTouch:
    def test_it_takes_a_record_off_the_queue(self, log, run, found, repo) -> None:
        log("2026-01-10", {KEEP: text_of(extra="review-by: 2026-02-01")})
        assert "review-by-passed" in found()
        outcome = run("touch", KEEP, "--by", "Bo Li", *TODAY)
        assert outcome.code == 0
        assert "last-reviewed: 2026-06-01 by Bo Li\n" in (repo.folder / KEEP).read_text("utf-8")
        assert found() == {}
        parsed = json.loads(run("parse", KEEP).out)
        record = parsed[0] if isinstance(parsed, list) else parsed
        assert record["last_reviewed"] == {"date": "2026-06-01", "by": "Bo Li"}

    def test_it_is_found_by_number_or_title_as_by_path(self, repo, run, monkeypatch) -> None:
        repo.write("docs/adr/0008-b.md", text_of("Use B"))
        repo.write("docs/adr/0009-c.md", text_of("Use C"), add=False)
        monkeypatch.chdir(repo.folder / "docs")
        assert run("touch", "use c", "8", "--by", "Bo Li", *TODAY).code == 0
        for name in ("0008-b.md", "0009-c.md"):
            assert "last-reviewed: 2026-06-01 by Bo Li\n" in (repo.folder / "docs/adr" / name).read_text("utf-8")
        outcome = run("touch", "use", "--by", "Bo Li", *TODAY)
        assert (outcome.code, "may be one of 2 records" in outcome.err) == (2, True)
        assert "no record goes by “10”" in run("touch", "10", "--by", "Bo Li", *TODAY).err

    def test_bytes_stay(self, repo, run) -> None:
        before = b"\xef\xbb\xbf" + text_of().replace("\n", "\r\n").encode()
        repo.write(KEEP, before)
        assert run("touch", KEEP, "--by", "Bo Li", *TODAY).code == 0
        after = (repo.folder / KEEP).read_bytes()
        assert after.replace(b"last-reviewed: 2026-06-01 by Bo Li\r\n", b"") == before

    def test_all_or_nothing(self, repo, run) -> None:
        repo.write(KEEP, text_of())
        repo.write("docs/adr/0008-b.md", text_of("B", status="rejected"))
        outcome = run("touch", KEEP, "docs/adr/0008-b.md", "--by", "Bo Li", *TODAY)
        assert outcome.code == 2
        assert "rejected" in outcome.err
        assert (repo.folder / KEEP).read_text("utf-8") == text_of()

    @pytest.mark.parametrize(
        "arguments", [("nowhere.md",), ("README.txt",), (KEEP, "--review-by", "soon"), (KEEP, "--by", " ")]
    )
    def test_what_cannot_be_done(self, repo, run, arguments: tuple[str, ...]) -> None:
        repo.write(KEEP, text_of())
        by = () if "--by" in arguments else ("--by", "Bo Li")
        assert run("touch", *arguments, *by, *TODAY).code == 2
        assert (repo.folder / KEEP).read_text("utf-8") == text_of()
