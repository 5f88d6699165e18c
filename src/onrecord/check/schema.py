"""JSON Schema as policy: every failing node that names a rule (`x-rule`) becomes a hit.

A team's schema may extend ours by `$ref` to our `$id`; its own nodes carry `x-rule`, `x-message`, `x-severity`.
Nothing is ever fetched: a `$ref` leads to one of the schemas given here, or the set-up is wrong.
"""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.check.compiled import Compiler, NotCompiled
from onrecord.check.config import ConfigFault
from onrecord.markdown.pointer import escape_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError


_RULE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_ADDRESS = "urn:onrecord:team"
# A schema that jsonschema knows, or that `verify` refuses.
_NOT_OURS = (NotCompiled, TypeError, AttributeError, re.error)
# Whether a part of these holds is a matter of the node around it, which is what fails.
_ONLY_ASKED = frozenset(("not", "contains", "anyOf", "oneOf", "if", "propertyNames"))
_BY_NAME = frozenset(("properties", "patternProperties", "$defs", "definitions", "dependentSchemas"))
_VALUES = frozenset(("enum", "const", "default", "examples"))
SEVERITIES = ("off", "notice", "warning", "error")


class SchemaHit(NamedTuple):
    """A rule that a schema node names, and where in the facts it failed; the last two are the team's own words."""

    rule: str
    pointer: str
    message: str | None
    severity: str | None


class SchemaFault(Exception):
    """A schema cannot be used: what is wrong, and its place as a JSON pointer."""

    def __init__(self, message: str, pointer: str) -> None:
        """Take a message for people and the place inside the schema."""
        super().__init__(message)
        self.message, self.pointer = message, pointer


class SchemaJudge:
    """One compiled schema. Build it once, judge many records. `rules` are those that it names itself."""

    def __init__(self, schema: Mapping[str, Any], others: Sequence[Mapping[str, Any]] = ()) -> None:
        """Compile `schema`; `others` are the schemas its `$ref`s may lead to, by their `$id`."""
        self._root, self._others = dict(schema), others
        self.rules = frozenset(_marked(self._root))
        try:
            self._failures = Compiler(self._root, others).failures(self._root, self._root)
        except _NOT_OURS:
            self._failures = self._slowly

    @cached_property
    def _resolver(self) -> Any:
        return self._registry.resolver(self._root.get("$id", _NO_ADDRESS))

    @cached_property
    def _registry(self) -> Any:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        resources = [Resource.from_contents(one, DRAFT202012) for one in (self._root, *self._others)]
        registry: Registry[Any] = Registry().with_resources((one.id() or _NO_ADDRESS, one) for one in resources)
        return registry

    @cached_property
    def _validator(self) -> Any:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(self._root, registry=self._registry)

    def content(self) -> str:
        """Return all that the judgement comes from, as text."""
        return json.dumps([self._root, *self._others])

    def verify(self) -> None:
        """Check the schema itself and every reference in it; raises SchemaFault with the place."""
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import SchemaError

        try:
            Draft202012Validator.check_schema(self._root)
        except SchemaError as error:
            raise SchemaFault(error.message, _pointer(error.absolute_path)) from error
        _verify_marks(self._root, "")
        from onrecord.check.references import verify_references

        verify_references(self._root, self._resolver)

    def unheard(self) -> list[str]:
        """Return a line for each rule that can never speak where it stands, with its place as a JSON pointer."""
        return [
            f"{pointer}: the rule “{rule}” never speaks inside of “{word}”; on the node around that, it would"
            for rule, word, pointer in _unheard(self._root, "", "")
        ]

    def judge(self, facts: Mapping[str, Any]) -> list[SchemaHit]:
        """Return the rules that `facts` fail, each place once; a node without a rule is our own shape and is left out.

        Raises ConfigFault where references or parts go deeper than can be followed.
        """
        hits: dict[tuple[str, str], SchemaHit] = {}
        try:
            for node, pointer in self._failures(facts, "") if self._failures else ():
                hit = SchemaHit(str(node["x-rule"]), pointer, node.get("x-message"), node.get("x-severity"))
                hits.setdefault((hit.rule, hit.pointer), hit)
        except RecursionError as error:
            raise ConfigFault("the team's schema is too deep to judge by: its references, or its parts") from error
        return list(hits.values())

    def _slowly(self, facts: Any, _pointer_of_facts: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Yield the same as a compiled schema does, from what jsonschema says."""
        for error in self._validator.iter_errors(facts):
            if (node := self._innermost(error)) is not None:
                yield node, _pointer(error.absolute_path)

    def _innermost(self, error: ValidationError) -> Mapping[str, Any] | None:
        """Walk from the root to the failing node and keep the innermost node that names a rule; None if none does."""
        from onrecord.check.references import follow, inside

        path: list[Any] = [*error.absolute_schema_path, None]
        tried: set[tuple[int, int]] = set()
        ways: list[tuple[Any, Any, int, Mapping[str, Any] | None]] = [(self._root, self._resolver, 0, None)]
        while ways:
            node, resolver, at, named = ways.pop()
            named = node if isinstance(node, dict) and "x-rule" in node else named
            if at >= len(path) - 2 and (node is error.schema or error.schema is False):  # whose own step is left out
                return named
            if not isinstance(node, dict | list) or at == len(path) or (id(node), at) in tried:
                continue
            tried.add((id(node), at))
            if isinstance(node, dict):  # a reference may be a step of the path, or left out
                for word, found in follow(node, resolver):
                    ways.append((found.contents, found.resolver, at + (word == path[at]), named))
            try:
                inner = node[path[at]]
            except (LookupError, TypeError):  # it went another way
                continue
            ways.append((inner, inside(resolver, inner), at + 1, named))
        return None


def _verify_marks(node: Any, pointer: str) -> None:
    """Refuse marks that no report could show: a rule is named like ours, a message is text, a severity a known one."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            _verify_marks(item, f"{pointer}/{i}")
    if not isinstance(node, dict):
        return
    rule, message, severity = node.get("x-rule", "x"), node.get("x-message", ""), node.get("x-severity", "warning")
    if not isinstance(rule, str) or not _RULE_NAME.fullmatch(rule):
        raise SchemaFault(f"x-rule “{rule}” is no name: small letters, digits and hyphens", f"{pointer}/x-rule")
    if not isinstance(message, str):
        raise SchemaFault(f"x-message “{message}” should be text", f"{pointer}/x-message")
    if severity not in SEVERITIES:
        raise SchemaFault(f"x-severity “{severity}” is none of {', '.join(SEVERITIES)}", f"{pointer}/x-severity")
    for key, item in node.items():
        _verify_marks(item, f"{pointer}/{escape_pointer(key)}")


def _unheard(node: Any, pointer: str, word: str) -> Iterator[tuple[str, str, str]]:
    """Yield rules of nodes that are only asked, with the keyword around them (`word`; empty: none) and their place."""
    if isinstance(node, list):
        for i, item in enumerate(node):
            yield from _unheard(item, f"{pointer}/{i}", word)
    if not isinstance(node, dict):
        return
    if word and "x-rule" in node:
        yield str(node["x-rule"]), word, f"{pointer}/x-rule"
    for key, item in node.items():
        at, inner = f"{pointer}/{escape_pointer(key)}", key if key in _ONLY_ASKED else word
        if key in _BY_NAME and isinstance(item, dict):
            for name, one in item.items():
                yield from _unheard(one, f"{at}/{escape_pointer(name)}", word)
        elif key not in _VALUES:
            yield from _unheard(item, at, inner)


def _marked(node: Any) -> Iterator[str]:
    """Yield the rules that a schema's nodes name."""
    if isinstance(node, list):
        for item in node:
            yield from _marked(item)
    elif isinstance(node, dict):
        if "x-rule" in node:
            yield str(node["x-rule"])
        for item in node.values():
            yield from _marked(item)


def _pointer(path: Any) -> str:
    return "".join("/" + escape_pointer(str(token)) for token in path)
