"""What an offline report costs, beside the `git log --name-only` of the same history: `python bench/coverage.py REPOSITORY`.

Prints seconds of processor time (the least of three runs each: other work on the machine counts little then), their ratio,
and the report's peak memory, git's own included; exits with 1 above 2.0 or 300 MiB.
"""

import resource
import subprocess
import sys

RATIO, MIB, TIMES = 2.0, 300, 3
LOG = ["git", "log", "--name-only", "--no-renames", "--format=%H"]
REPORT = [sys.executable, "-m", "onrecord", "coverage"]


def least(command: list[str], folder: str) -> float:
    """Return the seconds of the fastest of some runs, children included."""
    taken = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def main(folder: str, *more: str) -> int:
    """Measure one repository; further arguments are for the report."""
    report = least([*REPORT, *more], folder)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024  # before git's own log
    log = least(LOG, folder)
    print(f"git log {log:.2f} s, report {report:.2f} s, ratio {report / log:.2f}, at most {memory:.0f} MiB")
    return int(report / log > RATIO or memory > MIB)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
