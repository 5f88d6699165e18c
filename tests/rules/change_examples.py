"""Change rules' examples as whole changes: description, labels, and files with their patches, judged as a run judges them."""

from difflib import unified_diff
from functools import cache

from onrecord.adapters.files import decode, read_as_records
from onrecord.change import Asked, Change, ChangedFile, Triggers, judge_change
from onrecord.check import Config, Finding
from onrecord.check.change import check_change
from onrecord.check.config import PullRequestConfig
from onrecord.cli.pull_request import change_policy, is_record_of, subject_of
from onrecord.record import DecisionRecord
from onrecord.record.vocabulary import shipped
from onrecord.rules import Example, FileExample

TEMPLATE = "## What changes\n\nOne or two sentences.\n\n## Why\n\nWhat happens without it?\n"
CONFIG = Config(pull_requests=PullRequestConfig(paths=("billing/**",), labels=("decision",)))


@cache
def findings_on_change(example: Example, required: bool = False) -> tuple[Finding, ...]:
    """Return what all rules say about the pull request that an example describes."""
    touched = tuple(changed(file) for file in example.files if file.before != file.after)
    change = Change("Swap the queue", example.text, "ann", labels=example.labels, files=touched or None)
    triggers = Triggers(
        labels=frozenset(("decision",)),
        asked_by_path=lambda path: Asked("path", "billing/**", path) if path.startswith("billing/") else None,
        is_record=is_record_of(CONFIG),
        templates=(TEMPLATE,),
    )
    texts = {file.path: file.before for file in example.files}
    subject = subject_of(
        judge_change(change, triggers, shipped()),
        CONFIG,
        records=[one for file in example.files if file.after is not None for one in records(file.path, file.after)],
        before=lambda path: text.encode() if (text := texts.get(path)) is not None else None,
        mode="require" if required else "nudge",
    )
    return tuple(check_change(subject, change_policy(CONFIG)))


def records(path: str, text: str) -> list[DecisionRecord]:
    """Read a Markdown file as the records in it; any other file has none."""
    if not path.endswith(".md"):
        return []
    return [file.record for file in read_as_records(decode(text.encode()), path, path, shipped())]


def changed(file: FileExample) -> ChangedFile:
    """Return a file as GitHub lists it, with counts and patch."""
    before, after = (file.before or "").splitlines(), (file.after or "").splitlines()
    diff = list(unified_diff(before, after, lineterm="", n=0))[2:]
    status = "added" if file.before is None else "removed" if file.after is None else "modified"
    counts = [sum(line.startswith(sign) for line in diff) for sign in "+-"]
    return ChangedFile(file.path, status, *counts, patch="\n".join(diff))
