"""Globs: `*` stays in a folder, `**` crosses folders, and no pair of glob and path takes long."""

from functools import cache
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.globs import glob_pattern, literal_length, matches, stays_inside


@pytest.mark.parametrize(
    ("glob", "inside", "outside"),
    [
        ("docs/**", ["docs/a.md", "docs/a/b.md"], ["docs", "web/docs/a.md"]),
        ("docs/", ["docs/a.md", "docs/a/b.md"], ["docs", "docs.md"]),
        ("docs", ["docs", "docs/a/b.md"], ["docs.md", "web/docs/a.md"]),
        ("./docs/*.md", ["docs/a.md"], ["docs/a/b.md", "docs/a.mdx"]),
        ("/docs/*.md", ["docs/a.md"], ["web/docs/a.md"]),
        ("**/adr/*.md", ["adr/a.md", "web/adr/a.md", "a/b/adr/c.md"], ["web/madr/a.md", "adr/x/a.md"]),
        ("src/**/test_*.py", ["src/test_a.py", "src/a/b/test_c.py"], ["src/a/b/c.py", "test_a.py"]),
        ("src/**.py", ["src/a.py", "src/a/b.py"], ["src/a.pyc"]),
        ("a/*/c", ["a/b/c", "a/b/c/d"], ["a/c", "a/b/b/c"]),
        ("?.md", ["a.md"], ["ab.md", "/.md"]),
        ("[ab].md", ["a.md"], ["c.md"]),
        ("a[!b]c", ["axc"], ["abc", "a/c"]),
        ("**", ["a", "a/b"], []),
        ("*", ["a", "a/b"], []),
        ("a+(b).md", ["a+(b).md"], ["ab.md"]),
        ("x\ny", ["x\ny"], ["x"]),
    ],
)
def test_what_a_glob_names(glob: str, inside: list[str], outside: list[str]) -> None:
    assert [path for path in inside if not matches(path, (glob,))] == []
    assert [path for path in outside if matches(path, (glob,))] == []


def test_a_whole_name() -> None:
    assert glob_pattern("docs/*", True).match("docs/a")
    assert glob_pattern("**/docs/*", True).match("docs/docs/a"), "the first folder of that name need not be the one"
    assert not glob_pattern("docs/*", True).match("docs/a/b")


def naively(glob: str, path: str) -> bool:
    """Match by trying everything."""

    @cache
    def at(i: int, j: int) -> bool:
        if i == len(glob):
            return j == len(path) or path[j] == "/"
        if glob.startswith("**/", i) and (i == 0 or glob[i - 1] == "/"):
            return at(i + 3, j) or any(at(i + 3, k + 1) for k in range(j, len(path)) if path[k] == "/")
        if glob.startswith("**", i):
            return any(at(i + 2, k) for k in range(j, len(path) + 1))
        if glob[i] == "*":
            end = next((k for k in range(j, len(path)) if path[k] == "/"), len(path))
            return any(at(i + 1, k) for k in range(j, end + 1))
        return j < len(path) and (glob[i] == path[j] or (glob[i] == "?" and path[j] != "/")) and at(i + 1, j + 1)

    return at(0, 0)


@given(
    st.lists(st.sampled_from(["a", "b", "/", "*", "**", "**/", "?", ".", "*/", "ab"]), min_size=1, max_size=7),
    st.lists(st.sampled_from(["a", "b", "/", ".", "ab"]), min_size=1, max_size=9),
)
def test_taking_the_first_place_finds_what_trying_all_finds(parts: list[str], names: list[str]) -> None:
    glob, path = "".join(parts).strip("/"), "".join(names)
    if glob and not glob.startswith("./"):
        assert bool(glob_pattern(glob).match(path)) == naively(glob, path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*a" * 40 + "b", "a" * 4_000),
        ("**a" * 40 + "b", "a" * 4_000),
        ("**/a/" * 40 + "b", "a/" * 2_000),
        ("**/*a*a" * 20 + "b", "aa/" * 1_300),
    ],
)
def test_no_glob_takes_long(glob: str, path: str) -> None:
    start = perf_counter()
    assert not matches(path, (glob,))
    assert perf_counter() - start < 1


@pytest.mark.parametrize("glob", ["src/**", "src", "**/*.py", "a..b/c", "..a"])
def test_inside(glob: str) -> None:
    assert stays_inside(glob)


@pytest.mark.parametrize(
    "glob", ["/src/**", "../x", "a/../../x", "a\\..\\x", "~/x", "C:\\x", "c:/x", "https://a.example/x", "\\x"]
)
def test_outside(glob: str) -> None:
    assert not stays_inside(glob)


def test_more_letters_are_more_specific() -> None:
    globs = ["src/billing/render.py", "src/billing/*.py", "src/billing/**", "src/**", "**/*", "**"]
    assert sorted(globs, key=literal_length, reverse=True) == globs
    assert literal_length("**/*") == 0
