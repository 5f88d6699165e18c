"""Signs that a change may hold a decision. They only ever hint, and never where a reason is already written.

Weights and patterns were measured in 2026-11 on 379 pull requests of people, 89 of which held a decision: five points
are right in 85 of 100 cases and find one decision in five; four are right in 70 and find one in three. The words are
English; in other languages only the files and the form of the title count. Every pattern is linear in its text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from onrecord.change.dependencies import is_own_manifest, read_dependencies
from onrecord.change.paths import is_contract, is_documentation, is_generated, is_lock_file, is_package, is_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.change.model import Change, ChangedFile, Hints

REASON_WORDS = 25  # who has written that much has given a reason in four of five cases
# Three points were wrong in two cases of five once the silence had taken the clear ones; bench/hints.py counts anew.
_THRESHOLDS = {"narrow": 5, "wide": 4}
_MANY_LINES = (50, 200)  # a point each
_TITLE_CHARACTERS = 300
_SHOWN_CHARACTERS = 80
_ADDRESS = re.compile(r"https?://\S+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")  # two of these stand for a word


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_BREAKS = re.compile(r"\w{1,40}(?:\([^)]{0,80}\))?!:")
_FEATURE = _words(r"feat\b|\[?feature|new lint")
_FIX = _words(r"(?:\[\S{1,60}\]\s{0,3})?(?:bug)?fix(?:es|ed)?\b|[^\n]{0,20}: ?fix\b|[^\n]{0,80}\bfix\(")
_UPKEEP = _words(r"(?:tests?|docs?|ci|chore|style|perf)(?:\([^)]{0,80}\))?:")
_VERB = _words(
    r"(?:add|adds|added|support|introduce|implement|allow|enable|new|switch|use|replace|migrate|move|remove|removes|drop"
    r"|deprecate|obsolete|rename|split|change|make|default|bump|unify|redesign|rework|expose|stop|gate|disable|treat"
    r"|persist|store|cap|limit|pin|restrict)\b"
)
_PREFIX = _words(r"\[[^\]]{0,80}\]\s{0,3}|[\w-]{1,60}(?:\([^)]{0,80}\))?!?:\s{0,3}|feat/\S{1,80}\s")
_PREFIXES = 6
# What title and description may say: two points for a rejected rival, one for each of the others.
_RIVAL = _words(
    r"\balternativ\w{0,6}|\btrade[- ]?offs?\b|\bother options?\b|\boptions? (?:considered|here)\b|\bdrawbacks?\b|\bcaveats?\b"
    r"|\bpros and cons\b|\brejected\b[^\n]{0,30}(?:idea|option|approach|because)|\bdebatable\b|\bother approach\w{0,2}"
)
_SAID = (
    _words(r"(?-i:BREAKING)|(?<!non-)(?<!non )(?<!no )(?<!not a )breaking change|backwards?[- ]incompat\w{0,8}|migration guide"),
    _words(r"\bdeprecat\w{0,6}|\bobsolet\w{0,4}|\bsunset|\bretir(?:ed|ing)\b|no longer (?:support|maintain)|drop(?:s|ped)? support"),
    _words(
        r"\bremov\w{1,10} (?:(?:the|support|unused|hidden|old|public) ){0,4}(?:\S{1,60} ){0,3}"
        r"(?:apis?|options?|flags?|support|arguments?|parameters?|fields?|endpoints?|commands?|from public|from api)\b"
    ),
    _words(r"\bby default\b|\bdefaults?\b(?! branch)"),
    _words(r"feature[- ]flag|behind (?:a |the )?flag|opt[- ](?:in|out)|disabled by default|experimental|escape hatch"),
    _words(r"\binstead\b|\brather than\b|\bin favou?r of\b|\bas opposed to\b"),
    _words(
        r"\b(?:we|i|team|@\S{1,40} and i)(?:['’]ve| have)? (?:decided|chose|opted|agreed|concluded|picked|settled)\b"
        r"|\bdesign decisions?\b|\bdecision\b|\bwe (?:don['’]t|do not) want\b|\bintentional(?:ly)?\b|\bdeliberate(?:ly)?\b"
        r"|\bfor now\b|\bpolicy\b|I(?:['’]m| am) (?:a little |not )?(?:un)?(?:sure|certain)|\bnot sure (?:if|whether)\b"
        r"|\bshould we\b|\bdo we want\b"
    ),
    _words(
        r"\barchitectur\w{0,4}|\bredesign\w{0,3}|\bmigrat(?:e|es|ed|ing|ion)\b|\breplac(?:e|es|ed|ing)\b|\bswitch(?:es|ed|ing)?\b"
        r"|\bsource of truth\b|\bsplit\w{0,6}\b[^\n]{0,30}(?:module|package|crate|service)|\bre-?work\w{0,3}"
    ),
    _words(
        r"\bpublic api|\bnew (?:public )?(?:api|endpoint|route|trait|interface|flag|option|setting|config\w{0,9}"
        r"|env(?:ironment)? var\w{0,6}|command|capability|component)\b|\buser-facing\b"
        r"|\bpublic (?:function|method|interface|class|type)|\brename"
    ),
    _words(
        r"\btelemetry|\bprivacy|\bPII\b|\bretention|\bexpir\w{0,6}|\bsecurity|\bsupply[- ]chain|\bcredential|\bpermission"
        r"|\bauth(?:entication|orization)?\b|\blicen[sc]e\b|\bcompliance"
    ),
)  # fmt: skip


class Signs(NamedTuple):
    """The signs that were seen, heaviest first, each in a few words with the author's own in it; and their weight."""

    score: int
    seen: tuple[str, ...]


class _Sign(NamedTuple):
    weight: int
    seen: str


def read_signs(change: Change, prose: str) -> Signs:
    """Return the signs of a decision in title, files and the author's own words (`prose`, without markup).

    Files that are not known give no sign, and neither does a manifest without its patch. Paths and words are quoted as
    they are, shortened: whoever shows them has to escape them.
    """
    title = change.title[:_TITLE_CHARACTERS]
    signs = [*_in_title(title), *_in_words(title, prose), *_in_files(change.files or ())]
    seen = dict.fromkeys(sign.seen for sign in sorted(signs, key=lambda sign: -sign.weight))
    return Signs(sum(sign.weight for sign in signs) - _routine(title), tuple(seen))


def is_hint(signs: Signs, prose: str, hints: Hints) -> bool:
    """Tell whether the signs are worth one neutral line: enough of them, and no reason given in `prose`."""
    threshold = _THRESHOLDS.get(hints)
    return threshold is not None and signs.score >= threshold and count_words(prose) < REASON_WORDS


def count_words(prose: str) -> int:
    """Return how many words a reader sees; an address is one, and two characters of an unspaced script are one."""
    spaced = sum(any(map(str.isalnum, token)) for token in prose.split())
    return spaced + len(_UNSPACED.findall(prose)) // 2


def _in_title(title: str) -> Iterator[_Sign]:
    if breaks := _BREAKS.match(title):
        yield _Sign(2, f"the title marks a breaking change (“{_shown(breaks[0])}”)")
    if feature := _FEATURE.match(title):
        yield _said("title", feature, 2)
    if verb := _title_verb(title):
        yield _said("title", verb)


def _routine(title: str) -> int:
    """Return what a title takes off that says it is a fix or upkeep, unless it says that it breaks something."""
    if _BREAKS.match(title):
        return 0
    return 2 * bool(_FIX.match(title)) + bool(_UPKEEP.match(title))


def _title_verb(title: str) -> re.Match[str] | None:
    """Return the verb that a title begins with, behind up to six prefixes; a loop, since one pattern is exponential."""
    start = 0
    for _ in range(_PREFIXES):
        if verb := _VERB.match(title, start):
            return verb
        prefix = _PREFIX.match(title, start)
        if not prefix:
            return None
        start = prefix.end()
    return _VERB.match(title, start)


def _in_words(title: str, prose: str) -> Iterator[_Sign]:
    texts = (("title", title), ("description", _ADDRESS.sub(" ", prose)))
    for weight, pattern in ((2, _RIVAL), *((1, pattern) for pattern in _SAID)):
        found = ((place, match) for place, text in texts if (match := pattern.search(text)))
        if first := next(found, None):
            yield _said(*first, weight)


def _said(place: str, match: re.Match[str], weight: int = 1) -> _Sign:
    return _Sign(weight, f"the {place} says “{_shown(match[0])}”")


def _in_files(files: tuple[ChangedFile, ...]) -> Iterator[_Sign]:
    own = [file for file in files if not (is_test(file.path) or is_documentation(file.path))]
    if contract := next((file.path for file in own if is_contract(file.path)), None):
        yield _Sign(2, f"it changes a public contract ({_shown(contract)})")
    new = (file.path for file in own if file.status == "added" and is_package(file.path) and is_own_manifest(file.path))
    if package := next(new, None):
        yield _Sign(2, f"it adds a package ({_shown(package)})")
    added, removed = read_dependencies(files)
    if added:
        yield _Sign(1, f"it adds a dependency ({_shown(added[0])})")
    if removed:
        yield _Sign(1, f"it drops a dependency ({_shown(removed[0])})")
    lines = sum(f.additions + f.deletions for f in own if not (is_lock_file(f.path) or is_generated(f.path)))
    if points := sum(lines >= many for many in _MANY_LINES):
        yield _Sign(points, f"it changes {lines} lines of code")


def _shown(text: str) -> str:
    """Return a path or a match on one line, shortened in the middle."""
    line = " ".join(text.split())
    half = _SHOWN_CHARACTERS // 2
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[:half]}…{line[-half:]}"
