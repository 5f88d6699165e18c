"""Which model is asked, and through which door: the user's environment says so, nothing in a repository can.

A configuration is part of a repository, and so of a clone of somebody else's: it could name a program to run, or a host
that gets the text. So no file is read here. Without a route the model is off, and every verb gives what it gives without.
"""

from __future__ import annotations

import ipaddress
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onrecord.draft.prompt import Prompt

URL, NAME, KEY, COMMAND = "ONRECORD_MODEL_URL", "ONRECORD_MODEL_NAME", "ONRECORD_MODEL_KEY", "ONRECORD_MODEL_COMMAND"
_OPENAI, _OPENAI_KEY = "api.openai.com", "OPENAI_API_KEY"  # that key goes to the host it was made for, and to no other
_NO_KEY = "not-needed"  # the client refuses to start without one
MAX_REPLY = 1_000_000  # characters
REMOTE_S, LOCAL_S = 60.0, 600.0  # a model on the machine's own processor is slow


class ModelFault(Exception):
    """The model was not asked, or gave nothing that can be used; the message is one line for people."""


class Route(NamedTuple):
    """A door to a model: an endpoint (`url`, `key`, `name`), or a program with its arguments (`command`).

    `timeout_s` is for the whole answer, all attempts included, `pause_s` for one attempt.
    """

    command: tuple[str, ...] = ()
    url: str = ""
    key: str = ""
    name: str = ""
    pause_s: float = REMOTE_S
    timeout_s: float = 2 * REMOTE_S

    @property
    def shown(self) -> str:
        """Return where the text goes, in words: “NAME at HOST”, or the program."""
        return f"“{Path(self.command[0]).name}”" if self.command else f"{self.name} at {urlsplit(self.url).netloc}"


def find_route(environment: Mapping[str, str]) -> Route:
    """Return the route that the environment names; raises ModelFault, also on a change from elsewhere in the Action."""
    if environment.get("GITHUB_ACTIONS") == "true" and not _is_trusted(environment):
        raise ModelFault("this run is about a change from a fork, and no model is asked about those")
    url, command = environment.get(URL, "").strip(), environment.get(COMMAND, "").strip()
    if url and command:
        raise ModelFault(f"{URL} and {COMMAND} are both set, and only one of them can be followed")
    if command:
        return Route(_words(command), timeout_s=LOCAL_S)
    if not url:
        raise ModelFault(f"{URL} or {COMMAND} tells which one, and neither is set")
    return _endpoint(url, environment)


def ask(route: Route, prompt: Prompt) -> str:
    """Return what the model answers, as text of at most MAX_REPLY characters; raises ModelFault."""
    if route.command:
        from onrecord.adapters.model_command import ask_command

        return ask_command(route, prompt)
    from onrecord.adapters.model_openai import ask_openai

    return ask_openai(route, prompt)


def is_local(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _endpoint(url: str, environment: Mapping[str, str]) -> Route:
    local = _verified(url)
    name = environment.get(NAME, "").strip()
    if not name:
        raise ModelFault(f"{NAME} tells which model is meant, and is not set")
    key = environment.get(KEY, "").strip()
    if not key and urlsplit(url).hostname == _OPENAI:
        key = environment.get(_OPENAI_KEY, "").strip()
    if not key and not local:
        raise ModelFault(f"there is no key: {KEY} is not set")
    if not (key.isascii() and key.isprintable()):
        raise ModelFault(f"{KEY} holds characters that no key has")
    pause = LOCAL_S if local else REMOTE_S
    return Route((), url, key or _NO_KEY, name, pause, pause if local else 2 * pause)


def _verified(url: str) -> bool:
    """Tell whether an address is local; raises ModelFault for one that nothing is sent to."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise ModelFault(f"{URL} is no address: {error}") from error
    local = is_local(url)
    if not parts.hostname or parts.scheme not in ("https", "http"):
        raise ModelFault(f"{URL} is no address of the web: it begins with https://")
    if parts.scheme == "http" and not local:
        raise ModelFault(f"{URL} begins with http://, and only this machine is asked without encryption")
    if parts.username is not None or parts.password is not None:
        raise ModelFault(f"{URL} holds a name or password; the key belongs into {KEY}")
    return local


def _words(command: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(command))
    except ValueError as error:
        raise ModelFault(f"{COMMAND} cannot be taken apart: {error}") from error


def _is_trusted(environment: Mapping[str, str]) -> bool:
    from onrecord.adapters.event import read_occasion
    from onrecord.check import ConfigFault

    path = environment.get("GITHUB_EVENT_PATH")
    try:
        return read_occasion(environment.get("GITHUB_EVENT_NAME", ""), Path(path) if path else None).is_trusted
    except ConfigFault:
        return False  # what cannot be told is not trusted
