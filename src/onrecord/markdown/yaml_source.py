"""YAML read for its text and its places.

PyYAML's `compose` gives the node tree with marks; the conversion below keeps scalars as the author wrote them, so
that `2024-01-02`, `no`, `0012` and `1.10` stay text. Anchors, aliases and tags are refused: an alias makes one node
appear in many places, and no decision record needs one.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from onrecord.markdown.pointer import escape_pointer

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a PyYAML built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_NODES = 5_000
MAX_DEPTH = 64
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})\Z")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class YamlProblem(NamedTuple):
    """One thing wrong, with its 0-based line inside the YAML text."""

    code: str
    message: str
    line: int


class YamlTree(NamedTuple):
    """A value, the 0-based line of each JSON pointer in it, and what was wrong."""

    value: Any
    lines: dict[str, int]
    problems: list[YamlProblem]


def read_yaml(text: str) -> YamlTree:
    """Read one YAML document; never raises for any text."""
    tree = YamlTree(None, {}, [])
    try:
        _refuse_references(text)
        node = yaml.compose(text, Loader=_Loader)
    except _RefusedError as refused:
        tree.problems.append(YamlProblem("invalid", refused.args[0], refused.args[1]))
        return tree
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        tree.problems.append(_as_problem(error))
        return tree
    try:
        value = None if node is None else _convert(node, "", tree, [0])
    except (_RefusedError, RecursionError) as error:
        message, line = error.args if isinstance(error, _RefusedError) else ("it is nested too deeply", 0)
        tree.problems.append(YamlProblem("invalid", message, line))
        return tree
    return tree._replace(value=value)


class _RefusedError(Exception):
    """The text uses a YAML feature that is not read; args are the message and the 0-based line."""


def _refuse_references(text: str) -> None:
    """Look at the events first where it matters: building nodes recurses, in C without a guard."""
    may_be_deep = text.count("[") + text.count("{") + text.count("- ") + text.count("? ") > MAX_DEPTH
    if not may_be_deep and "&" not in text and "!" not in text and "*" not in text and text.count("\n ") <= MAX_DEPTH:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _RefusedError("it is nested too deeply", event.start_mark.line if event.start_mark else 0)
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(
                "anchors and aliases (& and *) are not read; quote the value if it starts with one", line
            )
        tag = getattr(event, "tag", None)
        if tag and not (isinstance(event, yaml.ScalarEvent) and event.implicit[0]):
            raise _RefusedError("tags (!) are not read; quote the value if it starts with one", line)


def _as_problem(error: Exception) -> YamlProblem:
    opened = "flow" in str(
        getattr(error, "context", "")
    )  # an open bracket: its place says more than where it was missed
    marks = [
        getattr(error, name, None)
        for name in (("context_mark", "problem_mark") if opened else ("problem_mark", "context_mark"))
    ]
    mark = next((m for m in marks if m), None)
    what = getattr(error, "problem", None) or "it is not valid YAML"
    return YamlProblem("invalid", " ".join(str(what).split()), mark.line if mark else 0)


def _convert(node: yaml.Node, pointer: str, tree: YamlTree, count: list[int]) -> Any:
    count[0] += 1
    if count[0] > MAX_NODES:
        raise _RefusedError(f"it has more than {MAX_NODES} values", node.start_mark.line)
    tree.lines[pointer] = node.start_mark.line
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(child, f"{pointer}/{i}", tree, count) for i, child in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        words = _braced_words(node)
        return _mapping(node, pointer, tree, count) if words is None else "{" + words + "}"
    return None


def _mapping(node: yaml.MappingNode, pointer: str, tree: YamlTree, count: list[int]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode):
            tree.problems.append(YamlProblem("invalid", "a key is a list or a mapping", line))
            continue
        key = str(key_node.value)
        if key in out:
            tree.problems.append(YamlProblem("key-repeated", f"the key `{key}` stands there twice", line))
            continue
        out[key] = _convert(value_node, f"{pointer}/{escape_pointer(key)}", tree, count)
    return out


def _braced_words(node: yaml.MappingNode) -> str | None:
    """Return the text of `{proposed | accepted}` or `{a, b}`: YAML sees a mapping of keys without values."""
    if not node.flow_style or not node.value:
        return None
    if any(not isinstance(k, yaml.ScalarNode) or not isinstance(v, yaml.ScalarNode) or v.value for k, v in node.value):
        return None
    return ", ".join(str(key.value) for key, _ in node.value)


def _scalar(node: yaml.ScalarNode) -> Any:
    text = str(node.value)
    if node.style:  # None for a plain scalar in Python, "" in libyaml
        return text
    if text.lower() in _WORDS and (text.islower() or text in ("", "~")):
        return _WORDS[text.lower()]
    return int(text) if _INTEGER.match(text) else text
