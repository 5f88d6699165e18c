"""No verb, hook or Action needs a network: in a network namespace without routes all of them do the same as with one.

An audit hook refuses besides whatever would look up or connect to a place, so that not even an attempt goes unnoticed.
Those that are told to ask GitHub or a model say plainly that it cannot be reached, or what is missing to ask it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from disks import DAY, DECIDING, ENVIRONMENT, NEW_NETWORK, Outcome, apart, git, said, write

from onrecord.cli.main import VERBS

ROOT = Path(__file__).resolve().parents[2]
OUTWARD = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg")
EVENT = {
    "action": "opened",
    "number": 12,
    "pull_request": {
        "number": 12,
        "title": "Keep carts",
        "body": "In Redis.",
        "user": {"login": "ann", "type": "User"},
    },
    "repository": {"full_name": "acme/shop", "owner": {"login": "acme"}, "name": "shop", "private": False},
}
CALLS = {
    "check": ("check",),
    "parse": ("parse", "docs/adr/0005-mail.md"),
    "list": ("list",),
    "show": ("show", "5"),
    "search": ("search", "Redis"),
    "index": ("index", "--fix"),
    "graph": ("graph",),
    "pr": ("pr", "--event", "event.json"),
    "explain": ("explain", "owner-missing"),
    "rules": ("rules",),
    "why": ("why", "src/cart.py:1"),
    "review": ("review", "--today", DAY),
    "touch": ("touch", "docs/adr/0005-mail.md", "--by", "Ann", "--today", DAY),
    "schema": ("schema", "decision-record"),
    "commit-msg": ("commit-msg", "message"),
    "prepare-commit-msg": ("prepare-commit-msg", "message"),
    **DECIDING,
    "migrate": ("migrate", "--to", "madr-4", "docs/adr/0003-csv.md"),
    "agenda": ("agenda", "6"),
    "calibrate": ("calibrate",),
    "coverage": ("coverage",),
    "survey": ("survey", "."),
    "baseline": ("baseline",),
    "action": ("action",),
}
SOME = ("check", "index", "commit-msg", "action")  # what runs by itself; the others once a week
PLACES = {"ONRECORD_MODEL_URL": "https://model.example/v1", "ONRECORD_MODEL_NAME": "m", "ONRECORD_MODEL_KEY": "k"}
ASKING: list[tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]] = [  # what is set, the call, what it says
    ({}, ("pr", "acme/shop#12"), ("GITHUB_TOKEN",)),
    ({"GITHUB_TOKEN": "t"}, ("pr", "acme/shop#12"), ("GitHub", "reach")),
    ({}, ("coverage", "--github", "acme/shop"), ("GITHUB_TOKEN",)),
    ({"GITHUB_TOKEN": "t"}, ("coverage", "--github", "acme/shop"), ("GitHub", "reach")),
    ({}, ("draft", "--model", "--title", "Use Redis for sessions", "talk.txt"), ("ONRECORD_MODEL_URL",)),
    (PLACES, ("draft", "--model", "--title", "Use Redis for sessions", "talk.txt"), ("model.example",)),
]


@pytest.fixture
def here(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the repository, with an event of GitHub's in it and in the environment, and no token."""
    write(shop, {"event.json": json.dumps(EVENT)})
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "ONRECORD_", "GH_", "RUNNER_", "OPENAI_")):
            monkeypatch.delenv(name)
    told = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(shop / "event.json")}
    told |= {
        "GITHUB_WORKSPACE": str(shop),
        "GITHUB_OUTPUT": str(shop.parent / "output"),
        "RUNNER_TEMP": str(shop.parent),
    }
    for name, value in (ENVIRONMENT | told).items():
        monkeypatch.setenv(name, value)
    return shop


def watched(folder: Path, *calls: tuple[str, ...]) -> Callable[[], list[Any]]:
    """Return what runs calls in a folder, each attempt to reach anything refused and told."""

    def work() -> list[Any]:
        attempts: list[str] = []

        def refuse(event: str, arguments: tuple[Any, ...]) -> None:
            if event in OUTWARD and not (event == "socket.connect" and isinstance(arguments[1], str | bytes)):
                attempts.append(f"{event} {arguments[1:] if event == 'socket.connect' else arguments}")
                raise OSError(101, "Network is unreachable")

        os.chdir(folder)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.addaudithook(refuse)
        return [[said(*call), attempts.copy()] for call in calls]

    return work


def test_each_verb_is_tried() -> None:
    assert {*CALLS, "mcp"} == set(VERBS)


@pytest.mark.parametrize(
    "verb", [pytest.param(verb, marks=[] if verb in SOME else [pytest.mark.thorough]) for verb in CALLS]
)
def test_a_verb_does_the_same_without_a_network(here: Path, verb: str, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(here, tmp_path / "copy" / "shop"))
    ((outcome, attempts),) = apart(watched(here, CALLS[verb]), NEW_NETWORK)
    assert attempts == []
    assert "internal error" not in outcome[2]
    assert outcome[0] in (0, 1, 4)
    ((usual, _),) = apart(watched(copy, CALLS[verb]))
    assert [_without_token(part) for part in outcome] == [_without_token(part) for part in usual]


def _without_token(part: object) -> object:
    """Return what was said without what differs in each run: the word that ends a stretch without commands."""
    return re.sub(r"[0-9a-f]{32}", "…", part) if isinstance(part, str) else part


@pytest.mark.thorough
def test_what_serves_an_assistant_needs_none(here: Path) -> None:
    pytest.importorskip("mcp")

    def work() -> list[Any]:
        command = [sys.executable, "-m", "onrecord", "mcp"]
        done = subprocess.run(command, cwd=here, input="", capture_output=True, text=True, timeout=60, check=False)
        return [done.returncode, done.stderr]

    assert apart(work, NEW_NETWORK) == [0, ""]


def test_each_hook_does_without_a_network(here: Path) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    files = {"onrecord": ("docs/adr/0005-mail.md",), "onrecord-nudge": ("docs/adr/0005-mail.md",)}
    files |= {"onrecord-commit-msg": ("message",), "onrecord-prepare-commit-msg": ("message",)}
    calls = [(*hook["entry"].split()[1:], *files.get(hook["id"], ())) for hook in hooks]
    for call, (outcome, attempts) in zip(calls, apart(watched(here, *calls), NEW_NETWORK), strict=True):
        assert attempts == [], call
        assert outcome[0] == 0, call
        assert "internal error" not in outcome[2], call


def test_the_action_s_launcher_needs_no_network(here: Path) -> None:
    """As action.yml calls it, on the event alone: without a token nothing is asked of GitHub."""

    def work() -> list[Any]:
        site = {"ONRECORD_SITE": sysconfig.get_path("purelib"), "ONRECORD_COMMENT": "never"}
        command = [sys.executable, "-I", str(ROOT / "action/run.py")]
        done = subprocess.run(
            command, cwd=here, env=os.environ | site, capture_output=True, text=True, timeout=60, check=False
        )
        return [done.returncode, done.stdout, done.stderr]

    code, out, err = apart(work, NEW_NETWORK)
    assert (code, "internal error" in err) == (0, False), (out, err)
    assert (here.parent / "output").read_text("utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize(("told", "call", "words"), ASKING)
def test_who_is_told_to_ask_somebody_says_that_it_cannot(
    here: Path, told: dict[str, str], call: tuple[str, ...], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("github")
    pytest.importorskip("openai")
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    git(here, "remote", "add", "origin", "https://github.com/acme/shop")
    ((outcome, attempts),) = apart(watched(here, call), NEW_NETWORK)
    outcome = Outcome(*outcome)
    assert bool(attempts) == bool(told), "nobody is asked unless a token or a route is set"
    for word in words:
        assert word in outcome.err
    assert "internal error" not in outcome.err
