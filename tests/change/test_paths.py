"""What kind of file a path names."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from onrecord.change.dependencies import is_own_manifest
from onrecord.change.paths import (
    is_contract,
    is_documentation,
    is_generated,
    is_lock_file,
    is_manifest,
    is_package,
    is_test,
)

KINDS: dict[Callable[[str], bool], tuple[tuple[str, ...], tuple[str, ...]]] = {
    is_test: (
        (
            "tests/a.py",
            "pkg/Test/a.rb",
            "src/__tests__/a.ts",
            "web/__snapshots__/a.snap",
            "spec/models/shop_spec.rb",
            "src/a_test.go",
            "src/a.test.ts",
            "src/a.spec.js",
            "src/a-test.js",
            "lib/test_a.py",
            "lib/conftest.py",
            "src/ShopTest.java",
            "src/ShopTests.cs",
            "Acme.Shop.Tests/Acme.cs",
            "Acme.UnitTests/Acme.cs",
            "unit-tests/a.c",
            "integration_test/a.dart",
            "crates/x/benches/b.rs",
            "api/testdata/schema.json",
        ),
        (
            "src/a.py",
            "contest/a.py",
            "latest/a.py",
            "src/Contest.java",
            "src/attest.go",
            "src/testament.py",
            "specs/openapi.yaml",
            "spec/shop.proto",
            "src/inspect/a.py",
            "",
        ),
    ),
    is_documentation: (
        (
            "README.md",
            "docs/guide.mdx",
            "doc/conf.py",
            "CHANGELOG",
            "CHANGELOG.rst",
            ".changeset/odd-cats-run.yaml",
            ".chloggen/x.yaml",
            "img/logo.svg",
            "notes.txt",
            "AUTHORS",
        ),
        (
            "src/a.py",
            "src/changelog_writer.py",
            "src/releasenotes.go",
            "requirements.txt",
            "api/requirements-dev.txt",
            "dev-requirements.txt",
            "constraints.txt",
            "CMakeLists.txt",
            "src/PublicAPI.Unshipped.txt",
            "LICENSE",
            "LICENSE.md",
            "LICENSE-MIT.txt",
            "COPYING.txt",
            "docs/openapi.yaml",
            "docs/shop.proto",
            "documents/a.py",
        ),
    ),
    is_lock_file: (
        (
            "package-lock.json",
            "web/yarn.lock",
            "pnpm-lock.yaml",
            "Cargo.lock",
            "go.sum",
            "uv.lock",
            "composer.lock",
            "Package.resolved",
            ".terraform.lock.hcl",
        ),
        ("package.json", "go.mod", "src/lock.py", "my-yarn.lock", "uv.lock.py", "Cargo.lock/x"),
    ),
    is_generated: (
        (
            "api/shop.pb.go",
            "api/shop_pb2.py",
            "src/generated/a.ts",
            "lib/protocol_generated/A.kt",
            "zz_generated.deepcopy.go",
            "vendor/x/a.go",
            "a/node_modules/x.js",
            "lib/a.g.dart",
            "Form.Designer.cs",
            "web/app.min.js",
            "api/openapi.json",
            "mocks/a.go",
        ),
        ("src/a.go", "src/generate.py", "src/vendors.py", "src/designer.cs", "hammocks/a.go", "openapi.yaml"),
    ),
    is_contract: (
        (
            "api/v1.proto",
            "web/schema.graphql",
            "openapi.yaml",
            "src/swagger/a.py",
            "include/shop.h",
            "db/migrations/0001_a.py",
            "db/shop.sql",
            "events/order.avsc",
            "config.schema.json",
            "api/v1/types.go",
            "src/PublicAPI.Shipped.txt",
            "action.yml",
            "core.api",
        ),
        ("src/a.go", "src/shop.h", "src/api.go", "api/readme", "src/schema.py", "includes/a.h", "immigration/a.py", "api/a.py"),
    ),
    is_package: (
        ("package.json", "libs/x/Cargo.toml", "go.mod", "pyproject.toml", "src/Acme/Acme.csproj", "build.gradle.kts"),
        ("requirements.txt", "setup.cfg", "package.jsonc", "my-package.json", "Directory.Packages.props", ".csproj", "tsconfig.json"),
    ),
    is_manifest: (
        (
            "package.json",
            "requirements.txt",
            "requirements-dev.txt",
            "requirements.in",
            "Directory.Packages.props",
            "gradle/libs.versions.toml",
            "environment.yml",
            "conanfile.py",
            "vcpkg.json",
            "Pipfile",
        ),
        ("Cargo.lock", "src/requirements.py", "environment.py", "conanfile.lock", "packages.json"),
    ),
    is_own_manifest: (
        ("package.json", "web/package.json", "requirements.txt"),
        ("tests/fixtures/package.json", "docs/package.json", "vendor/x/go.mod", "src/a.py"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind, (yes, _) in KINDS.items() for path in yes])
def test_is_one(kind: Callable[[str], bool], path: str) -> None:
    assert kind(path) is True


@pytest.mark.parametrize(("kind", "path"), [(kind, path) for kind, (_, no) in KINDS.items() for path in no])
def test_only_looks_like_one(kind: Callable[[str], bool], path: str) -> None:
    assert kind(path) is False


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "piece",
    ["a", "/", "api/", "include/", "schema", "test_", "Tests", "_test.", "requirements-", "x.csproj", "-bot", "é\n"],
)
def test_a_path_of_64_kilobytes_takes_no_time(kind: Callable[[str], bool], piece: str) -> None:
    path = piece * (64_000 // len(piece))
    start = time.process_time()
    for end in ("", ".json", ".csprojx", "\n"):
        kind(path + end)
    assert time.process_time() - start < 0.5
