"""Which titles speak of a place."""

import pytest

from onrecord.log.place import Place
from onrecord.log.titles import titled, words_of


def weights(path: str, *titles: str, files: tuple[str, ...] = (), is_folder: bool = False) -> dict[str, float]:
    found = titled(Place(path, is_folder=is_folder), titles, files)
    return {titles[one.at]: one.weight for one in found}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("IFunctionInvocationFilter", ["Function", "Invocation", "Filter"]),
        ("session_stores", ["session", "stores"]),
        ("HTTPRetryPolicies", ["Retry", "Policies"]),
        ("Use of services for caches", ["caches"]),
        ("Übersichten", ["Übersichten"]),
        ("TransferProcessManagerImpl", ["Transfer", "Process"]),
        ("v2", []),
    ],
)
def test_words_of_a_name(name: str, words: list[str]) -> None:
    assert list(words_of(name).values()) == words


@pytest.mark.parametrize("words", ["cache caches", "box boxes", "branch branches", "policy policies", "alias", "bus"])
def test_one_and_many_are_folded_alike(words: str) -> None:
    assert len(words_of(words)) == 1


def test_one_and_many_are_the_same_word() -> None:
    assert weights("src/Filters", "Kernel filter", is_folder=True).keys() == {"Kernel filter"}
    assert weights("src/CacheFilter.cs", "Kernel filters").keys() == {"Kernel filters"}


def test_the_words_are_told_as_the_title_has_them() -> None:
    [found] = titled(Place("src/transfer_process.py"), ["New state of TransferProcesses"])
    assert found.words == "Transfer Processes"


def test_a_word_that_many_titles_have_says_less_and_at_last_nothing() -> None:
    one, two = (weights("Filters", *[f"Filter {i}" for i in range(n)], is_folder=True)["Filter 0"] for n in (1, 3))
    assert one > two
    assert weights("Filters", *[f"Filter {i}" for i in range(5)], is_folder=True) == {}


def test_a_word_that_many_paths_have_says_nothing() -> None:
    others = tuple(f"src/other{n}.py" for n in range(60))
    assert weights("src/kernel.py", "Kernel", files=others)
    assert weights("src/kernel.py", "Kernel", files=(*others, *(f"Kernel{n}/x.py" for n in range(20)))) == {}


def test_the_nearer_name_and_the_larger_part_of_it_say_more() -> None:
    assert weights("a/filter.py", "Filter")["Filter"] > weights("filter/a.py", "Filter")["Filter"]
    near, far = (weights(path, "Retry with a filter") for path in ("a/retry_filter.py", "retry_filter/a.py"))
    assert near["Retry with a filter"] > far["Retry with a filter"]
    both = weights("a/retry_filter.py", "Retry with a filter", "Retry always")
    assert both["Retry with a filter"] > both["Retry always"]
    assert weights("a/retry_mail_filter.py", "Filter") == {}


@pytest.mark.parametrize("path", ["src/index.ts", "tests/utils.py", "api/services/main.go", "a/b"])
def test_everyday_names_say_nothing(path: str) -> None:
    assert weights(path, "Index of the API services", "Main tests of utils") == {}


def test_a_folder_with_most_files_says_nothing() -> None:
    inside = tuple(f"shop/p{n}.py" for n in range(30))
    others = tuple(f"web/p{n}.py" for n in range(200))
    assert weights("shop/p1.py", "Shop", files=(*inside[:20], *others))
    assert weights("shop/p1.py", "Shop", files=inside) == {}
