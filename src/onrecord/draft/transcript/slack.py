"""An export of Slack: messages with ids for people, threads out of order, entities for marks."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from onrecord.draft.transcript.model import Pieces, Problem, Spoken
from onrecord.draft.transcript.names import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPOKEN = ("thread_broadcast", "me_message", "file_share", "file_comment")  # subtypes that a person wrote
_USER = re.compile(r"<@(?P<id>[A-Z0-9]+)(?:\|(?P<name>[^<>]*))?>")
_CHANNEL = re.compile(r"<#[A-Z0-9]+(?:\|(?P<name>[^<>]*))?>")
_SPECIAL = re.compile(r"<!(?P<what>[^<>|]*)(?:\|(?P<shown>[^<>]*))?>")
_LINK = re.compile(r"<(?P<url>(?:https?|mailto|tel):[^<>|]*)(?:\|(?P<shown>[^<>]*))?>")
_TS = re.compile(r"\d{1,12}\.\d{1,9}\Z", re.ASCII)


def messages_of(data: Any) -> list[Any] | None:
    """Return the messages in parsed JSON, None when it is no export of Slack."""
    found = data.get("messages") if isinstance(data, dict) else data
    if not isinstance(found, list):
        return None
    is_slack = any(isinstance(one, dict) and isinstance(one.get("ts"), str) and _TS.match(one["ts"]) for one in found)
    return found if is_slack else None


def read_slack(messages: list[Any], users: Mapping[str, str] | None = None) -> Pieces:
    """Read messages by time, each thread right behind the message that began it; what bots and the channel say is left out."""
    names = {**_names_in(messages), **(users or {})}
    kept: list[tuple[float, float, Spoken]] = []
    problems: list[Problem] = []
    for i, one in enumerate(messages, 1):
        time = _time(one.get("ts")) if isinstance(one, dict) else None
        if time is None or not isinstance(one.get("text", ""), str):
            problems.append(Problem(1, f"message {i} has no time or no text and was left out"))
            continue
        if one.get("bot_id") or (one.get("subtype") and one["subtype"] not in _SPOKEN):
            continue
        user = one.get("user")
        speaker = names.get(user, user) if isinstance(user, str) else None
        thread = _time(one.get("thread_ts")) or time
        kept.append((thread, time, Spoken(name_of(speaker), _shown(one.get("text", ""), names), None, 1)))
    kept.sort(key=lambda entry: entry[:2])
    first = min((time for _, time, _ in kept), default=0.0)
    return Pieces([said._replace(start=round(time - first, 3)) for _, time, said in kept], (), tuple(problems[:20]))


def users_of(data: Any) -> dict[str, str]:
    """Return names by user id from parsed JSON: Slack's own `users.json`, or a plain object of ids and names."""
    if isinstance(data, dict) and isinstance(data.get("members"), list):
        data = data["members"]
    if isinstance(data, dict):
        return {key: value for key, value in data.items() if isinstance(value, str)}
    pairs = (
        ((one.get("id"), _real_name(one)) for one in data if isinstance(one, dict)) if isinstance(data, list) else ()
    )
    return {key: name for key, name in pairs if isinstance(key, str) and name}


def _real_name(user: dict[str, Any]) -> str:
    profile = user.get("profile") if isinstance(user.get("profile"), dict) else user.get("user_profile")
    inside = profile if isinstance(profile, dict) else {}
    said = (user.get("real_name"), inside.get("real_name"), inside.get("display_name"), user.get("name"))
    return next((name for name in said if isinstance(name, str) and name.strip()), "")


def _names_in(messages: list[Any]) -> dict[str, str]:
    """Return the names that newer exports put beside each message."""
    found = (
        (one.get("user"), _real_name({"user_profile": one.get("user_profile")}))
        for one in messages
        if isinstance(one, dict)
    )
    return {user: name for user, name in found if isinstance(user, str) and name}


def _time(said: Any) -> float | None:
    return float(said) if isinstance(said, str) and _TS.match(said) else None


def _shown(text: str, names: Mapping[str, str]) -> str:
    text = _USER.sub(lambda m: names.get(m["id"]) or m["name"] or m["id"], text)
    text = _CHANNEL.sub(lambda m: f"#{m['name']}" if m["name"] else "a channel", text)
    text = _SPECIAL.sub(lambda m: m["shown"] or m["what"].partition("^")[0], text)
    return html.unescape(_LINK.sub(lambda m: m["shown"] or m["url"], text))
