"""What a model answered, read tolerantly and believed in nothing: JSON in any wrapping, each part of it by our schema.

Measured: an engine that is held to a grammar still writes raw control characters into strings, and numbers of turns that
are not there (llama.cpp with random weights).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft202012Validator

from onrecord.draft.transcript.clean import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_TRIES = 40  # places where the object could begin
MOST_ITEMS = 40  # of one list


MOST_OF_A_FIELD = 600  # characters


class Said(NamedTuple):
    """A statement as the model gave it, on one line and not verified: `part` is its name in the schema."""

    part: str
    turn: int
    quote: str
    text: str = ""
    who: str = ""


class Reply(NamedTuple):
    """What an answer says, in the order of the schema, and the parts of it that are of another shape."""

    said: tuple[Said, ...]
    left_out: tuple[str, ...] = ()


class ReplyFault(ValueError):
    """The answer holds no object with any of the parts that were asked for."""


def read_reply(answer: str, schema: Mapping[str, Any]) -> Reply:
    """Return the statements of an answer to `draft_prompt`; raises ReplyFault when it holds no JSON object of this kind."""
    parts = [name for name in schema["required"] if name != "noop"]
    value = loads(answer, schema["required"])
    if value.get("noop") is True:
        return Reply(())
    said: list[Said] = []
    bad: list[str] = []
    for part in parts:
        found = value.get(part)
        if found is None:
            continue
        form = schema["properties"][part]
        is_list = form.get("type") == "array"
        kept, wrong = fitting(
            found if is_list else [found], {**(form["items"] if is_list else form), "$defs": schema["$defs"]}
        )
        said += [_said(part, item) for item in kept if item is not None]
        bad += [part] * bool(wrong)
    return Reply(tuple(said), tuple(bad))


def _said(part: str, item: Mapping[str, Any]) -> Said:
    quote, text, who = (one_line(item.get(name) or "", MOST_OF_A_FIELD) for name in ("quote", "text", "who"))
    return Said(part, int(item["turn"]), quote, text, who)


def loads(answer: str, parts: Collection[str]) -> dict[str, Any]:
    """Return the first JSON object in an answer that has one of these parts; raises ReplyFault.

    Fences, prose and thoughts around it are cut, and control characters inside strings are let through.
    """
    text = _THOUGHT.sub("", answer)
    decoder = json.JSONDecoder(strict=False, parse_constant=_no_number)
    for tried, match in enumerate(re.finditer(r"\{", text)):
        if tried == _TRIES:
            break
        try:
            value, _ = decoder.raw_decode(text, match.start())
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and any(part in value for part in parts):
            return value
    raise ReplyFault("the answer holds no JSON of the shape that was asked for")


def fitting(items: Any, schema: Mapping[str, Any]) -> tuple[list[Any], int]:
    """Return those items of a list that fit a schema, and how many do not; what is no list is one that does not."""
    if not isinstance(items, list):
        return [], 1
    judge = Draft202012Validator(dict(schema))
    kept = [item for item in items[:MOST_ITEMS] if judge.is_valid(item)]
    return kept, len(items) - len(kept)


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")
