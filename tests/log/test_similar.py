"""Which records resemble each other, and what a query means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.log.search_text import END, MARK, card_of, match_expression, readable, text_of
from onrecord.log.similar import MOST_RELATED, RELATED, TWIN, Vectors, related_to
from onrecord.markdown import parse_document
from onrecord.record import read_record
from onrecord.record.vocabulary import shipped

REDIS = "Keep sessions in Redis so that a deploy does not lose any session of a visitor"
OTHERS = [
    "Write invoices to PostgreSQL with one schema for each tenant",
    "Build the site with a static generator and publish through a bucket",
    "Name branches after the issue they close",
    "Let mobile clients talk to one gateway",
    "Test contracts between services with recorded answers",
    "Format numbers and money by the language of the visitor's browser",
    "Retry failed payments three times, each after a longer wait",
]


def read(text: str, path: str = "docs/adr/0012-keep-sessions.md"):
    document = parse_document(text)
    record = read_record(document, path, shipped())
    return document, record


class TestLikeness:
    def test_the_same_words_are_a_twin(self) -> None:
        found = related_to(0, Vectors([REDIS, *OTHERS, REDIS + " again"]))
        assert [one.place for one in found.twins] == [len(OTHERS) + 1]
        assert found.related == []
        assert found.twins[0].score >= TWIN

    def test_a_shared_matter_is_related_and_nothing_else_is(self) -> None:
        found = related_to(0, Vectors([REDIS, *OTHERS, "Run the Redis that keeps sessions in three zones"]))
        assert [one.place for one in found.related] == [len(OTHERS) + 1]
        assert RELATED <= found.related[0].score < TWIN

    def test_only_the_nearest_few_are_named(self) -> None:
        near = [f"Keep sessions in Redis, zone {word}" for word in ("north", "south", "east", "west", "middle")]
        assert (
            len(related_to(0, Vectors([REDIS, *OTHERS, *near, *(f"garden{i} river{i}" for i in range(60))])).related)
            == MOST_RELATED
        )

    def test_words_that_all_records_share_tie_nothing(self) -> None:
        texts = [f"Context Decision Consequences {text}" for text in ("alpha beta", "gamma delta", "epsilon zeta")]
        assert Vectors(texts).nearest(0, RELATED) == []

    def test_a_text_without_words_resembles_nothing(self) -> None:
        assert Vectors(["", "?", REDIS]).nearest(0) == []

    def test_characters_of_unspaced_scripts_are_words(self) -> None:
        texts = ["セッションをレディスに保存する", "レディスのセッションを三つの区画に置く", "請求書を書く", *OTHERS]
        assert Vectors(texts).nearest(0)[0].place == 1

    @given(st.lists(st.text(alphabet="abc de", max_size=20), min_size=2, max_size=6))
    def test_likeness_is_mutual_and_at_most_one(self, texts: list[str]) -> None:
        vectors = Vectors(texts)
        scores = {(i, one.place): one.score for i in range(len(texts)) for one in vectors.nearest(i)}
        for (i, j), score in scores.items():
            assert 0 < score <= 1
            assert scores[j, i] == pytest.approx(score)


class TestQuery:
    @pytest.mark.parametrize(
        ("query", "expression"),
        [
            ("redis sessions", '"redis" AND "sessions"'),
            ("why do we use redis", '"redis"'),
            ("why", '"why"'),
            ('"in redis" zone*', '"in redis" AND "zone"*'),
            ('"the last quote', '"last" AND "quote"'),
            ("redis AND NOT NEAR(x)", '"redis" AND "NEAR(x)"'),
            ("title:x ^y -z {a}", '"title:x" AND "^y" AND "-z" AND "{a}"'),
            ("redis redis", '"redis"'),
            ("* \" ?! '", ""),
            ("x\x00y", '"x" AND "y"'),
        ],
    )
    def test_what_a_person_typed(self, query: str, expression: str) -> None:
        assert match_expression(query) == expression

    def test_unspaced_scripts_are_searched_by_character(self) -> None:
        assert readable(match_expression("保存")) == '"保存"'
        assert match_expression("保存") != '"保存"'


class TestText:
    def test_comments_and_struck_text_are_not_searched(self) -> None:
        text = "# Use Redis\n\n<!-- secretword -->\n\n## Decision\n\nUse ~~Memcached~~ Redis.\n"
        found = " ".join(text_of(*read(text)))
        assert "secretword" not in found
        assert "Memcached" not in found
        assert "Use Redis." in " ".join(found.split())

    def test_the_marks_of_snippets_cannot_be_smuggled_in(self) -> None:
        found = "".join(text_of(*read(f"# Use {MARK}Redis{END}\n\n## Decision\n\nUse {MARK}it{END}.\n")))
        assert MARK not in found
        assert END not in found

    @pytest.mark.parametrize(
        "text",
        [
            "---\ntags: [storage, Web UI]\n---\n# A\n",
            "---\ncategories: storage, Web UI\n---\n# A\n",
            "# A\n\nTags: storage, Web UI\n",
            "# A\n\n* Status: accepted\n* **Tags:** storage, Web UI\n",
        ],
    )
    def test_tags_are_read_where_people_write_them(self, text: str) -> None:
        assert card_of(*read(text + "\n## Decision\n\nUse it.\n")).tags == ("storage", "Web UI")
