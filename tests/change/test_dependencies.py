"""Which dependencies a patch of a manifest adds and drops."""

from __future__ import annotations

import time

import pytest

from onrecord.change import ChangedFile
from onrecord.change.dependencies import read_dependencies


def read(path: str, *lines: str, status: str = "modified") -> tuple[tuple[str, ...], tuple[str, ...]]:
    patch = "\n".join(("@@ -1,4 +1,5 @@", *lines))
    found = read_dependencies((ChangedFile(path, status, patch=patch),))
    return found.added, found.removed


@pytest.mark.parametrize(
    ("path", "line", "name"),
    [
        ("package.json", '    "left-pad": "^1.3.0",', "left-pad"),
        ("web/package.json", '    "@acme/ui": "workspace:*",', "@acme/ui"),
        ("package.json", '    "left-pad": "github:acme/left-pad",', "left-pad"),
        ("composer.json", '        "acme/shop": "^2.0"', "acme/shop"),
        ("vcpkg.json", '    "fmt",', "fmt"),
        ("Cargo.toml", 'serde = "1.0"', "serde"),
        ("Cargo.toml", 'serde = { version = "1", features = ["derive"] }', "serde"),
        ("Cargo.toml", 'serde = { git = "https://example.com/serde" }', "serde"),
        ("Cargo.toml", "serde.workspace = true", "serde"),
        ("Cargo.toml", "[dependencies.serde]", "serde"),
        ("Cargo.toml", "[target.'cfg(unix)'.dev-dependencies.serde]", "serde"),
        ("pyproject.toml", '    "httpx>=0.27",', "httpx"),
        ("pyproject.toml", 'dependencies = ["httpx[http2] ~= 0.27"]', "httpx"),
        ("pyproject.toml", 'httpx = "^0.27"', "httpx"),
        ("Pipfile", 'httpx = "*"', "httpx"),
        ("setup.py", '    install_requires=["httpx>=0.27"],', "httpx"),
        ("setup.cfg", "    httpx>=0.27", "httpx"),
        ("requirements.txt", "httpx==0.27.0", "httpx"),
        ("requirements-dev.txt", "httpx", "httpx"),
        ("requirements.in", "httpx  # for the gateway", "httpx"),
        ("requirements.txt", "httpx @ https://example.com/httpx.tgz", "httpx"),
        ("environment.yml", "  - numpy=1.26", "numpy"),
        ("environment.yaml", "  - numpy", "numpy"),
        ("go.mod", "\texample.com/acme/shop v1.2.3", "example.com/acme/shop"),
        ("go.mod", "require example.com/acme/shop v1.2.3", "example.com/acme/shop"),
        ("pom.xml", "      <artifactId>shop-core</artifactId>", "shop-core"),
        ("build.gradle", "    implementation 'com.acme:shop:1.2'", "com.acme:shop"),
        ("build.gradle.kts", '    testImplementation(platform("com.acme:shop:1.2"))', "com.acme:shop"),
        ("build.gradle.kts", "    api(libs.acme.shop)", "libs.acme.shop"),
        ("gradle/libs.versions.toml", 'shop = { module = "com.acme:shop", version.ref = "shop" }', "shop"),
        ("Gemfile", "gem 'sidekiq', '~> 7'", "sidekiq"),
        ("pubspec.yaml", "  http: ^1.2.0", "http"),
        ("src/Acme.csproj", '    <PackageReference Include="Acme.Shop" Version="1.2.0" />', "Acme.Shop"),
        ("Directory.Packages.props", '    <PackageVersion Include="Acme.Shop" Version="1.2.0" />', "Acme.Shop"),
        ("mix.exs", '      {:oban, "~> 2.17"},', "oban"),
        ("conanfile.py", '        self.requires("zlib/1.3")', "zlib"),
        ("conanfile.txt", "zlib/1.3", "zlib"),
    ],
)
def test_a_line_that_comes_or_goes(path: str, line: str, name: str) -> None:
    assert read(path, f"+{line}") == ((name,), ())
    assert read(path, f"-{line}") == ((), (name,))
    assert read(path, f" {line}") == ((), ())
    assert read(path, f"+{line}\r") == ((name,), ())


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("package.json", '  "version": "1.2.3",'),
        ("package.json", '    "node": ">=20"'),
        ("package.json", '    "build": "tsc -p ."'),
        ("package.json", '  "name": "shop",'),
        ("Cargo.toml", 'version = "1.2.3"'),
        ("Cargo.toml", 'edition = "2024"'),
        ("Cargo.toml", "edition.workspace.x = true"),
        ("Cargo.toml", 'lto = "thin"'),
        ("Cargo.toml", "optional = true"),
        ("Cargo.toml", 'rust-version = "1.80"'),
        ("pyproject.toml", 'requires-python = ">=3.11"'),
        ("pyproject.toml", 'target-version = "py311"'),
        ("pyproject.toml", 'select = ["E", "F"]'),
        ("pyproject.toml", '  "Programming Language :: Python :: 3",'),
        ("setup.cfg", "python_requires = >=3.11"),
        ("requirements.txt", "-r base.txt"),
        ("requirements.txt", "# httpx==1"),
        ("requirements.txt", "    --hash=sha256:00"),
        ("go.mod", "go 1.22"),
        ("go.mod", "module example.com/acme"),
        ("go.mod", "\texample.com/acme/shop v1.2.3 // indirect"),
        ("go.mod", "\texample.com/acme/shop v1.2.3 => ../shop"),
        ("pubspec.yaml", "version: 1.2.3"),
        ("pubspec.yaml", "  sdk: ^3.4.0"),
        ("environment.yml", "  - python=3.12"),
        ("environment.yml", "  - conda-forge"),
        ("mix.exs", "    {:ok, value}"),
        ("src/a.py", "httpx==0.27"),
        ("tests/fixtures/package.json", '    "left-pad": "^1.3.0",'),
        ("node_modules/x/package.json", '    "left-pad": "^1.3.0",'),
    ],
)
def test_a_line_that_is_no_dependency(path: str, line: str) -> None:
    assert read(path, f"+{line}") == ((), ())


def test_a_bump_and_a_move_are_neither() -> None:
    assert read("package.json", '-    "left-pad": "^1.3.0",', '+    "left-pad": "^2.0.0",') == ((), ())
    moved = (
        ChangedFile("a/requirements.txt", patch="@@ -1 +0,0 @@\n-Typing_Extensions==4"),
        ChangedFile("b/requirements.txt", patch="@@ -0,0 +1 @@\n+typing-extensions==4"),
    )
    assert read_dependencies(moved) == ((), ())


@pytest.mark.parametrize(
    ("path", "lines", "added"),
    [
        ("Cargo.toml", (" [profile.release]", '+strip = "1"'), ()),
        ("Cargo.toml", (" [workspace.dependencies]", '+serde = "1"'), ("serde",)),
        ("Cargo.toml", ("+[dependencies.serde]", '+version = "1"', '+package = "1x"'), ("serde",)),
        ("package.json", ('   "scripts": {', '+    "x": "1 2",'), ()),
        ("package.json", ('   "scripts": {', "   },", '   "dependencies": {', '+    "x": "1.2",'), ("x",)),
        ("composer.json", ('     "config": {', "     },", '     "require-dev": {', '+        "a/x": "1.2"'), ("a/x",)),
        ("package.json", ('   "engines": {', "@@ -20,3 +20,4 @@", '+    "x": "1.2",'), ("x",)),
        ("pyproject.toml", (" [tool.pytest.ini_options]", '+asyncio = "8"'), ()),
        ("pyproject.toml", (" [project]", '+dependencies = ["httpx>=1", "rich>=13"]'), ("httpx", "rich")),
    ],
)
def test_the_section_of_a_hunk_counts(path: str, lines: tuple[str, ...], added: tuple[str, ...]) -> None:
    assert read(path, *lines)[0] == added


@pytest.mark.parametrize("status", ["added", "removed"])
def test_a_manifest_that_comes_or_goes_as_a_whole_is_left_out(status: str) -> None:
    assert read("package.json", '+    "left-pad": "^1.3.0",', status=status) == ((), ())


def test_without_a_patch_nothing_is_known() -> None:
    assert read_dependencies((ChangedFile("package.json"), ChangedFile("go.mod", patch=""))) == ((), ())


PIECES = [
    '"a": ',
    "a-",
    "[",
    "a.dependencies.",
    "require ",
    "{:",
    "a/",
    "<PackageReference Include=",
    "gem '",
    " ",
    "a = {",
    "\t",
]


@pytest.mark.parametrize("path", ["package.json", "Cargo.toml", "pyproject.toml", "setup.py", "go.mod", "pom.xml", "conanfile.py",
                                  "build.gradle", "requirements.txt", "x.csproj", "libs.versions.toml", "environment.yml"])  # fmt: skip
def test_a_patch_of_64_kilobytes_takes_no_time(path: str) -> None:
    start = time.process_time()
    for piece in PIECES:
        read(path, "+" + piece * (64_000 // len(piece)))
        read(path, *[f"+{piece}" * 3] * (64_000 // (len(piece) * 3 + 4)))
    assert time.process_time() - start < 3
