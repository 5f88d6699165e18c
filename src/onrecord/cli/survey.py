"""`onrecord survey`: the coverage reports of many clones, one after the other or on a cluster, put together."""

from __future__ import annotations

import argparse
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from onrecord import __version__
from onrecord.adapters.coverage_past import as_of, hash_of
from onrecord.adapters.files import find_root
from onrecord.adapters.git import GitError, run_git
from onrecord.adapters.report_folder import file_name, keep_finished, open_folder, read_finished
from onrecord.adapters.settings import load_config
from onrecord.adapters.survey import remote_of
from onrecord.adapters.write import Unwritable
from onrecord.check import ConfigFault
from onrecord.cli import coverage
from onrecord.cli.common import say, today
from onrecord.cli.coverage_combine import FORMATS, combined, show
from onrecord.cli.main import OUTSIDE, UsageFault
from onrecord.cli.status_line import StatusLine
from onrecord.coverage.combine import Failure, Part, read_part
from onrecord.coverage.report import VERSION, report_json
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNCOMMITTED = "Files that git tracks differ from the last commit; records were read as they are now."
_ABSOLUTE = re.compile(r"(?<![\w.:/+-])(?:[A-Za-z]:)?[/\\](?:[\w.+@ -]*[\w.+@-][/\\])*([\w.+@-]+)")
_DAMAGE = re.compile(
    r"\b(?:bad (?:object|tree)|unable to read|could not read|missing (?:blob|tree)|corrupt|index file)\b"
)
_WINDOW = ("last_count", "since", "until", "baseline")


class Job(NamedTuple):
    """One repository to read: what it is called, its folder, and the options of `onrecord coverage`."""

    name: str
    root: str
    options: argparse.Namespace


class _Stopped(Exception):
    """There is no cluster, or none any more; the message is for people."""


class Outcome(NamedTuple):
    """The report as JSON, or the reason why there is none."""

    text: str
    reason: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "repositories", nargs="*", metavar="REPOSITORY", help="folders of clones, with all their history"
    )
    parser.add_argument("--list", metavar="FILE", help="read folders from a file, one a line")
    coverage.add_reading_arguments(parser)
    parser.add_argument(
        "--workers", type=int, default=0, metavar="N", help="processes to read with (default: 0, one after the other)"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask cluster that is there, and sees the same folders: tcp://host:8786",
    )
    parser.add_argument(
        "--output", metavar="FOLDER", help="keep each report here as it is finished; the same call goes on from these"
    )
    parser.add_argument("--output-format", choices=FORMATS, default="text")


def run(options: argparse.Namespace) -> int:
    """Read all, add up and print; return the exit code. A repository that cannot be read is said, and the rest counts."""
    jobs = _jobs(options)
    folder = Path(options.output) if options.output else None
    if folder:
        _try_writing(folder, lambda: open_folder(folder))
    parts = [part for job in jobs if folder and (part := _finished(job, folder))]
    there = {part.source for part in parts}
    if parts:
        verb, are = ("was", "is") if len(parts) == 1 else ("were", "are")
        say([f"{len(parts)} of {counted(len(jobs), 'report')} {verb} finished before and {are} kept"])
    progress, edited = _Progress(len(jobs), len(parts)), []
    try:
        for job, outcome in _results([job for job in jobs if job.name not in there], options):
            if folder and outcome.text:
                _try_writing(folder, lambda job=job, text=outcome.text: keep_finished(folder, job.name, text))
            parts.append(_part(job, outcome))
            edited += [job.name] if _UNCOMMITTED in outcome.text else []
            progress.tell(job.name)
    except _Stopped as stop:
        say([str(stop)])
        return OUTSIDE
    finally:
        progress.line.end()
    found = combined(parts)
    show(found, options.output_format, None)
    say(f"{name}: {_UNCOMMITTED}" for name in sorted(edited))
    say(f"{one.repository}: {one.reason}" for one in found.failed)
    return OUTSIDE if found.failed else 0


def report_of(job: Job) -> Outcome:
    """Read one repository; never raises, so that one that cannot be read stops no other. No path of this machine stays."""
    try:
        root = Path(job.root)
        if not (root / ".git").exists():
            return Outcome("", "there is no clone with a working tree" if root.is_dir() else "there is no such folder")
        notes = (_UNCOMMITTED,) if _is_edited(root) else ()
        report = coverage.read_report(root, job.options)
        if job.options.config:
            report = report._replace(config=Path(job.options.config).name)
        return Outcome(coverage.as_json(report_json(report._replace(notes=(*report.notes, *notes)))), "")
    except (GitError, ConfigFault, UsageFault) as error:
        hint = "; a part of this clone is missing or damaged, and a fresh one would help"
        reason = str(error) + (hint if _DAMAGE.search(str(error)) else "")
    except OSError as error:  # no room, or a file that may not be read
        reason = error.strerror or str(error)
    except Exception as error:  # whatever it is, it is this repository's
        reason = f"internal error, please report it: {type(error).__name__}: {error}"
    return Outcome("", _without_paths(reason))


def _jobs(options: argparse.Namespace) -> list[Job]:
    """Return what is to be read, each once; raises UsageFault for what cannot be told apart."""
    if options.workers < 0 or (options.workers and options.scheduler):
        raise UsageFault("--workers is a number from 0 on, and goes without --scheduler")
    shared = _shared_options(options)
    found: dict[str, Job] = {}
    for named in [*options.repositories, *(_listed(options.list) if options.list else ())]:
        root = Path(os.path.realpath(find_root(Path(os.path.abspath(named)))))  # noqa: PTH100 - resolve() would follow symlinks
        if not (root / ".git").exists():
            root = Path(os.path.realpath(named))
        name = _name_of(root)
        known = found.setdefault(file_name(name).casefold(), Job(name, str(root), shared))
        if known.root != str(root):
            step = "leave one out" if "/" in name else "a remote “origin” would tell them apart"
            raise UsageFault(f"{known.root} and {root} are both called {name}; {step}")
    if not found:
        raise UsageFault("name the clones to read, such as: onrecord survey ../*/ — or a --list of them")
    return sorted(found.values(), key=lambda job: job.name)


def _shared_options(options: argparse.Namespace) -> argparse.Namespace:
    """Return the options of `onrecord coverage`, all others as they are by default; raises UsageFault, ConfigFault."""
    parser = argparse.ArgumentParser()
    coverage.add_arguments(parser)
    shared = parser.parse_args([])
    for name in ("last", "since", "until"):
        setattr(shared, name, getattr(options, name))
    shared.today = today(options) if options.today else None
    shared.config = os.path.abspath(options.config) if options.config else None  # noqa: PTH100
    coverage.window_of(shared, load_config(Path.cwd(), options.config))
    return shared


def _listed(file: str) -> Iterator[str]:
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFault(f"--list {file}: it cannot be read") from error
    yield from (line for row in lines if (line := row.strip()) and not line.startswith("#"))


def _name_of(root: Path) -> str:
    try:
        remote = remote_of(root) if (root / ".git").exists() else None
    except GitError:
        remote = None
    return remote.slug if remote else root.name


def _results(jobs: list[Job], options: argparse.Namespace) -> Iterable[tuple[Job, Outcome]]:
    """Yield outcomes as they come, from this process or from others."""
    if not jobs:
        return
    if not options.workers and options.scheduler is None:
        yield from ((job, report_of(job)) for job in jobs)
        return
    try:
        from onrecord.adapters.cluster import ClusterFault, Lost, run_on_cluster
    except ImportError as error:
        raise UsageFault(
            "a cluster needs one more package (dask); this installs it: pip install 'onrecord[cluster]'"
        ) from error
    try:
        for job, result in run_on_cluster(report_of, jobs, options.workers, options.scheduler):
            yield job, Outcome("", _without_paths(result.reason)) if isinstance(result, Lost) else result
    except ClusterFault as fault:
        raise _Stopped(str(fault)) from fault


def _part(job: Job, outcome: Outcome) -> Part:
    if not outcome.text:
        return Part(job.name, failed=(Failure(job.name, outcome.reason),))
    import json

    return read_part(json.loads(outcome.text), job.name, job.name)


def _finished(job: Job, folder: Path) -> Part | None:
    """Return the report that is there, if it would come out the same again."""
    found = read_finished(folder, job.name)
    try:
        if found is None or found.get("version") != VERSION or not _is_current(found, job):
            return None
        return read_part(found, job.name, job.name)
    except Exception:  # what is wrong with it, or with the repository, is told when it is read again
        return None


def _is_current(found: dict[str, Any], job: Job) -> bool:
    """Tell whether commit, configuration, window and tool are the same, and nothing was or is edited."""
    root, options = Path(job.root), job.options
    head = as_of(root)
    remote = remote_of(root)
    config = load_config(root, options.config)
    file = Path(options.config) if options.config else root / config.path if config.path else None
    window = coverage.window_of(options, config)
    return (
        found["tool"] == __version__
        and found["as_of"]
        == {
            "repository": remote.slug if remote else None,
            "sha": head.sha,
            "branch": head.branch,
            "today": options.today or head.day,
        }
        and found["config"]["path"] == (Path(options.config).name if options.config else config.path)
        and found["config"]["sha256"] == hash_of(file)
        and all(found["window"][key] == getattr(window, key) for key in _WINDOW)
        and _UNCOMMITTED not in found["notes"]
        and not _is_edited(root)
    )


def _is_edited(root: Path) -> bool:
    """Tell whether a file that git tracks differs from the last commit."""
    return bool(run_git(root, "status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"))


def _without_paths(reason: str) -> str:
    """Return a reason without the machine's folders: of an absolute path, its last name stays."""
    return _ABSOLUTE.sub(r"…/\1", " ".join(reason.split()))


def _try_writing(folder: Path, write: Any) -> None:
    try:
        write()
    except Unwritable as error:
        raise UsageFault(f"--output {folder}: {error}") from error


class _Progress:
    """Tells on the terminal how many were read."""

    def __init__(self, of: int, done: int) -> None:
        self.of, self.done, self.line = of, done, StatusLine()

    def tell(self, name: str) -> None:
        """Count one more."""
        self.done += 1
        self.line.show(f"{self.done} of {self.of} read, last {name}")
