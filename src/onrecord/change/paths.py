"""What kind of file a path names, by its name alone."""

from __future__ import annotations

import re

_TEST = re.compile(
    r"(?:^|/)(?:tests?|testing|__tests__|spec|specs|testdata|fixtures?|e2e|recordings?|benches|bench|benchmarks?)(?:/|$)|(?:_test|\.test|\.spec|_spec|-test)\.\w+$|(?:^|/)test_[^/]*\.py$|Tests?/",
    re.IGNORECASE,
)
_DOC = re.compile(
    r"\.(?:md|mdx|rst|txt|adoc|png|svg|jpg|gif)$|(?:^|/)docs?/|CHANGELOG|\.changes?/|releasenotes|\.chloggen|\.changeset|changelog\.d",
    re.IGNORECASE,
)
_LOCK = re.compile(
    r"(?:package-lock\.json|yarn\.lock|pnpm-lock\.yaml|Cargo\.lock|go\.sum|poetry\.lock|uv\.lock|Gemfile\.lock|flake\.lock)$"
)


def is_test(path: str) -> bool:
    """Tell whether a path is a test, a fixture or a benchmark."""
    return bool(_TEST.search(path))


def is_documentation(path: str) -> bool:
    """Tell whether a path is text for people, a picture or a change log."""
    return bool(_DOC.search(path))


def is_lock_file(path: str) -> bool:
    """Tell whether a path is a list of resolved dependencies."""
    return bool(_LOCK.search(path))
