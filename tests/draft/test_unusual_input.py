"""Whatever somebody types comes back in every dialect, or the part that does not is named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.draft.content import Choice, Content, Task
from onrecord.draft.entered import as_name, as_text
from onrecord.draft.given_back import lost, written
from onrecord.draft.shapes import SHAPES, write
from onrecord.record import parse_record

PATH = "docs/decisions/0012-use-redis.md"
WIDE = ("brief", "madr-4", "nygard", "tyree-akerman")  # a Y-statement is one sentence
BASE = Content(
    "Use Redis for sessions",
    number="12",
    date="2026-11-22",
    decision_makers=("Ann Lee",),
    context="Sessions were lost at every deployment.",
    choices=(Choice("Memcached"), Choice("The database")),
    decision="We keep sessions in Redis.",
    because="They survive a restart.",
    consequences="One more server to run.",
)
REDIS = (Choice("Redis", "chosen"), Choice("Memcached"))
HELD = {
    "the rival in the decision": {"decision": "We move from Memcached to Redis."},
    "because in the decision": {"decision": "We keep them in Redis, because it is there."},
    "because in the reason": {"because": "It is fast because it is in memory."},
    "quotes": {"title": "Use \"Redis\" for 'sessions'", "decision": "We use “Redis”.", "because": "It's \"good\"."},
    "an apostrophe in the option": {"choices": (Choice("Let's Encrypt", "chosen"), Choice("Own CA")), "chosen": "Let's Encrypt", "decision": ""},
    "quotes in the option": {"choices": (Choice('The "best" Redis', "chosen"), Choice("Own")), "chosen": 'The "best" Redis', "decision": ""},
    "colons": {"title": "Sessions: use Redis", "decision": "Storage: Redis", "choices": (Choice("Memcached: the old one"), Choice("Own"))},
    "a hash and a pipe": {"title": "Use C# | F#", "decision": "a | b", "context": "#1 is the issue", "choices": (Choice("x | y"), Choice("z"))},
    "stars": {"title": "Use 2 * 3", "decision": "Use *Redis* and **more**", "choices": (Choice("a * b"), Choice("d"))},
    "backticks": {"title": "Use `redis`", "decision": "Use `redis`", "choices": (Choice("`memcached`"), Choice("d"))},
    "Chinese": {"title": "使用 Redis 存储会话", "decision": "我们使用 Redis。", "choices": (Choice("不使用"), Choice("数据库")), "because": "它更快。"},
    "Cyrillic": {"title": "Использовать Redis", "decision": "Мы используем Redis.", "because": "он быстрый.", "context": "Сессии терялись."},
    "handles and addresses": {"decision_makers": ("@ann", "bob@example.org"), "consulted": ("@org/team",), "informed": ("Jürgen Groß-Müller",)},
    "long names of options": {"choices": (Choice("Keep the files on disk, as today, and live with it"), Choice("Postgres (ours) - the old one. Really"))},
    "options by number": {"choices": (Choice("Option 1"), Choice("Option 2: Redis"))},
    "none considered": {"choices": (), "no_alternatives": "None considered, because the contract names Redis."},
    "an option and a sentence": {"choices": REDIS, "chosen": "Redis", "decision": "We keep sessions in memory."},
    "a title that begins with a number": {"title": "3. Try of it"},
    "references": {"supersedes": ("0003-use-x.md",), "relates_to": ("ADR-0004", "[0005](0005-x.md)")},
    "tasks": {"tasks": (Task("order it", "Ann Lee", "2026-12-05"), Task("call them", "@bob"), Task("do: this"))},
    "a link": {"context": "See https://example.org/a_b_c#x", "decision": "Use https://redis.io/ (v7)"},
}  # fmt: skip
LONG = {
    "paragraphs and lists": {"context": "One.\n\n* a\n* b\n\nMore.", "decision": "Do it.\n\n1. one\n2. two", "because": "A.\n\nB.", "consequences": "* Good, because x\n* Bad, because y"},
    "code and a table": {"context": "See:\n\n```sh\n# no heading\n```\n\n| a | b |\n|---|---|\n| c | d |"},
    "a quote": {"context": "> said Ann\n\nand so"},
    "length": {"context": "word " * 900, "because": "reason " * 300},
}  # fmt: skip
LOST = {
    "a person in two pieces": ({"decision_makers": ("O'Neil, Sean",)}, "decision_makers"),
    "a blank": ({"context": "{describe the context}"}, "context"),
    "a mark that chooses": ({"choices": (Choice("✅ yes"), Choice("no"))}, "alternatives"),
    "a heading": ({"context": "## Decision\n\nno"}, "context"),
}


@pytest.mark.parametrize("dialect", SHAPES)
@pytest.mark.parametrize("name", HELD)
def test_every_dialect_gives_it_back(name: str, dialect: str) -> None:
    text, missing = written(BASE._replace(**HELD[name]), dialect, PATH)
    if (name, dialect) == ("because in the decision", "y-statement"):
        assert missing == ["because"]  # its reason is a clause, and the first "because" is another
    else:
        assert missing == [], text
        assert dialect == "brief" or parse_record(text, PATH).dialect == dialect


@pytest.mark.parametrize("dialect", WIDE)
@pytest.mark.parametrize("name", LONG)
def test_every_dialect_with_sections_gives_back_long_texts(name: str, dialect: str) -> None:
    content = BASE._replace(**LONG[name])
    text, missing = written(content, dialect, PATH)
    assert missing == [], text
    assert content.context in text


@pytest.mark.parametrize("dialect", WIDE)
@pytest.mark.parametrize("name", LOST)
def test_what_would_not_come_back_is_named(name: str, dialect: str) -> None:
    over, part = LOST[name]
    assert part in written(BASE._replace(**over), dialect, PATH).lost


def test_a_sentence_that_breaks_a_y_statement_is_named() -> None:
    content = BASE._replace(because="we want to have it.\n\nAnd more.")
    assert "because" in written(content, "y-statement", PATH).lost


def test_the_plainest_way_comes_first() -> None:
    assert written(BASE, "madr-4", PATH).text == write(BASE, "madr-4")
    assert "(rejected)" not in write(BASE, "nygard")


def test_what_is_taken_away_is_missed() -> None:
    text = write(BASE, "brief").replace("Memcached", "Hazelcast")
    assert lost(BASE, text, PATH) == ["alternatives"]
    assert lost(BASE, write(BASE, "brief").replace("Ann", "Eve"), PATH) == ["decision_makers"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("# Use it", "\\# Use it"),
        ("Title\n---", "Title\n\\---"),
        ("a\n\n---\n\nb", "a\n\n---\n\nb"),
        ("List<T> <!-- x -->", "List\\<T> \\<!-- x -->"),
        ("`List<T>` and <https://example.org>", "`List<T>` and <https://example.org>"),
        ("```\n# code <b>\n```", "```\n# code <b>\n```"),
        ("a\r\nb  \n", "a\nb"),
        ("#1 is bad", "#1 is bad"),
    ],
)
def test_what_is_typed_is_no_heading_and_no_tag(typed: str, meant: str) -> None:
    assert as_text(typed) == meant
    assert as_text(meant) == meant


def test_a_name_is_one_line() -> None:
    assert as_name(" Use\n List<T>\t`a<b>` ") == "Use List\\<T> `a<b>`"


PIECES = (
    '"quoted"', "it's", "a: b", "#12", "# x", "a | b", "**bold**", "*", "`code`", "because", "since May", "使用", "@ann",
    "ann@example.org", "<b>", "<!-- x -->", "List<T>", "(v2)", "e.g. this", "1.", "- x", "https://example.org/a_b",
    "[link](0003-x.md)", "~~no~~", "&amp;", "\\", "Decision:", "instead of", "rather than", "ADR-0004",
    "accepted", "redis", "keeps", "sessions", "alive", "server", "cache", "often",
)  # fmt: skip
TEXT = (
    st.lists(
        st.lists(st.sampled_from(PIECES), min_size=2, max_size=9).map(lambda words: f"Q {' '.join(words)}"),
        min_size=1,
        max_size=3,
    )
    .map(lambda paragraphs: as_text("\n\n".join(paragraphs)))
    .filter(lambda text: text.count("Decision:") < 2)
)  # `lost` names it


@pytest.mark.parametrize("dialect", WIDE)
@settings(max_examples=15, deadline=None)
@given(context=TEXT, decision=TEXT, because=TEXT, consequences=TEXT)
def test_any_words_are_read_again(dialect: str, context: str, decision: str, because: str, consequences: str) -> None:
    content = BASE._replace(context=context, decision=decision, because=because, consequences=consequences)
    text, missing = written(content, dialect, PATH)
    assert missing == [], text
