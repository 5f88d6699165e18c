"""A model behind an endpoint that speaks as OpenAI's does (Ollama, vLLM, llama.cpp, Azure): one chat completion, no tools.

Behavior relied on, and measured with openai 3.54: without `base_url` and `api_key` it takes them from its own variables;
it follows redirects and sends the prompt to the next host unless told not to; an answer that was cut off, a refusal, no
answer at all and a page of HTML come back without an exception; organization and project come from its variables too.
"""

from __future__ import annotations

import ssl
import threading
from typing import TYPE_CHECKING, Any

from onrecord.adapters.model_route import MAX_REPLY, ModelFault, is_local

if TYPE_CHECKING:
    from collections.abc import Callable

    from openai import OpenAI

    from onrecord.adapters.model_route import Route
    from onrecord.draft.prompt import Prompt

MAX_TOKENS = 4000
_TRIES_AGAIN = 2  # after 429 and 5xx, when the server says so
_REFUSED = (400, 422)  # llama.cpp for Python says 500 to a format that it does not know, and names it
_INSTALL = "it needs one more package, which this installs: pip install 'onrecord[ai]'"
_LIMITS = ("max_completion_tokens", "max_tokens")  # newer models refuse the second, older servers the first


def ask_openai(route: Route, prompt: Prompt) -> str:
    """Return the text of the answer; raises ModelFault when there is none that is whole."""
    try:
        import openai
    except ImportError as error:
        raise ModelFault(_INSTALL) from error
    try:
        return _within(route.timeout_s, lambda: _text(_complete(route, prompt)))
    except openai.APITimeoutError as error:
        raise ModelFault(f"{route.shown} did not answer within {route.pause_s:g} seconds") from error
    except openai.APIConnectionError as error:
        raise ModelFault(f"{route.shown} could not be reached") from error
    except openai.APIStatusError as error:
        raise ModelFault(f"{route.shown} answered with status {error.status_code}") from error
    except (openai.OpenAIError, ValueError, TypeError, AttributeError) as error:  # an answer of no known shape
        raise ModelFault(f"{route.shown} gave an answer that cannot be read ({type(error).__name__})") from error


def _complete(route: Route, prompt: Prompt) -> Any:
    """Ask, and ask again more plainly while the server says that it does not know a parameter."""
    import openai

    formats, limits = _formats(prompt.schema), list(_LIMITS)[:: -1 if is_local(route.url) else 1]
    messages = [{"role": "system", "content": prompt.rules}, {"role": "user", "content": prompt.matter}]
    with _client(route) as client:
        create: Any = client.chat.completions.create
        while True:
            asked = {"model": route.name, "messages": messages, "extra_body": formats[0] | {limits[0]: MAX_TOKENS}}
            try:
                return create(**asked)
            except openai.APIStatusError as error:
                if error.status_code not in _REFUSED and "response_format" not in str(error):
                    raise
                if limits[0] in str(error) and len(limits) > 1:
                    limits.pop(0)
                elif len(formats) > 1:
                    formats.pop(0)
                else:
                    raise


def _client(route: Route) -> OpenAI:
    import openai

    local, options = is_local(route.url), dict[str, Any]()
    if local and route.url.startswith("http://"):  # no authority is asked, and the list of them takes long to read
        options["verify"] = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    http = openai.DefaultHttpxClient(follow_redirects=False, trust_env=not local, **options)
    client = openai.OpenAI(
        base_url=route.url,
        api_key=route.key,
        default_headers={"Authorization": f"Bearer {route.key}"},  # else a variable of the client's own wins
        timeout=route.pause_s,
        max_retries=_TRIES_AGAIN,
        http_client=http,
    )
    client.organization = client.project = None
    return client


def _formats(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the ways to ask for JSON, the strictest first; with the last one, only the prompt asks for it."""
    strict = {"type": "json_schema", "json_schema": {"name": "reply", "strict": True, "schema": schema}}
    return [{"response_format": strict}, {"response_format": {"type": "json_object", "schema": schema}}, {}]


def _text(answer: Any) -> str:
    choices = getattr(answer, "choices", None)
    if not choices:
        raise ModelFault("the endpoint answered, and not as a model does")
    message, reason = choices[0].message, choices[0].finish_reason
    if message is None or message.refusal:
        raise ModelFault("the model declined to answer")
    if reason != "stop":
        raise ModelFault(f"the answer is not whole (it ended with “{str(reason)[:40]}”)")
    if not isinstance(message.content, str) or not message.content.strip():
        raise ModelFault("the model answered with nothing")
    if len(message.content) > MAX_REPLY:
        raise ModelFault("the model wrote more than an answer can have")
    return message.content


def _within(seconds: float, call: Callable[[], str]) -> str:
    """Return what the call gives, or give up: the client's own limit is for each piece that arrives, and each attempt."""
    got: list[str] = []
    failed: list[Exception] = []

    def run() -> None:
        try:
            got.append(call())
        except Exception as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)  # a hanging one does not keep the process
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not got:
        raise ModelFault(f"there was no answer within {seconds:g} seconds")
    return got[0]
