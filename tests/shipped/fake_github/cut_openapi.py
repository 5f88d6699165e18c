"""Cut the operations listed here out of GitHub's OpenAPI description, with all they refer to.

Usage: cut_openapi.py api.github.com.json openapi.json
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OPERATIONS = {
    *("pulls/list", "pulls/get", "pulls/update", "pulls/list-files", "pulls/list-commits"),
    *("pulls/create-review", "pulls/list-reviews", "pulls/list-review-comments", "pulls/create-review-comment"),
    *("issues/list-comments", "issues/create-comment", "issues/get-comment", "issues/update-comment"),
    *("issues/delete-comment", "issues/list-labels-on-issue", "issues/add-labels", "issues/set-labels"),
    *("issues/list-for-repo", "issues/create", "issues/update"),
    *("issues/remove-label", "checks/create", "checks/update", "repos/create-commit-status"),
    *("code-scanning/upload-sarif", "repos/get-content", "git/get-tree", "rate-limit/get"),
    *("repos/list-pull-requests-associated-with-commit", "repos/compare-commits-with-basehead"),
    "search/issues-and-pull-requests",
}
METHODS = {"get", "put", "post", "patch", "delete"}


def references(node: Any) -> Iterator[str]:
    """Yield every reference inside a part of a description."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def cut(full: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a description; stops the script when an operation is gone."""
    part: dict[str, Any] = {"openapi": full["openapi"], "info": full["info"], "paths": {}, "components": {}}
    missing = set(OPERATIONS)
    for path, item in full["paths"].items():
        for method, operation in item.items():
            if method in METHODS and operation.get("operationId") in OPERATIONS:
                part["paths"].setdefault(path, {})[method] = operation
                missing.discard(operation["operationId"])
    if missing:
        sys.exit(f"not in this description: {sorted(missing)}")
    todo = list(references(part["paths"]))
    while todo:
        head, section, name = todo.pop().removeprefix("#/").split("/")
        if head == "components" and name not in part["components"].get(section, {}):
            part["components"].setdefault(section, {})[name] = full["components"][section][name]
            todo.extend(references(full["components"][section][name]))
    return part


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(json.dumps(cut(json.loads(source.read_text("utf-8"))), separators=(",", ":")), "utf-8")
