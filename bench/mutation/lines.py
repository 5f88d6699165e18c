"""Which tests run which line, by coverage.py, and how long each takes."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import coverage

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "onrecord"
MEASURES_TIME = "growth"
AT_IMPORT = ""  # coverage's name for what runs outside every test


def sha(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(paths))).hexdigest()


def forget() -> None:
    """Empty the caches of the tests' own helpers: what one test has worked out, the next would not run."""
    for module in list(sys.modules.values()):
        if str(getattr(module, "__file__", "")).startswith(str(ROOT / "tests")):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and value.__module__ == module.__name__:
                    value.cache_clear()


class Lines:
    """Which tests run which lines, and how long each test takes; kept by test file, new when that or the code changes."""

    def __init__(self, keep: Path) -> None:
        self.folder = keep
        self.index = keep / "map.json"
        code = sha(*PACKAGE.rglob("*.py"))
        kept = json.loads(self.index.read_text()) if self.index.exists() else {}
        self.known: dict[str, Any] = kept if kept.get("code") == code else {"code": code, "files": {}}

    def fill(self, files: list[Path]) -> None:
        """Run the tests of the files that are new or changed, line by line."""
        stale = [file for file in files if self.known["files"].get(str(file), {}).get("sha") != sha(file)]
        if not stale:
            return
        data = self.folder / f"{time.time_ns()}.coverage"
        seconds = data.with_suffix(".json")
        if not (child := os.fork()):
            os.dup2(os.open(self.folder / "map.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
            tracer = coverage.Coverage(data_file=str(data), source=[str(PACKAGE)], messages=False)
            tracer.start()
            watch = Watch(tracer)
            pytest.main([*map(str, stale), "-p", "no:cacheprovider", "--each-case", "-q"], plugins=[watch])
            tracer.stop()
            tracer.save()
            seconds.write_text(json.dumps(watch.seconds))
            os._exit(0)
        os.waitpid(child, 0)
        measured: dict[str, float] = json.loads(seconds.read_text())
        for file in stale:
            own = {name: took for name, took in measured.items() if name.startswith(f"{file.relative_to(ROOT)}::")}
            self.known["files"][str(file)] = {"sha": sha(file), "data": str(data), "seconds": own}
        self.index.write_text(json.dumps(self.known))

    def seconds(self, files: list[Path], slowest: float) -> dict[str, float]:
        every: dict[str, float] = {}
        for file in files:
            every |= self.known["files"][str(file)]["seconds"]
        return {name: took for name, took in every.items() if took <= slowest and MEASURES_TIME not in name}

    def lines(self, files: list[Path], source: Path) -> dict[int, set[str]]:
        """Return the tests that run each line of a source file; AT_IMPORT is among them where nothing but import does."""
        found: dict[int, set[str]] = {}
        for path in {self.known["files"][str(file)]["data"] for file in files}:
            data = coverage.CoverageData(path)
            data.read()
            for line, names in data.contexts_by_lineno(str(source)).items():
                found.setdefault(line, set()).update(names)
            data.close()
        return found


class Watch:
    """Tell coverage which test runs, and keep the CPU seconds of those that pass."""

    def __init__(self, tracer: coverage.Coverage) -> None:
        self.tracer, self.seconds, self.failed = tracer, dict[str, float](), set[str]()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        forget()
        self.tracer.switch_context(item.nodeid)
        start = time.process_time()
        try:
            return (yield)
        finally:
            if item.nodeid not in self.failed:
                self.seconds[item.nodeid] = round(time.process_time() - start, 4)
            self.tracer.switch_context(AT_IMPORT)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)
