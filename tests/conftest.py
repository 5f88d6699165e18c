"""How many examples a property is tried with, and what makes a run of all tests cheaper.

`--hypothesis-profile thorough` asks for the many examples, where few and always the same are tried in every run. A run of
everyday must not fail by chance; what the weekly one finds becomes a test with its own name.
"""

import gc
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

pytest_plugins = ["tables"]

settings.register_profile("suite", max_examples=40, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=400, deadline=None)
settings.load_profile("suite")

if sys.dont_write_bytecode:  # all of it would be compiled again by each run, and by each interpreter that a test starts
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(__file__).parents[1] / ".pytest_cache/bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


def pytest_configure(config: pytest.Config) -> None:
    """Deal whole files to workers, in their order: what a file sets up once (a hook environment) is not set up twice.

    Left alone, pytest-xdist would begin with those of the most tests; another `--dist` than its own first choice stays.
    """
    if hasattr(config.option, "loadscopereorder"):
        config.option.loadscopereorder = False
        config.option.dist = "loadfile" if config.option.dist == "load" else config.option.dist


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is shipped: few tests that take long, for which one worker would have to be waited for at the end."""
    items.sort(key=lambda item: item.path.parent.name != "shipped")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Take ten thousand tests, which stay to the end, out of what every collection of garbage looks through."""
    gc.collect()
    gc.freeze()
