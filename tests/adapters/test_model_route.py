import json
from pathlib import Path

import pytest

from onrecord.adapters.model_route import ModelFault, Route, find_route

LOCAL = {"ONRECORD_MODEL_URL": "http://localhost:11434/v1", "ONRECORD_MODEL_NAME": "tiny"}
REMOTE = {"ONRECORD_MODEL_URL": "https://models.example.org/v1", "ONRECORD_MODEL_NAME": "m", "ONRECORD_MODEL_KEY": "k1"}
OPENAI = REMOTE | {"ONRECORD_MODEL_URL": "https://api.openai.com/v1"}


def test_a_local_server_needs_no_key() -> None:
    route = find_route(LOCAL)
    assert route.key
    assert route.shown == "tiny at localhost:11434"
    assert route.pause_s > find_route(REMOTE).pause_s == 60


def test_a_program() -> None:
    route = find_route({"ONRECORD_MODEL_COMMAND": "/opt/bin/llm -m 'big one' $(id)"})
    assert route.command == ("/opt/bin/llm", "-m", "big one", "$(id)")
    assert route.shown == "“llm”"


def test_a_key_of_openai_goes_to_openai_only() -> None:
    theirs = {"ONRECORD_MODEL_KEY": "", "OPENAI_API_KEY": "theirs"}
    assert find_route(OPENAI | theirs).key == "theirs"
    assert find_route(OPENAI | theirs | {"ONRECORD_MODEL_KEY": "ours"}).key == "ours"
    assert find_route(LOCAL | theirs).key != "theirs"
    for url in ("https://models.example.org/v1", "https://api.openai.com.example.org/v1"):
        with pytest.raises(ModelFault, match="no key: ONRECORD_MODEL_KEY"):
            find_route(OPENAI | theirs | {"ONRECORD_MODEL_URL": url})


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "neither is set"),
        ({"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://example.org"}, "neither is set"),
        (LOCAL | {"ONRECORD_MODEL_COMMAND": "llm"}, "both set"),
        (LOCAL | {"ONRECORD_MODEL_NAME": " "}, "which model"),
        (REMOTE | {"ONRECORD_MODEL_KEY": ""}, "no key"),
        (REMOTE | {"ONRECORD_MODEL_KEY": "k\nX-Other: 1"}, "no key has"),
        (REMOTE | {"ONRECORD_MODEL_URL": "http://models.example.org/v1"}, "without encryption"),
        (REMOTE | {"ONRECORD_MODEL_URL": "http://localhost.example.org/v1"}, "without encryption"),
        (REMOTE | {"ONRECORD_MODEL_URL": "http://localhost@example.org/v1"}, "without encryption"),
        (REMOTE | {"ONRECORD_MODEL_URL": "https://ann:secret@example.org/v1"}, "name or password"),
        (REMOTE | {"ONRECORD_MODEL_URL": "file:///etc/passwd"}, "no address"),
        (REMOTE | {"ONRECORD_MODEL_URL": "models.example.org"}, "no address"),
        (REMOTE | {"ONRECORD_MODEL_URL": "https://example.org:x/"}, "no address"),
        ({"ONRECORD_MODEL_COMMAND": "llm 'x"}, "taken apart"),
    ],
)
def test_what_leads_nowhere(environment: dict[str, str], message: str) -> None:
    with pytest.raises(ModelFault, match=message) as raised:
        find_route(environment)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "127.9.9.9", "localhost"])
def test_this_machine(host: str) -> None:
    assert find_route(LOCAL | {"ONRECORD_MODEL_URL": f"http://{host}:8080/v1"}).key


def test_a_change_from_a_fork(tmp_path: Path) -> None:
    def route_for(head: str, event: str = "pull_request") -> Route:
        path = tmp_path / "event.json"
        sides = {"base": {"sha": "1"}, "head": {"sha": "2", "repo": {"full_name": head}}}
        value = {"repository": {"full_name": "harbor/parcels"}, "pull_request": sides | {"number": 1}}
        path.write_text(json.dumps(value), "utf-8")
        runner = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": event, "GITHUB_EVENT_PATH": str(path)}
        return find_route(REMOTE | runner)

    assert route_for("harbor/parcels").name == "m"
    with pytest.raises(ModelFault, match="from a fork"):
        route_for("stranger/parcels")
    with pytest.raises(ModelFault, match="from a fork"):
        route_for("harbor/parcels", "pull_request_target")
    (tmp_path / "event.json").write_text("{", "utf-8")
    gone = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "pull_request"}
    with pytest.raises(ModelFault, match="from a fork"):
        find_route(REMOTE | gone | {"GITHUB_EVENT_PATH": str(tmp_path / "event.json")})
