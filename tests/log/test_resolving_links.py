"""Where links lead: to a record here, to a place that counts as one, nowhere, or where nobody here can tell."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.log.links import Place, name_of, record_named, resolves
from onrecord.record import DecisionRecord
from onrecord.record.folders import in_records_folder
from onrecord.record.recognize import is_page_name

KAFKA = DecisionRecord(path="docs/adr/0012-use-kafka.md", number="12", title="Use Kafka")
PREFIXED = DecisionRecord(path="web/adr/API-003-page.md", number="API-3", title="Page")
STUB = DecisionRecord(path="docs/adr/0013-stub.md", number="13", kind="not-a-record", reason="stub")
LOG = (KAFKA, PREFIXED, STUB)
FILES = {record.path for record in LOG} | {"docs/adr/README.md", "docs/adr/0000-template.md", "src/a.py"}


def place(repository: str = "acme/shop", **more: object) -> Place:
    return Place(
        lambda: LOG,
        FILES.__contains__,
        lambda path: path.endswith(".md") and in_records_folder(path) and not is_page_name(path),
        repository,
        **more,  # type: ignore[arg-type]
    )


HERE = "https://github.com/acme/shop"
ELSEWHERE = "https://github.com/acme/decisions/blob/main/docs/adr/0012-use-kafka.md"


@pytest.mark.parametrize(
    "link",
    [
        "docs/adr/0012-use-kafka.md",
        "./docs/adr/0012-use-kafka.md",
        "/docs/adr/0012-use-kafka.md",
        "docs/adr/0012-use-kafka.md#decision",
        "docs/adr/0012%2Duse-kafka.md",
        "../adr/0012-use-kafka.md",
        "0012-use-kafka.md",
        "adr/0012-use-kafka.md",
        "ADR-12",
        "ADR-0012",
        "adr 12",
        "ADR#12",
        "[ADR-12]",
        "ADR-3",
        f"{HERE}/blob/main/docs/adr/0012-use-kafka.md",
        f"{HERE}/blob/feature/two/parts/docs/adr/0012-use-kafka.md#decision",
        f"{HERE}/blob/main/docs/adr/0012-use-kafka.md?plain=1",
        "https://github.com/Acme/Shop/tree/0a1b2c3/docs/adr/0012-use-kafka.md",
        "github.com/acme/shop/blob/main/docs/adr/0012-use-kafka.md",
        f"<{HERE}/blob/main/docs/adr/0012-use-kafka.md>",
    ],
)
def test_it_leads_to_a_record(link: str) -> None:
    assert resolves(link, place()) is True


@pytest.mark.parametrize(
    "link",
    [
        "docs/adr/0099-nowhere.md",
        "0099-nowhere.md",
        "docs/adr/README.md",
        "docs/adr/0000-template.md",
        "../../etc/adr/passwd.md",
        "docs/adr/%00.md",
        "ADR-99",
        "ADR-13",
        f"{HERE}/blob/main/docs/adr/0099-nowhere.md",
        f"{HERE}/blob/main/docs/adr/README.md",
        f"{HERE}/blob/main/src/a.py",
        f"{HERE}/blob/main/%2e%2e/docs/adr/0099-nowhere.md",
        ELSEWHERE,
        "https://github.com/acme/decisions/pull/12",
        "https://github.com/acme/shop-two/blob/main/docs/adr/0012-use-kafka.md",
    ],
)
def test_it_leads_nowhere(link: str) -> None:
    assert resolves(link, place()) is False


@pytest.mark.parametrize(
    "link",
    [
        "#12",
        f"{HERE}/pull/12",
        f"{HERE}/discussions/12",
        f"{HERE}/wiki/ADR-12",
        HERE,
        f"{HERE}/blob/next-release/docs/adr/0099-in-another-pull-request.md",
        "https://docs.acme.example/adr/0012-use-kafka.md",
        "https://[broken/adr/0001-x.md",
    ],
)
def test_nobody_here_can_tell(link: str) -> None:
    assert resolves(link, place()) is None


def test_without_a_repository_no_link_leads_nowhere() -> None:
    for link in ("docs/adr/0099-nowhere.md", "ADR-99", ELSEWHERE, f"{HERE}/blob/main/src/a.py"):
        assert resolves(link, place("")) is None
    assert resolves("docs/adr/0012-use-kafka.md", place("")) is True


def test_repositories_the_team_allows() -> None:
    allowed = place(allowed=("Acme/Decisions",))
    assert resolves(ELSEWHERE, allowed) is True
    assert resolves(ELSEWHERE.replace("acme/", "eve/"), allowed) is False
    assert resolves("ADR-99", allowed) is None, "it may be a number of theirs"


def test_a_record_that_the_change_adds() -> None:
    bringing = place(added=("docs/adr/0020-new.md", "docs/adr/0021-new/README.md"))
    for link in ("docs/adr/0020-new.md", "0020-new.md", "ADR-20", f"{HERE}/blob/main/docs/adr/0020-new.md"):
        assert resolves(link, bringing) is True, link
    assert resolves(f"{HERE}/tree/main/docs/adr/0021-new", bringing) is True


def test_a_server_of_one_s_own() -> None:
    own = place(server="https://git.acme.example")
    assert resolves("https://git.acme.example/acme/shop/blob/main/docs/adr/0012-use-kafka.md", own) is True
    assert resolves("https://git.acme.example/acme/other/blob/main/docs/adr/0012-use-kafka.md", own) is False
    assert resolves("https://git.acme.example.evil.example/acme/shop/blob/main/docs/adr/0099-x.md", own) is None


def test_a_log_without_numbers_proves_nothing() -> None:
    slugs = place()._replace(records=lambda: (DecisionRecord(path="docs/adr/use-kafka.md", title="Use Kafka"),))
    assert resolves("ADR-12", slugs) is None


def test_records_are_read_only_when_they_are_needed() -> None:
    def fail() -> tuple[DecisionRecord, ...]:
        raise AssertionError("the log was read")

    unread = place()._replace(records=fail)
    for link in ("docs/adr/0012-use-kafka.md", ELSEWHERE, f"{HERE}/blob/main/docs/adr/0012-use-kafka.md", "#12"):
        resolves(link, unread)


@given(st.text(max_size=40), st.sampled_from(["", "ADR-", f"{HERE}/blob/main/", "https://", "docs/adr/", "#"]))
@settings(max_examples=100, deadline=None, database=None, derandomize=True)
def test_no_link_can_break_it(text: str, start: str) -> None:
    assert resolves(start + text, place()) in (True, False, None)
    record_named(start + text, LOG, "acme/shop")


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ("ADR-12", KAFKA),
        ("ADR 0012", KAFKA),
        ("0012-use-kafka.md", KAFKA),
        ("docs/adr/0012-use-kafka.md#why", KAFKA),
        (f"{HERE}/blob/main/docs/adr/0012-use-kafka.md", KAFKA),
        ("ADR-99", None),
        ("ADR-13", None),
        (ELSEWHERE, None),
        ("github.com/acme/decisions/blob/main/docs/adr/0012-use-kafka.md", None),
    ],
)
def test_the_record_a_link_names(link: str, found: DecisionRecord | None) -> None:
    assert record_named(link, LOG, "acme/shop") is found


def test_a_number_of_two_records_names_neither() -> None:
    twin = DecisionRecord(path="web/adr/0012-other.md", number="12")
    assert record_named("ADR-12", (KAFKA, twin)) is None
    assert record_named("web/adr/0012-other.md", (KAFKA, twin)) is twin


def test_names() -> None:
    assert name_of(KAFKA) == "ADR-12 Use Kafka"
    assert name_of(PREFIXED) == "API-3 Page"
    assert name_of(STUB) == "docs/adr/0013-stub.md"
    assert len(name_of(DecisionRecord(path="x", number="1", title="long " * 100))) < 90
