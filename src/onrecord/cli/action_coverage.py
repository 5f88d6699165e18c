"""What one pull request would make of decision coverage if it were merged now: a line in the Action's summary, or here.

It is *added* to the window of its base (n + 1), while the window of a later report moves on and drops its oldest. Both
figures go by the base's configuration, so that nobody moves the goal-posts in the change that is measured.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from onrecord.adapters.checkout import Checkout, between, checked_out
from onrecord.adapters.coverage_past import as_of
from onrecord.adapters.coverage_tree import commit_named, tree_at
from onrecord.adapters.discover import discover
from onrecord.adapters.event import read_change, read_occasion
from onrecord.adapters.files import reason_of
from onrecord.adapters.git import GitError
from onrecord.adapters.history import ShallowClone
from onrecord.adapters.settings import load_config
from onrecord.change.history import MergedChange
from onrecord.check import Config, ConfigFault, ReadFile
from onrecord.cli.common import repository, say, write_out
from onrecord.cli.coverage_ground import with_history
from onrecord.cli.coverage_reading import look_around, read_window
from onrecord.cli.main import NOTHING, UsageFault
from onrecord.cli.selection import select_files
from onrecord.coverage.compare import changed_settings
from onrecord.coverage.pulls import cover
from onrecord.coverage.report import Window
from onrecord.coverage.settings import settings_of
from onrecord.log.links import name_of
from onrecord.render.coverage_change import pull_line, settings_lines

if TYPE_CHECKING:
    import argparse

    from onrecord.adapters.event import Occasion
    from onrecord.change import Change
    from onrecord.coverage.fractions import Fraction
    from onrecord.coverage.model import Pull
    from onrecord.coverage.pulls import Ground

TOO_SHALLOW = (
    "Decision coverage was not counted: most of the history is not in this clone; “fetch-depth: 0” for"
    " actions/checkout brings it."
)
NOT_HERE = "Decision coverage was not counted: the pull request is not checked out here."
WINDOW = Window(200, "", "", "")
_NOT_BESIDE = ("compare", "trend", "fail_under", "ratchet", "ratchet_update", "github")


class Ahead(NamedTuple):
    """The change as it would be counted, the records that cover it by name, decision coverage before and after it.

    `settings` are lines on what the change does to the configuration.
    """

    pull: Pull
    covering: tuple[str, ...]
    before: Fraction
    after: Fraction
    settings: tuple[str, ...]

    def told(self) -> list[str]:
        """Return the line, and another one where the change touches what is counted."""
        line = pull_line(self.pull, self.covering, self.before, self.after)
        if not self.settings:
            return [line]
        return [line, f"It changes what is counted, and goes by the rules before that: {'; '.join(self.settings)}."]


def lines_for_summary(occasion: Occasion, change: Change, root: Path, named: str | None) -> list[str]:
    """Return the lines for the Action's summary; whatever goes wrong is one sentence, for a check does not hang on it."""
    if not occasion.is_checked_out or not (root / ".git").exists():
        return [NOT_HERE]
    try:
        here = checked_out(root, occasion.base_sha or None, occasion.head_sha or None)
        return look_ahead(here, change, named, WINDOW).told() if here else [TOO_SHALLOW]
    except ShallowClone:
        return [TOO_SHALLOW]
    except (GitError, ConfigFault, UsageFault, OSError) as error:
        return [f"Decision coverage was not counted: {reason_of(error)}."]
    except Exception as error:  # our own fault must not fail a check that was fine
        return [f"Decision coverage was not counted: an internal error ({type(error).__name__})."]


def print_line(options: argparse.Namespace) -> int:
    """Print the line for an event file, where this clone holds both ends of the pull request; return the exit code."""
    if beside := [flag for flag in _NOT_BESIDE if (given := getattr(options, flag)) is not None and given is not False]:
        raise UsageFault(
            f"--pull-request prints a line and judges nothing, so --{beside[0].replace('_', '-')} does not go with it"
        )
    if options.output_format not in ("text", "markdown"):
        raise UsageFault(f"--pull-request prints a line, as text or markdown, not as {options.output_format}")
    from onrecord.cli.coverage import window_of
    from onrecord.render.safe import for_markdown, for_terminal

    change = read_change(options.pull_request)
    if change is None:
        say([f"{options.pull_request}: no pull request in this event"])
        return NOTHING
    root = repository()
    occasion = read_occasion("pull_request", Path(options.pull_request))
    here = between(root, occasion.base_sha, occasion.head_sha)
    if here is None:
        raise GitError(
            f"this clone does not hold both ends of #{change.number}; “git fetch origin pull/{change.number}/head” brings it"
        )
    told = look_ahead(here, change, options.config, window_of(options, Config())).told()
    escape = for_markdown if options.output_format == "markdown" else for_terminal
    write_out("".join(f"{escape(line)}\n" for line in told), options.output)
    return 0


def look_ahead(here: Checkout, change: Change, named: str | None, window: Window) -> Ahead:
    """Count the window at the base, and once more with the change in it; raises GitError and ConfigFault."""
    head = as_of(here.root)  # refuses a shallow clone
    change = change._replace(files=here.files()) if change.files is None else change
    wanted, end = [named] if named else [], commit_named(here.root, here.head) or here.head
    with tree_at(here.root, here.base, *wanted) as before, tree_at(here.root, end, *wanted) as after:
        config = load_config(before, named if named and (before / named).is_file() else None, before)
        merged = read_window(before, window._replace(baseline=config.pull_requests.since))
        base = look_around(before, config, before)
        ground = with_history(before, base.ground, merged.changes)
        read = _read_again(after, config, base.files, {file.path for file in change.files or ()})
        changed = look_around(after, config, before, read=read).ground._replace(
            patches=ground.patches, sides=ground.sides, renamed=ground.renamed
        )
        one = _as_merged(change, end, head.day)
        found = cover(merged._replace(changes=(one, *merged.changes)), changed)
        was = cover(merged, ground).decision_coverage()
        pull = found.pulls[0]
        settings = tuple(settings_lines(changed_settings(settings_of(config), _settings_of(after, named))))
        return Ahead(pull, _covering(pull, changed), was, found.decision_coverage(), settings)


def _read_again(tree: Path, config: Config, before: list[ReadFile], changed: set[str]) -> list[ReadFile]:
    """Return the records of the changed tree: those of the base, and in place of what the change touches what is there now."""
    names = set(discover(tree, config).files)
    own = [str(tree / name) for name in sorted(names & changed)]
    kept = [file for file in before if file.record.path in names - changed]
    return [*kept, *(select_files(own, tree, config).files if own else [])]


def _settings_of(tree: Path, named: str | None) -> dict[str, object]:
    """Return the settings that the change leaves behind; a file that it breaks is told as such."""
    try:
        return settings_of(load_config(tree, named if named and (tree / named).is_file() else None, tree))
    except ConfigFault as fault:
        return {"configuration": f"cannot be read: {fault}"}


def _as_merged(change: Change, sha: str, day: str) -> MergedChange:
    message = f"{change.title} (#{change.number or 0})\n\n{change.body}"
    return MergedChange(sha, day, change, "squash", "description", (), message)


def _covering(pull: Pull, ground: Ground) -> tuple[str, ...]:
    """Return the names of the records that cover a pull request, or of the one that waits."""
    ids = [
        link.record
        for link in pull.links
        if link.record and (link.is_open if pull.state == "pending" else not link.lacks)
    ]
    return tuple(dict.fromkeys(name_of(one.record) for one in ground.known if one.id in ids))
