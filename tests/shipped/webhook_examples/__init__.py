"""GitHub's published examples of webhook events, and its own schemas for them (README.md)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_HERE = Path(__file__).parent


def examples(event: str) -> list[dict[str, Any]]:
    """Return GitHub's examples of `pull_request`, `merge_group` or `workflow_run`, each whole and nobody else's."""
    stored = _stored("examples.json")

    def whole(node: Any) -> Any:
        if isinstance(node, list):
            return [whole(part) for part in node]
        if not isinstance(node, dict):
            return node
        if node.keys() == {"$shared"}:
            return whole(stored["shared"][node["$shared"]])
        return {key: whole(value) for key, value in node.items()}

    return [whole(example) for example in stored["examples"][event]]


def faults(event: str, payload: Any) -> list[str]:
    """Return what GitHub's schema of an event, such as `pull-request-edited`, finds wrong in a payload: path, message."""
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in _validator(event).iter_errors(payload)]


def unknown(event: str, payload: dict[str, Any]) -> list[str]:
    """Return the keys of a payload, as paths, that GitHub's schema of the event does not know."""
    found: list[str] = []
    _unknown(payload, [_schemas()[f"webhook-{event}"]], "", found)
    return found


def _unknown(node: Any, schemas: list[dict[str, Any]], at: str, found: list[str]) -> None:
    known = [part for schema in schemas for part in _branches(schema)]
    if isinstance(node, list):
        for row in node:
            _unknown(row, [part["items"] for part in known if "items" in part], f"{at}[]", found)
    elif isinstance(node, dict) and any("properties" in part for part in known):
        for key, value in node.items():
            inner = [part["properties"][key] for part in known if key in part.get("properties", {})]
            if inner:
                _unknown(value, inner, f"{at}.{key}", found)
            else:
                found.append(f"{at}.{key}")


def _branches(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a schema and all that it refers to or is made of."""
    if "$ref" in schema:
        return _branches(_schemas()[schema["$ref"].rsplit("/", 1)[1]])
    inner = [part for word in ("allOf", "anyOf", "oneOf") for part in schema.get(word, ())]
    return [schema, *(found for part in inner for found in _branches(part))]


@cache
def _validator(event: str) -> Draft202012Validator:
    whole = {"components": {"schemas": _schemas()}}
    registry = Registry().with_resource("github:", Resource(whole, DRAFT202012))
    return Draft202012Validator({"$ref": f"github:#/components/schemas/webhook-{event}"}, registry=registry)


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = _stored("schemas.json")["components"]["schemas"]
    return found


@cache
def _stored(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((_HERE / name).read_text("utf-8"))
    return loaded
