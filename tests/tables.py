"""Tests that try a table of cases and need nothing else are one test each: all cases run, and all that fail are shown.

A case costs a few microseconds, and what pytest and its workers do around one a few milliseconds, in each of the workers.
`--each-case` makes every case a test of its own again, and so does a name with a case in it: `test_x.py::test_y[case]`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator
from itertools import product
from typing import Any

import pytest
from _pytest.mark import ParameterSet

Case = dict[str, Any]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that tells the cases apart."""
    parser.addoption("--each-case", action="store_true", help="make every case of a table a test of its own")


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> list[pytest.Item] | None:
    """Return one test for a whole table, None for what pytest makes of anything else."""
    config = collector.config
    if config.getoption("--each-case") or any("[" in argument for argument in config.invocation_params.args):
        return None
    if not (inspect.isfunction(obj) and isinstance(collector, pytest.Module | pytest.Class)):
        return None
    if not collector.istestfunction(obj, name) or next(collector.iter_markers("parametrize"), None):
        return None
    marks = getattr(obj, "pytestmark", [])
    tables = [mark for mark in marks if mark.name == "parametrize"]
    cases = [*cases_of(tables)] if tables and all(map(_is_plain, tables)) else []
    wanted = set(inspect.signature(obj).parameters) - ({"self"} if isinstance(collector, pytest.Class) else set())
    if len(cases) < 2 or wanted != cases[0].keys():
        return None  # it needs fixtures too
    test = tried(obj, cases, collector.obj if isinstance(collector, pytest.Class) else None)
    test.pytestmark = [mark for mark in marks if mark.name != "parametrize"]  # type: ignore[attr-defined]
    item = pytest.Function.from_parent(collector, name=name, callobj=test)
    return None if set(item.fixturenames) - {"request"} else [item]


def _is_plain(table: pytest.Mark) -> bool:
    """Tell whether a table can be looked at here: written down, and no case with a mark of its own."""
    rows = table.args[1] if len(table.args) == 2 else None
    if table.kwargs.keys() - {"ids"} or not isinstance(rows, Collection):
        return False
    return not any(isinstance(row, ParameterSet) and row.marks for row in rows)


def cases_of(tables: list[pytest.Mark]) -> Iterator[Case]:
    """Yield the cases of tables, each with each of the others."""
    named: list[list[Case]] = []
    for table in tables:
        names, rows = table.args
        names = [one.strip() for one in names.split(",")] if isinstance(names, str) else [*names]
        values = [row.values if isinstance(row, ParameterSet) else (row,) if len(names) == 1 else row for row in rows]
        named.append([dict(zip(names, row, strict=True)) for row in values])
    for several in product(*named):
        yield {name: value for case in several for name, value in case.items()}


def tried(test: Callable[..., None], cases: list[Case], of: type | None) -> Callable[[], None]:
    """Return a test of all cases; one that fails is raised as it is, several together."""

    def try_all() -> None:
        __tracebackhide__ = True
        failed: list[BaseException] = []
        skipped: list[BaseException] = []
        for case in cases:
            try:
                test(*([of()] if of else []), **case)
            except pytest.skip.Exception as error:
                skipped.append(error)
            except (Exception, pytest.fail.Exception) as error:
                error.add_note(f"where {', '.join(f'{name} is {value!r:.300}' for name, value in case.items())}")
                failed.append(error)
        if len(failed) > 1:
            raise BaseExceptionGroup(f"{len(failed)} of {len(cases)} cases fail", failed)
        if failed or len(skipped) == len(cases):
            raise (failed or skipped)[0]

    return try_all
