"""Does `onrecord why` name the record that came with a line? Over clones with a work tree and their whole history.

    python bench/why.py [--lines 12] [--seed 0] REPOSITORY...

From each repository: commits of the main line (a merge counts as one) that added a record together with code, both still
there; a file of each, drawn; a line of it that `git blame` still gives to that commit, drawn. `why PATH:LINE` is right
when the record is among its first three answers; where a commit added several, when one of them is. For comparison, the
same is counted without the commits: by scope, text and comments only.

    python bench/why.py --time 20 REPOSITORY

draws lines of any file instead, and compares the time of `why` with that of the `git blame` it needs: of the first `why`
about a line (its commit has not been read before, the records have), and of the quickest of three.
"""

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from onrecord.adapters.blame import blame_line
from onrecord.adapters.git import GitError, run_git, tracked_files
from onrecord.adapters.kept import Kept
from onrecord.adapters.remote import remote_of
from onrecord.cli.why_log import Log, read_settings
from onrecord.log.place import Place
from onrecord.log.why import explain, file_name

CODE = re.compile(
    r"\.(?:java|kt|cs|py|go|ts|tsx|js|jsx|rs|scala|rb|php|c|h|cc|cpp|proto|razor|sh|sql|gradle|kts|csproj|ya?ml|tf|fs)$"
)
GOOD = 3


class Case(NamedTuple):
    """A line, and the records that its commit added, by their paths today."""

    path: str
    line: int
    sha: str
    records: tuple[str, ...]


def log_of(root: Path) -> Log:
    """Return the log of a repository, with nothing taken from earlier runs."""
    kept = Kept(None)
    return Log(root, tracked_files(root), read_settings(root, None, kept), kept)


def pairs(root: Path, records: dict[str, str]) -> list[tuple[str, list[str], list[str]]]:
    """Return commits of the main line with the records and the code they brought that are still there."""
    out = run_git(root, "log", "--first-parent", "-m", "--root", "--no-renames", "--name-status", "--format=%x01%H")
    found = []
    there = set(run_git(root, "ls-files").decode("utf-8", "replace").splitlines())
    for part in out.decode("utf-8", "replace").split("\x01")[1:]:
        sha, *rows = [row for row in part.splitlines() if row]
        changed = [row.split("\t", 1) for row in rows]
        brought = [records[name] for s, p in changed if s == "A" and (name := file_name(p)) in records]
        code = [p for s, p in changed if s in "AM" and CODE.search(p) and p in there]
        if brought and code and len(brought) <= GOOD:  # a bulk of records was moved, not written
            found.append((sha, brought, code))
    return found


def draw(root: Path, wanted: int, seed: int) -> list[Case]:
    """Return so many lines, each of another commit as long as there are some."""
    log = [known.record.path for known in log_of(root).read() if known.record.kind == "record"]
    names: dict[str, list[str]] = {}
    for path in log:
        names.setdefault(file_name(path), []).append(path)
    records = {name: of[0] for name, of in names.items() if len(of) == 1}
    chance = random.Random(seed)  # noqa: S311
    commits = pairs(root, records)
    chance.shuffle(commits)
    cases: list[Case] = []
    drawn: set[tuple[str, int]] = set()
    for _ in range(4):
        for sha, brought, code in commits:
            if len(cases) >= wanted:
                return cases
            path = chance.choice(code)
            lines = [n for n in lines_of(root, sha, path) if (path, n) not in drawn]
            if lines:
                line = chance.choice(lines)
                drawn.add((path, line))
                cases.append(Case(path, line, sha, tuple(brought)))
    return cases


def lines_of(root: Path, sha: str, path: str) -> list[int]:
    """Return the lines of a file with words in them that a commit of the main line, or a commit it merged, wrote."""
    try:
        inside = set(run_git(root, "rev-list", f"{sha}^..{sha}").decode().split())
        out = run_git(root, "blame", "-w", "--porcelain", "--", path).decode("utf-8", "replace")
    except GitError:
        return []
    found, at = [], (0, "")
    for row in out.splitlines():
        if match := re.match(r"([0-9a-f]{40}) \d+ (\d+)", row):
            at = (int(match[2]), match[1])
        elif row.startswith("\t") and at[1] in inside and len(re.findall(r"\w", row)) >= 4:
            found.append(at[0])
    return found


def ask(root: Path, case: Case) -> list[str | None]:
    """Return the paths of the answers, as the command line gives them."""
    script = Path(sys.executable).with_name("onrecord")  # as people call it; "-m" takes longer
    call = [str(script)] if script.is_file() else [sys.executable, "-m", "onrecord"]
    command = [*call, "why", f"{case.path}:{case.line}", "--output-format", "json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return [answer["path"] for answer in json.loads(done.stdout)["answers"]]


def measure(root: Path, wanted: int, seed: int) -> tuple[int, int, int]:
    """Ask about the lines of one repository; return how many were right, right without git, and asked."""
    cases = draw(root, wanted, seed)
    right = without = 0
    log = log_of(root).read()
    files = tracked_files(root)
    remote = remote_of(root)
    for case in cases:
        answers = ask(root, case)
        hit = any(path in case.records for path in answers[:GOOD])
        place = Place(case.path, case.line, lines=tuple((root / case.path).read_text("utf-8", "replace").split("\n")))
        bare = explain(place, log, [], files, remote.slug if remote else "")[:GOOD]
        without += any(answer.record and answer.record.path in case.records for answer in bare)
        right += hit
        if not hit:
            print(f"  missed {case.path}:{case.line} ({case.sha[:9]}): {case.records[0]}; said {answers[:GOOD]}")
    print(f"{root.name}: {right} of {len(cases)} right; {without} by scope, text and comments alone", flush=True)
    return right, without, len(cases)


def clock(root: Path, wanted: int, seed: int) -> None:
    """Compare the time of `why` with that of `git blame`, over lines of any code."""
    chance = random.Random(seed)  # noqa: S311
    files = [path for path in run_git(root, "ls-files").decode().splitlines() if CODE.search(path)]
    rows: list[tuple[float, float, float]] = []
    drawn = chance.sample(files, min(wanted + 1, len(files)))
    for number, path in enumerate(drawn):
        text = (root / path).read_text("utf-8", "replace")
        line = chance.randint(1, max(1, text.count("\n")))
        case = Case(path, line, "", ())
        if not number:
            ask(root, case)  # reads the records
            continue
        blame_line(root, path, line)  # whoever asks first waits for the disk
        whys, blames = [], []
        for _ in range(3):  # in turns: whatever else goes on meets both alike
            whys.append(taken(partial(ask, root, case)))
            blames.append(taken(partial(blame_line, root, path, line)))
        rows.append((min(blames), whys[0], min(whys)))
        blame, first, again = rows[-1]
        print(f"  blame {blame:.2f} s; why {first:.2f} s, again {again:.2f} s  {path}:{line}", flush=True)
    blames, firsts, agains = zip(*rows, strict=True)
    print(
        f"{root.name}: {sum(firsts) / sum(blames):.2f} times the blame in all, again {sum(agains) / sum(blames):.2f}",
        end="",
    )
    print(
        f"; median {statistics.median(f / b for b, f, _ in rows):.2f}, again {statistics.median(a / b for b, _, a in rows):.2f}"
    )


def taken(call: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    """Draw, ask and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path, metavar="REPOSITORY")
    parser.add_argument("--lines", type=int, default=12, help="lines of each repository (default: 12)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--time", type=int, metavar="N", help="compare the time over N lines instead")
    options = parser.parse_args()
    if options.time:
        for root in options.repositories:
            clock(root.resolve(), options.time, options.seed)
        return
    counts = [measure(root.resolve(), options.lines, options.seed) for root in options.repositories]
    right, without, asked = (sum(column) for column in zip(*counts, strict=True))
    print(f"in all: {right} of {asked} right ({100 * right / max(1, asked):.0f} %); without the commits {without}")


if __name__ == "__main__":
    main()
