"""CODEOWNERS by GitHub's rules: its documented examples, the edges of its patterns, and lines it skips."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.adapters.codeowners import MAX_BYTES, parse_code_owners, read_code_owners


def owners(text: str, path: str) -> str:
    return " ".join(parse_code_owners(text.encode()).owners_of(path))


# The cases that GitHub's page on code owners describes, one by one, in lines of our own.
@pytest.mark.parametrize(
    ("lines", "path", "expected"),
    [
        ("* @all @rest", "any/file.c", "@all @rest"),
        ("* @all\n*.js @js", "web/app.js", "@js"),
        ("* @all\n*.js @js", "web/app.ts", "@all"),
        ("*.js @js\n* @all", "web/app.js", "@all"),
        ("*.js @js #a note", "app.js", "@js"),
        ("*.js @js # a note @nobody", "app.js", "@js"),
        ("*.go docs@example.com", "cmd/main.go", "docs@example.com"),
        ("*.txt @acme/writers", "notes.txt", "@acme/writers"),
        ("/build/logs/ @ann", "build/logs/a.log", "@ann"),
        ("/build/logs/ @ann", "build/logs/old/a.log", "@ann"),
        ("/build/logs/ @ann", "web/build/logs/a.log", ""),
        ("docs/* docs@example.com", "docs/start.md", "docs@example.com"),
        ("docs/* docs@example.com", "docs/build/errors.md", ""),
        ("docs/* docs@example.com", "web/docs/start.md", ""),
        ("apps/ @ann", "apps/a.c", "@ann"),
        ("apps/ @ann", "web/apps/old/a.c", "@ann"),
        ("/docs/ @ann", "docs/a/b.md", "@ann"),
        ("/docs/ @ann", "web/docs/a.md", ""),
        ("/scripts/ @ann @bob", "scripts/run.sh", "@ann @bob"),
        ("**/logs @ann", "build/logs/a", "@ann"),
        ("**/logs @ann", "logs/a", "@ann"),
        ("**/logs @ann", "a/b/logs/c/d", "@ann"),
        ("/apps/ @ann\n/apps/github", "apps/web/a.c", "@ann"),
        ("/apps/ @ann\n/apps/github", "apps/github/a.c", ""),
        ("/apps/ @ann\n/apps/github @bob", "apps/github/a.c", "@bob"),
    ],
)
def test_documented_examples(lines: str, path: str, expected: str) -> None:
    assert owners(f"# a comment\n\n{lines}\n", path) == expected


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("foo", ["foo", "foo/a", "a/foo", "a/foo/b"], ["foo.txt", "a/foo.txt", "xfoo"]),
        ("/foo", ["foo", "foo/a"], ["a/foo", "fool"]),
        ("foo/", ["foo/a", "a/foo/b/c"], ["foo", "a/foo"]),
        ("foo/bar", ["foo/bar", "foo/bar/a"], ["a/foo/bar", "foo/bart"]),
        ("foo/bar/", ["foo/bar/a"], ["foo/bar", "a/foo/bar/b"]),
        ("f*", ["foo", "foo/a", "a/foo/b"], ["xfoo"]),
        ("/*", ["foo"], ["foo/a"]),
        ("/*/", ["foo/a", "foo/a/b"], ["foo"]),
        ("f*/", ["foo/a", "a/foo/b"], ["foo"]),
        ("foo/*/baz", ["foo/a/baz", "foo/a/baz/b"], ["foo/baz", "foo/a/b/baz"]),
        ("foo/*.txt", ["foo/a.txt"], ["foo/a/b.txt", "a/foo/b.txt"]),
        ("**/foo/bar", ["foo/bar", "a/b/foo/bar/c"], ["foo/a/bar"]),
        ("**/*bar*", ["bar", "a/rebar", "a/bars/b"], ["ba"]),
        ("foo/**", ["foo/a", "foo/a/b"], ["foo", "a/foo/b"]),
        ("foo/**/bar", ["foo/bar", "foo/a/b/bar/c"], ["a/foo/bar"]),
        ("foo/**/bar/b*", ["foo/bar/baz", "foo/a/bar/baz"], ["foo/bar/a"]),
        ("a**z", ["az", "abz"], ["a/z"]),
        ("f?o", ["foo"], ["fo", "f/o"]),
        ("f\\*o", ["f*o"], ["foo"]),
        ("f\\?o", ["f?o"], ["foo"]),
        ("my\\ file.txt", ["my file.txt", "a/my file.txt"], ["my", "file.txt"]),
        ("/app/\\[id\\]/page.ts", ["app/[id]/page.ts"], ["app/i/page.ts"]),
        ("a(b)+c$", ["a(b)+c$"], ["ab"]),
        ("Makefile", ["Makefile"], ["makefile"]),
        ("/", [], ["a", "a/b"]),
    ],
)
def test_patterns(pattern: str, inside: list[str], outside: list[str]) -> None:
    read = parse_code_owners(f"{pattern} @x\n".encode())
    assert read.faults == ()
    assert [path for path in inside if not read.owners_of(path)] == []
    assert [path for path in outside if read.owners_of(path)] == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("!secret.txt @ann", "negated"),
        ("file.[ch] @ann", "ranges"),
        ("\\#notes @ann", "begin"),
        ("a***b @ann", "stars"),
        ("*.c ann", "“ann”"),
        ("*.c @ann @acme/team/sub", "“@acme/team/sub”"),
        ("[abc].js @ann", "ranges"),
    ],
)
def test_a_line_that_is_not_understood_is_skipped_and_said(line: str, word: str) -> None:
    read = parse_code_owners(f"* @all\n\n{line}\n".encode())
    assert [fault.line for fault in read.faults] == [3]
    assert word in read.faults[0].reason
    assert read.owners_of("secret.txt") == ("@all",)


@pytest.mark.parametrize("line", ["[Database]", "^[Optional][2]", "[Docs] @writers", "[Docs][2] @a @b"])
def test_sections_are_gitlab_s(line: str) -> None:
    read = parse_code_owners(f"{line}\n*.c @ann\n".encode())
    assert read.faults == ()
    assert [found.owners for found in read.lines] == [("@ann",)]


def test_line_ends_and_encodings() -> None:
    read = parse_code_owners("\ufeff*.c  @ann\r\n\t*.h\t@bob \r\n".encode() + b"\xff\xfe @x\n")
    assert read.owners_of("a.c") == ("@ann",)
    assert read.owners_of("a.h") == ("@bob",)


class TestFiles:
    def test_the_first_place_counts_alone(self, tmp_path: Path) -> None:
        (tmp_path / ".github").mkdir()
        (tmp_path / "docs").mkdir()
        for name, owner in (("docs/CODEOWNERS", "@docs"), ("CODEOWNERS", "@root"), (".github/CODEOWNERS", "@github")):
            (tmp_path / name).write_text(f"* {owner}\n")
            assert read_code_owners(tmp_path).owners_of("a") == (owner,)

    def test_none(self, tmp_path: Path) -> None:
        read = read_code_owners(tmp_path)
        assert (read.lines, read.faults, read.owners_of("a")) == ((), (), ())

    def test_a_link_out_of_the_repository_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "outside").write_text("* @eve\n")
        (tmp_path / "repository").mkdir()
        (tmp_path / "repository" / "CODEOWNERS").symlink_to(tmp_path / "outside")
        read = read_code_owners(tmp_path / "repository")
        assert read.lines == ()
        assert "symlink" in read.faults[0].reason

    def test_a_file_too_large_for_github(self, tmp_path: Path) -> None:
        (tmp_path / "CODEOWNERS").write_bytes(b"* @ann\n".ljust(MAX_BYTES, b"\n"))
        assert read_code_owners(tmp_path).owners_of("a") == ("@ann",)
        (tmp_path / "CODEOWNERS").write_bytes(b"* @ann\n".ljust(MAX_BYTES + 1, b"\n"))
        read = read_code_owners(tmp_path)
        assert (read.lines, read.faults[0].line) == ((), 0)
        assert "3 MB" in read.faults[0].reason


@given(st.binary(max_size=200), st.text(max_size=30))
@settings(max_examples=100, deadline=None, database=None, derandomize=True)
def test_no_content_can_break_it(content: bytes, path: str) -> None:
    read = parse_code_owners(content)
    assert all(owner for owner in read.owners_of(path))


NAMES = st.sampled_from(("a", "b", "a.c", "x.y.c", ".c", "a."))
PATTERNS = st.lists(
    NAMES | st.sampled_from(("*", "**", "a*", "*.c", "?", "b?.c", "*.y.*", ".")), min_size=1, max_size=3
)


@given(
    st.lists(st.tuples(st.sampled_from(("", "/", "./")), PATTERNS, st.sampled_from(("", "/"))), max_size=6),
    st.lists(NAMES, min_size=1, max_size=3),
)
def test_of_many_lines_the_last_that_matches_alone_wins(
    lines: list[tuple[str, list[str], str]], path: list[str]
) -> None:
    written = [f"{head}{'/'.join(parts)}{end} @{i}\n" for i, (head, parts, end) in enumerate(lines)]
    alone = [owners(line, "/".join(path)) for line in written]
    assert owners("".join(written), "/".join(path)) == next(filter(None, reversed(alone)), "")


def test_each_file_is_held_against_few_of_many_lines() -> None:
    read = parse_code_owners(
        "".join(f"/src/part{n}/*.py @a\n*.ending{n} @b\n/src/**/of{n}/ @c\n" for n in range(2_000)).encode()
    )
    for path, owner in (("src/part7/a.py", "@a"), ("lib/a.ending7", "@b"), ("src/x/of7/a", "@c"), ("lib/a.py", "")):
        assert " ".join(read.owners_of(path)) == owner
    assert len(read._patterns) < 10


def test_many_lines_and_many_files_take_no_long_time() -> None:
    read = parse_code_owners("".join(f"/src/part{n}/**/*a*a*a*b @ann\n" for n in range(500)).encode())
    start = perf_counter()
    assert read.owners_of("src/part250/" + "a" * 4_000) == ()
    assert [read.owners_of(f"src/part{n}/x/aaab") for n in (0, 250, 499)] == [("@ann",)] * 3
    assert perf_counter() - start < 1
