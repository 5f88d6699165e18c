"""Quotes are set only where they are certainly what is missing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.markdown.yaml_quotes import MAX_LINES, quote_values
from onrecord.markdown.yaml_source import read_yaml


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("title: ADR-1: Use Redis", 'title: "ADR-1: Use Redis"'),
        ("Titel: ADR-1: Redis", 'Titel: "ADR-1: Redis"'),
        ("title: What next:", 'title: "What next:"'),
        ("title: [RFC] Use Redis", 'title: "[RFC] Use Redis"'),
        ('title: The "fast" way: Redis', "title: 'The \"fast\" way: Redis'"),
        ('title: It\'s "fast": Redis', "title: 'It''s \"fast\": Redis'"),
        ("title: C:\\temp: a path", "title: 'C:\\temp: a path'"),
        ("owner: @ann", 'owner: "@ann"'),
        ("owner: @ann, @bob", 'owner: "@ann, @bob"'),
        ("owner:   @ann  ", 'owner:   "@ann"'),
        ("status: `accepted`", 'status: "`accepted`"'),
        ("status: **Accepted**", 'status: "**Accepted**"'),
        ("share: %50", 'share: "%50"'),
        ("owners: [@ann, Bob, @carl]", 'owners: ["@ann", Bob, "@carl"]'),
        ('owners: [@ann, "Bob B."]', 'owners: ["@ann", "Bob B."]'),
        ("owners: [[Ann](@ann), Bob]", 'owners: ["[Ann](@ann)", Bob]'),
        ("owners: [Ann](@ann)", 'owners: "[Ann](@ann)"'),
        ("owners: [Ann](@ann), Bob", 'owners: "[Ann](@ann), Bob"'),
        ("- @ann", None),  # a list is no metadata block
    ],
)
def test_one_line(line: str, mended: str | None) -> None:
    assert quote_values([line]) == ({0: mended} if mended else {})


@pytest.mark.parametrize(
    "lines",
    [
        ["status: accepted"],  # nothing is wrong
        ["status: [accepted"],  # the bracket could be one too many, or one too few
        ["status: accepted date: 2026-03-01"],  # valid, and left alone
        ["status: accepted, date: 2026-03-01"],  # two keys that lost a line end
        ["deciders: Ann, reviewers: Bob"],
        ["title: ADR-1: Redis # the first"],  # where does the title end?
        ['title: "Use Redis'],
        ['title: "Use" Redis'],
        ["title: {a: @b}"],
        ["tags: - a"],
        ["value: !tag x"],
        ["value: &anchor x"],
        ["base: &base x", "other: *base: y"],
        ["a: *base", "base: &base x"],
        ["title: Use", "  Redis: fast"],
        ["owners: [@ann,", "  @bob]"],
        ["owners: [Ann {x}, @bob]"],
        ["a: 1", "b", "c: 2"],
        ["\ttitle: ADR-1: Redis"],
        ["title: ADR-1: x", "status: a", "status: b"],  # another fault is left
        [f"key{n}: @ann" for n in range(MAX_LINES + 1)],
        ["? a", ": b: @c"],
    ],
)
def test_in_doubt_nothing(lines: list[str]) -> None:
    assert quote_values(lines) == {}


def test_all_faults_of_a_block_together() -> None:
    lines = ["title: ADR-1: Redis", "status: accepted", "owners:", "  - @ann", "  - name: @bob"]
    assert quote_values(lines) == {0: 'title: "ADR-1: Redis"', 3: '  - "@ann"', 4: '  - name: "@bob"'}


VALUES = st.text(st.sampled_from("ab@`%*[](){}:, \"'#-\\|&!1ü"), min_size=1, max_size=12)


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(["title", "owner", "- name"]), VALUES), min_size=1, max_size=3))
@example([("title", "a: b")])
@example([("owner", "[@a, [b](@c)]")])
def test_what_is_mended_is_valid_and_says_what_stood_there(pairs: list[tuple[str, str]]) -> None:
    lines = [f"{key}: {value}" for key, value in pairs]
    mended = quote_values(lines)
    tree = read_yaml("\n".join(mended.get(i, line) for i, line in enumerate(lines)))
    if not mended:
        return
    assert tree.problems == []
    for i, line in mended.items():
        key, value = pairs[i]
        read = tree.value[key]
        said = read if isinstance(read, str) else ",".join(str(part) for part in read)
        assert "".join(said.split()) in ("".join(value.split()), "".join(value.strip()[1:-1].split())), line
