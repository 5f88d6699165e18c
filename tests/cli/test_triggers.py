"""When a team asks, from its files: listed paths, code owners, scopes of records; and where links lead in its checkout."""

from typing import Any

import pytest

from onrecord.adapters.discover import discover
from onrecord.change import Asked, Change, ChangedFile, judge_change
from onrecord.check import Config, PullRequestConfig
from onrecord.check.change import check_change
from onrecord.cli.pull_request import change_policy, read_log, subject_of, triggers_of
from onrecord.record import DecisionRecord
from onrecord.record.vocabulary import shipped
from onrecord.rules.samples import madr, nygard

RECORD = "docs/adr/0007-keep-sessions.md"
SCOPED = madr(status="status: accepted\nscope: [src/sessions/**]")


def config(**more: Any) -> Config:
    return Config(pull_requests=PullRequestConfig(**more))


def asked(repo: Any, path: str, settings: Config, **more: Any) -> Asked | None:
    return triggers_of(settings, repo.folder, **more).asked_by_path(path)


class TestAsking:
    SETTINGS = config(paths=("src/*/api.py",), code_owners=("@acme/core", "ann"), governed=True)

    def test_paths_then_owners_then_scopes(self, repo: Any) -> None:
        repo.write("CODEOWNERS", "/src/sessions/a* @Acme/Core\n/src/shop/ @eve @Ann\n/src/rest/ @eve\n")
        repo.write(RECORD, SCOPED)
        for name in range(30):
            repo.write(f"lib/{name}.py", "", add=False)
        repo.git("add", ".")
        expected = {
            "src/sessions/api.py": Asked("path", "src/*/api.py", "src/sessions/api.py"),
            "src/sessions/auth.py": Asked("code-owner", "@Acme/Core", "src/sessions/auth.py"),
            "src/shop/cart.py": Asked("code-owner", "@Ann", "src/shop/cart.py"),
            "src/sessions/store.py": Asked("scope", "ADR-7 Keep sessions in Redis", "src/sessions/store.py"),
            "src/rest/a.py": None,
            "README.md": None,
        }
        triggers = triggers_of(self.SETTINGS, repo.folder)
        assert {path: triggers.asked_by_path(path) for path in expected} == expected

    def test_what_the_team_does_not_name_asks_nothing(self, repo: Any) -> None:
        repo.write("CODEOWNERS", "* @acme/core\n")
        repo.write(RECORD, SCOPED)
        assert asked(repo, "src/sessions/store.py", config()) is None

    def test_records_are_read_only_for_governed_files_and_once(self, repo: Any) -> None:
        calls: list[int] = []

        def log() -> tuple[DecisionRecord, ...]:
            calls.append(1)
            return ()

        asked(repo, "src/a.py", config(paths=("lib/**",)), log=log)
        assert calls == []
        triggers = triggers_of(config(governed=True), repo.folder, log=log)
        for path in ("src/a.py", "src/b.py"):
            triggers.asked_by_path(path)
        assert calls == [1]

    def test_a_record_that_the_change_brings_does_not_ask_of_itself(self, repo: Any) -> None:
        repo.write(RECORD, SCOPED)
        settings = config(governed=True)
        assert asked(repo, "src/sessions/a.py", settings) is not None
        assert asked(repo, "src/sessions/a.py", settings, changed=(ChangedFile(RECORD, "added"),)) is None

    def test_a_broad_scope_asks_nothing(self, repo: Any) -> None:
        repo.write(RECORD, SCOPED)
        files = [f"src/sessions/{n}.py" for n in range(40)]
        assert asked(repo, "src/sessions/a.py", config(governed=True), files=lambda: files) is None
        assert asked(repo, "src/sessions/a.py", config(governed=True), files=lambda: None) is not None

    def test_outside_of_git_all_the_same(self, tmp_path: Any) -> None:
        (tmp_path / "docs/adr").mkdir(parents=True)
        (tmp_path / RECORD).write_text(SCOPED)
        assert triggers_of(config(governed=True), tmp_path).asked_by_path("src/sessions/a.py") is not None


class TestRecords:
    @pytest.mark.parametrize(
        ("path", "is_record"),
        [
            ("docs/adr/0007-x.md", True),
            ("docs/adr/use-kafka.md", True),
            ("docs/adr/0007-x/README.md", True),
            ("docs/adr/README.md", False),
            ("docs/adr/index.md", False),
            ("docs/adr/template.md", False),
            ("docs/adr/0000-adr-template.md", False),
            ("docs/adr/0007-x.png", False),
            ("docs/guide.md", False),
            ("docs/architecture/adr-001.md", True),
            ("notes/Decision-Record-12.markdown", True),
            ("docs/architecture/adr-001.png", False),
            ("docs/architecture/adr-0000-template.md", False),
            ("docs/architecture/quadr-001.md", False),
        ],
    )
    def test_by_name_alone(self, repo: Any, path: str, is_record: bool) -> None:
        assert triggers_of(Config(), repo.folder).is_record(path) is is_record

    def test_what_the_team_lists(self, repo: Any) -> None:
        listed = triggers_of(Config(records=("log/*.md",), exclude=("log/old-*",)), repo.folder).is_record
        assert [listed(path) for path in ("log/a.md", "log/old-a.md", "docs/adr/0001-x.md")] == [True, False, False]

    @pytest.mark.parametrize("path", ["docs/architecture/adr-001.md", "docs/adr/use-kafka.md"])
    def test_what_the_check_finds_by_its_path_answers_a_pull_request(self, repo: Any, path: str) -> None:
        repo.write(path, nygard())
        change = Change("Swap", "Why.", "ann", labels=("decision",), files=(ChangedFile(path, "added"),))
        facts = judge_change(change, triggers_of(config(labels=("decision",)), repo.folder), shipped()).facts
        assert discover(repo.folder, Config()).files == [path]
        assert (facts["records_added"], facts["covered"]) == ([path], True)

    def test_the_log_of_a_checkout(self, repo: Any) -> None:
        repo.write(RECORD, SCOPED)
        repo.write("docs/adr/README.md", "# Records\n")
        repo.write("docs/adr/0008-bytes.md", b"\xff\xfe\x00")
        repo.write("other/adr/0001-x.md", nygard())
        found = {record.path: record.kind for record in read_log(repo.folder, Config(exclude=("other/**",)))}
        assert found == {
            RECORD: "record",
            "docs/adr/README.md": "not-a-record",
            "docs/adr/0008-bytes.md": "not-a-record",
        }


def test_templates_wherever_github_reads_them(repo: Any) -> None:
    repo.write("docs/PULL_REQUEST_TEMPLATE/Fix.txt", "What broke?\n")
    repo.write("Pull_Request_Template.md", "Why?\n")
    assert triggers_of(Config(), repo.folder).templates == ("Why?\n", "What broke?\n")


class TestLinks:
    def resolves(self, repo: Any, link: str, **more: Any) -> bool | None:
        return triggers_of(config(**more), repo.folder, repository="acme/shop").resolves(link)

    def test_in_the_checkout(self, repo: Any) -> None:
        repo.write(RECORD, SCOPED)
        assert self.resolves(repo, RECORD) is True
        assert self.resolves(repo, "ADR-7") is True
        assert self.resolves(repo, "ADR-8") is False
        assert self.resolves(repo, "docs/adr/0008-x.md") is False
        assert self.resolves(repo, "docs/adr/" + "x" * 5_000 + ".md") is False
        assert self.resolves(repo, "docs/adr/..%2F..%2F..%2F..%2Fetc/adr/passwd.md") is False

    def test_allowed_repositories(self, repo: Any) -> None:
        url = "https://github.com/acme/decisions/blob/main/docs/adr/0001-x.md"
        assert self.resolves(repo, url) is False
        assert self.resolves(repo, url, record_repositories=("acme/decisions",)) is True

    def test_a_record_of_the_change_and_an_unknown_repository(self, repo: Any) -> None:
        changed = (ChangedFile("docs/adr/0020-new.md", "added"), ChangedFile("docs/adr/0021-x.md", "removed"))
        triggers = triggers_of(config(), repo.folder, changed=changed, repository="acme/shop")
        assert triggers.resolves("docs/adr/0020-new.md") is True
        assert triggers.resolves("docs/adr/0021-x.md") is False
        assert triggers_of(config(), repo.folder).resolves("docs/adr/0021-x.md") is None

    def test_a_link_that_leads_nowhere_answers_nothing(self, repo: Any) -> None:
        repo.write(RECORD, SCOPED)
        change = Change("Swap", "See docs/adr/0099-x.md and ADR-0007.", "ann", labels=("decision",))
        for body, covered in ((change.body, True), ("See docs/adr/0099-x.md.", False)):
            triggers = triggers_of(config(labels=("decision",)), repo.folder, repository="acme/shop")
            facts = judge_change(change._replace(body=body), triggers, shipped()).facts
            assert (facts["covered"], facts["unresolved_links"]) == (covered, ["docs/adr/0099-x.md"])


def test_a_whole_change(repo: Any) -> None:
    settings = config(labels=("decision",), mode="require")
    repo.write(RECORD, SCOPED)

    past = {RECORD: SCOPED, "docs/adr/0003-old.md": nygard(), "docs/adr/README.md": "# Records\n"}
    changed = (
        ChangedFile("src/sessions/store.py", patch="@@ -0,0 +1 @@\n+# ADR-7, not ADR-9\n"),
        ChangedFile("docs/adr/0003-old.md", "removed"),
        ChangedFile("docs/adr/README.md", "removed"),
    )
    change = Change("Swap", "Why.", "ann", labels=("decision",), files=changed)
    judged = judge_change(change, triggers_of(settings, repo.folder, changed=changed), shipped())
    subject = subject_of(
        judged,
        settings,
        records=read_log(repo.folder, settings),
        before=lambda path: past[path].encode() if path in past else None,
    )
    found = [(f.rule, f.location.path) for f in check_change(subject, change_policy(settings))]
    assert found == [
        ("record-required", ""),
        ("record-deleted", "docs/adr/0003-old.md"),
        ("citation-dangling", "src/sessions/store.py"),
        ("scope-touched", ""),
    ]
    assert [f.rule for f in check_change(subject, change_policy(settings, select="scope-touched"))] == ["scope-touched"]
    assert "scope-touched" not in {
        f.rule for f in check_change(subject, change_policy(settings, None, "scope-touched"))
    }


def test_records_as_they_were(repo: Any) -> None:
    changed = (
        ChangedFile("docs/adr/0020-new.md", "added"),
        ChangedFile("docs/adr/0002-b.md", "renamed", previous="docs/adr/0001-a.md"),
        ChangedFile("docs/adr/0003-c.md", "modified"),
        ChangedFile("docs/adr/README.md", "modified"),
        ChangedFile("src/a.py", "modified"),
    )
    asked_for: list[str] = []

    def before(path: str) -> bytes:
        asked_for.append(path)
        return b"\xff\x00" if "0003" in path else nygard().encode()

    judged = judge_change(Change("x", "y", "ann", files=changed), triggers_of(Config(), repo.folder), shipped())
    assert list(subject_of(judged, Config(), before=before).before) == ["docs/adr/0001-a.md"]
    assert asked_for == ["docs/adr/0001-a.md", "docs/adr/0003-c.md"], "what is added was not there"
