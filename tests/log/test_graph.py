"""Relations: what records name is found in the same log, each relation is one edge, and the rest says why it is none."""

import itertools

import pytest

from onrecord.log.graph import Graph, build_graph, circles
from onrecord.markdown import parse_document
from onrecord.record import DecisionRecord, Status, read_records
from onrecord.record.vocabulary import shipped


def record(path: str, number: str | None = None, **relations: list[str]) -> DecisionRecord:
    return DecisionRecord(path=path, number=number, status=Status("accepted", "Accepted"), **relations)  # type: ignore[arg-type]


def read(path: str, text: str) -> DecisionRecord:
    return read_records(parse_document(text), path, shipped())[0]


def shown(graph: Graph) -> list[tuple[str, str, str]]:
    return [(edge.source.path, edge.kind, edge.target.path) for edge in graph.edges]


OLD, NEW = "docs/adr/0007-keep-invoices.md", "docs/adr/0032-use-kafka.md"


@pytest.mark.parametrize(
    "text",
    [
        "ADR-32",
        "ADR-0032",
        "ADR 32",
        "adr 0032",
        "[ADR-32]",
        "32",
        "0032",
        "0032-use-kafka.md",
        "./0032-use-kafka.md#decision",
        "../adr/0032-use-kafka.md",
        "/docs/adr/0032-use-kafka.md",
        "0032-use-Kafka.md",
        "0032-kafka-as-queue.md",
        "../old/0032-use-kafka.md",
        "/adr/32",
        "/adr/ADR-32",
        "../adr-32.html",
        "0032-use-kafka",
    ],
)
def test_names_of_a_record(text: str) -> None:
    graph = build_graph([record(OLD, "7", superseded_by=[text]), record(NEW, "32")], lambda _: False, ("",))
    assert shown(graph) == [(NEW, "supersedes", OLD)]
    assert graph.unresolved == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ADR-33", "no such number"),
        ("ADR 0033", "no such number"),
        ("/adr/33", "no such number"),
        ("0033-use-redis.md", "no such file"),
        ("0032-entirely-different.md", "no such file"),
        ("RFC-32", "elsewhere"),
        ("RFC 9110", "elsewhere"),
        ("API-033", "elsewhere"),
        ("33", "elsewhere"),
        ("#32", "elsewhere"),
        ("2025", "elsewhere"),
        ("https://example.com/adr/0033-x.md", "elsewhere"),
        ("../../../other/docs/adr/0033-x.md", "elsewhere"),
        ("docs/cli.md", "elsewhere"),
        ("ADR-9", "elsewhere"),
        ("ADR-0040", "elsewhere"),
        ("NNNN-title.md", "elsewhere"),
        ("0005-example.md", "elsewhere"),
        ("{number}", "elsewhere"),
        ("the payments team", "elsewhere"),
        ("", "elsewhere"),
    ],
)
def test_names_of_nothing_here(text: str, reason: str) -> None:
    records = [
        record(OLD, "7", superseded_by=[text]),
        record(NEW, "32"),
        DecisionRecord(path="docs/adr/0009-template.md", kind="not-a-record"),
    ]
    graph = build_graph(records, lambda _: False, ("docs",), ("docs/adr/0040-drawing.adoc",))
    assert [(one.text, one.reason) for one in graph.unresolved] == [(text, reason)]
    assert graph.edges == ()


class TestWhatIsNotKnown:
    """A number is missing only where the whole log was read; a file, where it is not there."""

    @pytest.mark.parametrize("folders", [(), ("web",), ("docs/adr/old",)])
    def test_a_part_of_a_log_has_no_gaps(self, folders: tuple[str, ...]) -> None:
        graph = build_graph([record(OLD, "7", superseded_by=["ADR-33"])], folders=folders)
        assert [one.reason for one in graph.unresolved] == ["elsewhere"]

    def test_a_folder_of_another_name_is_never_read_whole(self) -> None:
        graph = build_graph([record("notes/adr-7.md", "7", superseded_by=["ADR-33"])], folders=("",))
        assert [one.reason for one in graph.unresolved] == ["elsewhere"]

    def test_a_file_that_was_not_read_is_there(self) -> None:
        records = [record(OLD, "7", superseded_by=["0033-use-redis.md"])]
        assert [one.reason for one in build_graph(records, {"docs/adr/0033-use-redis.md"}.__contains__).unresolved] == [
            "elsewhere"
        ]

    def test_a_dated_log_has_no_numbers_to_miss(self) -> None:
        graph = build_graph([record("docs/adr/2026-03-01-keep.md", superseded_by=["ADR-12"])], folders=("",))
        assert [one.reason for one in graph.unresolved] == ["elsewhere"]


class TestSeries:
    """A number means a record of the same log; one of another log only where the name says so."""

    def test_the_record_beside_it(self) -> None:
        records = [
            record("web/adr/0001-a.md", "1", superseded_by=["ADR-2"]),
            record("web/adr/0002-b.md", "2"),
            record("api/adr/0002-c.md", "2"),
        ]
        assert shown(build_graph(records)) == [("web/adr/0002-b.md", "supersedes", "web/adr/0001-a.md")]

    def test_two_that_could_be_meant_are_none(self) -> None:
        records = [
            record("docs/adr/0001-a.md", "1", superseded_by=["ADR-2"]),
            record("docs/adr/web/0002-b.md", "2"),
            record("docs/adr/api/0002-c.md", "2"),
        ]
        graph = build_graph(records, folders=("",))
        assert (graph.edges, [one.reason for one in graph.unresolved]) == ((), ["elsewhere"])

    @pytest.mark.parametrize("text", ["API-002", "API 2", "ADR-2"])
    def test_a_prefix(self, text: str) -> None:
        records = [
            record("docs/adr/API-001-a.md", "API-001", superseded_by=[text]),
            record("docs/adr/API-002-b.md", "API-002"),
            record("docs/adr/WEB-002-b.md", "WEB-002"),
        ]
        assert shown(build_graph(records)) == [("docs/adr/API-002-b.md", "supersedes", "docs/adr/API-001-a.md")]

    @pytest.mark.parametrize("aside", ["outdated", "archive", "historic-adrs", "superseded"])
    def test_old_records_put_aside_belong_to_the_log(self, aside: str) -> None:
        old, new = f"docs/adr/{aside}/0001-a.md", "docs/adr/0002-b.md"
        for text in ("ADR-2", "0002-b.md", "../0002-b.md"):
            graph = build_graph([record(old, "1", superseded_by=[text]), record(new, "2")], lambda _: False)
            assert shown(graph) == [(new, "supersedes", old)]


class TestEdges:
    """One edge for one relation, whoever states it."""

    def test_who_says_so(self) -> None:
        def sides(old: list[str], new: list[str]) -> list[tuple[bool, bool]]:
            graph = build_graph([record(OLD, "7", superseded_by=old), record(NEW, "32", supersedes=new)])
            return [(edge.by_source, edge.by_target) for edge in graph.edges]

        assert sides(["ADR-32"], []) == [(False, True)]
        assert sides([], ["ADR-7"]) == [(True, False)]
        assert sides(["ADR-32", "0032-use-kafka.md"], ["ADR-7"]) == [(True, True)]

    def test_two_that_relate_to_each_other_are_one_edge(self) -> None:
        graph = build_graph([record(NEW, "32", relates_to=["ADR-7"]), record(OLD, "7", relates_to=["ADR-32"])])
        assert [(edge.source.path, edge.by_source, edge.by_target) for edge in graph.edges] == [(OLD, True, True)]

    def test_a_record_has_no_relation_to_itself(self) -> None:
        assert build_graph([record(OLD, "7", supersedes=["ADR-7"], relates_to=["0007-keep-invoices.md"])]).edges == ()

    def test_what_is_no_record_states_nothing(self) -> None:
        page = DecisionRecord(path=OLD, kind="not-a-record", superseded_by=["ADR-32"])
        assert build_graph([page, record(NEW, "32")]) == Graph((), ())

    def test_the_order_given_does_not_matter(self) -> None:
        records = [
            record("docs/adr/0001-a.md", "1", superseded_by=["ADR-3"], relates_to=["ADR-2"]),
            record("docs/adr/0002-b.md", "2", amends=["ADR-1"], relates_to=["ADR-9"]),
            record("docs/adr/0003-c.md", "3", supersedes=["ADR-1", "ADR-2"]),
        ]
        assert len({str(shown(build_graph(order))) for order in itertools.permutations(records)}) == 1

    def test_a_link_back_without_a_word(self) -> None:
        old = read(OLD, "# 7. Keep\n\n## Status\n\nSuperseded by ADR-32\n\n## Decision\n\nWe keep them.\n")
        linked = read(NEW, "# 32. Kafka\n\n## Decision\n\nWe use Kafka, see [before](0007-keep-invoices.md).\n")
        silent = read(NEW, "# 32. Kafka\n\n## Decision\n\nWe use Kafka.\n")
        assert [edge.is_linked for edge in build_graph([old, linked]).edges] == [True]
        assert [edge.is_linked for edge in build_graph([old, silent]).edges] == [False]


class TestCircles:
    def test_a_mutual_link_is_none(self) -> None:
        records = [record(OLD, "7", superseded_by=["ADR-32"]), record(NEW, "32", supersedes=["ADR-7"])]
        assert circles(build_graph(records)) == []

    @pytest.mark.parametrize("size", [2, 3, 5])
    def test_a_ring_is_one(self, size: int) -> None:
        records = [
            record(f"docs/adr/{i:04}-x{i}.md", str(i), superseded_by=[f"ADR-{i % size + 1}"])
            for i in range(1, size + 1)
        ]
        found = circles(build_graph([*records, record("docs/adr/0009-after.md", "9", supersedes=["ADR-1"])]))
        assert [[one.number for one in group] for group in found] == [[str(i) for i in range(1, size + 1)]]

    def test_relations_may_loop(self) -> None:
        records = [
            record(OLD, "7", amends=["ADR-32"], relates_to=["ADR-32"]),
            record(NEW, "32", amends=["ADR-7"], relates_to=["ADR-7"]),
        ]
        assert circles(build_graph(records)) == []


def note(words: str) -> DecisionRecord:
    return read(OLD, f"# 7. Keep\n\n## Status\n\nAccepted\n\n## Decision\n\nWe keep them.\n\n**{words}**\n")


@pytest.mark.parametrize(
    ("words", "is_partial"),
    [
        ("Note: this is superseded by ADR-32.", False),
        ("Note: this is partly superseded by ADR-32.", True),
        ("Parts of this record were superseded by ADR-32.", True),
        ("Superseded by ADR-32 for:", True),
        ("This is superseded by ADR-32 for the second protocol.", True),
        ("This supersedes only the queue of ADR-32.", None),
    ],
)
def test_a_part_of_a_record_is_replaced(words: str, is_partial: bool | None) -> None:
    edges = build_graph([note(words), record(NEW, "32")]).edges
    assert [edge.is_partial for edge in edges] == ([] if is_partial is None else [is_partial])


@pytest.mark.parametrize(
    "words",
    [
        "This record does not amend or supersede ADR-32.",
        "This line follows ADR-9, now superseded by ADR-32, in all but one point.",
    ],
)
def test_what_is_said_of_others_is_no_relation(words: str) -> None:
    assert build_graph([note(words), record(NEW, "32")]).edges == ()


def test_a_successor_in_a_heading_and_in_a_key_in_camel_case() -> None:
    heading = read(
        OLD, "# 7. Keep\n\n## This record has been superseded by [Kafka](0032-use-kafka.md)\n\n## Decision\n\nKept.\n"
    )
    key = read(OLD, '---\nstatus: superseded\nsupersededBy: "0032"\n---\n\n# 7. Keep\n\n## Decision\n\nKept.\n')
    for old in (heading, key):
        assert shown(build_graph([old, record(NEW, "32")])) == [(NEW, "supersedes", OLD)]
