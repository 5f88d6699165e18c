"""Cut the events named here out of GitHub's published webhook examples, and their schemas out of its description.

Usage: cut_examples.py examples index.json examples.json
       cut_examples.py schemas api.github.com.json schemas.json

No example loses anything: objects that occur again and again (users, repositories) are stored once, and referred to.
Schemas lose only what is for readers: titles, descriptions, examples.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

EVENTS = ("pull_request", "merge_group", "workflow_run")
SCHEMAS = (
    *("pull-request-opened", "pull-request-edited", "pull-request-synchronize"),
    *("merge-group-checks-requested", "workflow-run-completed"),
)
SHARED_FROM = 300  # characters of JSON
FOR_READERS = ("title", "description", "example", "examples", "externalDocs")


def cut_examples(full: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the examples by event, and what several of them have in common."""
    chosen = {event["name"]: event["examples"] for event in full if event["name"] in EVENTS}
    assert set(chosen) == set(EVENTS)
    times = Counter(text(part) for part in objects(chosen))
    names: dict[str, int] = {}

    def shared(node: Any) -> Any:
        """Return a node with every object that occurs again replaced by its number."""
        if isinstance(node, list):
            return [shared(part) for part in node]
        if not isinstance(node, dict):
            return node
        whole = text(node)
        if len(whole) < SHARED_FROM or times[whole] < 2:
            return {key: shared(value) for key, value in node.items()}
        return {"$shared": names.setdefault(whole, len(names))}

    examples = shared(chosen)
    parts: list[Any] = []
    while len(parts) < len(names):  # what is shared may share parts itself
        node = json.loads(list(names)[len(parts)])
        parts.append({key: shared(value) for key, value in node.items()})
    return {"shared": parts, "examples": examples}


def cut_schemas(full: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas and all they refer to, by name."""
    part: dict[str, Any] = {}
    todo = [f"#/components/schemas/webhook-{name}" for name in SCHEMAS]
    while todo:
        name = todo.pop().removeprefix("#/components/schemas/")
        if name not in part:
            part[name] = without_words(full["components"]["schemas"][name])
            todo += [node["$ref"] for node in objects(part[name]) if isinstance(node.get("$ref"), str)]
    return {"components": {"schemas": part}}


def without_words(node: Any, named: bool = False) -> Any:
    """Return a schema without what is for readers; `named` tells that the keys of this object are names of properties."""
    if isinstance(node, list):
        return [without_words(part) for part in node]
    if not isinstance(node, dict):
        return node
    kept = {key: value for key, value in node.items() if named or key not in FOR_READERS}
    return {key: without_words(value, key == "properties" and not named) for key, value in kept.items()}


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside a part of a document."""
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from objects(part)


def text(node: Any) -> str:
    """Return JSON as short as it gets."""
    return json.dumps(node, separators=(",", ":"), ensure_ascii=False)


if __name__ == "__main__":
    what, source, target = sys.argv[1:]
    cut = {"examples": cut_examples, "schemas": cut_schemas}[what]
    Path(target).write_text(text(cut(json.loads(Path(source).read_text("utf-8")))) + "\n", "utf-8")
