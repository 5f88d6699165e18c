"""Feed arbitrary bytes to everything that reads foreign text, guided by coverage (atheris).

    python bench/fuzz records github --seconds 600 --corpus FOLDER

Findings are any exception but the documented faults, what a target's own rules say of its answer, and more than a second of
CPU for an input of at most 64 KiB. Each is written to FOLDER/findings, once for each place in the code, and the run goes on;
the exit code is 1 when there were any.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bench"))
KEPT = ROOT / "tests" / "fuzz_corpus"
MOST_BYTES = 65_536
FLAGS = (f"-max_len={MOST_BYTES}", "-timeout=300", "-rss_limit_mb=4096", "-print_final_stats=1")  # of libFuzzer
SLOW_S = 1.0  # of CPU
INSTRUMENTED = 4  # times as slow, at least, as without instrumentation


def main() -> int:
    """Fuzz each target in a process of its own, then measure again what was slow."""
    options = _options()
    folder = Path(options.corpus).resolve()
    if options.one:
        return _fuzz(options.targets[0], folder, options.seconds)
    if options.measure:
        return _measure(options.targets[0], [Path(name) for name in options.measure])
    from fuzz.places import shared_memory

    found = 0
    for name in options.targets:
        own = [sys.executable, __file__, name, "--corpus", str(folder)]
        # libFuzzer tidies up nothing.
        with tempfile.TemporaryDirectory(prefix="onrecord-fuzz-", dir=shared_memory()) as place:
            there = os.environ | {"FUZZ_FOLDER": place}
            code = subprocess.run([*own, "--seconds", str(options.seconds), "--one"], env=there, check=False).returncode
        if code:
            print(f"{name}: it did not run to its end (exit code {code})", file=sys.stderr)
            found = 1
        slow = sorted(str(path) for path in (folder / "slow" / name).glob("*"))
        if slow and subprocess.run([*own, "--measure", *slow], check=False).returncode:
            found = 1
    return 1 if found or any((folder / "findings").glob("*/*")) else 0


def _options() -> argparse.Namespace:
    from fuzz.targets import NAMES

    parser = argparse.ArgumentParser(prog="python bench/fuzz", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"default: all of {', '.join(NAMES)}")
    parser.add_argument("--seconds", type=int, default=60, help="for each target (default: 60)")
    parser.add_argument("--corpus", default="fuzz-corpus", metavar="FOLDER", help="where inputs and findings are kept")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.targets = options.targets or NAMES
    if unknown := set(options.targets).difference(NAMES):
        parser.error(f"there is no target {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    return options


def _fuzz(name: str, folder: Path, seconds: int) -> int:
    import atheris

    with atheris.instrument_imports(include=["onrecord"]):
        from fuzz.targets import target

        one = target(name)
        for seed in one.SEEDS:  # what is imported when it is needed is to be instrumented too
            with suppress(Exception):
                one.read(_bytes(seed))
    from fuzz.mutate import change_json, change_text

    corpus, findings = folder / name, folder / "findings" / name
    for place in (corpus, findings):
        place.mkdir(parents=True, exist_ok=True)
    for seed in one.SEEDS:
        _write(corpus, _bytes(seed))
    seen: set[str] = set()
    is_json = getattr(one, "IS_JSON", False)

    def try_one(data: bytes) -> None:
        start = time.process_time()
        try:
            one.read(data)
        except Exception as error:
            _note(error, data, findings, seen)
        if time.process_time() - start > INSTRUMENTED * SLOW_S:
            _write(folder / "slow" / name, data)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        if seed % 4 == 0:
            return bytes(atheris.Mutate(data, most))
        made = change_json(data, most, seed, one.WORDS) if is_json else None
        return made if made is not None else change_text(data, most, seed, one.WORDS)

    more = [path for path in (KEPT / name, *map(ROOT.joinpath, getattr(one, "MORE", ()))) if path.is_dir()]
    # Beside our own findings goes what hung, or took all the memory.
    flags = [*FLAGS, f"-max_total_time={seconds}", f"-artifact_prefix={findings}/"]
    atheris.Setup([name, *flags, str(corpus), *map(str, more)], try_one, custom_mutator=mutate)
    atheris.Fuzz()
    return 0


def _bytes(seed: bytes | str) -> bytes:
    return seed if isinstance(seed, bytes) else seed.encode()


def _note(error: Exception, data: bytes, folder: Path, seen: set[str]) -> None:
    """Keep an input once for each kind of fault and the innermost line of ours that it came from."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/onrecord/" in frame.filename]
    last = (
        frames[-1]
        if frames and not isinstance(error, AssertionError)
        else traceback.extract_tb(error.__traceback__)[-1]
    )
    place = f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"
    if place not in seen:
        seen.add(place)
        _write(folder, data, place)
        print(f"FOUND {place}: {str(error)[:300]!r}", file=sys.stderr, flush=True)


def _write(folder: Path, data: bytes, name: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / (name or hashlib.sha256(data).hexdigest()[:16])).write_bytes(data)


def _measure(name: str, paths: list[Path]) -> int:
    """Time inputs without instrumentation, and forget those that are quick."""
    from fuzz.targets import target

    one, found = target(name), 0
    one.read(b"warm up")
    for path in paths:
        start = time.process_time()
        one.read(path.read_bytes())
        spent = time.process_time() - start
        if spent > SLOW_S:
            found = 1
            print(f"SLOW {path}: {spent:.2f} s", file=sys.stderr)
        else:
            path.unlink()
    return found


if __name__ == "__main__":
    sys.exit(main())
