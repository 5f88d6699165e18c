"""Try one mutant in a process of its own: a fork of one that has imported and collected everything."""

from __future__ import annotations

import gc
import importlib.util
import os
import resource
import signal
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from lines import ROOT, forget
from mutants import Mutant

MEMORY = 1 << 30  # bytes that a mutant may take beyond what is there


def living_functions() -> dict[str, list[types.FunctionType]]:
    """Return every function there is by its file; no longer collect garbage, so that forks share memory."""
    found: dict[str, list[types.FunctionType]] = {}
    for thing in gc.get_objects():
        if isinstance(thing, types.FunctionType):
            found.setdefault(thing.__code__.co_filename, []).append(thing)
    gc.disable()
    gc.freeze()
    return found


def put_in_place(living: list[types.FunctionType], old: types.CodeType, new: types.CodeType) -> bool:
    """Give every living function of a module its new code; False when that cannot show the difference."""
    before, after = codes_of(old), codes_of(new)
    put = False
    for function in living:
        name, line = function.__code__.co_qualname, function.__code__.co_firstlineno
        lines = [code.co_firstlineno for code in before.get(name, [])]
        if line not in lines or len(lines) != len(after.get(name, [])):
            continue
        code = after[name][lines.index(line)]
        if code.co_freevars != function.__code__.co_freevars:
            return False
        put = put or code != function.__code__
        function.__code__ = code
    return put


def codes_of(code: types.CodeType) -> dict[str, list[types.CodeType]]:
    found: dict[str, list[types.CodeType]] = {}
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            found.setdefault(part.co_qualname, []).append(part)
            for name, inner in codes_of(part).items():
                found.setdefault(name, []).extend(inner)
    return found


def collect_anew(source: Path, new: str, files: list[str], then: Callable[[dict[str, pytest.Item]], None]) -> None:
    """Forget the package and its tests, and collect again with the new text in the place of one module."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "onrecord" or str(getattr(module, "__file__", "")).startswith(str(ROOT / "tests")):
            del sys.modules[name]
    mutated = ".".join(source.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")

    class Finder:
        @staticmethod
        def find_spec(name: str, path: Any = None, target: Any = None) -> Any:  # noqa: ARG004
            if name != mutated:
                return None
            inside = [str(source.parent)] if source.stem == "__init__" else None
            spec: Any = importlib.util.spec_from_file_location(name, source, submodule_search_locations=inside)
            spec.loader.get_code = lambda _: compile(new, str(source), "exec")
            return spec

    sys.meta_path.insert(0, Finder)  # type: ignore[arg-type]
    pytest.main([*files, "-p", "no:cacheprovider", "--each-case", "-q", "--assert=plain"], plugins=[Collected(then)])


class Collected:
    """Let pytest collect its tests, and do something else with them than run them all."""

    def __init__(self, then: Callable[[dict[str, pytest.Item]], None]) -> None:
        self.then = then

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.then({item.nodeid: item for item in session.items})
        return True


class Trial:
    """One mutant in a process of its own: exit codes are what became of it."""

    SURVIVED, KILLED, STILLBORN = 0, 1, 2

    def __init__(self, seconds: dict[str, float], longest: float) -> None:
        self.seconds, self.longest = seconds, longest
        self.living = living_functions()

    def chosen(self, names: set[str]) -> list[str]:
        """Return the tests to run, quickest first, as far as the time goes."""
        total, found = 0.0, []
        for name in sorted(names & self.seconds.keys(), key=self.seconds.__getitem__):
            total += self.seconds[name]
            if total > self.longest:
                break
            found.append(name)
        return found

    def run(self, items: dict[str, pytest.Item], names: list[str]) -> None:
        """Run tests until one fails, and leave the process."""
        tests = [items[name] for name in names if name in items]
        for test, following in zip(tests, [*tests[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_VIRTUAL, 10 * self.seconds[test.nodeid] + 3)
            if any(report.failed for report in runtestprotocol(test, log=False, nextitem=following)):
                os._exit(self.KILLED)
        os._exit(self.SURVIVED)

    def fork(self, mutant: Mutant, new: str, names: list[str], items: dict[str, pytest.Item], at_import: bool) -> int:
        """Try one mutant and return what became of it."""
        if child := os.fork():
            status = os.waitpid(child, 0)[1]
            return os.WEXITSTATUS(status) if os.WIFEXITED(status) else self.KILLED
        try:
            used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
            signal.setitimer(signal.ITIMER_REAL, 300)
            for number in (signal.SIGALRM, signal.SIGVTALRM):
                signal.signal(number, signal.SIG_DFL)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            name = str(mutant.source)
            old, code = compile(mutant.module.code, name, "exec"), compile(new, name, "exec")
            forget()
            if not at_import and put_in_place(self.living.get(name, []), old, code):
                self.run(items, names)
            files = sorted({name.split("::")[0] for name in names})
            collect_anew(mutant.source, new, files, lambda again: self.run(again, names))
        except BaseException:  # a fault of ours must not go on as a second parent
            os._exit(self.STILLBORN)
        os._exit(self.STILLBORN)
