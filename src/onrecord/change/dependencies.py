"""Which dependencies a change adds and drops, read from the patches of its manifests. Without a patch nothing is known.

Only lines are read, never a whole file: what a changed line looks like, and the last section that its hunk shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.change.paths import is_documentation, is_generated, is_manifest, is_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.change.model import ChangedFile

_LINE_CHARACTERS = 400
_NAME = r"(?P<name>@?[A-Za-z\d][\w.+/~-]{0,120})"
_KEY = r"\"?(?P<name>[A-Za-z\d][\w-]{0,80})\"?"
_NEEDS = r"\s{0,4}(?:\[[^\]\n]{0,80}\])?\s{0,4}(?:[<>=!~]=|[<>;]|@\s)"  # what follows a name in Python's notation
_JSON = re.compile(
    rf"\s*\"{_NAME}\"\s?:\s?\"(?:[~^<>=v]{{0,2}}\s?\d|\*\"|latest\"|(?:workspace|npm|file|link|portal|catalog|git|github|https?)[:+]|dev-)"
)
_TOML = re.compile(
    rf"{_KEY}(?:\.workspace\s?=\s?true|\s{{0,20}}=\s?(?:\"[~^<>=*]{{0,2}}\s?\d|\"\*\"|\{{[^\n]{{0,120}}\b(?:version|path|git|workspace)\s?=))"
)
_TOML_TABLE = re.compile(rf"\[(?:[\w.'\"()-]{{1,80}}\.)?(?:dev-|build-)?dependencies\.{_KEY}\]")
_QUOTED = re.compile(rf"[\"']{_NAME}{_NEEDS}")  # the only one that may stand on a line more than once
_GRADLE = re.compile(
    r"\s*(?:\w{0,40}(?:[iI]mplementation|[aA]pi|Only|Classpath|[pP]rocessor)|compile|classpath|kapt|ksp)"
    r"[\s(]{1,3}(?:\w{1,20}\()?[\"']?(?P<name>[\w.-]{1,80}:[\w.-]{1,80}|libs\.[\w.]{1,80})"
)
_CONAN = re.compile(r"[^\n]{0,60}?(?<![\w/.])(?P<name>[a-z\d_.+-]{1,60})/\[?[\d<>~^]")
_MSBUILD = re.compile(
    rf"\s*<(?:GlobalPackageReference|PackageReference|PackageVersion)\s[^\n]{{0,80}}?\bInclude=\"{_NAME}\""
)
_REQUIREMENT = re.compile(rf"{_NAME}(?:{_NEEDS}|\s*(?:#[^\n]*)?\Z)")
_BY_NAME = {
    "package.json": (_JSON,),
    "composer.json": (_JSON,),
    "vcpkg.json": (re.compile(rf"\s*(?:\"name\"\s?:\s?)?\"{_NAME}\",?\s*\Z"),),
    "cargo.toml": (_TOML, _TOML_TABLE),
    "pyproject.toml": (_TOML, _TOML_TABLE, _QUOTED),
    "pipfile": (_TOML,),
    "libs.versions.toml": (re.compile(rf"{_KEY}\s{{0,20}}=\s?(?:\{{\s?(?:module|group)\b|\"[\w.-]{{1,80}}:)"),),
    "setup.py": (_QUOTED,),
    "setup.cfg": (re.compile(rf"\s*{_NAME}{_NEEDS}"),),
    "environment.yml": (re.compile(rf"\s{{0,12}}-\s{_NAME}\s?(?:[<>=!~]|\Z)"),),
    "go.mod": (re.compile(rf"\s{{0,8}}(?:require\s)?{_NAME}\sv\d(?![^\n]*(?://\sindirect|=>))"),),
    "pom.xml": (re.compile(rf"\s*<artifactId>\s?{_NAME}\s?</artifactId>"),),
    "build.gradle": (_GRADLE,),
    "gemfile": (re.compile(rf"\s*gem\s?\(?[\"']{_NAME}"),),
    "pubspec.yaml": (re.compile(rf"\s{{2}}{_NAME}:\s{{1,4}}[\"']?(?:[\^<>=]{{0,2}}\d|any\b)"),),
    "mix.exs": (re.compile(rf"\s*\{{:{_NAME},\s(?:\"|git:|github:|path:|in_umbrella:)"),),
    "conanfile.py": (_CONAN,),
    "conanfile.txt": (_CONAN,),
}
_SAME = {"environment.yaml": "environment.yml", "build.gradle.kts": "build.gradle"}
# What looks like a dependency and says what the package is, or what it runs on.
_NO_DEPENDENCY = frozenset(
    ("version", "edition", "rust-version", "resolver", "node", "npm", "yarn", "pnpm", "packagemanager", "python",
     "python-version", "requires-python", "target-version", "minversion", "required-version", "opt-level", "sdk",
     "flutter", "php", "vscode", "pip", "defaults", "conda-forge")
)  # fmt: skip
_WITH_SECTIONS = (".json", ".toml", ".cfg", "pipfile")
_SECTION = re.compile(r"(?:\[{1,2}(?P<toml>[^\]\n]{1,120})\]{1,2}|\s{0,8}\"(?P<json>[\w-]{1,60})\"\s?:\s?\{)\s*\Z")
_LISTS = ("dependenc", "require", "packages", "libraries")


class Dependencies(NamedTuple):
    """Names of dependencies as written, each once, in the order in which they appear."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def read_dependencies(files: tuple[ChangedFile, ...]) -> Dependencies:
    """Return what the change needs now and did not before, and the other way round; a moved or bumped one is neither.

    Manifests that come or go as a whole are left out (a new package is a sign of its own), and so are those of tests,
    documentation and copied code.
    """
    added: dict[str, str] = {}
    removed: dict[str, str] = {}
    for file in files:
        if file.patch and file.status not in ("added", "removed") and is_own_manifest(file.path):
            for mark, name in _named(file.path, file.patch):
                (added if mark == "+" else removed).setdefault(name.casefold().replace("_", "-"), name)
    return Dependencies(
        tuple(name for key, name in added.items() if key not in removed),
        tuple(name for key, name in removed.items() if key not in added),
    )


def is_own_manifest(path: str) -> bool:
    """Tell whether a path lists what the product itself needs."""
    return is_manifest(path) and not (is_test(path) or is_documentation(path) or is_generated(path))


def _named(path: str, patch: str) -> Iterator[tuple[str, str]]:
    """Yield the mark (`+` or `-`) and the name of each dependency on a changed line."""
    name = path.rsplit("/", 1)[-1].lower()
    patterns = _patterns(name)
    elsewhere = False
    for line in patch.split("\n") if patterns else ():
        mark, text = line[:1], line[1:_LINE_CHARACTERS].rstrip("\r")
        section = _SECTION.match(text) if name.endswith(_WITH_SECTIONS) else None
        if mark == "@":
            elsewhere = False
        elif section:
            elsewhere = not _lists_dependencies(section["toml"] or section["json"])
        if mark in ("+", "-") and (not elsewhere or section):
            yield from ((mark, found) for found in _names_on(text, patterns))


def _names_on(text: str, patterns: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(text) if pattern is _QUOTED else (pattern.match(text),):
            if match and match["name"].casefold().replace("_", "-") not in _NO_DEPENDENCY:
                yield match["name"]


def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    if name.endswith((".csproj", "directory.packages.props")):
        return (_MSBUILD,)
    if name.startswith("requirements"):
        return (_REQUIREMENT,)
    return _BY_NAME.get(_SAME.get(name, name), ())


def _lists_dependencies(section: str) -> bool:
    """Tell whether a section lists dependencies; `[dependencies.name]` is one, and its keys are none."""
    name = section.casefold()
    if _TOML_TABLE.match(f"[{section}]"):
        return False
    return any(word in name for word in _LISTS) or name in ("project", "build-system", "options")
