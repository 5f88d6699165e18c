"""Where the references of a team's schema lead: somewhere that is there, and not back to where they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from onrecord.check.schema import SchemaFault
from onrecord.markdown.pointer import escape_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = ("$ref", "$dynamicRef")
_FOR_THE_SAME = ("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas")  # value, no part of it


class _Place(NamedTuple):
    """A node of the schema, its JSON pointer, and what finds its references: `referencing.Resolver`."""

    node: dict[str, Any]
    pointer: str
    resolver: Any


class _Step(NamedTuple):
    """A node that judges the same value as the one before it; `reference` is the place of the reference to it, or empty."""

    node: Any
    reference: str


def verify_references(root: dict[str, Any], resolver: Any) -> None:
    """Follow every reference of a schema; raises SchemaFault with the place."""
    places = {id(place.node): place for place in _places(root, "", resolver)}
    named: dict[str, list[dict[str, Any]]] = {}
    for node, pointer, _ in places.values():
        if isinstance(name := node.get("$dynamicAnchor"), str):
            named.setdefault(name, []).append(node)
        if isinstance(node.get("$recursiveRef"), str):
            message = "$recursiveRef is unknown to JSON Schema 2020-12, by which this is read; it says $dynamicRef"
            raise SchemaFault(message, f"{pointer}/$recursiveRef")
    steps = {key: list(_steps(place, named)) for key, place in places.items()}
    _verify_ends(steps)


def inside(resolver: Any, node: Any) -> Any:
    """Return what finds the references of a part: one with an address of its own is where they start from."""
    is_apart = isinstance(node, dict) and isinstance(node.get("$id"), str)
    return resolver.in_subresource(DRAFT202012.create_resource(node)) if is_apart else resolver


def _places(node: Any, pointer: str, resolver: Any) -> Iterator[_Place]:
    if isinstance(node, dict):
        yield _Place(node, pointer, resolver)
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, item in items:
        yield from _places(item, f"{pointer}/{escape_pointer(str(key))}", inside(resolver, item))


def follow(node: dict[str, Any], resolver: Any) -> Iterator[tuple[str, Any]]:
    """Yield each kind of reference of a node, and what it leads to (`referencing.Resolved`); raises Unresolvable."""
    yield from ((word, resolver.lookup(node[word])) for word in _WORDS if isinstance(node.get(word), str))


def _steps(place: _Place, named: dict[str, list[dict[str, Any]]]) -> Iterator[_Step]:
    node, pointer, resolver = place
    for word in _WORDS:
        if isinstance(reference := node.get(word), str):
            at = f"{pointer}/{word}"
            yield _Step(_target(reference, resolver, at), at)
            if word == "$dynamicRef":  # any anchor of that name may be meant, as the way to it was
                yield from (_Step(one, at) for one in named.get(reference.rpartition("#")[2], ()))
    for word in _FOR_THE_SAME:
        inner = node.get(word)
        if word == "dependentSchemas" and isinstance(inner, dict):
            inner = list(inner.values())
        yield from (_Step(one, "") for one in (inner if isinstance(inner, list) else [inner]))


def _target(reference: str, resolver: Any, pointer: str) -> Any:
    try:
        return resolver.lookup(reference).contents
    except Unresolvable as error:
        message = f"the reference {reference} leads nowhere; nothing is fetched from the network"
        raise SchemaFault(message, pointer) from error


def _verify_ends(steps: dict[int, list[_Step]]) -> None:
    """Refuse a circle of nodes that all judge the same value. One through a member or an item ends where the value does."""
    done: set[int] = set()
    for start in steps:
        way = {} if start in done else {start: ("", iter(steps[start]))}  # from each node to the next, in order
        while way:
            key, (_, left) = next(reversed(way.items()))
            step = next(left, None)
            if step is None:
                done.add(key)
                way.popitem()
            elif (onto := id(step.node)) in way:
                references = [*(at for at, _ in way.values()), step.reference]
                message = "this leads back to where it came from, for the same value: it would be judged without end"
                raise SchemaFault(message, next(at for at in reversed(references) if at))  # no circle is without one
            elif onto in steps and onto not in done:
                way[onto] = (step.reference, iter(steps[onto]))
