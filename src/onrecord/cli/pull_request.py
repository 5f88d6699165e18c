"""What `pr` and `action` share: the team's triggers, and what there is to know of a change before it is judged."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.adapters.codeowners import read_code_owners
from onrecord.adapters.discover import discover, may_be_record
from onrecord.adapters.files import Unreadable, decode, read_as_records, read_bytes
from onrecord.adapters.git import GitError, tracked_files
from onrecord.adapters.github_faults import GitHubError
from onrecord.adapters.pull_request_templates import read_templates
from onrecord.adapters.settings import words_of
from onrecord.adapters.shipped import schema
from onrecord.adapters.templates import Templates
from onrecord.change import Asked, Triggers
from onrecord.check import Config, Policy, SchemaJudge
from onrecord.check.change import check_change
from onrecord.cli.common import vocabulary_of
from onrecord.log import governing
from onrecord.log.links import Place, name_of, resolves
from onrecord.log.scope import in_force
from onrecord.record.globs import matches
from onrecord.record.recognize import is_page_name
from onrecord.rules import ChangeSubject, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from onrecord.adapters.github import GitHub
    from onrecord.change import Change, ChangedFile, Judged
    from onrecord.check import Finding
    from onrecord.record import DecisionRecord

GITHUB = "https://github.com"
_BRINGS = ("added", "renamed", "copied")


def triggers_of(
    config: Config,
    root: Path,
    *,
    log: Callable[[], Sequence[DecisionRecord]] | None = None,
    files: Callable[[], Sequence[str] | None] | None = None,
    exists: Callable[[str], bool] | None = None,
    changed: Sequence[ChangedFile] | None = None,
    repository: str = "",
    server: str = GITHUB,
) -> Triggers:
    """Return when this team asks, from its configuration, its code owners and its pull-request templates below `root`.

    `log` gives the records of the checkout and is called only when they are needed; by default they are looked for
    below `root`. `files` gives all its files, None when they are not known; `exists` answers for paths in it. `changed`
    is what the change touches. `repository` is "owner/name", empty when the checkout may be of another repository:
    then no link leads nowhere. `server` is the address of the GitHub it is on.
    """
    pulls = config.pull_requests
    records = cache(log or (lambda: read_log(root, config)))
    is_record = is_record_of(config)
    there = exists or (lambda path: _is_file(root, path))
    added = tuple(file.path for file in changed or () if file.status in _BRINGS)
    place = Place(records, there, is_record, repository, server, pulls.record_repositories, added)
    return Triggers(
        frozenset(label.casefold() for label in pulls.labels),
        frozenset(label.casefold() for label in pulls.skip_labels),
        frozenset(login.casefold() for login in pulls.skip_authors),
        _asked_by_path(config, root, records, files or (lambda: _tracked(root)), changed or ()),
        is_record,
        read_templates(root),
        pulls.hints,
        pulls.since,
        lambda link: resolves(link, place),
    )


def is_record_of(config: Config) -> Callable[[str], bool]:
    """Return a function that tells by its path alone whether a file is a record of this team."""
    return lambda path: may_be_record(path, config) and not is_page_name(path)


def _asked_by_path(
    config: Config,
    root: Path,
    records: Callable[[], Sequence[DecisionRecord]],
    files: Callable[[], Sequence[str] | None],
    changed: Sequence[ChangedFile],
) -> Callable[[str], Asked | None]:
    """Return a function that tells what asks when a path is touched: a listed glob, a code owner, a record's scope."""
    pulls = config.pull_requests
    owners = {_login(owner) for owner in pulls.code_owners}
    owners_of = read_code_owners(root).owners_of if owners else (lambda _path: ())
    own = {file.path for file in changed}

    @cache
    def governors() -> list[DecisionRecord]:
        return in_force([record for record in records() if record.path not in own], files())

    def asked(path: str) -> Asked | None:
        for glob in pulls.paths:
            if matches(path, (glob,)):
                return Asked("path", glob, path)
        for owner in owners_of(path):
            if _login(owner) in owners:
                return Asked("code-owner", owner, path)
        if pulls.governed:
            for governed in governing(governors(), (path,)):
                return Asked("scope", name_of(governed.record), path)
        return None

    return asked


def read_log(root: Path, config: Config) -> tuple[DecisionRecord, ...]:
    """Return all records below `root` that the configuration does not leave out; files that cannot be read are none."""
    templates = Templates(vocabulary_of(config), root)
    found: list[DecisionRecord] = []
    for name in discover(root, config).files:
        try:
            content = decode(read_bytes(root / name, root))
        except Unreadable:
            continue
        found += [file.record for file in read_as_records(content, name, name, templates.for_file(root / name))]
    return tuple(found)


def subject_of(
    judged: Judged,
    config: Config,
    *,
    records: Sequence[DecisionRecord] = (),
    files: Sequence[str] | None = None,
    before: Callable[[str], bytes | None] | None = None,
    base: Sequence[DecisionRecord] = (),
    taken: Mapping[str, int] | None = None,
    mode: str | None = None,
    repository: str = "",
) -> ChangeSubject:
    """Return what the change rules look at.

    `records` are all of the log as the change leaves it and `files` all files of the repository, None when they are not
    known; `before` gives a file as it was; `base` are the records of the branch the change goes to; `taken` gives the
    paths of records that other open changes add, with those changes' numbers. `mode` is the configuration's by default.
    """
    changed = judged.change.files or ()
    paths = [path for file in changed for path in (file.path, file.previous) if path]
    return ChangeSubject(
        judged.change,
        judged.facts,
        tuple(records),
        _before(changed, config, before) if before else {},
        tuple(base),
        taken or {},
        tuple(governing(records, paths, files)),
        (mode or config.pull_requests.mode) == "require",
        bool(config.pull_requests.record_repositories),
        repository,
    )


def _before(
    changed: Sequence[ChangedFile], config: Config, read: Callable[[str], bytes | None]
) -> dict[str, DecisionRecord]:
    """Return the records that a change touches as they were, by the paths they had; a file of several is left out."""
    vocabulary, is_record = vocabulary_of(config), is_record_of(config)
    found = {}
    for file in changed:
        path = file.previous or file.path
        if file.status not in ("added", "copied") and is_record(path) and (content := read(path)) is not None:
            records = [one.record for one in read_as_records(decode(content), path, path, vocabulary)]
            if len(records) == 1 and records[0].kind == "record":
                found[path] = records[0]
    return found


def change_policy(config: Config, select: str | None = None, ignore: str | None = None) -> Policy:
    """Return the policy for changes: the schema of pull requests, the team's severities, the rules of this run."""
    chosen, left_out = frozenset(words_of(select)), frozenset(words_of(ignore))
    return Policy(SchemaJudge(schema("pull-request"), (schema("decision-record"),)), config.rules, chosen, left_out)


def judge_policy(
    judged: Judged,
    config: Config,
    select: str | None = None,
    ignore: str | None = None,
    taken: Mapping[str, int] | None = None,
) -> list[Finding]:
    """Return the findings on a change of which nothing but the description and the changed files is known.

    `taken` are the records that other open changes add, with their numbers.
    """
    return check_change(subject_of(judged, config, taken=taken), change_policy(config, select, ignore))


def taken_by_others(github: GitHub, repository: str, change: Change, config: Config) -> dict[str, int]:
    """Return the records that other open pull requests add, with those pull requests' numbers; an answer short is no fault.

    GitHub is asked only where the change itself adds a record, and the rule is not switched off.
    """
    is_record = is_record_of(config)
    adds = any(file.status in _BRINGS and is_record(file.path) for file in change.files or ())
    if not adds or change.number is None or config.rules.get("number-collision") == Severity.OFF:
        return {}
    try:
        found = github.added_by_others(repository, change.number)
    except GitHubError:
        return {}
    return {path: number for path, number in found.items() if is_record(path)}


def refuses(facts: Mapping[str, Any]) -> bool:
    """Tell whether `mode: require` fails this: the team itself, not the author alone, asked, and nothing answers."""
    return bool(facts["asks"] and facts["nudge"] and any(asked["by"] != "author" for asked in facts["asked_by"]))


def _login(owner: str) -> str:
    return owner.removeprefix("@").casefold()


def _is_file(root: Path, path: str) -> bool:
    try:
        return (root / path).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _tracked(root: Path) -> list[str] | None:
    try:
        return tracked_files(root)
    except GitError:
        return None
