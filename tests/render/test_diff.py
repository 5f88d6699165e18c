"""A diff that git can apply, and that cannot steer a terminal."""

from onrecord.render.diff import FileChange, render_diff


def test_line_ends_and_a_missing_last_one_are_shown_as_git_does() -> None:
    change = FileChange("a.md", "a.md", "one\r\ntwo", "one\r\n2")
    assert render_diff([change]) == (
        "diff --git a/a.md b/a.md\n--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n one\r\n"
        "-two\n\\ No newline at end of file\n+2\n\\ No newline at end of file\n"
    )


def test_a_move_without_a_change() -> None:
    assert render_diff([FileChange("a.md", "b.md", "x\n", "x\n")]) == (
        "diff --git a/a.md b/b.md\nrename from a.md\nrename to b.md\n"
    )


def test_lines_that_begin_like_a_header_stay_lines() -> None:
    change = FileChange("a.md", "a.md", "-- x\n++ y\n", "-- x\n++ z\n")
    assert "--- x" not in render_diff([change])
    assert render_diff([change]).count("\n+++ ") == 2, "the header, and a new line “++ z”"


def test_an_odd_path_is_quoted() -> None:
    assert 'rename to "b\\"\\012.md"' in render_diff([FileChange("a.md", 'b"\n.md', "", "")])


def test_on_a_terminal_nothing_can_steer_it() -> None:
    change = FileChange("a.md", "a.md", "x\n", "\x1b[31m##[error]x\n")
    assert "\x1b" in render_diff([change])
    shown = render_diff([change], safe=True)
    assert "\x1b" not in shown
    assert "+\\x1b[31m##\u200b[error]x\n" in shown


def test_colors() -> None:
    shown = render_diff([FileChange("a.md", "a.md", "x\n", "y\n")], color=True)
    assert "\x1b[31m-x\x1b[0m\n\x1b[32m+y\x1b[0m\n" in shown
