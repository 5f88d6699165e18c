"""The Action against a GitHub that remembers: one comment over the life of a pull request, and no trouble of GitHub's a red check."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import hostile
import pytest
from events import NUMBER, pull_request_event
from fake_github import FakeGitHub, Fault, Pull, PullFile
from fake_github.faults import READ_ONLY
from repositories import BAD_RECORD, GOOD_RECORD, ISOLATED_GIT, Checkout, check_out_pull_request

from onrecord.adapters import github as adapter
from onrecord.cli.main import main
from onrecord.render.comment import MARKER

RUNS = 6
HARBOR = "harbor-example/harbor"
US = "github-actions[bot]"
CONFIG = 'pull-requests:\n  paths: ["services/billing/**"]\n'
CODE = {"services/billing/render.py": "from weasyprint import HTML\n"}
BASE = {
    "onrecord.yml": CONFIG,
    "docs/adr/0001-sessions.md": GOOD_RECORD,
    "services/billing/render.py": "import pdfkit\n",
}
ANSWER = (
    "We will render invoices with WeasyPrint, because wkhtmltopdf gets no security fixes.\r\n"
    "Instead of: Chromium without a window, which needs 400 MB a process.\r\n"
)
NEW = "docs/adr/0002-invoices.md"
QUICK = adapter.Pace(between_requests=None, between_writes=None, backoff=0, settle=0, timeout=2)


@dataclass
class Seen:
    """What a run left: exit code, outputs by name, summary, log."""

    code: int
    outputs: dict[str, str]
    summary: str
    log: str


@dataclass
class Place:
    """A checkout of a pull request, and the GitHub it is on."""

    fake: FakeGitHub
    pull: Pull
    folder: Path
    checkout: Checkout | None

    def event(self, action: str = "synchronize", fork: str = "", **more: Any) -> dict[str, Any]:
        """Return the event; what the server says of the pull request stands in it unless `more` says otherwise."""
        about = {"title": self.pull.title, "body": self.pull.body, "labels": tuple(self.pull.labels)} | more
        made = pull_request_event(
            action, base_sha=self.pull.base_sha, head_sha=self.pull.head_sha, draft=self.pull.draft, **about
        )
        if fork:
            made["pull_request"]["head"]["repo"] = {"full_name": fork}
        return made

    def environment(self, name: str, event: Mapping[str, Any], token: str, inputs: Mapping[str, str]) -> dict[str, str]:
        """Return what the runner tells a step, and the empty files it is to write to."""
        runner = self.folder / f"runner-{len(list(self.folder.iterdir()))}"
        runner.mkdir()
        (runner / "event.json").write_text(json.dumps(event), "utf-8")
        empty = self.folder / "empty"
        empty.mkdir(exist_ok=True)
        given = {f"ONRECORD_{key.upper()}": value for key, value in inputs.items()}
        told = self.fake.environment(token) if token else {}
        told.pop("GITHUB_TOKEN", None)  # a step gets it by its own input only
        return told | {
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(runner / "event.json"),
            "GITHUB_WORKSPACE": str(self.checkout.folder if self.checkout else empty),
            "GITHUB_OUTPUT": str(runner / "output"),
            "GITHUB_STEP_SUMMARY": str(runner / "summary.md"),
            "RUNNER_TEMP": str(runner),
            "ONRECORD_TOKEN": token,
            **given,
        }


def outputs_in(path: Path) -> dict[str, str]:
    """Read the step's outputs as the runner does."""
    lines = path.read_text("utf-8").split("\n")
    found, at = {}, 0
    while at < len(lines) - 1:
        name, _, delimiter = lines[at].partition("<<")
        end = lines.index(delimiter, at + 1)
        found[name] = "\n".join(lines[at + 1 : end])
        at = end + 1
    return found


Act = Callable[..., Seen]
Make = Callable[..., Place]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a pull request on a GitHub of its own; `head` is None where nothing is to be checked out."""
    servers: list[FakeGitHub] = []

    def build(
        head: Mapping[str, Any] | None = None, base: Mapping[str, Any] = BASE, depth: int = 2, **about: Any
    ) -> Place:
        servers.append(FakeGitHub().__enter__())
        fake = servers[-1]
        checkout = check_out_pull_request(tmp_path / "git", base, CODE if head is None else head, depth=depth)
        about = {"base_sha": checkout.base_sha, "head_sha": checkout.head_sha, "body": None} | about
        return Place(fake, fake.pull(NUMBER, **about), tmp_path, checkout)

    yield build
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture
def act(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Act:
    """Run the action's verb in this process, without GitHub's pauses."""
    monkeypatch.setattr(adapter, "Pace", lambda: QUICK)
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "ONRECORD_", "RUNNER_", "GH_", "GIT_")):
            monkeypatch.delenv(name)
    for name, value in ISOLATED_GIT.items():
        monkeypatch.setenv(name, value)

    def go(
        place: Place,
        event: Mapping[str, Any] | None = None,
        *,
        name: str = "pull_request",
        token: str = "ghs_ours",  # noqa: S107
        **inputs: str,
    ) -> Seen:
        environment = place.environment(name, place.event() if event is None else event, token, inputs)
        for key, value in environment.items():
            monkeypatch.setenv(key, value)
        for key in ("ONRECORD_MODE", "ONRECORD_COMMENT", "ONRECORD_CONFIG"):
            if key not in environment:
                monkeypatch.delenv(key, raising=False)
        capsys.readouterr()
        code = main(["action"])
        printed = capsys.readouterr()
        summary = Path(environment["GITHUB_STEP_SUMMARY"])
        return Seen(
            code,
            outputs_in(Path(environment["GITHUB_OUTPUT"])),
            summary.read_text("utf-8") if summary.exists() else "",
            printed.out + printed.err,
        )

    return go


def comments(place: Place) -> list[str]:
    return [one.body for one in place.pull.comments]


class TestTheOneComment:
    def test_its_life(self, make: Make, act: Act) -> None:
        place = make()
        opened = act(place, place.event("opened"))
        (comment,) = comments(place)
        assert comment.startswith(MARKER)
        assert "services/billing/render.py" in comment
        assert opened.outputs["comment-id"] == str(place.pull.comments[0].id)
        assert (opened.code, opened.outputs["result"], opened.outputs["nudge"]) == (0, "warn", "true")

        act(place)
        assert comments(place) == [comment]
        assert place.fake.writes() == ["issues/create-comment"]

        place.pull.body = ANSWER.split("\r\n")[0]
        act(place, place.event("edited"))
        assert "Almost there" in comments(place)[0]

        place.pull.body = ANSWER
        answered = act(place, place.event("edited"))
        assert (answered.outputs["result"], answered.outputs["nudge"]) == ("pass", "false")
        assert comments(place) == [f"{MARKER}\nA decision is asked for, and it is stated. Thank you.\n"]

        place.pull.body = None
        act(place, place.event("edited"))
        assert comments(place) == [comment]
        assert place.fake.writes() == ["issues/create-comment"] + ["issues/update-comment"] * 3

    def test_a_quiet_pull_request_costs_one_request_and_gets_none(self, make: Make, act: Act) -> None:
        place = make({"src/count.py": "a = 1\n"})
        assert act(place).outputs["result"] == "pass"
        assert (comments(place), place.fake.count()) == ([], 1)

    def test_a_deletion_is_the_last_word(self, make: Make, act: Act) -> None:
        place = make()
        act(place)
        place.fake.delete_comment(place.pull.comments[0])
        seen = act(place)
        assert comments(place) == []
        assert "deleted here before" in seen.summary
        assert seen.code == 0

    def test_drafts_are_left_alone_until_they_are_ready(self, make: Make, act: Act) -> None:
        place = make(draft=True)
        act(place)
        assert comments(place) == []
        place.pull.draft = False
        act(place, place.event("ready_for_review"))
        assert len(comments(place)) == 1
        before = comments(place)
        place.pull.draft = True
        act(place, place.event("converted_to_draft"))
        assert comments(place) == before

    def test_a_strangers_marker_is_not_ours(self, make: Make, act: Act) -> None:
        place = make()
        place.fake.comment(place.pull, "mallory", f"{MARKER}\nApproved.\n")
        act(place)
        assert [one.author.login for one in place.pull.comments if one.author] == ["mallory", US]
        assert comments(place)[0] == f"{MARKER}\nApproved.\n"

    def test_none_where_the_team_wants_none(self, make: Make, act: Act) -> None:
        place = make(base=BASE | {"onrecord.yml": CONFIG + "  comment: never\n"})
        assert act(place).outputs["nudge"] == "true"
        assert act(place, comment="when-missing").outputs["comment-id"] != ""
        assert len(comments(place)) == 1

    def test_none_on_a_closed_pull_request(self, make: Make, act: Act) -> None:
        place = make(state="closed")
        act(place, place.event("closed"))
        assert comments(place) == []

    def test_a_label_that_exempts_turns_it_into_a_line(self, make: Make, act: Act) -> None:
        place = make(base=BASE | {"onrecord.yml": CONFIG + "  skip-labels: [no-decision]\n"})
        act(place)
        place.pull.labels.append("no-decision")
        act(place, place.event("labeled"))
        assert comments(place) == [f"{MARKER}\nNothing is asked: the label “no-decision”. Thank you.\n"]

    def test_a_hint_is_never_a_comment(self, make: Make, act: Act) -> None:
        place = make(
            {"api/v1.proto": "message A {}\n", "openapi.yaml": "a: 1\n"},
            title="feat!: replace the public API, drop support for v0 by default",
        )
        seen = act(place)
        assert "this may hold a decision" in seen.summary
        assert (comments(place), seen.outputs["result"], seen.outputs["asks"]) == ([], "pass", "false")

    @pytest.mark.thorough  # six whole processes; the keeper alone meets twenty threads in every run
    def test_runs_at_once_leave_one(self, make: Make) -> None:
        """Twenty at once are tried on what keeps the comment (test_comment.py); these are whole processes."""
        place = make()
        environments = [place.environment("pull_request", place.event(), "ghs_ours", {}) for _ in range(RUNS)]

        def run(environment: Mapping[str, str]) -> int:
            whole = {k: v for k, v in os.environ.items() if not k.startswith("GIT")} | ISOLATED_GIT | dict(environment)
            command = [sys.executable, "-m", "onrecord", "action"]
            return subprocess.run(command, env=whole, capture_output=True, check=False, timeout=120).returncode

        with ThreadPoolExecutor(RUNS) as pool:
            assert list(pool.map(run, environments)) == [0] * RUNS
        assert len(comments(place)) == 1


class TestEvents:
    def test_the_text_is_that_of_now_and_not_of_the_event(self, make: Make, act: Act) -> None:
        """A re-run replays the event as it was."""
        place = make(body=ANSWER)
        seen = act(place, place.event(body="Nothing to see."))
        assert seen.outputs["nudge"] == "false"
        assert "No token" not in seen.summary

    def test_the_merge_queue_passes_without_a_question(self, make: Make, act: Act) -> None:
        place = make()
        assert place.checkout
        group = {
            "head_sha": place.checkout.merge_sha,
            "base_sha": place.checkout.base_sha,
            "head_ref": f"refs/heads/gh-readonly-queue/main/pr-{NUMBER}-{place.checkout.base_sha}",
            "base_ref": "refs/heads/main",
        }
        event = {"action": "checks_requested", "merge_group": group, "repository": {"full_name": HARBOR}}
        seen = act(place, event, name="merge_group", mode="require")
        assert (seen.code, seen.outputs["result"]) == (0, "pass")
        assert "merge queue" in seen.summary
        assert place.fake.count() == 0

    @pytest.mark.parametrize("body", [None, "", "é🚚\r\n" * 13_107, "# " + "[" * 60_000])
    def test_any_body(self, make: Make, act: Act, body: str | None) -> None:
        place = make(body=body)
        assert (act(place).code, len(comments(place))) == (0, 1)

    @pytest.mark.parametrize("number", [0, 250, 3_500])
    def test_a_pull_request_of_many_files(self, make: Make, act: Act, number: int) -> None:
        place = make({f"src/{n}.py": "" for n in range(number)} | CODE)
        assert act(place).outputs["asks"] == "true"


class TestStrangers:
    def test_a_read_only_token_stays_with_the_summary(self, make: Make, act: Act) -> None:
        place = make(head_repository="mallory/harbor")
        place.fake.token("ghs_read", access="read")
        seen = act(place, place.event(fork="mallory/harbor"), token="ghs_read")  # noqa: S106
        assert (seen.code, comments(place)) == (0, [])
        assert "a token may only read" in seen.summary
        assert "Ready to paste" in seen.summary

    @pytest.mark.parametrize("depth", [1, 2])
    def test_their_configuration_does_not_count(self, make: Make, act: Act, depth: int) -> None:
        """At depth 1 the checkout does not hold the base: then GitHub is asked for it."""
        theirs = CODE | {"onrecord.yml": "pull-requests: {paths: []}\n"}
        place = make(theirs, depth=depth, head_repository="mallory/harbor")
        place.fake.repository().contents[place.pull.base_sha] = {"onrecord.yml": CONFIG.encode()}
        place.pull.files = [PullFile("services/billing/render.py"), PullFile("onrecord.yml")]
        assert act(place, place.event(fork="mallory/harbor")).outputs["asks"] == "true"
        assert act(place, place.event()).outputs["asks"] == "false", "the team's own branch may change it"

    def test_their_schema_does_not_count(self, make: Make, act: Act) -> None:
        theirs = CODE | {"onrecord.yml": CONFIG + "schema: a.json\n", "a.json": "no JSON"}
        place = make(theirs, head_repository="mallory/harbor")
        assert act(place, place.event(fork="mallory/harbor")).code == 0
        assert act(place, place.event()).code == 2

    def test_out_of_reach_it_is_said(self, make: Make, act: Act) -> None:
        place = make(depth=1, head_repository="mallory/harbor")
        seen = act(place, place.event(fork="mallory/harbor"), token="")
        assert "the defaults were used" in seen.summary
        assert seen.code == 0


class TestWithoutCheckout:
    @pytest.fixture
    def remote(self, make: Make) -> Place:
        """A fork's pull request that brings a bad record and another configuration; nothing is checked out."""
        place = make(head_repository="mallory/harbor")
        place.checkout = None
        contents = place.fake.repository().contents
        base = {"onrecord.yml": CONFIG, "docs/adr/0001-sessions.md": GOOD_RECORD}
        contents[place.pull.base_sha] = {name: text.encode() for name, text in base.items()}
        head = base | {NEW: BAD_RECORD, "onrecord.yml": "pull-requests: {paths: []}\n"}
        contents[place.pull.head_sha] = {name: text.encode() for name, text in head.items()}
        place.pull.files = [
            PullFile(NEW, "added", 20, 0),
            PullFile("onrecord.yml"),
            PullFile("services/billing/render.py"),
        ]
        return place

    def test_records_are_read_and_the_comment_is_written(self, remote: Place, act: Act) -> None:
        seen = act(remote, remote.event(fork="mallory/harbor"), name="pull_request_target")
        assert seen.outputs["asks"] == "true"
        assert (seen.outputs["errors"], seen.code) == ("1", 0)
        assert f"{NEW}:15" in seen.summary

    def test_a_workflow_run_finds_its_pull_request(self, remote: Place, act: Act) -> None:
        run = {
            "head_sha": remote.pull.head_sha,
            "head_repository": {"full_name": "mallory/harbor"},
            "event": "pull_request",
        }
        event = {"action": "completed", "workflow_run": run, "repository": {"full_name": HARBOR}}
        seen = act(remote, event, name="workflow_run")
        assert (seen.outputs["asks"], seen.outputs["errors"]) == ("true", "1")

    def test_a_workflow_run_without_one_is_skipped_and_says_so(self, remote: Place, act: Act) -> None:
        run = {"head_sha": "9" * 40, "head_repository": {"full_name": "mallory/harbor"}}
        seen = act(remote, {"workflow_run": run, "repository": {"full_name": HARBOR}}, name="workflow_run")
        assert seen.outputs["result"] == "skipped"
        assert "no open pull request" in seen.summary

    def test_names_that_lead_elsewhere_are_not_written(self, remote: Place, act: Act) -> None:
        contents = remote.fake.repository().contents
        contents[remote.pull.base_sha]["../docs/adr/0003-a.md"] = BAD_RECORD.encode()
        assert act(remote, name="pull_request_target").code == 0
        assert not list(remote.folder.rglob("0003-a.md"))

    def test_a_link_to_code_that_was_not_fetched_is_followed(self, remote: Place, act: Act) -> None:
        contents = remote.fake.repository().contents
        contents[remote.pull.base_sha]["src/store.py"] = b"a = 1\n"
        linking = (
            GOOD_RECORD + "\nSee [the store](../../src/store.py), [gone](../../src/gone.py), [lib](../../lib/a/b.py).\n"
        )
        contents[remote.pull.head_sha][NEW] = linking.encode()
        seen = act(remote, name="pull_request_target")
        assert "gone.py" in seen.summary
        assert "store.py" not in seen.summary
        assert "lib/a" not in seen.summary


class TestNumbersOfOtherPullRequests:
    RIVAL = "docs/adr/0002-render-with-chromium.md"

    def place(self, make: Make, head: Mapping[str, Any]) -> Place:
        place = make(CODE | head, body=ANSWER)
        place.fake.pull(NUMBER + 1, files=[PullFile(self.RIVAL, "added", 20, 0), PullFile("src/2.md", "added")])
        return place

    def test_one_takes_the_number_too(self, make: Make, act: Act) -> None:
        place = self.place(make, {NEW: GOOD_RECORD})
        seen = act(place)
        assert f"0002-render-with-chromium.md, in #{NUMBER + 1}" in seen.log
        assert (seen.code, place.fake.count()) == (0, 2)

    def test_the_same_record_in_a_stacked_pull_request(self, make: Make, act: Act) -> None:
        assert "is also taken" not in act(self.place(make, {self.RIVAL: GOOD_RECORD})).log

    def test_nobody_is_asked_when_no_record_is_added(self, make: Make, act: Act) -> None:
        place = self.place(make, {"docs/adr/0001-sessions.md": GOOD_RECORD + "\nMore.\n", "docs/a.md": "# A\n"})
        act(place)
        assert place.fake.count() == 1

    def test_no_answer_is_nothing_to_speak_of(self, make: Make, act: Act) -> None:
        place = self.place(make, {NEW: GOOD_RECORD})
        place.fake.on("graphql", Fault(403, READ_ONLY, when=lambda request: "OpenFiles" in str(request.body)))
        seen = act(place)
        assert (seen.code, seen.outputs["result"]) == (0, "pass")
        assert "is also taken" not in seen.log

    @pytest.mark.usefixtures("act")
    def test_by_name(self, make: Make, monkeypatch: Any, capsys: Any) -> None:
        place = self.place(make, {})
        place.pull.files = [PullFile(NEW, "added", 20, 0)]
        for name, value in place.fake.environment("ghs_ours").items():
            monkeypatch.setenv(name, value)
        assert main(["pr", f"{HARBOR}#{NUMBER}"]) == 0
        assert f"0002-render-with-chromium.md, in #{NUMBER + 1}" in capsys.readouterr().out


FAULTS = {
    **{str(status): Fault(status) for status in (401, 404, 422, 429, 500, 502)},
    "403": Fault(403, READ_ONLY),
    "429 with Retry-After": Fault(429, headers={"Retry-After": "1"}),
    "reset": Fault(drop=True),
    "cut off": Fault(cut=True),
    "slow": Fault(delay_s=3),
    "written, answer lost": Fault(502, lost=True),
    "written, answer late": Fault(lost=True, delay_s=3),
}


GOVERNING = GOOD_RECORD.replace("status: accepted", 'status: accepted\nscope: ["services/billing/**"]')


class TestRecords:
    def test_those_that_govern_what_is_touched_are_linked(self, make: Make, act: Act) -> None:
        place = make(base=BASE | {"docs/adr/0001-sessions.md": GOVERNING})
        act(place)
        address = f"{place.fake.url}/{HARBOR}/blob/main/docs/adr/0001-sessions.md"
        assert "ADR-1 Keep sessions in Redis" in comments(place)[0]
        assert address.startswith("http://"), "the fake has no certificate, so its address is shown as no link"

    def test_their_scope_asks_where_the_team_says_so(self, make: Make, act: Act) -> None:
        config = "pull-requests: {governed: true}\n"
        place = make(base=BASE | {"onrecord.yml": config, "docs/adr/0001-sessions.md": GOVERNING})
        assert act(place).outputs["asks"] == "true"
        assert "governed by ADR-1" in comments(place)[0]

    @pytest.mark.parametrize(
        ("link", "nudge"),
        [
            ("docs/adr/0001-sessions.md", "false"),
            ("ADR-1", "false"),
            ("docs/adr/0099-nothing.md", "true"),
            ("ADR-99", "true"),
        ],
    )
    def test_a_link_answers_if_it_leads_somewhere(self, make: Make, act: Act, link: str, nudge: str) -> None:
        place = make(body=f"Rendering, see {link}.\n")
        assert act(place).outputs["nudge"] == nudge
        assert [("was not found" in text) for text in comments(place)] == [True] * (nudge == "true")

    def test_one_in_the_change_answers(self, make: Make, act: Act) -> None:
        place = make(CODE | {NEW: GOOD_RECORD.replace("sessions", "invoices")})
        seen = act(place)
        assert (seen.outputs["nudge"], comments(place)) == ("false", [])


class TestOnALaptop:
    def test_a_pull_request_is_read_by_its_name(
        self, make: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        place = make(body=ANSWER)
        assert place.checkout
        monkeypatch.chdir(place.checkout.folder)
        place.pull.files = [PullFile("services/billing/render.py")]
        place.fake.review(place.pull, "harbor-mara")
        for key, value in place.fake.environment("ghp_laptop").items():
            monkeypatch.setenv(key, value)
        assert main(["pr", f"{HARBOR}#{NUMBER}", "--output-format", "json"]) == 0
        facts = json.loads(capsys.readouterr().out)
        assert (facts["asks"], facts["covered"], facts["nudge"]) == (True, True, False)
        assert facts["owner"] == {"name": "harbor-mara", "source": "approver"}
        assert main(["pr", f"https://github.com/{HARBOR}/pull/999"]) == 3
        assert "GitHub: " in capsys.readouterr().err

    @pytest.mark.parametrize("named", ["231", "harbor#231", "a/b#x", "--event=a", "a/b/c#1"])
    def test_what_is_no_name_is_said(self, capsys: pytest.CaptureFixture[str], named: str) -> None:
        assert main(["pr", named]) == 2
        assert "onrecord: " in capsys.readouterr().err

    def test_without_a_token_it_says_which(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("ONRECORD_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        assert main(["pr", f"{HARBOR}#{NUMBER}"]) == 3
        assert "GITHUB_TOKEN" in capsys.readouterr().err


class TestTrouble:
    @pytest.mark.parametrize("name", FAULTS)
    def test_of_the_write_is_never_a_red_check_nor_a_second_comment(self, make: Make, act: Act, name: str) -> None:
        place = make()
        fault = FAULTS[name]
        place.fake.on("issues/create-comment", Fault(**{**fault.__dict__, "times": 1}))
        first = act(place)
        assert (first.code, first.outputs["result"]) == (0, "warn")
        assert len(comments(place)) <= 1
        if not comments(place):
            assert "The comment was not written" in first.summary or "is not known" in first.summary
        assert act(place).code == 0
        assert len(comments(place)) == 1

    @pytest.mark.parametrize("name", FAULTS)
    def test_of_the_read_leaves_the_event(self, make: Make, act: Act, name: str) -> None:
        if name in ("slow", "written, answer late"):
            pytest.skip("a slow answer is repeated three times; the adapter's own tests wait for that")
        place = make()
        place.fake.on("graphql", Fault(**{**FAULTS[name].__dict__, "times": None}))
        seen = act(place)
        assert (seen.code, comments(place)) == (0, [])
        assert (seen.outputs["asks"], seen.outputs["nudge"]) == ("true", "true")
        assert "could not be fetched" in seen.summary

    def test_a_comment_deleted_between_read_and_write(self, make: Make, act: Act) -> None:
        place = make()
        act(place)
        mine = place.pull.comments[0]
        place.fake.on("issues/update-comment", Fault(before=lambda: place.fake.delete_comment(mine)))
        place.pull.body = ANSWER
        assert act(place).code == 0
        assert comments(place) == []

    def test_an_expired_token(self, make: Make, act: Act) -> None:
        place = make()
        place.fake.token("ghs_old").is_valid = False
        seen = act(place, token="ghs_old")  # noqa: S106
        assert (seen.code, seen.outputs["asks"]) == (0, "true")
        assert "could not be fetched" in seen.summary

    def test_no_server_at_all(self, make: Make, act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
        place = make()
        whole = place.fake.environment
        monkeypatch.setattr(
            place.fake, "environment", lambda token: whole(token) | {"GITHUB_API_URL": "http://127.0.0.1:9"}
        )
        seen = act(place)
        assert (seen.code, seen.outputs["asks"]) == (0, "true")


class TestRequire:
    def test_it_fails_what_the_team_asked_for_until_it_is_answered(self, make: Make, act: Act) -> None:
        place = make()
        assert act(place, mode="require").code == 1
        place.pull.body = ANSWER
        assert act(place, mode="require").code == 0
        place.pull.body = "No decision here, because only a label changes."
        assert act(place, mode="require").code == 0

    def test_trouble_of_githubs_does_not_answer(self, make: Make, act: Act) -> None:
        place = make()
        place.fake.on("graphql", Fault(500, times=None))
        assert act(place, mode="require").code == 1

    def test_never_because_of_a_hint_or_the_authors_own_words(self, make: Make, act: Act) -> None:
        place = make({"README.md": "Hello.\n"}, body="Decision: render with WeasyPrint.\n")
        seen = act(place, mode="require")
        assert (seen.code, seen.outputs["asks"], seen.outputs["nudge"]) == (0, "true", "true")


class TestHostileText:
    def test_nothing_of_it_gets_into_the_comment_as_markup(self, make: Make, act: Act) -> None:
        place = make(title=hostile.ANY, body=hostile.ANY, author="mallory", labels=[hostile.ANY])
        seen = act(place)
        (comment,) = comments(place)
        outside = comment.replace(MARKER, "").split("```text")[0] + comment.split("```")[-1]
        assert "<!--" not in outside
        assert "<script" not in outside
        assert "@octo" not in outside
        assert seen.code == 0

    def test_the_token_is_shown_to_nobody(self, make: Make, act: Act) -> None:
        place = make()
        place.fake.on("issues/create-comment", Fault(500, "no ghs_ours here"))
        seen = act(place)
        assert "ghs_ours" not in seen.summary.replace("no ghs_ours here", "") + seen.log.replace("no ghs_ours here", "")
