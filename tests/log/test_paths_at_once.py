"""What is asked of all files at once is what each of them says."""

from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.log.paths import Paths, paths_of

NAMES = st.lists(st.text("aAbß/.", min_size=1, max_size=8), max_size=8)
TEXTS = st.text("aAbß/.", min_size=1, max_size=3)


@example(["a/x", "ba/x", "Aa/a/aa"], "a")
@given(NAMES, TEXTS)
def test_one_search_finds_what_each_path_holds(names: list[str], text: str) -> None:
    paths = Paths(names)
    assert paths.below(text) == sum(name.startswith(f"{text}/") for name in names)
    assert list(paths.holding(text)) == [name for name in names if text in name]
    folded = text.casefold()
    assert list(paths.folded_holding(folded)) == [name.casefold() for name in names if folded in name.casefold()]


def test_files_are_made_into_paths_once() -> None:
    paths = Paths(["a"])
    assert paths_of(paths) is paths
    assert paths_of(None) == [] and paths_of(("a", "b")) == ["a", "b"]
