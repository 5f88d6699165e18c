"""JSON Schema as policy: every failing node that names a rule (`x-rule`) becomes a hit.

A team's schema may extend ours by `$ref` to our `$id`; its own nodes carry `x-rule`, `x-message`, `x-severity`.
Nothing is ever fetched: a `$ref` leads to one of the schemas given here, or the set-up is wrong.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord.markdown.pointer import escape_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jsonschema.exceptions import ValidationError


_RULE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
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
        from jsonschema import Draft202012Validator
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        resources = [Resource.from_contents(dict(s), default_specification=DRAFT202012) for s in (schema, *others)]
        registry: Registry[Any] = Registry().with_resources((r.id() or "urn:onrecord:team", r) for r in resources)
        self._root = resources[0].contents
        self.rules = frozenset(_marked(self._root))
        self._resolver = registry.resolver(resources[0].id() or "urn:onrecord:team")
        self._validator = Draft202012Validator(self._root, registry=registry)

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
        for error in self._validator.iter_errors(facts):
            if hit := self._as_hit(error):
                hits.setdefault((hit.rule, hit.pointer), hit)
        return list(hits.values())

    def _as_hit(self, error: ValidationError) -> SchemaHit | None:
        """Walk from the root to the failing node and keep the innermost node that names a rule."""
        node, resolver, named = self._root, self._resolver, None
        for step in error.absolute_schema_path:
            if isinstance(node, dict) and "x-rule" in node:
                named = node
            while isinstance(node, dict) and step not in node and "$ref" in node:  # a path leaves out its `$ref`s
                resolved = resolver.lookup(node["$ref"])
                node, resolver = resolved.contents, resolved.resolver
                named = node if "x-rule" in node else named
            node = node[step]
        if isinstance(node, dict) and "x-rule" in node:
            named = node
        if named is None:
            return None
        return SchemaHit(
            str(named["x-rule"]), _pointer(error.absolute_path), named.get("x-message"), named.get("x-severity")
        )


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
