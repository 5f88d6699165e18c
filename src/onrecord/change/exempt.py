"""Which changes are never asked for a decision: automations, drafts, routine, and what a team leaves out."""

from __future__ import annotations

import re

from onrecord.change.automation import is_automated
from onrecord.change.model import Change, ChangedFile, Triggers
from onrecord.change.paths import is_contract, is_documentation, is_generated, is_lock_file, is_test

# Measured in 2026-11 over 404 pull requests: automations, routine titles and paths exempted 92 of them, 4 of which would
# have deserved a record. Reverts and fixes stay in: about one in twenty decides.
_TITLE_CHARACTERS = 300
_TAG = re.compile(r"\[[^\]]{0,60}\]\s{0,3}")
_RELEASE = re.compile(
    r"release(?:[\s/:-]{0,3}v?\d|[^\n]{0,40}\bv?\d+\.\d+|:|\s*\Z| (?:candidate|notes|prep)\b)"
    r"|chore(?:\([^)]{0,60}\))?: release\b|(?:chore(?:\([^)]{0,60}\))?: )?(?:bump version|prepare (?:for )?release)"
    r"|v?\d+\.\d+\.\d+|version v?\d+\.\d+(?:\.\d+)?(?:[.-]?(?:rc|beta|alpha|preview|hotfix)[.-]?\d{0,4})?\s*\Z",
    re.IGNORECASE,
)
_BUMP = re.compile(
    r"(?:build|chore|fix|feat)\(deps|chore(?:\(deps[^)]{0,60}\))?: update dep(?:s|endenc(?:y|ies))\b"
    r"|update (?:dependency|rust crate|module) \S{1,100} (?:digest )?to\b|update (?:all )?(?:non-major )?dependencies\b"
    r"|[^\n]{0,80}\bbump \S{1,80} (?:version )?from \S{1,40} to |roll [^\n]{0,80}\b(?:from|to) \S{0,40}\d",
    re.IGNORECASE,
)
# A smaller version than the next major; what moves a platform or a least version is a promise, however small.
_SMALL_BUMP = re.compile(
    r"(?:chore: ?)?(?:bump|update|upgrade) (?:to \S{1,80}|\S{1,80} to)(?: version)? v?(?!\d+\.0\.0\b)\d+\.\d+\.\d+",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:min(?:imum)?|msrv|least|required?|requires|supported|default|rust\w{0,2}|node(?:\.?js)?|python|java|jdk|go|ruby|php|kotlin)\b",
    re.IGNORECASE,
)
_MERGE = re.compile(
    r"merge (?:branch|pull request #|remote-tracking|release|v?\d+\.[\dx])"
    r"|merge (?:main|master|develop|dev|trunk|upstream|staging)(?:/\S{1,60})? (?:in)?to \S|rollup of \d+ pull requests",
    re.IGNORECASE,
)
_TYPO = re.compile(r"typo\b|[^\n]{0,80}\bfix(?:es)? typos?\b", re.IGNORECASE)
_KIND = re.compile(r"(?:tests?|bench|docs?|style)(?:\([^)]{0,60}\))?:", re.IGNORECASE)
_BACK_PORT = re.compile(
    r"(?:automated )?(?:back[- ]?port|cherry[- ]?pick)(?:ed|s)?:? (?:of |from )?(?:pr |pull request |[\w.-]{1,60}/[\w.-]{1,60})?#\d"
    r"|[^\n]{0,280}\((?:back[- ]?port|cherry[- ]?pick)(?:ed)?(?: of| from)? [\w./-]{0,80}#\d{1,9}\)\s*\Z",
    re.IGNORECASE,
)
_BACK_PORT_TAG = re.compile(r"\[[^\]]{0,20}back[- ]?port", re.IGNORECASE)
_DECIDES = re.compile(
    r"\b(?:RFC|ADR|KEP)\b|\b(?i:decisions?|deprecat\w{1,10}|proposal|licen[sc]\w{1,5}|drop(?:s|ped)? support"
    r"|(?:support|security|privacy|retention|versioning|release|review) policy)\b"
)
_DECIDED = re.compile(r"\b(?:we|i)(?:['’]ve|\shave)?\s(?:decided|chose|opted|agreed)\b", re.IGNORECASE)


def is_bot(change: Change) -> bool:
    """Tell whether an automation opened it; robots that only merge what people wrote are none."""
    return is_automated(change)


def exemption(change: Change, triggers: Triggers, asked: bool, brings_record: bool) -> str | None:
    """Return why nothing is asked, in words, or None. What is asked for by name, or brings a record, is no routine."""
    if is_bot(change) or change.author.casefold() in triggers.skip_authors:
        return "opened by an automation"
    for label in change.labels:
        if label.casefold() in triggers.skip_labels:
            return f"the label “{label}”"
    if change.draft:
        return "a draft"
    if change.created and change.created < triggers.since:
        return f"opened before {triggers.since}"
    if asked or brings_record or _DECIDED.search(_outside_comments(change.body)):
        return None
    return _routine_files(change) or _routine_title(change.title[:_TITLE_CHARACTERS].strip())


def _outside_comments(body: str) -> str:
    """Return a description without its comments, where templates give examples; a rough cut, in linear time."""
    first, *others = body.split("<!--")
    return first + "".join(other.partition("-->")[2] for other in others)


def _routine_title(title: str) -> str | None:
    """Return what routine a title names, at its beginning or behind one `[tag]`."""
    tag = _TAG.match(title)
    rest = title[tag.end() :] if tag else title
    if _BACK_PORT.match(rest) or (tag and _BACK_PORT_TAG.match(tag[0])):
        return "a back-port of another pull request"
    small = _SMALL_BUMP.match(rest) and not _PROMISE.search(rest)
    if small or any(routine.match(rest) for routine in (_RELEASE, _BUMP, _MERGE, _TYPO)):
        return "a routine title"
    return "a routine title" if _KIND.match(rest) and not _DECIDES.search(rest) else None


def _routine_files(change: Change) -> str | None:
    """Return what all changed files are, when none of them is a source; a title that names a decision outweighs them."""
    files = change.files or ()
    if not files or _DECIDES.search(change.title[:_TITLE_CHARACTERS]):
        return None
    if all(_is_beside(file) for file in files):
        return "only tests, documentation or lock files"
    if all(_is_beside(file) or _is_made(file) for file in files):
        return "only tests, documentation, lock files or generated files"
    return None


def _is_beside(file: ChangedFile) -> bool:
    """Tell whether a file stands beside the product, before a rename as well."""
    return all(is_test(p) or is_documentation(p) or is_lock_file(p) for p in _paths(file))


def _is_made(file: ChangedFile) -> bool:
    return all(is_generated(p) and not is_contract(p) for p in _paths(file))


def _paths(file: ChangedFile) -> tuple[str, ...]:
    return (file.path, file.previous) if file.previous else (file.path,)
