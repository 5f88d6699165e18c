"""Links to decision records in a description: paths, addresses, references to pull requests, and mentions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from onrecord.lazily import lazy_pattern
from onrecord.markdown import Document
from onrecord.record.folders import in_records_folder
from onrecord.record.placeholders import pieces

if TYPE_CHECKING:
    from collections.abc import Callable

_LABELLED = lazy_pattern(
    r"\[(?P<label>[^\[\]]{0,300})\]\(\s{0,3}<?(?P<target>[^()<>\s]{1,2000}(?:\([^()\s]{0,300}\)[^()<>\s]{0,300})?)>?"
)
_BY_NAME = lazy_pattern(r"\[(?P<label>[^\[\]]{1,300})\](?:\[(?P<name>[^\[\]]{0,300})\])?(?![(:])")
_DEFINITION = lazy_pattern(r" {0,3}\[(?P<name>[^\[\]]{1,300})\]:[ \t]{0,9}<?(?P<target>[^\s<>]{1,2000})>?")
_MENTION = lazy_pattern(r"(?<![\w/.-])ADRs?[-_ #]{0,2}\d{1,5}\b(?![\w-]*\.\w)", re.IGNORECASE)
_WORD = lazy_pattern(r"[^\s<>()\[\]{}\"'“”‘’«»`*,;|]+")
_REFERENCE = lazy_pattern(r"(?:(?P<repository>[\w.-]{1,100}/[\w.-]{1,100}))?#\d{1,9}")
_FILE = lazy_pattern(r"\.(?:mdx?|markdown|rst|adoc|txt|html?)$", re.IGNORECASE)
_PADDED = lazy_pattern(r"0\d{2,4}[-_][^/]+\.(?:mdx?|markdown|rst|adoc)$", re.IGNORECASE)
_NUMBERED = lazy_pattern(r"(?:^|[-_])\d{2,5}(?:[-_.]|$)")
_NO_RECORD = lazy_pattern(r"(?:readme|index|summary|toc)\b|(?:.*[-_.])?template\b", re.IGNORECASE)
_FRAGMENTS = lazy_pattern(
    r"(?:^|/)(?:changes?|changelog(?:\.d)?|newsfragments?|\.changeset|migrations?|posts?|_posts|blog)/", re.IGNORECASE
)
_RECORDS_NAME = lazy_pattern(
    r"(?:.*[-_.])?(?:rfcs?|rfds?|adrs?|keps?|decisions?|decision-(?:records?|log)|architecture-decisions?(?:-records?)?|"
    r"design-(?:docs|proposals)|enhancements|proposals?)",
    re.IGNORECASE,
)
_STANDARDS = lazy_pattern(
    r"(?:^|\.)(?:ietf\.org|rfc-editor\.org|httpwg\.org|w3\.org|whatwg\.org|ecma-international\.org|tc39\.es|iso\.org|"
    r"python\.org|mozilla\.org|wikipedia\.org|rfc-archive\.org|faqs\.org|greenbytes\.de)$"
)
_NAMES_RECORD = lazy_pattern(
    r"\bg?(?:ADR|RFC|RFD|KEP)s?(?:[-_ #]{0,2}\d{1,5})?\b|\b(?:architectur(?:e|al) )?decision record\b|"
    r"\bdesign (?:doc(?:ument)?|proposal)\b",
    re.IGNORECASE,
)
_KEY_BEFORE = lazy_pattern(
    r"(?:\b(?:ADR|RFC|RFD|KEP|(?:architecture |architectural )?decision record|design doc(?:ument)?|design proposal)s?"
    r"(?:[ \t]{0,2}[:：*_]{1,4}|[ \t]{1,2}(?:is|in|at|see))|\brecord[ \t]{0,2}[:：*_]{1,4})[ \t*_:\[(<`]{0,6}$",
    re.IGNORECASE,
)
_NEGATED = lazy_pattern(
    r"\b(?:unrelated to|not? (?:related|relation|connected|about|relevant|part|covered)(?: (?:to|by|of|with))?|nothing to do with|"
    r"independent(?:ly)? (?:of|from)|without (?:touching|affecting|changing)|"
    r"(?:(?:do|does|did|will|should|is|are) not|(?:do|does|did|wo|should|is|are)n['’]?t) (?:(?:yet|directly|really) )?"
    r"(?:affect|touch|chang|concern|relat|implement|alter|follow|need|about)(?:e|ed|ing)?(?: to)?)\s+"
    r"(?:(?:the|our|any|anything|what|is|in|of|decision|record|from)\s+){0,4}"
    r"(?:(?:ADR\s)?[^\s\d]{0,60}\d[^\s,]{0,60}(?:,|,? (?:or|and|nor)) ){0,3}[\s\[(<`*_]*$",
    re.IGNORECASE,
)
_VIEW = lazy_pattern(  # how a page on GitHub or GitLab shows a file: "…/owner/name/blob/main/" in front of its path
    r"(?:https?://)?[^\s/]{1,255}(?:/[^/]{1,255}){2,6}/(?:-/)?(?:blob|tree|raw|blame|edit)/[^/]+/(?P<path>.+)",
    re.IGNORECASE,
)
_MAYBE = lazy_pattern(
    r"[/#]|\.(?:md|rst|adoc|markdown)|\bADR|\](?:\[|[^(:\[]|$)", re.IGNORECASE
)  # else there is no link
_TAIL = ".,;:!?'\"*_~"
BEFORE = 80  # characters in front of a link that may say what it is


class _Link(NamedTuple):
    """A link where it stands: `label` is what it is called, `before` the words in front of it."""

    at: int
    target: str
    label: str
    before: str


def record_links(title: str, document: Document, is_record: Callable[[str], bool] = lambda _path: False) -> list[str]:
    """Return the links to records in a title and the author's words, as written but without the anchor, each once.

    `is_record` tells whether the team keeps a record at a path, whatever it is called. "Not related to ADR-12" is no link.
    """
    named = {_folded(match["name"]): match["target"] for line in document.lines if (match := _DEFINITION.match(line))}
    texts = [title]
    for section in document.sections:
        texts += [section.title, *(text for text, _ in pieces(section.blocks))]
    found = [link for text in texts for link in _in_text(text, named, is_record)]
    return list(dict.fromkeys(found))


def _in_text(text: str, named: dict[str, str], is_record: Callable[[str], bool]) -> list[str]:
    """Return the record links of one paragraph, in order; what stands inside a link is not read a second time."""
    if not _MAYBE.search(text):
        return []
    links = [_Link(m.start(), m["target"], m["label"], _before(text, m.start())) for m in _LABELLED.finditer(text)]
    links += [
        _Link(m.start(), target, m["label"], _before(text, m.start()))
        for m in (_BY_NAME.finditer(text) if named else ())
        if (target := named.get(_folded(m["name"] or m["label"])))
    ]
    rest = _LABELLED.sub(_blank, text)
    if named:
        rest = _BY_NAME.sub(lambda m: _blank(m) if _folded(m["name"] or m["label"]) in named else m[0], rest)
    links += [_Link(m.start(), m[0].strip(_TAIL), "", _before(text, m.start())) for m in _WORD.finditer(rest)]
    found = [
        (link.at, _cut(link.target)) for link in links if _is_record(link) or any(map(is_record, _paths(link.target)))
    ]
    found += [(m.start(), m[0]) for m in _MENTION.finditer(rest)]
    return [target for at, target in sorted(found) if not _NEGATED.search(_before(text, at))]


def _paths(target: str) -> list[str]:
    """Return the paths in a repository that a link may lead to: what it says, or what the page of a file shows."""
    path = unquote(target.partition("#")[0].partition("?")[0])
    if not _FILE.search(path):
        return []
    if view := _VIEW.fullmatch(path):
        steps = view["path"].split("/")
        return ["/".join(steps[i:]) for i in range(min(len(steps), 4))]  # a branch may have slashes
    return [] if "://" in path else [re.sub(r"^(?:\.{0,2}/)+", "", path)]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _before(text: str, at: int) -> str:
    return text[max(0, at - BEFORE) : at]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _cut(target: str) -> str:
    return target.partition("#")[0] or target if not _REFERENCE.fullmatch(target) else target


def _is_record(link: _Link) -> bool:
    target = link.target
    if "/" not in target and "#" not in target and "." not in target:
        return False
    said = bool(_NAMES_RECORD.search(link.label) or _KEY_BEFORE.search(link.before))
    if reference := _REFERENCE.fullmatch(target):
        repository = reference["repository"] or ""
        return said or bool(_RECORDS_NAME.fullmatch(repository.partition("/")[2]))
    if target[:8].lower().startswith(("http://", "https://")):
        return _is_address_of_record(target, said)
    path = target.partition("#")[0].partition("?")[0]
    if "://" in path or "@" in path or not _FILE.search(path):
        return False
    return _is_path_of_record(path) or (said and "/" in path and bool(link.label))


def _is_path_of_record(path: str) -> bool:
    """Tell by its folders, or by a number with zeros in front, that a path leads to a record."""
    name = path.rstrip("/").rpartition("/")[2]
    if _NO_RECORD.match(name):
        return False
    if in_records_folder(path.lstrip("./")):
        return bool(_FILE.search(name) or _NUMBERED.search(name))
    return bool(_PADDED.match(name)) and not _FRAGMENTS.search(path)


def _is_address_of_record(url: str, said: bool) -> bool:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return False
    if _STANDARDS.search(host) or not host:
        return False
    segments = [segment for segment in parts.path.split("/") if segment]
    if _is_path_of_record(parts.path.lstrip("/")):
        return True
    if host in ("github.com", "gitlab.com") and len(segments) >= 4 and _RECORDS_NAME.fullmatch(segments[1]):
        return not _NO_RECORD.match(segments[-1])
    return said and len(segments) >= 2
