"""The HTML board: what is on it, and that nothing anybody wrote gets out of its place."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from boards import ADDRESS, board, pull

from onrecord.coverage.areas import Source
from onrecord.coverage.model import PullCoverage
from onrecord.render.board import render_board
from onrecord.render.board.data import digest
from onrecord.render.board.layered import components, layers
from onrecord.render.board.treemap import squarified

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onfocus=alert(1) autofocus x="',
    "' onfocus=alert(1) autofocus x='",
    "</template></bdi></td><script>alert(1)</script>",
    "<!-- x",
    "]]>",
    "javascript:alert(1)",
    "$script ${style}",
    "&lt;script&gt;",
    "“rm -rf ~”",
]
VOID = {"meta", "link", "input"}


class Page(HTMLParser):
    """Notes tags, addresses, handlers and text of a page, and whether what is opened is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.crossed: list[str] = []
        self.words: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.setdefault(self.open[-1] if self.open else "", []).append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(**more: Any) -> Page:
    return Page(render_board(board(**more)))


def test_a_page_holds_every_part_with_one_heading_each() -> None:
    found = page()
    assert (found.crossed, found.open) == ([], [])
    sections = [one["id"] for one in found.all("section")]
    assert sections == ["next", "numbers", "trend", "areas", "lists", "upkeep", "log", "graph", "method"]
    assert [one["href"] for one in found.all("a") if one["href"] in {f"#{name}" for name in sections}][1:] == [
        f"#{name}" for name in sections
    ]
    names = {one["id"] for _, one in found.tags if "id" in one}
    assert {one["href"][1:] for one in found.all("a") if one["href"].startswith("#")} <= names
    assert len(names) == sum("id" in one for _, one in found.tags)
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_numbers_stand_with_their_counts_and_are_not_blended() -> None:
    text = render_board(board())
    cards = re.findall(r'<p class="figure[^>]*>(.*?)</p>', text)
    assert cards == ['57 % <span class="of">16/28</span>', '30 % <span class="of">30/99</span>', "4/6"]
    assert text.count('class="interval"') == 1


def test_the_trend_shows_where_rules_changed_and_where_few_were_asked() -> None:
    text = render_board(board())
    (picture,) = re.findall('<svg class="trend".*?</svg>', text, re.DOTALL)
    assert [len(re.findall(f'class="{kind}"', picture)) for kind in ("dot", "dot few", "whisker", "break")] == [
        3,
        1,
        3,
        1,
    ]
    assert "the configuration changed: 2026-03-02" in text


def test_nothing_asked_is_no_share_and_says_what_to_do() -> None:
    made = board()
    empty = made.report._replace(pulls=PullCoverage((pull(1, asked_by=()),), (), (), ()), trend=())
    text = render_board(made._replace(report=empty))
    assert '<p class="figure none">n/a</p>' in text
    assert "onrecord calibrate" in text
    assert 'id="trend"' not in text


def test_each_pull_request_has_a_line_to_copy() -> None:
    text = render_board(board())
    assert "<code data-copy>implemented-by: ['#4']</code>" in text
    assert "<code data-copy>scope: ['src/shop/**']</code>" in text
    assert not re.search("data-copy>[^<]*(NUMBER|FOLDER|FILE)", text)


@pytest.mark.parametrize("words", HOSTILE)
def test_what_others_wrote_stays_text(words: str) -> None:
    plain, found = page(), page(words=words)
    assert (found.crossed, found.open) == ([], [])
    assert {tag for tag, _ in found.tags} <= {tag for tag, _ in plain.tags} | {"p"}
    assert len(found.all("script")) == 1
    handlers = [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    assert handlers == []
    assert {tag for tag, one in found.tags if "style" in one or "src" in one} == set()
    assert "".join(found.words["script"]) == "".join(plain.words["script"])


def test_direction_and_control_characters_are_shown() -> None:
    text = render_board(board(words="a\u202eb\u2066c\x1b[31m\udcff"))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", text)
    assert "a\\u202eb" in text


def test_a_log_of_a_workflow_finds_no_command_in_it() -> None:
    text = render_board(board(words="##[set-output name=x]y"))
    assert "##[" not in text
    assert not re.search(r"^\s*::", text, re.MULTILINE)


def test_only_the_repository_itself_is_linked() -> None:
    links = [one for one in page().all("a") if not one["href"].startswith("#")]
    assert links
    assert all(one["href"].startswith(ADDRESS) and one["rel"] == "noreferrer" for one in links)
    assert {one["href"] for one in page(address="").all("a") if not one["href"].startswith("#")} == set()


def test_the_policy_names_exactly_what_is_inside() -> None:
    text = render_board(board(words="$script"))
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    (style,) = re.findall("<style>(.*?)</style>", text, re.DOTALL)
    (script,) = re.findall("<script>(.*?)</script>", text, re.DOTALL)
    assert rules == dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'") | {
        "style-src": f"'{digest(style)}'",
        "script-src": f"'{digest(script)}'",
        "img-src": "data:",
        "require-trusted-types-for": "'script'",
    }
    assert not re.search(r"@import|url\((?!#)|https?:|eval|innerHTML", style + script)


def test_a_report_of_five_thousand_stays_below_three_megabytes() -> None:
    text = render_board(board(5_000, 60))
    assert len(text.encode()) < 3_000_000
    assert len(re.findall("<template>", text)) >= 3


def test_boxes_fill_the_map_by_weight() -> None:
    weights = [60, 30, 9, 5, 5, 1]
    boxes = squarified(weights, 1080, 400)
    assert [round(box.width * box.height) for box in boxes] == [round(w * 1080 * 400 / sum(weights)) for w in weights]
    assert max(box.x + box.width for box in boxes) == pytest.approx(1080)
    assert max(box.y + box.height for box in boxes) == pytest.approx(400)
    overlaps = [
        (one, two)
        for at, one in enumerate(boxes)
        for two in boxes[at + 1 :]
        if min(one.x + one.width, two.x + two.width) - max(one.x, two.x) > 1e-6
        and min(one.y + one.height, two.y + two.height) - max(one.y, two.y) > 1e-6
    ]
    assert overlaps == []


def test_what_replaced_a_record_stands_right_of_it() -> None:
    edges = [(1, 2), (2, 3), (1, 3), (7, 8)]
    assert components(edges) == [[1, 2, 3], [7, 8]]
    assert layers([1, 2, 3], edges) == [[1], [2], [3]]


def test_a_circle_is_drawn_all_the_same() -> None:
    edges = [(1, 2), (2, 3), (3, 1)]
    assert sorted(node for layer in layers([1, 2, 3], edges) for node in layer) == [1, 2, 3]
    assert layers([1], [(1, 1)]) == [[1]]


def test_areas_of_the_same_last_name_are_told_apart_and_files_at_the_top_are_named() -> None:
    twins = tuple(
        Source(f"{name}/a.py", 80, 9, (), (name,)) for name in ("services-of-the-whole-shop/api", "workers-of-the-whole-shop/api", ".", *(f"x/{n}" for n in "abcdefghij"))
    )  # fmt: skip
    whole = board()
    page = render_board(whole._replace(report=whole.report._replace(areas=whole.report.areas._replace(sources=twins))))
    tiles = re.findall(r"<title>([^:<]+): 9 changes.*?</svg>", page)
    assert {"services-of-the-whole-shop/api", "workers-of-the-whole-shop/api", "(top)"} <= set(tiles)
    labels = [
        "|".join(re.findall(r"<text[^>]*>([^<]*)</text>", tile)) for tile in re.findall(r"<svg x=.*?</svg>", page)
    ]
    named = [label for label in labels if "api" in label]
    assert len(set(named)) == len(named) == 2
    assert page.count("<code><bdi>(top)</bdi></code>") == 2  # in the list, and in the table


def test_the_trend_says_what_a_point_is_and_that_the_number_above_is_another_window() -> None:
    page = render_board(board())
    assert "Each point is the last 50 asked pull requests up to that day" in page
    assert "The first number above is another window: 40 merged pull requests (2026-01-01 to 2026-05-31)." in page
    whole = board()
    asked = whole.report.pulls.decision_coverage()
    same = whole.report._replace(trend=tuple(point._replace(coverage=asked) for point in whole.report.trend))
    assert "is another window" not in render_board(whole._replace(report=same))
