"""GitHub's own description of its REST interface (openapi.json): what is asked and answered has to fit it."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

_DESCRIPTION = json.loads(Path(__file__).with_name("openapi.json").read_text("utf-8"))
_COMPONENTS = _DESCRIPTION["components"]
# What GitHub may answer to anything, whether an operation's description says so or not.
_ANYWHERE = {401, 403, 404, 429}
_ERROR = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/basic-error"}}}}


class Operation(NamedTuple):
    """An operation of the description, such as `issues/create-comment`, with the values found in its path."""

    id: str
    values: dict[str, str]
    spec: dict[str, Any]


@cache
def _routes() -> list[tuple[str, re.Pattern[str], dict[str, Any]]]:
    """Return method, path and operation, those with the most literal text first."""
    found = []
    for path, item in _DESCRIPTION["paths"].items():
        parts = re.split(r"\{(\w+)\}", path)
        pattern = "".join(
            re.escape(part) if at % 2 == 0 else rf"(?P<{part}>{'.+' if part in ('path', 'basehead') else '[^/]+'})"
            for at, part in enumerate(parts)
        )
        literal = sum(len(part) for part in parts[::2])
        found += [(literal, method.upper(), re.compile(pattern), spec) for method, spec in item.items()]
    return [row[1:] for row in sorted(found, key=lambda row: -row[0])]


def match(method: str, path: str) -> Operation | None:
    """Return the operation that a request is for, None when GitHub's description knows none."""
    for verb, pattern, spec in _routes():
        if verb == method and (found := pattern.fullmatch(path)):
            return Operation(spec["operationId"], found.groupdict(), spec)
    return None


def check_request(operation: Operation, query: dict[str, str], body: Any) -> None:
    """Raise AssertionError for a request that GitHub's description does not allow."""
    given = {"path": operation.values, "query": query}
    known = [_resolved(one) for one in operation.spec.get("parameters", [])]
    unknown = set(query) - {one["name"] for one in known if one["in"] == "query"}
    assert not unknown, f"{operation.id}: no such parameters: {sorted(unknown)}"
    for one in known:
        value = given[one["in"]].get(one["name"])
        assert value is not None or not one.get("required"), f"{operation.id}: {one['name']} is missing"
        if value is not None:
            kind = one["schema"].get("type")
            _check(f"{operation.id} {one['name']}", one["schema"], int(value) if kind == "integer" else value)
    wanted = operation.spec.get("requestBody")
    assert wanted or body is None, f"{operation.id} takes no body"
    if wanted and (wanted.get("required") or body is not None):
        _check(f"{operation.id} request", wanted["content"]["application/json"]["schema"], body)


def check_response(operation: Operation, status: int, body: Any) -> None:
    """Raise AssertionError for an answer that GitHub's description does not allow."""
    described = operation.spec["responses"].get(str(status))
    if described is None:
        assert status in _ANYWHERE, f"{operation.id}: GitHub does not answer {status}"
        described = _ERROR
    content = _resolved(described).get("content", {})
    assert bool(content) == (body is not None), f"{operation.id}: {status} with a body too many, or without one"
    if content:
        media = content.get("application/json") or next(iter(content.values()))
        _check(f"{operation.id} {status}", media["schema"], body)


def fill(schema: dict[str, Any], given: Any, base: str) -> Any:
    """Return `given` with everything else that a schema requires; addresses lead to `base`, for GitHub sends many."""
    schema = _resolved(schema)
    if schema.get("type") == "array" and isinstance(given, list):
        return [fill(schema["items"], one, base) for one in given]
    if "allOf" in schema:
        schema = {**schema, **_resolved(schema["allOf"][0])}
    if schema.get("type") == "object" or "properties" in schema:
        known = schema.get("properties", {})
        filled = {name: _made_up(known.get(name, {}), base) for name in schema.get("required", ()) if name not in given}
        for name, value in given.items():
            filled[name] = fill(known[name], value, base) if isinstance(value, dict) and name in known else value
        return filled
    return given


def response_schema(operation: Operation, status: int) -> dict[str, Any]:
    """Return the schema of an answer."""
    schema: dict[str, Any] = operation.spec["responses"][str(status)]["content"]["application/json"]["schema"]
    return schema


def _made_up(schema: dict[str, Any], base: str) -> Any:
    schema = _resolved(schema)
    if schema.get("nullable"):
        return None
    if "enum" in schema:
        return schema["enum"][0]
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return _made_up(schema[several][0], base)
    kind = schema.get("type", "object")
    if kind == "string":
        return {"uri": f"{base}/made-up", "date-time": "2026-10-05T14:20:55Z"}.get(schema.get("format", ""), "made-up")
    if kind == "object":
        return fill(schema, {}, base)
    return {"integer": 1, "number": 1, "boolean": False, "array": []}[kind]


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        _, _, section, name = schema["$ref"].split("/")
        schema = _COMPONENTS[section][name]
    return schema


@cache
def _json_schema_components() -> dict[str, Any]:
    return {"schemas": {name: _as_json_schema(one) for name, one in _COMPONENTS["schemas"].items()}}


def _as_json_schema(node: Any) -> Any:
    """Return OpenAPI 3.0 as JSON Schema: `nullable` is a type of its own, and nothing counts beside a `$ref`."""
    if isinstance(node, list):
        return [_as_json_schema(one) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("$ref"), str):
        return {"$ref": node["$ref"]}
    out = {name: _as_json_schema(one) for name, one in node.items() if name not in ("nullable", "example", "examples")}
    return {"anyOf": [out, {"type": "null"}]} if node.get("nullable") is True else out


_VALIDATORS: dict[int, Draft202012Validator] = {}


def _check(about: str, schema: dict[str, Any], value: Any) -> None:
    """Check against a schema of the description, which never goes away, so that its identity is its name."""
    if id(schema) not in _VALIDATORS:
        whole = {**_as_json_schema(schema), "components": _json_schema_components()}
        _VALIDATORS[id(schema)] = Draft202012Validator(whole)
    errors = [
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}"
        for error in _VALIDATORS[id(schema)].iter_errors(value)
    ]
    assert not errors, f"{about} does not fit GitHub's description: {errors[:3]}"
