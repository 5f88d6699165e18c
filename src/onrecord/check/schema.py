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
from onrecord.markdown.pointer import escape_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError


_RULE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_ADDRESS = "urn:onrecord:team"
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
        except (
            NotCompiled,
            TypeError,
            AttributeError,
            re.error,
        ):  # one that jsonschema knows, or that `verify` refuses
            self._failures = self._slowly

    @cached_property
    def _resolver(self) -> Any:
        return self._registry.resolver(self._root.get("$id", _NO_ADDRESS))

    @cached_property
    def _registry(self) -> Any:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        resources = [Resource.from_contents(dict(one), DRAFT202012) for one in (self._root, *self._others)]
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
        """Check the schema itself and every `$ref` in it; raises SchemaFault with the place."""
        from jsonschema.exceptions import SchemaError

        try:
            self._validator.check_schema(self._root)
        except SchemaError as error:
            raise SchemaFault(error.message, _pointer(error.absolute_path)) from error
        self._verify_node(self._root, "", set())

    def _verify_node(self, node: Any, pointer: str, seen: set[str]) -> None:
        if isinstance(node, list):
            for i, item in enumerate(node):
                self._verify_node(item, f"{pointer}/{i}", seen)
        elif isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference not in seen:
                seen.add(reference)
                self._verify_reference(reference, f"{pointer}/$ref")
            _verify_marks(node, pointer)
            for key, item in node.items():
                self._verify_node(item, f"{pointer}/{escape_pointer(key)}", seen)

    def _verify_reference(self, reference: str, pointer: str) -> None:
        from referencing.exceptions import Unresolvable

        try:
            self._resolver.lookup(reference)
        except Unresolvable as error:
            message = f"the reference {reference} leads nowhere; nothing is fetched from the network"
            raise SchemaFault(message, pointer) from error

    def judge(self, facts: Mapping[str, Any]) -> list[SchemaHit]:
        """Return the rules that `facts` fail, each place once; a node without a rule is our own shape and is left out."""
        hits: dict[tuple[str, str], SchemaHit] = {}
        for node, pointer in self._failures(facts, "") if self._failures else ():
            hit = SchemaHit(str(node["x-rule"]), pointer, node.get("x-message"), node.get("x-severity"))
            hits.setdefault((hit.rule, hit.pointer), hit)
        return list(hits.values())

    def _slowly(self, facts: Any, _pointer_of_facts: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Yield the same as a compiled schema does, from what jsonschema says."""
        for error in self._validator.iter_errors(facts):
            if (node := self._innermost(error)) is not None:
                yield node, _pointer(error.absolute_path)

    def _innermost(self, error: ValidationError) -> Mapping[str, Any] | None:
        """Walk from the root to the failing node and keep the innermost node that names a rule."""
        node: Any = self._root
        resolver, named = self._resolver, None
        for step in error.absolute_schema_path:
            if isinstance(node, dict) and "x-rule" in node:
                named = node
            while isinstance(node, dict) and step not in node and "$ref" in node:  # a path leaves out its `$ref`s
                resolved = resolver.lookup(node["$ref"])
                node, resolver = resolved.contents, resolved.resolver
                named = node if "x-rule" in node else named
            node = node[step]
        return node if isinstance(node, dict) and "x-rule" in node else named


def _verify_marks(node: Mapping[str, Any], pointer: str) -> None:
    """Refuse marks that no report could show: a rule is named like ours, a message is text, a severity a known one."""
    rule, message, severity = node.get("x-rule", "x"), node.get("x-message", ""), node.get("x-severity", "warning")
    if not isinstance(rule, str) or not _RULE_NAME.fullmatch(rule):
        raise SchemaFault(f"x-rule “{rule}” is no name: small letters, digits and hyphens", f"{pointer}/x-rule")
    if not isinstance(message, str):
        raise SchemaFault(f"x-message “{message}” should be text", f"{pointer}/x-message")
    if severity not in SEVERITIES:
        raise SchemaFault(f"x-severity “{severity}” is none of {', '.join(SEVERITIES)}", f"{pointer}/x-severity")


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
