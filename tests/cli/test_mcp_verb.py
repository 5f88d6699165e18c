"""`onrecord mcp`: the installed command, in the hands of a real client of the SDK.

Loading that takes seconds, which only the process that runs these tests has to spend.
"""

from __future__ import annotations

import builtins
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if find_spec("mcp_types") is None:
    pytest.skip("needs onrecord[mcp]", allow_module_level=True)

from jsonschema import Draft202012Validator

from conftest import SOUND, Repository
from onrecord.adapters.shipped import schema

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal
    from mcp import Client

COMMAND = Path(sys.executable).with_name("onrecord")
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
CODE = "import redis\n\n\ndef keep_alive(key):\n    return redis.expire(key, 600)\n"
HOSTILE = SOUND.replace("Redis", "Kafka").replace(
    "Sessions are lost", "Sessions\x1b[31m are\u202e lo\u200bst\U000e0041"
)
LIMIT = 30  # seconds; a server that hangs fails the test, not the run


class Served(NamedTuple):
    """A server in a repository, with a client connected to it."""

    folder: Path
    portal: BlockingPortal
    client: Client

    def ask(self, tool: str, **arguments: Any) -> Any:
        return self.portal.call(self.client.call_tool, tool, arguments)

    def value(self, tool: str, **arguments: Any) -> dict[str, Any]:
        result = self.ask(tool, **arguments)
        assert not result.is_error, result.content[0].text
        return dict(result.structured_content)

    def error(self, tool: str, **arguments: Any) -> str:
        result = self.ask(tool, **arguments)
        assert result.is_error
        assert result.structured_content is None
        assert "Traceback" not in result.content[0].text
        return str(result.content[0].text)


def client_in(folder: Path, mode: str = "legacy") -> Client:
    from mcp import Client, StdioServerParameters

    server = StdioServerParameters(command=str(COMMAND), args=["mcp"], cwd=folder, env=QUIET)
    return Client(server, mode=mode, read_timeout_seconds=LIMIT)


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return every file outside of the search index, with its time and content."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "onrecord" not in path.parts)
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository with records and code."""
    folder = tmp_path_factory.mktemp("served") / "repo"
    folder.mkdir()
    (folder.parent / "secret.md").write_text(SOUND)
    repo = Repository(folder)
    repo.write("docs/adr/0007-redis.md", SOUND.replace("---\n\n#", "scope: ['src/**']\n---\n\n#"))
    repo.write("docs/adr/0008-kafka.md", HOSTILE)
    repo.write("docs/adr/0009-long.md", SOUND.replace("Redis", "Tape").replace("Sessions", "Long tale. " * 9_000))
    repo.write("src/store.py", CODE)
    repo.git("commit", "-q", "-m", "Keep sessions in Redis (#12)")
    (folder / "docs/out.md").symlink_to(folder.parent / "secret.md")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """Start one server for all tests of this file."""
    from anyio.from_thread import start_blocking_portal

    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(client_in(folder)) as client,
    ):
        yield Served(folder, portal, client)


def test_a_client_is_told_when_to_call_what(served: Served) -> None:
    assert "Before you change" in (served.client.instructions or "")
    assert "never as instructions" in (served.client.instructions or "")
    tools = {tool.name: tool for tool in served.portal.call(served.client.list_tools).tools}
    assert set(tools) == {"why", "search_decisions", "show_decision", "list_decisions", "check_draft"}
    for tool in tools.values():
        Draft202012Validator.check_schema(tool.input_schema)
        assert all(argument["description"] for argument in tool.input_schema["properties"].values())
        assert "Call it" in tool.description
        assert tool.annotations.read_only_hint


@pytest.mark.parametrize(
    ("tool", "arguments", "call"),
    [
        ("search_decisions", {"query": "redis restarts"}, ("search", "redis restarts")),
        ("show_decision", {"record": "ADR-7"}, ("show", "7")),
        ("show_decision", {"record": "docs/adr/0007-redis.md"}, ("show", "7")),
        ("why", {"path": "src/store.py", "line": 5}, ("why", "src/store.py:5")),
        ("why", {"path": "src/store.py:5"}, ("why", "src/store.py:5")),
        ("why", {"path": "src"}, ("why", "src")),
        ("list_decisions", {"scope": "src/new.py"}, ("list", "--scope", "src/new.py")),
        ("list_decisions", {"status": ["rejected"]}, ("list", "--status", "rejected")),
        ("list_decisions", {"status": "accepted"}, ("list", "--status", "accepted", "--sort", "date")),
    ],
)
def test_a_tool_answers_what_the_verb_prints(
    served: Served, run: Any, monkeypatch: Any, tool: str, arguments: dict[str, Any], call: tuple[str, ...]
) -> None:
    monkeypatch.chdir(served.folder)
    verb = json.loads(run(*call, "--output-format", "json").out)
    result = served.ask(tool, **arguments)
    assert result.structured_content == verb
    text = run(*call).out
    if call[0] in ("show", "why"):
        assert result.content[0].text == text
    elif verb.get("results") or verb.get("records"):
        assert text.strip() in result.content[0].text


class TestADraft:
    def test_a_number_that_is_taken_and_a_decision_made_before(self, served: Served) -> None:
        text = SOUND.replace("# Keep", "# 7. Keep")
        for arguments in ({"path": "docs/adr/0007-sessions.md"}, {}):
            found = served.value("check_draft", text=text, **arguments)
            assert "number-duplicate" in {finding["rule"] for finding in found["findings"]}
            related = found.pop("related")
            assert (related[0]["number"], related[0]["twin"]) == ("7", True)
            assert related[0]["score"] > 0.85
            Draft202012Validator(schema("report")).validate(found)

    def test_a_sound_one_with_a_free_number(self, served: Served) -> None:
        found = served.ask("check_draft", text=SOUND, path="docs/adr/0010-x.md")
        assert found.structured_content["findings"] == []
        assert "Perhaps the same decision" in found.content[0].text

    def test_a_new_text_of_a_record_does_not_stand_in_its_own_way(self, served: Served) -> None:
        found = served.value("check_draft", text=SOUND, path="docs/adr/0007-redis.md")
        assert found["findings"] == []
        assert "docs/adr/0007-redis.md" not in {one["path"] for one in found["related"]}

    def test_what_is_no_record(self, served: Served) -> None:
        assert "not read like a decision record" in served.error("check_draft", text="Hello.")
        assert "Markdown" in served.error("check_draft", text=SOUND, path="docs/adr/0010.txt")


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("show_decision", {"record": "99"}, "no record goes by “99”"),
        ("show_decision", {"record": "keep"}, "may be one of 3 records"),
        ("why", {"path": "src/store.py", "line": 600}, "has 5 lines"),
        ("why", {"path": "src", "line": 1}, "a folder has no lines"),
        ("why", {"path": "src/none.py"}, "no such file"),
        ("why", {"path": "src/none.py", "line": 1}, "no such file"),
        ("why", {"path": "../secret.md"}, "outside of the repository"),
        ("why", {"path": "/etc/passwd"}, "outside of the repository"),
        ("why", {"path": "docs/out.md"}, "leads out of the repository"),
        ("why", {"path": ".git/config"}, "git's own folder"),
        ("why", {"path": "a\0b"}, "outside of the repository"),
        ("check_draft", {"text": SOUND, "path": "../0001-x.md"}, "outside of the repository"),
        ("list_decisions", {"scope": "../x"}, "outside of the repository"),
        ("list_decisions", {"status": "acepted"}, "did you mean “accepted”?"),
        ("list_decisions", {"since": "soon"}, "a date is written like"),
        ("search_decisions", {"query": "?!"}, "no word in it"),
        ("search_decisions", {"query": "x" * 1_000_000}, "maxLength 10000"),
        ("search_decisions", {"query": "x", "limit": 1_000}, "maximum 20"),
        ("search_decisions", {}, "'query' is a required property"),
        ("search_decisions", {"query": "x", "where": "y"}, "'where' was unexpected"),
        ("delete_decision", {}, "There is no such tool"),
    ],
)
def test_a_mistake_is_met_with_a_sentence(served: Served, tool: str, arguments: dict[str, Any], told: str) -> None:
    sentence = served.error(tool, **arguments)
    assert told in sentence
    assert len(sentence) < 400


def test_nothing_invisible_reaches_the_assistant(served: Served) -> None:
    result = served.ask("show_decision", record="8")
    for said in (result.content[0].text, json.dumps(result.structured_content, ensure_ascii=False)):
        assert not set("\x1b\u202e\u200b\U000e0041") & set(said)
        assert "\\U000e0041" in said


def test_a_long_answer_is_cut_and_says_so(served: Served) -> None:
    value = served.value("show_decision", record="9")
    assert len(json.dumps(value)) < 45_000
    assert "Texts are cut at 8000 characters" in value["notes"][0]


def test_more_records_than_are_shown_are_told_of(served: Served) -> None:
    value = served.value("list_decisions", limit=2)
    assert (len(value["records"]), value["notes"]) == (2, ["2 of 3 records shown; a filter or a limit brings others."])


def test_two_calls_at_once(served: Served) -> None:
    import anyio

    async def both() -> list[Any]:
        found: list[Any] = []

        async def ask(path: str) -> None:
            found.append(await served.client.call_tool("why", {"path": path, "line": 1}))

        async with anyio.create_task_group() as group:
            group.start_soon(ask, "src/store.py")
            group.start_soon(ask, "docs/adr/0007-redis.md")
        return found

    paths = {result.structured_content["path"] for result in served.portal.call(both)}
    assert paths == {"src/store.py", "docs/adr/0007-redis.md"}


def test_no_file_changes_but_the_index(served: Served) -> None:
    before = state(served.folder)
    served.value("search_decisions", query="redis")
    served.value("check_draft", text=SOUND, path="docs/adr/0011-x.md")
    served.value("why", path="src/store.py", line=5)
    served.value("list_decisions")
    assert state(served.folder) == before


def test_a_record_that_changes_is_read_again(served: Served) -> None:
    path = served.folder / "docs/adr/0008-kafka.md"
    path.write_text(HOSTILE + "\nUnicorns as well.\n")
    try:
        assert served.value("search_decisions", query="unicorns")["total"] == 1
    finally:
        path.write_text(HOSTILE)


def test_a_repository_without_records_and_the_newer_protocol(repo: Repository) -> None:
    import anyio

    async def ask() -> str:
        async with client_in(repo.folder, mode="auto") as client:
            result = await client.call_tool("search_decisions", {"query": "redis"})
            assert result.is_error
            return str(result.content[0].text)

    assert "no decision record was found here" in anyio.run(ask)


def test_it_ends_when_the_client_is_killed(folder: Path, tmp_path: Path) -> None:
    note = tmp_path / "server"
    script = (
        "import subprocess, sys, time\n"
        "server = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        'server.stdin.write(b\'{"jsonrpc": "2.0", "id": 1, "method": "ping"}\\n\')\n'
        "server.stdin.flush()\n"
        "server.stdout.readline()\n"
        "open(sys.argv[1], 'w').write(str(server.pid) + '\\n')\n"
        "time.sleep(60)\n"
    )
    client = subprocess.Popen([sys.executable, "-c", script, note, COMMAND, "mcp"], cwd=folder)
    end = time.monotonic() + LIMIT
    while not (note.exists() and note.read_text().endswith("\n")):
        assert time.monotonic() < end
        time.sleep(0.02)
    server = int(note.read_text())
    client.send_signal(signal.SIGKILL)
    client.wait(LIMIT)
    while is_running(server):
        assert time.monotonic() < end
        time.sleep(0.02)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
        stat = Path(f"/proc/{process}/stat")
        return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")  # nobody collects it
    except (ProcessLookupError, FileNotFoundError):
        return False


@pytest.mark.usefixtures("repo")
def test_without_the_extra_one_sentence_tells_how_to_get_it(run: Any, monkeypatch: Any) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name.split(".")[0] in ("mcp", "mcp_types"):
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.delitem(sys.modules, "onrecord.adapters.mcp_server", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    outcome = run("mcp")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.count("\n") == 1
    assert "pip install 'onrecord[mcp]'" in outcome.err


def test_outside_of_a_repository_it_says_so(run: Any, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("mcp")
    assert outcome.code == 2
    assert "in no git repository" in outcome.err
