"""Nothing an author wrote can break out of a terminal, a workflow command, or Markdown (invariant 6)."""

import html
import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from onrecord.check import Finding, Hidden, Location, Report, Skipped
from onrecord.render import pull_request as faces
from onrecord.render.github import annotate, render_github
from onrecord.render.json_report import render_json
from onrecord.render.markdown import render_markdown
from onrecord.render.safe import code_span, for_command, for_markdown, for_property, for_terminal
from onrecord.render.text import render_text
from onrecord.rules import Severity

HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b5m",
    "\x00\x01\x08\x7f",
    "\u202egnp.exe\u202c",
    "\u2066x\u2069",
    "\u200f\u200e",
    "\u061c",
    "line\nbreak",
    "carriage\rreturn",
    "\r\n",
    "::error::x",
    "  ::stop-commands::zz",
    "\n::set-output name=x::y",
    "##[set-output name=leak]pass",
    "%0A::error::x",
    "100%",
    "a|b",
    "\\|",
    "\\",
    "`code`",
    "``",
    "```\nout",
    "<script>alert(1)</script>",
    "</details>",
    "<!-- x -->",
    "-->",
    "]]>",
    "@octocat",
    "a@b.example",
    "&#64;octocat",
    "&commat;octocat",
    "&num;12",
    "&lt;b&gt;",
    "#12",
    "[x](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "**bold** _it_ ~~gone~~",
    "\ud800",
    "\udfff",
    "\u2028::error::x",
    "\u0085",
    "\t\ttabs",
    "# heading",
    "- item",
    "1. one",
    "> quote",
    "",
    " ",
    "x" * 5000,
]
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), max_size=4).map("".join),
    st.text(max_size=60),
    st.text(st.sampled_from("`|\\<>@#[]()!*_~&;:%-=\n\r\x1b \tab1\ud800\u202e"), max_size=30),
)
QUICK = settings(
    max_examples=30, deadline=None, database=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
)
RULES = ["owner-missing", "acme-confirmation"]  # rules and their help are words of the house; all else is a stranger's
HELP = "Name a team, for example “@acme/payments” or [0012](0012-use-kafka.md)."
SEVERITIES = st.sampled_from([Severity.NOTICE, Severity.WARNING, Severity.ERROR])

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # Unicode: Bidi_Control
OUR_ANSI = re.compile(r"\x1b\[(?:0|1|2|31;1|33;1|36)m")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def raw_controls(text: str) -> set[str]:
    """Return the characters that move a cursor, turn the direction, or are no characters at all."""
    return {c for c in set(text) if (unicodedata.category(c) in ("Cc", "Cs") and c != "\n") or c in BIDI}


@st.composite
def reports(draw: Any) -> Report:
    findings = draw(
        st.lists(
            st.builds(
                Finding,
                st.sampled_from(RULES),
                SEVERITIES,
                TEXTS,
                st.just(HELP),
                st.builds(Location, TEXTS, st.integers(1, 9), st.integers(9, 12)),
                st.none(),
            ),
            max_size=5,
        )
    )
    skipped = draw(st.lists(st.builds(Skipped, TEXTS, TEXTS), max_size=3))
    findings.sort(key=lambda f: f.location.path)
    return Report(
        tuple(findings), ("x.md",) * draw(st.integers(0, 2)), tuple(skipped), Hidden(draw(st.integers(0, 2)), 0)
    )


@st.composite
def pulls(draw: Any) -> dict[str, Any]:
    """Return the facts of a pull request in which every text is a stranger's."""
    decision = draw(st.none() | st.fixed_dictionaries({"text": TEXTS, "justification": TEXTS}))
    owner = draw(
        st.none()
        | st.fixed_dictionaries({"name": TEXTS, "source": st.sampled_from(["explicit", "author", "approver"])})
    )
    return {
        "asks": draw(st.booleans()),
        "hint": draw(st.booleans()),
        "signs": [f"it changes {text}" for text in draw(st.lists(TEXTS, max_size=2))],
        "reasons": [f"the label “{text}” asks" for text in draw(st.lists(TEXTS, max_size=2))],
        "exempt": draw(st.none() | TEXTS),
        "waived": draw(st.none() | TEXTS),
        "bot": False,
        "template_untouched": False,
        "decision": decision,
        "why": False,
        "alternatives": [{"title": title, "outcome": "rejected"} for title in draw(st.lists(TEXTS, max_size=2))],
        "no_alternatives_reason": draw(TEXTS),
        "owner": owner,
        "hidden_from": draw(st.none() | st.integers(1, 9)),
        "record_links": draw(st.lists(TEXTS, max_size=1)),
        "unresolved_links": draw(st.lists(TEXTS, max_size=1)),
        "records_added": draw(st.lists(TEXTS, max_size=1)),
        "covered": False,
        "nudge": draw(st.booleans()),
    }


def finding(text: str) -> Finding:
    return Finding("owner-missing", Severity.ERROR, text, HELP, Location(text, 1, 2))


def report_of(text: str) -> Report:
    return Report((finding(text),), ("x.md",), (Skipped(text, text),), Hidden(1, 1))


def pull_of(text: str) -> dict[str, Any]:
    return {
        "asks": True,
        "hint": False,
        "signs": [f"it changes {text}"],
        "reasons": [f"the label “{text}” asks"],
        "exempt": None,
        "waived": None,
        "decision": {"text": text, "justification": text},
        "alternatives": [{"title": text, "outcome": "rejected"}],
        "owner": {"name": text, "source": "author"},
        "hidden_from": 3,
        "record_links": [],
        "unresolved_links": [text],
        "records_added": [],
        "covered": False,
        "nudge": True,
    }


class TestTerminal:
    @QUICK
    @given(reports(), st.booleans())
    def test_reports_hold_no_raw_control(self, report: Report, color: bool) -> None:
        out = render_text(report, color)
        assert raw_controls(OUR_ANSI.sub("", out) if color else out) == set()

    @QUICK
    @given(pulls(), TEXTS, TEXTS, st.booleans())
    def test_pull_requests_hold_no_raw_control(self, facts: dict[str, Any], title: str, text: str, color: bool) -> None:
        out = faces.render_text(facts, [finding(text)], title, color)
        assert raw_controls(OUR_ANSI.sub("", out) if color else out) == set()

    @pytest.mark.parametrize("text", HOSTILE)
    def test_each_hostile_text(self, text: str) -> None:
        assert raw_controls(render_text(report_of(text))) == set()
        assert raw_controls(faces.render_text(pull_of(text), [finding(text)], text)) == set()

    def test_without_color_there_is_no_escape_at_all(self) -> None:
        assert "\x1b" not in render_text(report_of("x"))
        assert "\x1b" in render_text(report_of("x"), color=True)

    @QUICK
    @given(TEXTS)
    def test_one_text_stays_on_its_line(self, text: str) -> None:
        shown = for_terminal(text)
        assert not {"\n", "\r", "\t"} & set(shown)
        assert raw_controls(shown) == set()

    def test_what_is_shown_can_be_told_apart(self) -> None:
        assert for_terminal("a\x1b[31mb\nc\u202ed\ud800") == "a\\x1b[31mb\\nc\\u202ed\\ud800"
        assert for_terminal("größe 決定 🎉") == "größe 決定 🎉"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_a_printed_text_is_no_workflow_command(self, text: str) -> None:
        """The runner reads `::cmd::` at a line's start and `##[cmd]` anywhere in it, also in a plain `run:` step."""
        outs = [
            render_text(report_of(text)),
            faces.render_text(pull_of(text), [finding(text)], text),
            faces.render_markdown(pull_of(text), [finding(text)]),
            render_markdown(report_of(text)),
        ]
        for out in outs:
            assert [line for line in re.split(r"[\r\n]", out) if line.lstrip().startswith("::")] == []
            assert "##[" not in out


class TestGitHubCommands:
    @QUICK
    @given(reports())
    def test_one_line_a_finding(self, report: Report) -> None:
        lines = re.split(r"\r\n|\r|\n", annotate(report.findings))
        assert lines.pop() == ""
        assert len(lines) == len(report.findings)
        for line in lines:
            assert re.match(r"::(?:error|warning|notice) (?:file=[^:,]*,line=\d+,endLine=\d+,)?title=[^:,]*::", line)

    @QUICK
    @given(TEXTS.filter(bool), TEXTS)
    @example("a.md", "100% ::error::\r\n,:")
    @example("docs/a,line=9:b%2C.md", "x")
    def test_the_runner_reads_back_what_was_meant(self, path: str, message: str) -> None:
        line = annotate([Finding("r-x", Severity.WARNING, message, HELP, Location(path, 3, 4))]).rstrip("\n")
        head, _, data = line.removeprefix("::warning ").partition("::")
        properties = dict(pair.split("=", 1) for pair in head.split(","))
        assert set(properties) == {"file", "line", "endLine", "title"}
        assert (properties["line"], properties["endLine"], properties["title"]) == ("3", "4", "r-x")
        if not raw_controls(path) - {"\r", "\t"}:
            assert unescape(properties["file"]) == path
        if not raw_controls(message) - {"\r", "\t"} and len(message) < 3000:
            assert unescape(data) == f"{message}. {HELP}"

    @pytest.mark.parametrize("text", HOSTILE)
    def test_only_our_commands_in_a_whole_report(self, text: str) -> None:
        lines = [line for line in re.split(r"[\r\n]", render_github(report_of(text))) if line]
        assert [line.split(" ")[0] for line in lines] == ["::error", "1", "Not"]
        assert raw_controls("".join(lines)) <= {"\t"}

    def test_a_finding_without_a_path_has_no_place(self) -> None:
        out = annotate([Finding("r-x", Severity.NOTICE, "seen", "Help.", Location("", 1, 1))])
        assert out == "::notice title=r-x::seen. Help.\n"

    @pytest.mark.parametrize(("many", "shown"), [(9, 9), (10, 10), (11, 10), (200, 10)])
    def test_ten_of_a_type_at_most(self, many: int, shown: int) -> None:
        findings = [
            Finding("r-x", severity, f"seen {n}", "Help.", Location("a.md", n + 1, n + 1))
            for severity in (Severity.NOTICE, Severity.ERROR, Severity.WARNING)
            for n in range(many)
        ]
        lines = annotate(findings).splitlines()
        kinds = [re.match(r"::(\w+) ", line)[1] for line in lines]  # type: ignore[index]
        assert kinds == ["error"] * shown + ["warning"] * shown + ["notice"] * shown
        if many > 10:
            assert f"and {many - 9} more errors; the summary lists all" in lines[9]

    def test_messages_fit(self) -> None:
        out = annotate([Finding("r-x", Severity.NOTICE, "%" * 5000, "Help.", Location("", 1, 1))])
        assert len(unescape(out.partition("::notice ")[2].partition("::")[2])) <= 4096

    def test_escapes(self) -> None:
        assert for_command("50%\r\n: ,") == "50%25%0D%0A: ,"
        assert for_property("50%\r\n: ,") == "50%25%0D%0A%3A %2C"


def unescape(text: str) -> str:
    """Read a command's text back as the runner does."""
    for coded, plain in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(coded, plain)
    return text


def outside_code(markdown: str) -> str:
    """Return Markdown without its fenced blocks and code spans."""
    markdown = re.sub(r"(?ms)^```.*?^```$", "", markdown)
    return re.sub(r"(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", "", markdown)


def assert_harmless(markdown: str) -> None:
    assert raw_controls(markdown) == set()
    outside = outside_code(markdown)
    assert "<script" not in outside.lower()
    assert not re.search(r"@[A-Za-z0-9]", outside)
    assert not re.search(r"(?<![&\w/])#\d", outside)
    rendered = MARKDOWN.render(markdown)
    allowed = {
        "details",
        "summary",
        "p",
        "h3",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ul",
        "li",
        "code",
        "a",
        "pre",
        "strong",
        "em",
    }
    assert {tag.lower() for tag in re.findall(r"</?([A-Za-z][\w-]*)", rendered)} <= allowed
    links = set(re.findall(r'href="([^"]*)"', rendered))
    assert all(link.startswith("https://onrecord.github.io/onrecord/rules/") for link in links)
    text = html.unescape(re.sub(r"(?s)<(code|pre).*?</\1>|<[^>]*>", "", rendered))
    assert not re.search(r"@[A-Za-z0-9]", text), "an entity would become a mention"


def bars(markdown: str, start: str) -> set[int]:
    """Return how many bars that end a cell the rows have which begin like this."""
    return {len(re.findall(r"(?<!\\)\|", row)) for row in markdown.split("\n") if row.startswith(start)}


class TestMarkdown:
    @QUICK
    @given(reports())
    def test_reports(self, report: Report) -> None:
        out = render_markdown(report)
        assert_harmless(out)
        rows = [line for line in out.split("\n") if line.startswith("| ")]
        assert len(rows) == len(report.findings) + bool(report.findings)
        assert bars(out, "| ") <= {5}

    @QUICK
    @given(pulls(), TEXTS)
    def test_pull_requests(self, facts: dict[str, Any], text: str) -> None:
        out = faces.render_markdown(facts, [finding(text)])
        assert_harmless(out)
        assert bars(out, "| ") <= {3}

    @pytest.mark.parametrize("text", HOSTILE)
    def test_each_hostile_text(self, text: str) -> None:
        assert_harmless(render_markdown(report_of(text)))
        assert_harmless(faces.render_markdown(pull_of(text), [finding(text)]))

    def test_the_judge_of_this_test_sees_harm(self) -> None:
        for bad in (
            "hello @octocat",
            "<script>x</script>",
            "see #12",
            "&#64;octocat",
            "[x](https://evil.example)",
            "<b>",
        ):
            with pytest.raises(AssertionError):
                assert_harmless(bad)
        assert_harmless("`@octocat` and *not found*, [r](https://onrecord.github.io/onrecord/rules/r)")

    @QUICK
    @given(TEXTS)
    @example("&lt;b&gt; &amp; &#64;octocat")
    @example("1. one")
    def test_a_reader_sees_what_the_author_wrote(self, text: str) -> None:
        shown = html.unescape(re.sub(r"<[^>]*>", "", MARKDOWN.renderInline(for_markdown(text))))
        expected = for_terminal(text).replace("\\n", " ")
        assert " ".join(shown.replace("\u200b", "").split()) == " ".join(expected.replace("\u200b", "").split())

    @pytest.mark.parametrize("text", [*HOSTILE, "`a` and ``b``", "a|`b`|c", "`|`"])
    def test_a_code_span_holds_its_text(self, text: str) -> None:
        tokens = MARKDOWN.parseInline(f"a {code_span(text)} b")[0].children or []
        if text.strip(" \t\n`"):
            assert [t.type for t in tokens] == ["text", "code_inline", "text"]

    @pytest.mark.parametrize("text", [*HOSTILE, "a|`b`|c", "`|`"])
    def test_a_row_keeps_its_cells(self, text: str) -> None:
        assert MARKDOWN.render(render_markdown(report_of(text))).count("<td>") == 4
        assert bars(render_markdown(report_of(text)), "| 🔴") == {5}
        assert bars(faces.render_markdown(pull_of(text), []), "| ") == {3}

    def test_a_large_report_is_cut_and_says_so(self) -> None:
        many = tuple(Finding("r-x", Severity.ERROR, "ä" * 400, "Help.", Location("a.md", n, n)) for n in range(1, 2001))
        out = render_markdown(Report(many, ("a.md",), ()))
        assert len(out.encode()) < 1_000_000
        missing = int(re.search(r"(\d+) more findings did not fit here", out)[1])  # type: ignore[index]
        assert out.count("| 🔴 error |") + missing == 2000


class TestJson:
    @QUICK
    @given(reports())
    def test_any_terminal_can_print_it_and_any_parser_read_it(self, report: Report) -> None:
        out = render_json(report)
        assert out.isascii()
        assert "##[" not in out
        assert raw_controls(out) == set()
        assert [f["message"] for f in json.loads(out)["findings"]] == [f.message for f in report.findings]

    @QUICK
    @given(pulls(), TEXTS)
    def test_pull_requests(self, facts: dict[str, Any], text: str) -> None:
        out = faces.render_json(facts, [finding(text)])
        assert out.isascii()
        assert raw_controls(out) == set()
        assert json.loads(out)["findings"][0]["message"] == text
