"""`onrecord pr`: one pull request from its event file, offline."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from onrecord.adapters.shipped import schema

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples/pull-requests"


def without_rules(node: Any) -> Any:
    if isinstance(node, list):
        return [without_rules(item) for item in node if not (isinstance(item, dict) and "x-rule" in item)]
    if isinstance(node, dict):
        return {key: without_rules(value) for key, value in node.items()}
    return copy.copy(node)


REGISTRY: Registry[Any] = Registry().with_resources(
    (schema(name)["$id"], Resource.from_contents(without_rules(schema(name))))
    for name in ("decision-record", "pull-request")
)
SHAPE = Draft202012Validator({"$ref": schema("pull-request")["$id"]}, registry=REGISTRY)


def facts(outcome: Any) -> dict[str, Any]:
    value = json.loads(outcome.out)
    SHAPE.validate(value)
    assert isinstance(value["findings"], list)
    return dict(value)


def example(name: str, *more: str) -> tuple[str, ...]:
    event, files = EXAMPLES / f"{name}.event.json", EXAMPLES / f"{name}.files.json"
    return ("pr", "--event", str(event), "--files", str(files), "--config", str(ROOT / "examples/onrecord.yml"), *more)


@pytest.fixture
def event(repo):
    """Return a function that writes an event with these fields of a pull request and gives its path."""

    def write(**fields: Any) -> Path:
        pull = {
            "number": 7,
            "title": "Swap the queue",
            "body": "",
            "draft": False,
            "user": {"login": "ann", "type": "User"},
            "labels": [],
        } | fields
        path = repo.folder / "event.json"
        path.write_text(json.dumps({"action": "opened", "number": 7, "pull_request": pull}), "utf-8")
        return path

    return write


class TestExamples:
    def test_decided(self, run) -> None:
        found = facts(run(*example("decided", "--output-format", "json")))
        assert found["asks"] is True
        assert found["exempt"] is None
        assert found["decision"]["text"].startswith("Keep the rate-limit counters in Redis")
        assert found["decision"]["justification"].startswith("a shop could exceed its limit")
        assert found["why"] is True
        assert [o["title"] for o in found["alternatives"]] == [
            "Sticky sessions at the load balancer",
            "Limits at the edge network",
        ]
        assert found["owner"] == {"name": "Mara Lindqvist", "source": "explicit"}
        assert (found["covered"], found["nudge"], found["findings"]) == (True, False, [])

    def test_undecided(self, run) -> None:
        found = facts(run(*example("undecided", "--output-format", "json")))
        assert found["asks"] is True
        assert found["reasons"] == [
            "the label “decision” asks for a decision",
            "it touches services/billing/invoices/render.py (team rule services/billing/**)",
        ]
        assert found["decision"] == {"text": "Replace wkhtmltopdf with WeasyPrint for invoices"}, "the title says it"
        assert found["alternatives"] == []
        assert found["waived"] is None
        assert found["owner"] == {"name": "harbor-tomasz", "source": "author"}
        assert (found["covered"], found["nudge"]) == (False, True)
        assert [f["rule"] for f in found["findings"]] == ["options-missing", "owner-missing"]

    @pytest.mark.parametrize("output_format", ["text", "markdown"])
    def test_the_nudge_is_ready_to_paste(self, run, output_format: str) -> None:
        outcome = run(*example("undecided", "--output-format", output_format))
        assert outcome.code == 0
        assert "Ready to paste" in outcome.out
        for part in ("Decision:", "Instead of:", "Because:", "Owner:"):
            assert part in outcome.out
        assert "No decision here, because" in outcome.out
        assert "Ready to paste" not in run(*example("decided", "--output-format", output_format)).out

    @pytest.mark.parametrize("output_format", ["text", "markdown"])
    def test_a_stand_in_is_never_shown_as_a_written_owner(self, run, output_format: str) -> None:
        lines = run(*example("undecided", "--output-format", output_format)).out.splitlines()
        told = [
            line for line in lines if "harbor-tomasz" in line and not line.strip().startswith("Owner: harbor-tomasz")
        ]
        assert told
        assert all("stands in" in line or "nobody is named" in line for line in told)

    def test_github_has_no_file_to_point_at(self, run) -> None:
        out = run(*example("undecided", "--output-format", "github")).out
        titles = [line.split("::")[1] for line in out.splitlines()]
        assert titles == ["notice title=options-missing", "notice title=owner-missing"]

    @pytest.mark.parametrize(("level", "code"), [("error", 0), ("warning", 0), ("notice", 1), ("never", 0)])
    def test_fail_on(self, run, level: str, code: int) -> None:
        assert run(*example("undecided", "--fail-on", level)).code == code
        assert run(*example("decided", "--fail-on", level)).code == 0

    def test_output(self, run, tmp_path: Path) -> None:
        shown = run(*example("undecided")).out
        assert run(*example("undecided", "--output", str(tmp_path / "x.txt"))).out == ""
        assert (tmp_path / "x.txt").read_text("utf-8") == shown

    def test_select_and_ignore(self, run) -> None:
        left = facts(run(*example("undecided", "--output-format", "json", "--ignore", "owner-missing")))
        assert [f["rule"] for f in left["findings"]] == ["options-missing"]
        chosen = facts(run(*example("undecided", "--output-format", "json", "--select", "owner-missing")))
        assert [f["rule"] for f in chosen["findings"]] == ["owner-missing"]

    def test_a_misspelt_rule_is_usage(self, run) -> None:
        assert run(*example("undecided", "--select", "decision-unansweredd")).code == 2


class TestEvents:
    @pytest.mark.parametrize("body", [None, "", "   ", 7, ["x"]])
    def test_a_body_that_is_not_there(self, run, event, body: Any) -> None:
        found = facts(run("pr", "--event", event(body=body), "--output-format", "json"))
        assert (found["asks"], found["decision"], found["nudge"]) == (False, None, False)
        assert [f["rule"] for f in found["findings"]] == ["description-empty"]
        assert run("pr", "--event", event(body=body)).code == 0

    @pytest.mark.parametrize(
        "fields",
        [
            {"user": None},
            {"user": "ann"},
            {"labels": None},
            {"labels": [None, {"name": None}, {}]},
            {"title": None},
            {"number": "seven"},
            {"draft": "no"},
        ],
    )
    def test_odd_shapes_count_as_absent(self, run, event, fields: dict[str, Any]) -> None:
        outcome = run("pr", "--event", event(**fields), "--output-format", "json")
        assert outcome.code == 0
        facts(outcome)

    @pytest.mark.parametrize("payload", [{}, {"pull_request": None}, {"issue": {"number": 1}}, [], None, 7, "x"])
    def test_an_event_without_a_pull_request_is_code_4(self, repo, run, payload: Any) -> None:
        (repo.folder / "event.json").write_text(json.dumps(payload))
        outcome = run("pr", "--event", "event.json")
        assert outcome.code == 4
        assert outcome.out == ""
        assert "event.json: no pull request in this event" in outcome.err

    @pytest.mark.parametrize(
        ("content", "word"),
        [
            (b"", "event.json:1"),
            (b'{\n  "pull_request": {\n', "event.json:3"),
            (b"not json", "event.json:1"),
            (b"\xff\xfe{", "event.json"),
            (b"[" * 100_000, "event.json"),
            (b'{"pull_request": {"number": ' + b"9" * 5_000 + b"}}", "event.json"),
        ],
    )
    def test_broken_json_is_usage_with_its_line(self, repo, run, content: bytes, word: str) -> None:
        (repo.folder / "event.json").write_bytes(content)
        outcome = run("pr", "--event", "event.json")
        assert outcome.code == 2
        assert word in outcome.err
        assert "not valid JSON" in outcome.err

    @pytest.mark.usefixtures("repo")
    def test_a_missing_event_is_usage(self, run) -> None:
        outcome = run("pr", "--event", "none.json")
        assert outcome.code == 2
        assert "none.json: No such file or directory" in outcome.err
        assert run("pr").code == 2

    def test_missing_or_broken_files(self, repo, run, event) -> None:
        path = event(body="x")
        assert run("pr", "--event", path, "--files", "none.json").code == 2
        (repo.folder / "files.json").write_text("{")
        assert run("pr", "--event", path, "--files", "files.json").code == 2

    def test_files_that_are_no_list_are_usage(self, repo, run, event) -> None:
        (repo.folder / "files.json").write_text('{"message": "Not Found"}')
        outcome = run("pr", "--event", event(body="x"), "--files", "files.json")
        assert outcome.code == 2
        assert "files.json" in outcome.err

    def test_a_byte_order_mark_is_no_fault(self, run, event) -> None:
        path = event(body="Decision: we keep it.")
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        assert run("pr", "--event", path).code == 0

    def test_lone_surrogates_and_control_characters_are_shown_as_escapes(self, run, event) -> None:
        path = event(
            title="a\x1b[31m\ud800b\u202e", body="Decision: keep \x1b]0;x\x07 it \udfff now.\n\nOwner: Ann\x9b5m"
        )
        for output_format in ("text", "json", "github", "markdown"):
            outcome = run("pr", "--event", path, "--output-format", output_format)
            assert outcome.code == 0
            assert not {"\x1b", "\u202e", "\x9b", "\x07"} & set(outcome.out)


class TestPolicy:
    def test_labels_paths_and_exemptions_come_from_the_configuration(self, repo, run, event) -> None:
        repo.write(
            "onrecord.yml",
            "pull-requests:\n  labels: [Decision]\n  paths: ['api/**']\n  skip-labels: [trivial]\n  skip-authors: [release-robot]\n",
        )
        (repo.folder / "files.json").write_text(json.dumps([{"filename": "api/v1.yml", "status": "modified"}]))

        def asks(*more: str, **fields: Any) -> tuple[bool, str | None]:
            found = facts(run("pr", "--event", event(**fields), "--output-format", "json", *more))
            return found["asks"], found["exempt"]

        assert asks() == (False, None)
        assert asks(labels=[{"name": "decision"}]) == (True, None)
        assert asks("--files", "files.json") == (True, None)
        assert asks(labels=[{"name": "decision"}, {"name": "Trivial"}]) == (False, "the label “Trivial”")
        assert asks(labels=[{"name": "decision"}], user={"login": "Release-Robot"}) == (
            False,
            "opened by an automation",
        )
        assert asks(labels=[{"name": "decision"}], draft=True) == (False, "a draft")

    def test_a_record_in_the_change_answers(self, repo, run, event) -> None:
        repo.write("onrecord.yml", "pull-requests: {labels: [decision]}\n")
        (repo.folder / "files.json").write_text(
            json.dumps([{"filename": "docs/adr/0012-use-kafka.md", "status": "added"}, {"filename": "src/a.py"}])
        )
        path = event(labels=[{"name": "decision"}])
        found = facts(run("pr", "--event", path, "--files", "files.json", "--output-format", "json"))
        assert found["records_added"] == ["docs/adr/0012-use-kafka.md"]
        assert (found["asks"], found["covered"], found["nudge"], found["findings"]) == (True, True, False, [])

    def test_a_rule_can_be_louder_or_off(self, repo, run, event) -> None:
        path = event(body="It loses jobs.", labels=[{"name": "decision"}])
        repo.write("onrecord.yml", "pull-requests: {labels: [decision]}\nrules: {decision-unanswered: error}\n")
        assert run("pr", "--event", path).code == 1
        repo.write("onrecord.yml", "pull-requests: {labels: [decision]}\nrules: {decision-unanswered: off}\n")
        assert facts(run("pr", "--event", path, "--output-format", "json"))["findings"] == []

    def test_a_decision_without_alternatives_and_owner_gets_two_notices(self, run, event) -> None:
        path = event(body="## Decision\n\nKeep the counters in Redis, because a shop could exceed its limit.\n")
        found = facts(run("pr", "--event", path, "--output-format", "json"))
        assert {(f["rule"], f["severity"]) for f in found["findings"]} == {
            ("options-missing", "notice"),
            ("owner-missing", "notice"),
        }

    def test_the_repository_s_template_is_known(self, repo, run, event) -> None:
        template = "## What changes\n\n<!-- say it -->\n\n## Decision\n\n## Checklist\n\n- [ ] tests\n- [ ] docs\n"
        repo.write(".github/pull_request_template.md", template)
        assert (
            facts(run("pr", "--event", event(body=template), "--output-format", "json"))["template_untouched"] is True
        )
        written = template.replace(
            "<!-- say it -->", "The gateway counts calls per shop in Redis, shared by all processes."
        )
        assert (
            facts(run("pr", "--event", event(body=written), "--output-format", "json"))["template_untouched"] is False
        )


class TestFilesOfAnEvent:
    """An event never lists the files; a clone that holds both ends of the change can tell them."""

    @pytest.fixture
    def ends(self, repo) -> tuple[str, str]:
        repo.write("onrecord.yml", 'pull-requests: {paths: ["billing/**"], mode: require}\n')
        repo.git("commit", "--quiet", "--message", "Base")
        base = repo.git("rev-parse", "HEAD").strip()
        repo.write("billing/render.py", "a = 1\n")
        repo.git("commit", "--quiet", "--message", "Head")
        return base, repo.git("rev-parse", "HEAD").strip()

    def asked(self, run, tmp_path: Path, base: str, head: str, body: str = "Rendering.") -> Any:
        event = {"pull_request": {"title": "Count", "body": body, "user": {"login": "ann"}}}
        event["pull_request"] |= {"base": {"sha": base}, "head": {"sha": head}}
        (tmp_path / "event.json").write_text(json.dumps(event), "utf-8")
        return run("pr", "--event", str(tmp_path / "event.json"), "--output-format", "json")

    def test_they_come_from_the_clone(self, run, tmp_path: Path, ends: tuple[str, str]) -> None:
        outcome = self.asked(run, tmp_path, *ends)
        assert facts(outcome)["reasons"] == ["it touches billing/render.py (team rule billing/**)"]
        assert outcome.code == 1, "as in the Action, mode: require fails it"
        assert self.asked(run, tmp_path, *ends, "No decision here, because only a count changes.").code == 0

    @pytest.mark.parametrize("strange", ["f" * 40, "--output=x", ""])
    def test_where_they_cannot_be_told_that_is_said(
        self, run, tmp_path: Path, ends: tuple[str, str], strange: str
    ) -> None:
        outcome = self.asked(run, tmp_path, ends[0], strange)
        assert facts(outcome)["asks"] is False
        assert "--files names them" in outcome.err
