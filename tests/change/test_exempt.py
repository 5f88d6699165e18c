"""What is never asked for a decision, and what only looks like it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from onrecord.change import Change, ChangedFile, Triggers
from onrecord.change.exempt import exemption, is_bot

TRIGGERS = Triggers(skip_labels=frozenset(("trivial",)), skip_authors=frozenset(("release-crew",)), since="2026-01-01")


def change(title: str = "Count calls per shop", body: str = "", author: str = "ann", **more: Any) -> Change:
    return Change(title, body, author, **more)


def exempt(
    title: str = "Count calls per shop", *paths: str, asked: bool = False, brings: bool = False, **more: Any
) -> str | None:
    files = tuple(ChangedFile(path) for path in paths)
    return exemption(change(title, files=files, **more), TRIGGERS, asked, brings)


class TestAutomations:
    @pytest.mark.parametrize(
        "author",
        [
            "dependabot[bot]", "dependabot-preview[bot]", "renovate[bot]", "app/renovate", "renovate-bot", "acme-renovate[bot]",
            "snyk-bot", "greenkeeper[bot]", "depfu[bot]", "depfu", "scala-steward", "scala-steward[bot]", "pyup-bot",
            "weblate", "Hosted Weblate", "allcontributors[bot]", "imgbot[bot]", "ImgBotApp", "pull[bot]", "mergify[bot]",
            "kodiakhq[bot]", "deepsource-autofix[bot]", "copybara-service[bot]", "google-oss-prow[bot]", "pre-commit-ci[bot]",
            "github-actions[bot]", "github-actions", "release-please[bot]", "k8s-ci-robot", "engine-flutter-autoroll",
            "skia-autoroller", "acme-bot", "Acme Bot", "ACME Automation", "r-ryantm", "elasticmachine", "zaniebot",
        ],
    )  # fmt: skip
    def test_known_accounts_and_suffixes(self, author: str) -> None:
        assert is_bot(change(author=author)) is True
        assert exempt(author=author, asked=True, brings=True) == "opened by an automation"

    def test_an_account_of_that_type(self) -> None:
        assert is_bot(change(author="acme-ci", is_bot=True)) is True

    @pytest.mark.parametrize(
        "author",
        [
            "ann",
            "abbot",
            "talbot",
            "robotnik",
            "renovator",
            "botanist",
            "ann-autumn",
            "pullman",
            "bot-lover",
            "weblater",
            "",
        ],
    )
    def test_people(self, author: str) -> None:
        assert is_bot(change(author=author)) is False

    @pytest.mark.parametrize(
        "author",
        [
            "Copilot", "copilot-swe-agent[bot]", "app/copilot-swe-agent", "devin-ai-integration[bot]", "cursor[bot]",
            "Cursor Agent", "claude[bot]", "google-labs-jules[bot]", "openhands-agent", "lovable-dev[bot]",
        ],
    )  # fmt: skip
    def test_an_agent_is_the_person_who_sent_it(self, author: str) -> None:
        assert is_bot(change(author=author, is_bot=True)) is False

    @pytest.mark.parametrize(
        "author",
        [
            "bors",
            "bors[bot]",
            "meili-bors[bot]",
            "homu",
            "bors-servo",
            "github-merge-queue[bot]",
            "openshift-merge-robot",
        ],
    )
    def test_a_robot_that_merges_is_whoever_opened_it(self, author: str) -> None:
        assert is_bot(change(author=author, is_bot=True)) is False
        bump = "Bumps [left-pad](https://example.com) from 1.2 to 1.3."
        assert is_bot(change(author=author, is_bot=True, body=bump)) is True

    @pytest.mark.parametrize(
        "body",
        [
            "[![Mend\nRenovate](https://app.example.com)](https://example.com)",
            "This PR contains the following updates:\n\n| Package | Change |\n|---|---|",
            "x\n\n<!--renovate-debug:abc-->",
            "Bumps [left-pad](https://example.com) from 1.2 to 1.3.",
            "Bumps\n[left-pad](https://example.com) and\n[right-pad](https://example.com).",
            "Bumps left-pad from 1.2 to 1.3.",
            "Bumps the npm group with 3 updates: a, b and c.",
            "x\n\nDependabot will resolve any conflicts with this PR",
            "x\n\n---\nupdated-dependencies:\n- dependency-name: x",
            ":robot: I have created a release *beep* *boop*",
            "Ran npm-check-updates and yarn upgrade.",
            "<h3>Snyk has created this PR to upgrade x.</h3>",
            "This PR was created by a scheduled workflow to update the report",
            "This PR was opened by the [Changesets release](https://example.com) GitHub action.",
            "This PR was generated with [Release Please](https://example.com).",
            "This pull request was automatically generated.",
            "This PR has been generated\nby [Acme Updater](https://example.com).",
            "This is an automated pull request to update the images.",
            "Translations update from [Hosted Weblate](https://example.com).",
            "Automated changes by [create-pull-request](https://example.com) GitHub action",
        ],
    )
    def test_marks_that_tools_leave(self, body: str) -> None:
        assert is_bot(change(body=body)) is True

    @pytest.mark.parametrize(
        "body",
        [
            "Bumps the limit of a shop to 200.",
            "Bumps into the same wall as before; see the log.",
            "> Bumps [left-pad](https://example.com) from 1.2 to 1.3.",
            "We use renovatebot from now on, and Mend Renovate keeps its config here.",
            "See https://docs.renovatebot.com/presets and renovatebot/renovate#12.",
            "The npm-check-updates tool is gone.",
            "The list of updated-dependencies: none.",
            "This PR was created by hand, in the train.",
            "This PR was generated by Claude Code for me.",
            "This PR was generated with [Claude Code](https://example.com).",
            "This PR was automatically generated by an AI agent after our talk.",
            "This PR was created with love.",
            "The report was created by a scheduled workflow.",
            "A counter.\n\n<!-- This is an auto-generated comment: release notes -->\n\nCounts calls.",
            "🤖 Generated with [Claude Code](https://example.com)",
        ],
    )
    def test_people_who_write_about_tools(self, body: str) -> None:
        assert is_bot(change(body=body)) is False

    def test_authors_the_team_names(self) -> None:
        assert exempt(author="Release-Crew", asked=True) == "opened by an automation"
        assert is_bot(change(author="Release-Crew")) is False


class TestTheTeamsWord:
    def test_a_label_a_draft_and_an_old_one_stay_out_even_when_asked(self) -> None:
        assert exempt(labels=("Trivial",), asked=True, brings=True) == "the label “Trivial”"
        assert exempt(draft=True, asked=True, brings=True) == "a draft"
        assert exempt(created="2025-12-31", asked=True, brings=True) == "opened before 2026-01-01"

    def test_others_do_not(self) -> None:
        assert exempt(labels=("not trivial",)) is None
        assert exempt(created="2026-01-01") is None
        assert exempt(created="") is None


ROUTINE = [
    "Release v1.2.3", "release: 2.0", "Release", "Release notes for May", "[shop] Release 4.0.1", "v1.2.3", "1.2.3-rc.1",
    "chore: release 1.2.3", "chore(main): release shop 1.2.3", "Bump version to 2.0", "Prepare for release", "chore: prepare release",
    "chore(deps): bump left-pad from 1.2.0 to 1.2.1", "Bump left-pad from 1.2.0 to 1.2.1 in /web", "build(deps-dev): update ruff",
    "fix(deps): update module example.com/x to v2", "Update dependency ruff to v1", "Update Rust crate serde to 1.0.9",
    "chore: update dependencies", "Update all non-major dependencies", "Roll Engine from 1a2b to 3c4d",
    "Update to left-pad v0.4.1", "Bump left-pad to 1.2.3", "chore: upgrade left-pad to version 1.2.3",
    "Merge branch 'main' into next", "Merge pull request #12 from ann/x", "Merge main into next", "Merge 5.x into main",
    "Rollup of 8 pull requests", "typo", "Fix typo in the readme", "[docs] fix typos", "test: count calls twice",
    "Version 2.7.0", "Version 6.17", "version v3.0.0-rc.1",
    "tests(api): count", "bench(api): count", "docs: say how to count", "[shop] style: sort imports",
]  # fmt: skip
NO_ROUTINE = [
    "Count calls per shop", "Typography of invoices", "Bump the limit for large shops", "Merge the two queues", "Merge 3 queues into one",
    "Roll out feature flags per shop", "Release the lock before waiting", "Released orders stay visible", "Update deployment script",
    "chore: update deployment script", "Update dependency injection for workers", "Upgrade left-pad to 2.0.0", "Upgrade to left-pad 3.0.0",
    "Bump MSRV to 1.80.0", "Update minimum agent to 1.2.3", "Upgrade Python to 3.13.1", "test!: drop the old runner", "docs!: new address",
    "docs: ADR for the queue", "docs: deprecate the old queue", "docs: propose a support policy", "tester: count", "ci: run on arm",
    "chore: count", "fix: count twice", "Revert \"chore: release 1.2.3\"", "Revert \"Count calls\"", "Backport queue for orders",
    "Version 2 of the queue", "Version 2.0 of the queue", "Version the queue's messages", "Merge requests can be counted",
]  # fmt: skip
BACK_PORTS = [
    "Backport #123 to 1.x", "[Backport 1.x] Count calls", "[backport release-1.2] Count calls (#12)", "Count calls (backport #123)",
    "Automated cherry pick of #123: count", "[release-1.2] Cherry-pick of acme/shop#123", "Count (cherry-picked from acme/shop#123)",
]  # fmt: skip


class TestTitles:
    @pytest.mark.parametrize("title", ROUTINE)
    def test_routine(self, title: str) -> None:
        assert exempt(title) == "a routine title"

    @pytest.mark.parametrize("title", NO_ROUTINE)
    def test_other_titles(self, title: str) -> None:
        assert exempt(title) is None

    @pytest.mark.parametrize("title", BACK_PORTS)
    def test_back_ports(self, title: str) -> None:
        assert exempt(title) == "a back-port of another pull request"

    @pytest.mark.parametrize("title", ["Backport handling of orders (#12)", "Cherry trees", "Count calls (backports)"])
    def test_what_only_sounds_like_one(self, title: str) -> None:
        assert exempt(title) is None

    @pytest.mark.parametrize("title", [ROUTINE[0], BACK_PORTS[0]])
    def test_whoever_is_asked_or_brings_a_record_is_no_routine(self, title: str) -> None:
        assert exempt(title, asked=True) is None
        assert exempt(title, brings=True) is None

    def test_a_release_that_decides_is_no_routine(self) -> None:
        assert exempt("Release v1.2.3", body="We have decided to hold the queue back.") is None
        assert exempt("Release v1.2.3", body="<!-- Say what we decided. -->\nOrders.") == "a routine title"
        assert exempt("Release v1.2.3", body="<!-- x -->\nHere I chose the old queue.\n<!-- y") is None


class TestFiles:
    @pytest.mark.parametrize(
        "paths",
        [
            ("docs/guide.md",),
            ("README.md", "CHANGELOG.md", "img/logo.png"),
            ("tests/test_a.py", "src/a_test.go", "web/a.spec.ts", "Acme.Tests/A.cs"),
            ("package-lock.json", "web/yarn.lock", "go.sum"),
            ("docs/guide.md", "tests/a.py", "uv.lock"),
        ],
    )
    def test_beside_the_product(self, paths: tuple[str, ...]) -> None:
        assert exempt("Count", *paths) == "only tests, documentation or lock files"
        assert exempt("Count", *paths, asked=True) is None
        assert exempt("Count", *paths, brings=True) is None

    @pytest.mark.parametrize("paths", [("lib/a.pb.go",), ("docs/a.md", "vendor/x/a.go", "go.sum")])
    def test_written_by_tools(self, paths: tuple[str, ...]) -> None:
        assert exempt("Count", *paths) == "only tests, documentation, lock files or generated files"

    @pytest.mark.parametrize(
        "paths",
        [
            ("docs/guide.md", "src/a.py"),
            ("src/contest.py",),
            ("package.json", "package-lock.json"),
            ("requirements.txt",),
            ("CMakeLists.txt",),
            ("LICENSE.md",),
            ("docs/openapi.yaml",),
            ("api/openapi.json",),
            ("api/generated/shop.proto",),
            ("src/PublicAPI.Unshipped.txt",),
            (".github/workflows/ci.yml",),
            (),
        ],
    )
    def test_others(self, paths: tuple[str, ...]) -> None:
        assert exempt("Count", *paths) is None

    def test_a_source_that_becomes_a_test_is_a_source(self) -> None:
        moved = ChangedFile("tests/a.py", "renamed", previous="src/a.py")
        assert exemption(change(files=(moved,)), TRIGGERS, False, False) is None
        moved = ChangedFile("tests/a.py", "renamed", previous="tests/b.py")
        assert exemption(change(files=(moved,)), TRIGGERS, False, False) is not None

    def test_unknown_files_exempt_nothing(self) -> None:
        assert exemption(change(files=None), TRIGGERS, False, False) is None

    @pytest.mark.parametrize(
        "title",
        [
            "RFC: count calls",
            "Deprecate the queue",
            "Our versioning policy",
            "Change the license",
            "Drop support for 1.x",
        ],
    )
    def test_documentation_that_decides(self, title: str) -> None:
        assert exempt(title, "docs/guide.md") is None


PIECES = [
    "a", " ", "[", "[a]", "(", "fix", "bump ", "Bumps a ", "bump a from ", "back port ", "merge ", "release ", "This PR was created by ",
    "<!--", "we have ", "update dependency ", "Roll ", "\n", "This PR is ", "a from b to ", "chore(deps", "é#1",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_64_kilobytes_take_no_time(piece: str) -> None:
    text = piece * (64_000 // len(piece))
    start = time.process_time()
    exemption(change(text, text, text[:64_000], files=(ChangedFile(text),)), TRIGGERS, False, False)
    exemption(change(f"Fix {text}", f"x{text}", f"{text}-b"), TRIGGERS, False, False)
    assert time.process_time() - start < 0.5
