"""How many examples a property is tried with, and what makes a run of all tests cheaper.

`--hypothesis-profile thorough` asks for the many examples, where few and always the same are tried in every run. A run of
everyday must not fail by chance; what the weekly one finds becomes a test with its own name.
"""

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.dont_write_bytecode:  # all of it would be compiled again by each run, and by each interpreter that a test starts
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / ".pytest_cache/bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix

from hypothesis import settings  # after that, as it is large

pytest_plugins = ["tables"]

settings.register_profile("suite", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=400, deadline=None)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Deal whole files to workers, in their order: what a file sets up once (a hook environment) is not set up twice.

    Left alone, pytest-xdist would begin with those of the most tests; another `--dist` than its own first choice stays.
    """
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False
        config.option.dist = "loadfile" if config.option.dist == "load" else config.option.dist


class _FromTheEnd(pytest.Dir):
    """A folder that is read from its last file to its first."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield what is in it."""
        yield from reversed([*super().collect()])


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Let every other worker begin at the end, so that no two compile the same: what one has compiled, the other finds."""
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0")[-1] in "02468":
        return None
    return _FromTheEnd.from_parent(parent, path=path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is shipped: few tests that take long, for which one worker would have to be waited for at the end."""
    if "PYTEST_XDIST_WORKER" in os.environ:  # all workers have to agree on an order
        items.sort(key=lambda item: item.path.parts)
    items.sort(key=lambda item: item.path.parent.name != "shipped")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Take ten thousand tests, which stay to the end, out of what every collection of garbage looks through."""
    gc.collect()
    gc.freeze()
