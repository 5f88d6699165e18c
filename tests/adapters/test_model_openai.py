"""The real client against an endpoint that answers well and badly."""

import json
import ssl
import sys

import pytest
from fake_model import Answer, fake_model, refused, said, wrapped

from onrecord.adapters import model_openai
from onrecord.adapters.model_route import ModelFault, Route, ask
from onrecord.draft.prompt import Prompt

PROMPT = Prompt("Our rules.", '{"turn": 1}', {"type": "object", "properties": {}})
HTML = Answer(b"<html>Sign in</html>", headers=(("Content-Type", "text/html"),))


def asked(url: str, wait_s: float = 5.0) -> str:
    return ask(Route((), url, "sk-secret", "tiny", wait_s, 2 * wait_s), PROMPT)


def test_one_request_with_rules_matter_and_key_and_without_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/elsewhere")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-house")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-another-house")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-another-house")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer sk-of-another-house")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with fake_model(said('{"noop": true}')) as fake:
        assert asked(fake.url) == '{"noop": true}'
    [(path, headers, body)] = fake.requests
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == "Bearer sk-secret"
    assert "another-house" not in str(headers)
    assert [one["content"] for one in body["messages"]] == ["Our rules.", '{"turn": 1}']
    assert body["response_format"]["json_schema"] == {"name": "reply", "strict": True, "schema": PROMPT.schema}
    assert {"tools", "functions", "stream", "store"}.isdisjoint(body)
    assert body["model"] == "tiny"
    assert body["max_tokens"] > 0


def test_without_encryption_nobodys_certificate_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_openai, "_TRIES_AGAIN", 0)
    read: list[str] = []
    for name in ("load_verify_locations", "load_default_certs"):
        monkeypatch.setattr(ssl.SSLContext, name, lambda *_, name=name, **__: read.append(name))
    with fake_model(said("{}")) as fake:
        assert asked(fake.url) == "{}"
        assert read == []
        with pytest.raises(ModelFault, match="could not be reached"):
            asked(fake.url.replace("http:", "https:"))
        assert read


def test_a_server_that_knows_less_is_asked_more_plainly() -> None:
    no_schema, no_format = refused("json_schema is not supported"), refused("'response_format' is unknown", 422)
    with fake_model(no_schema, no_format, said("{}")) as fake:
        assert asked(fake.url) == "{}"
    assert fake.formats == ["json_schema", "json_object", None]
    assert fake.requests[1][2]["response_format"]["schema"] == PROMPT.schema


def test_a_server_that_breaks_over_a_format_is_asked_more_plainly() -> None:
    broken = refused("1 validation error: ('body', 'response_format', 'type')", 500)._replace(
        headers=(("Retry-After", "0.01"),)
    )
    with fake_model(broken, broken, broken, said("{}")) as fake:
        assert asked(fake.url) == "{}"
    assert fake.formats == [*["json_schema"] * 3, "json_object"]


def test_a_server_that_names_the_limit_otherwise() -> None:
    with fake_model(refused("Unsupported parameter: 'max_tokens'"), said("{}")) as fake:
        assert asked(fake.url) == "{}"
    assert "max_tokens" not in fake.requests[1][2]
    assert fake.requests[1][2]["max_completion_tokens"] > 0
    assert fake.formats == ["json_schema", "json_schema"]


def test_a_server_that_refuses_everything_is_asked_four_times() -> None:
    with (
        fake_model(refused("max_tokens: no"), refused("no")) as fake,
        pytest.raises(ModelFault, match=r"tiny at 127\.0\.0\.1:\d+ answered with status 400"),
    ):
        asked(fake.url)
    assert len(fake.requests) == 4


def test_a_busy_server_is_asked_again_when_it_said() -> None:
    busy = refused("slow down", 429)._replace(headers=(("Retry-After", "0.05"),))
    with fake_model(busy, busy, said("{}")) as fake:
        assert asked(fake.url) == "{}"
    assert len(fake.requests) == 3


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (refused("slow down", 429)._replace(headers=(("Retry-After", "0.01"),)), "status 429"),
        (refused("slow down", 429)._replace(headers=(("Retry-After", "300"),)), "status 429"),
        (refused("no such key: sk-secret", 401), "status 401"),
        (said('{"decision": nu', finish="length"), "not whole .it ended with “length”"),
        (said(None, finish="tool_calls"), "not whole"),
        (said(None, refusal="I cannot help with that."), "declined"),
        (said(""), "with nothing"),
        (said(None), "with nothing"),
        (said("x" * 1_000_001), "more than an answer"),
        (wrapped([]), "not as a model does"),
        (wrapped(None), "not as a model does"),
        (wrapped("text"), "cannot be read"),
        (wrapped([{"index": 0, "finish_reason": "stop"}]), "cannot be read|declined"),
        (HTML, "not as a model does"),
        (Answer(b"{", headers=(("Content-Type", "application/json"),)), "cannot be read|could not be reached"),
    ],
)  # fmt: skip
def test_what_is_no_whole_answer(answer: Answer, message: str) -> None:
    with fake_model(answer) as fake, pytest.raises(ModelFault, match=message) as raised:
        asked(fake.url)
    assert "sk-secret" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_nothing_is_sent_to_where_a_server_points() -> None:
    with fake_model(said("{}")) as other:
        to = Answer(b"", 307, (("Location", f"{other.url}/chat/completions"),))
        with fake_model(to) as fake, pytest.raises(ModelFault, match="status 307"):
            asked(fake.url)
    assert other.requests == []


def test_a_late_answer_and_one_that_never_ends() -> None:
    with fake_model(said("{}")._replace(after_s=20)) as fake, pytest.raises(ModelFault, match="within"):
        asked(fake.url, 0.2)
    with fake_model(said("x" * 900)._replace(drips=True)) as fake, pytest.raises(ModelFault, match="within 1 seconds"):
        asked(fake.url, 0.5)


def test_nobody_there() -> None:
    with fake_model(said("{}")) as fake:
        pass
    with pytest.raises(ModelFault, match="could not be reached"):
        asked(fake.url)


def test_control_characters_arrive_as_they_are() -> None:
    raw = json.dumps({"decision": "a\x00b"}).replace("\\u0000", "\x07")
    with fake_model(said(raw)) as fake:
        assert asked(fake.url) == raw


def test_without_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openai", None)
    with pytest.raises(ModelFault, match=r"onrecord\[ai\]"):
        asked("http://127.0.0.1:9/v1")
