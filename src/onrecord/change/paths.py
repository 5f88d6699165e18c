"""What kind of file a path names, by its name alone. Paths are POSIX and relative; each question reads them once."""

from __future__ import annotations

import re
from typing import NamedTuple

_TEST_FOLDERS = frozenset(
    ("test", "tests", "testing", "__tests__", "__snapshots__", "__mocks__", "testdata", "test-data", "fixture", "fixtures",
     "e2e", "cypress", "recording", "recordings", "bench", "benches", "benchmark", "benchmarks")
)  # fmt: skip
_SPEC_FOLDERS = frozenset(("spec", "specs"))  # tests in Ruby and JavaScript, contracts elsewhere
_TEST_FOLDER = re.compile(r"(?:(?<=[-_.])(?i:tests?)|Tests?)\Z")
_TEST_NAME = re.compile(
    r"(?:(?i:_test|\.test|\.spec|_spec|-test)\.\w+|[a-z\d]Tests?\.(?:cs|fs|vb|java|kt|groovy|scala|swift|php))\Z"
)
_TEST_START = re.compile(r"(?:test_[^\n]*|conftest)\.py\Z")

_DOC_FOLDERS = frozenset(
    ("doc", "docs", ".change", ".changes", ".changeset", ".chloggen", "changelog.d", "releasenotes")
)
_DOC_SUFFIXES = (".md", ".mdx", ".rst", ".txt", ".adoc", ".png", ".svg", ".jpg", ".jpeg", ".gif", ".webp")
_DOC_NAME = re.compile(
    r"(?:changelog|changes|release[-_]?notes|readme|authors|contributors)(?:\.(?:html?|org|textile|ya?ml|json|xml))?\Z"
)
# They end as documentation does, and decide all the same: what is built, what is needed, what is promised, the license.
_NO_DOC = re.compile(
    r"(?:cmakelists|conanfile|(?:.{0,40}[-_.])?(?:requirements|constraints)(?:[-_.].{0,40})?|publicapi\.(?:un)?shipped)\.txt\Z"
    r"|(?:licen[sc]e|copying)(?:[-_.].{0,40})?\Z"
)

_LOCKS = frozenset(
    ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb", "deno.lock",
     "cargo.lock", "go.sum", "go.work.sum", "poetry.lock", "uv.lock", "pdm.lock", "pipfile.lock", "pixi.lock",
     "gemfile.lock", "composer.lock", "mix.lock", "pubspec.lock", "podfile.lock", "package.resolved",
     "packages.lock.json", "gradle.lockfile", "module.bazel.lock", "flake.lock", ".terraform.lock.hcl")
)  # fmt: skip

_GENERATED_FOLDERS = frozenset(("generated", "__generated__", "vendor", "node_modules", "mock", "mocks"))
_GENERATED = re.compile(
    r"(?:\.pb\.go|_pb2(?:_grpc)?\.pyi?|_gen\.go|\.snap|\.xlf|\.designer\.cs|\.g\.dart|\.freezed\.dart|\.min\.(?:js|css)"
    r"|openapi\.json)\Z|_generated|zz_generated|\.approved\.|\.verified\."
)

_CONTRACT_SUFFIXES = (".proto", ".graphql", ".graphqls", ".avsc", ".thrift", ".sql", ".api")
_CONTRACT_NAMES = ("publicapi.shipped.txt", "publicapi.unshipped.txt", "action.yml", "action.yaml")
_CONTRACT_FOLDERS = frozenset(("migration", "migrations"))
_INTERFACES = {"api": (".go", ".ts", ".proto", ".yml", ".yaml"), "include": (".h", ".hpp")}
_SCHEMA_SUFFIXES = (".json", ".yaml", ".yml", ".graphql", ".sql")
_SPECIFIED = (".proto", ".graphql", ".graphqls", ".avsc", ".thrift", "openapi.yaml", "openapi.yml", "openapi.json",
              "swagger.yaml", "swagger.yml", "swagger.json")  # fmt: skip

_PACKAGES = re.compile(
    r"(?:package\.json|cargo\.toml|go\.mod|pyproject\.toml|setup\.py|pom\.xml|build\.gradle(?:\.kts)?|gemfile|pubspec\.yaml"
    r"|[^\n]+\.csproj|composer\.json|mix\.exs)\Z"
)
_MANIFESTS = re.compile(
    r"(?:setup\.cfg|pipfile|requirements[^\n]*\.(?:txt|in)|directory\.packages\.props|libs\.versions\.toml"
    r"|environment\.ya?ml|conanfile\.(?:py|txt)|vcpkg\.json)\Z"
)


class _Place(NamedTuple):
    """The folders of a path as written and in lower case, and its file name in both."""

    written: tuple[str, ...]
    folders: frozenset[str]
    name: str
    lower: str


def is_test(path: str) -> bool:
    """Tell whether a path is a test, a fixture or a benchmark."""
    place = _place(path)
    return bool(
        place.folders & _TEST_FOLDERS
        or (place.folders & _SPEC_FOLDERS and not place.lower.endswith(_SPECIFIED))
        or any(_TEST_FOLDER.search(folder[-20:]) for folder in place.written)
        or _TEST_NAME.search(place.name[-80:])
        or _TEST_START.match(place.lower)
    )


def is_documentation(path: str) -> bool:
    """Tell whether a path is text for people, a picture or a change log; a license or a list of needs is none."""
    place = _place(path)
    if _NO_DOC.match(place.lower) or place.lower.endswith(_SPECIFIED):
        return False
    return bool(place.lower.endswith(_DOC_SUFFIXES) or place.folders & _DOC_FOLDERS or _DOC_NAME.match(place.lower))


def is_lock_file(path: str) -> bool:
    """Tell whether a path is a list of resolved dependencies."""
    return _place(path).lower in _LOCKS


def is_generated(path: str) -> bool:
    """Tell whether a path is written by a tool, or copied from elsewhere."""
    place = _place(path)
    return bool(
        place.folders & _GENERATED_FOLDERS
        or any(folder.endswith("_generated") for folder in place.folders)
        or _GENERATED.search(place.lower)
    )


def is_contract(path: str) -> bool:
    """Tell whether others build on what a path holds: an interface, a schema, a migration, a public header."""
    place = _place(path)
    name = place.lower
    return bool(
        name.endswith((*_CONTRACT_SUFFIXES, *_CONTRACT_NAMES))
        or "openapi" in path.lower()
        or "swagger" in path.lower()
        or place.folders & _CONTRACT_FOLDERS
        or ("schema" in name and name.endswith(_SCHEMA_SUFFIXES))
        or any(folder in place.folders and name.endswith(ends) for folder, ends in _INTERFACES.items())
    )


def is_package(path: str) -> bool:
    """Tell whether a path declares a package or module of its own."""
    return bool(_PACKAGES.match(_place(path).lower))


def is_manifest(path: str) -> bool:
    """Tell whether a path lists the dependencies that were asked for."""
    return is_package(path) or bool(_MANIFESTS.match(_place(path).lower))


def _place(path: str) -> _Place:
    *folders, name = path.split("/")
    return _Place(tuple(folders), frozenset(folder.lower() for folder in folders), name, name.lower())
