"""A JSON Schema turned into plain functions: what fails where, as jsonschema says it, in less than a tenth of the time.

0.29 ms a record where jsonschema needs 4.2 (docs/decisions/0059).

Only for the keywords that `_KNOWN` names, with the meaning they have in JSON Schema 2020-12; a schema that uses any
other one is left to jsonschema as a whole. `tests/check/test_compiled.py` holds the two against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from onrecord.markdown.pointer import escape_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    Node: TypeAlias = Any  # a schema: an object, true or false
    Marked: TypeAlias = Mapping[str, Any]  # a node with a rule (`x-rule`)
    Failures: TypeAlias = Callable[[Any, str], Iterator[tuple[Marked, str]]]
    Test: TypeAlias = Callable[[Any], bool]

_TYPES: dict[str, Test] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
}
_SAY_NOTHING = {"$schema", "$defs", "$comment", "title", "description", "default"}  # and all that begins with "x-"
_KNOWN = {
    *("$ref", "type", "enum", "const", "minLength", "pattern", "minimum", "minItems", "maxItems", "required", "not"),
    *("properties", "additionalProperties", "items", "contains", "allOf", "anyOf", "oneOf", "if", "then", "else"),
}


class NotCompiled(Exception):
    """A schema uses something that only jsonschema knows."""


class Compiler:
    """Compiles the nodes of one schema, and of those that its `$ref`s lead to by their `$id`."""

    def __init__(self, schema: Node, others: Sequence[Mapping[str, Any]] = ()) -> None:
        """Take the schema that is to judge; `others` are the only ones it may lead to."""
        self._roots: dict[str, Node] = {str(one["$id"]): one for one in (*others, schema) if "$id" in one}
        self._tests: dict[int, Test] = {}
        self._failures: dict[tuple[int, int], Failures] = {}
        self._has_rule: dict[int, bool] = {}

    def failures(self, node: Node, root: Node, marked: Marked | None = None) -> Failures | None:
        """Return what yields, for a value and its pointer, each failing node's rule; None where no rule can fail.

        `marked` is the innermost node with a rule around this one; `root` is the schema that this node is a part of.
        """
        if isinstance(node, bool):
            return None if node or marked is None else _always(marked)
        _verify(node, node is root)
        marked = node if "x-rule" in node else marked
        if marked is None and not self._leads_to_rule(node, root):
            return None
        key = (id(node), id(marked))
        if key not in self._failures:
            parts: list[Failures] = []
            self._failures[key] = lambda value, pointer: (hit for part in parts for hit in part(value, pointer))
            parts += [part for name in node if (part := self._part(name, node, root, marked)) is not None]
        return self._failures[key]

    def _leads_to_rule(self, node: Node, root: Node) -> bool:
        if id(node) not in self._has_rule:
            _verify(node, node is root)  # what is not known may lead to one
            self._has_rule[id(node)] = False  # a circle adds nothing
            self._has_rule[id(node)] = "x-rule" in node or any(
                isinstance(inner, dict) and self._leads_to_rule(inner, home) for inner, home in self._inner(node, root)
            )
        return self._has_rule[id(node)]

    def _inner(self, node: Node, root: Node) -> Iterator[tuple[Node, Node]]:
        """Yield the nodes whose failures are those of this node, each with the schema it is a part of."""
        if "$ref" in node:
            yield self._target(node["$ref"], root)
        for name in ("allOf", "properties"):
            inner = node.get(name, ())
            yield from ((one, root) for one in (inner.values() if isinstance(inner, dict) else inner))
        yield from ((node[name], root) for name in ("items", "additionalProperties", "then", "else") if name in node)

    def _part(self, name: str, node: Node, root: Node, marked: Marked | None) -> Failures | None:
        """Return the failures of one keyword."""
        value = node[name]
        if name == "$ref":
            target, home = self._target(value, root)
            return self.failures(target, home, marked)
        if name == "allOf":
            return _chain([self.failures(one, root, marked) for one in value])
        if name == "properties":
            return _of_members({key: self.failures(one, root, marked) for key, one in value.items()})
        if name == "items":
            return _of_items(self.failures(value, root, marked))
        if name == "additionalProperties" and isinstance(value, dict):
            return _of_others(self.failures(value, root, marked), frozenset(node.get("properties", ())))
        if name == "if":
            sides = [self.failures(node.get(side, True), root, marked) for side in ("then", "else")]
            return _of_sides(self.test(value, root), *sides)
        if marked is None or name in ("then", "else") or name not in _KNOWN:
            return None
        holds, rule = self._assertion(name, node, root), marked
        return lambda value, pointer: iter(() if holds(value) else ((rule, pointer),))

    def test(self, node: Node, root: Node) -> Test:
        """Return what tells whether a value is valid."""
        if isinstance(node, bool):
            return lambda _value: node
        if id(node) not in self._tests:
            _verify(node, node is root)
            tests: list[Test] = []
            self._tests[id(node)] = _all_of(tests)  # for a circle that comes back to it
            tests += [self._assertion(name, node, root) for name in node if name in _KNOWN - {"then", "else"}]
            self._tests[id(node)] = tests[0] if len(tests) == 1 else _all_of(tests)
        return self._tests[id(node)]

    def _assertion(self, name: str, node: Node, root: Node) -> Test:
        value = node[name]
        if name in _SIMPLE:
            return _SIMPLE[name](value)
        if name == "$ref":
            return self.test(*self._target(value, root))
        if name in ("allOf", "anyOf", "oneOf"):
            tests = [self.test(one, root) for one in value]
            if name == "oneOf":
                return lambda value: sum(test(value) for test in tests) == 1
            return _all_of(tests) if name == "allOf" else _any_of(tests)
        if name == "properties":
            return _of_each({key: self.test(one, root) for key, one in value.items()})
        if name == "additionalProperties":
            test, listed = self.test(value, root), frozenset(node.get("properties", ()))
            return lambda value: not isinstance(value, dict) or all(test(value[key]) for key in value.keys() - listed)
        if name == "if":
            test, *sides = (self.test(node.get(side, True), root) for side in ("if", "then", "else"))
            return lambda value: sides[0](value) if test(value) else sides[1](value)
        test = self.test(value, root)
        if name == "not":
            return lambda value: not test(value)
        if name == "items":
            return lambda value: not isinstance(value, list) or all(test(one) for one in value)
        return lambda value: not isinstance(value, list) or any(test(one) for one in value)  # contains

    def _target(self, reference: str, root: Node) -> tuple[Node, Node]:
        address, _, pointer = reference.partition("#")
        beside = f"{str(root.get('$id', '')).rpartition('/')[0]}/{address}"  # a file name is one of the same folder
        home = root if not address else self._roots.get(address if "/" in address else beside)
        node = home
        for token in pointer.split("/")[1:]:
            node = node.get(token) if isinstance(node, dict) else None
        if node is None or "~" in pointer or "%" in pointer or (pointer and pointer[0] != "/"):
            raise NotCompiled(reference)
        return node, home


def _verify(node: Mapping[str, Any], is_root: bool) -> None:
    for name in node:
        if not (name in _KNOWN or name in _SAY_NOTHING or name.startswith("x-") or (name == "$id" and is_root)):
            raise NotCompiled(name)


def _always(marked: Marked) -> Failures:
    return lambda _value, pointer: iter(((marked, pointer),))


def _all_of(tests: Sequence[Test]) -> Test:
    def test(value: Any) -> bool:
        for one in tests:  # noqa: SIM110 - a generator costs more than most of the tests
            if not one(value):
                return False
        return True

    return test


def _any_of(tests: Sequence[Test]) -> Test:
    def test(value: Any) -> bool:
        for one in tests:  # noqa: SIM110 - as above
            if one(value):
                return True
        return False

    return test


def _of_each(members: Mapping[str, Test]) -> Test:
    def test(value: Any) -> bool:
        if isinstance(value, dict):
            for key, one in members.items():
                if key in value and not one(value[key]):
                    return False
        return True

    return test


def _one_of(known: Sequence[Any]) -> Test:
    if not all(one is None or isinstance(one, str | bool) for one in known):
        raise NotCompiled("enum")
    types, values = frozenset(map(type, known)), frozenset(known)
    return lambda value: type(value) in types and value in values


def _typed(names: str | Sequence[str]) -> Test:
    tests = [_TYPES[name] for name in ([names] if isinstance(names, str) else names) if name in _TYPES or _refuse(name)]
    return tests[0] if len(tests) == 1 else _any_of(tests)


def _refuse(name: str) -> bool:
    raise NotCompiled(name)


def _matching(pattern: str) -> Test:
    search = re.compile(pattern).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _required(names: Sequence[str]) -> Test:
    return lambda value: not isinstance(value, dict) or all(name in value for name in names)


_SIMPLE: dict[str, Callable[[Any], Test]] = {
    "type": _typed,
    "enum": _one_of,
    "const": lambda value: _one_of([value]),
    "pattern": _matching,
    "required": _required,
    "minLength": lambda least: lambda value: not isinstance(value, str) or len(value) >= least,
    "minimum": lambda least: lambda value: not _TYPES["integer"](value) or value >= least,
    "minItems": lambda least: lambda value: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda most: lambda value: not isinstance(value, list) or len(value) <= most,
}


def _chain(parts: Sequence[Failures | None]) -> Failures | None:
    known = [part for part in parts if part is not None]
    return (lambda value, pointer: (hit for part in known for hit in part(value, pointer))) if known else None


def _of_members(parts: Mapping[str, Failures | None]) -> Failures | None:
    known = [(key, f"/{escape_pointer(key)}", part) for key, part in parts.items() if part is not None]

    def failures(value: Any, pointer: str) -> Iterator[tuple[Marked, str]]:
        for key, step, part in known if isinstance(value, dict) else ():
            if key in value:
                yield from part(value[key], pointer + step)

    return failures if known else None


def _of_items(part: Failures | None) -> Failures | None:
    def failures(value: Any, pointer: str) -> Iterator[tuple[Marked, str]]:
        for i, one in enumerate(value if isinstance(value, list) else ()):
            yield from part(one, f"{pointer}/{i}")  # type: ignore[misc]

    return failures if part else None


def _of_others(part: Failures | None, listed: frozenset[str]) -> Failures | None:
    def failures(value: Any, pointer: str) -> Iterator[tuple[Marked, str]]:
        for key, one in value.items() if isinstance(value, dict) else ():
            if key not in listed:
                yield from part(one, f"{pointer}/{escape_pointer(key)}")  # type: ignore[misc]

    return failures if part else None


def _of_sides(test: Test, then: Failures | None, otherwise: Failures | None) -> Failures | None:
    def failures(value: Any, pointer: str) -> Iterator[tuple[Marked, str]]:
        side = then if test(value) else otherwise
        if side is not None:
            yield from side(value, pointer)

    return failures if then or otherwise else None
