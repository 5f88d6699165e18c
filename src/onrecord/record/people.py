"""Names of people and teams, as strings an author would recognise."""

from __future__ import annotations

import re
from typing import Any

from onrecord.lazily import lazy_pattern
from onrecord.markdown import plain
from onrecord.record.vocabulary import Vocabulary, fold

_SEPARATOR = lazy_pattern(
    r"\s*(?:,\s*(?:and|und|et|y|e|en|i|и)\s|,|;|、|，|；|\s\|\s|\s&\s|\s\+\s|\n|\s/\s|\s+(?:and|und|et|y|e|en|i|и)\s+)\s*",
    re.IGNORECASE,
)
_PAREN = lazy_pattern(r"\s*\(([^()]*)\)")
_HANDLES = lazy_pattern(r"@[\w./-]+")
_ONLY_HANDLES = lazy_pattern(r"@[\w./-]+(?:\s+@[\w./-]+)+")
_HANDLE_LINK = lazy_pattern(r"\[([^\[\]]{1,120})\] ?\([^()\s]{0,300}\)")
_BRACED = lazy_pattern(r"^[\[{<].*[\]}>]$|^\{|\}$")
_IN_BRACES = lazy_pattern(r"\s*\{([^{}]*)\}\s*")
_CAPITALIZED = r"[A-ZÀ-Þ][\w.'-]*"
_FULL_NAME = rf"{_CAPITALIZED}(?: (?:(?:van|von|de|den|der|del|della|di|da|dos|du|la|le|el|al|bin|ter|zu) ){{0,2}}{_CAPITALIZED}){{1,3}}"
_HANDLE_OR_FULL_NAME = lazy_pattern(rf"@[\w-]+|{_FULL_NAME}")
_NAME = lazy_pattern(rf"@?\w[\w.'-]+|{_FULL_NAME}")
_TEMPLATE_WORD = lazy_pattern(
    r"(?:\b|_)(?:[^\W_]*name[ns]?|noms|nombres?|nomes?|liste?|persons?|people|members?|everyone|your|who|handles?|insert)(?:\b|_|\d)",
    re.IGNORECASE,
)
_ROLES = frozenset(("authors", "consulted", "informed", "decision_makers", "owner"))
_ROLE_WORDS = frozenset(("sponsor", "subject matter expert", "product manager", "tech lead", "lead", "maintainer"))
_SENTENCE_ENDS = lazy_pattern(r"(?<!\b[A-Z])(?<!\b[DJS]r)(?<!\bSt)[.!?](?:\s|$)")  # "J. R. Example" goes on
MAX_LENGTH = 4_000
MAX_WORDS = 5  # of a name, with what stands in brackets behind it
_MAX = 60  # a longer piece is a sentence, not a name


def read_people(value: Any, vocabulary: Vocabulary) -> tuple[list[str], list[str]]:
    """Return the names in a value, and the stand-ins ("TBD", "team") that name nobody.

    `value` is Markdown text, or what front matter holds: a list, or mappings with a `name`.
    """
    names: list[str] = []
    generic: list[str] = []
    for piece in _pieces(value, vocabulary):
        name = plain(_HANDLE_LINK.sub(r"\1", piece)).strip(" .:-–—*_\"'")
        bare = _PAREN.sub("", name).strip()
        key = fold(bare or name)
        if not name and re.fullmatch(r"<[^<>@]{3,80}>", piece.strip()):
            generic.append(piece.strip())
        if vocabulary.label(name) in _ROLES or key in _ROLE_WORDS:
            continue  # "@ann | author": what stands behind the name is no name
        if not name or key in vocabulary.absent or not any(ch.isalnum() for ch in name):
            continue
        is_braced = bool(_BRACED.search(piece.strip())) and not piece.strip().startswith("[")
        if is_braced or _is_listing(name) or key in vocabulary.placeholders or key in vocabulary.generic_people:
            generic.append(name)
        elif len(bare) <= _MAX:
            shown = name if len(name) <= _MAX else bare
            names += [
                n for n in (_HANDLES.findall(shown) if _ONLY_HANDLES.fullmatch(shown) else [shown]) if n not in names
            ]
    return names, generic


def may_name(text: str) -> bool:
    """Tell whether a line of its own may be who is meant by the key above it: short pieces, and no sentence."""
    shown = plain(text).strip()
    if not shown or ":" in shown or (_SENTENCE_ENDS.search(shown) and not _HANDLES.search(shown)):
        return False
    return all(len(piece) <= _MAX and len(piece.split()) <= MAX_WORDS for piece in _SEPARATOR.split(_shield(shown)))


def _is_listing(name: str) -> bool:
    """Tell whether a piece is a template's instruction ("list everyone involved in the decision")."""
    return bool(
        re.match(
            r"\[?\{?(?:list (?:of|every|all)|liste |names? of|everyone (?:involved|who)|list$)", name, re.IGNORECASE
        )
    )


def _pieces(value: Any, vocabulary: Vocabulary) -> list[str]:
    if isinstance(value, dict):
        if name := value.get("name") or value.get("github") or value.get("handle"):
            return [str(name)]
        return [piece for key, inner in value.items() for piece in (_pieces(inner, vocabulary) or [str(key)])]
    if isinstance(value, list):
        return [piece for item in value for piece in _pieces(item, vocabulary)]
    if value is None or isinstance(value, bool):
        return []
    text = str(value)[:MAX_LENGTH]
    if "&" in text:
        from html import unescape

        text = unescape(text)  # "Ann&#x20;" would end at the semicolon
    if text.lstrip().startswith("{") and (names := names_in_braces(text, vocabulary)):
        return names
    if _BRACED.match(text.strip()) and "](" not in text:
        return [text]
    text = re.sub(r"<br\s*/?>", ", ", text)
    return [piece for piece in _SEPARATOR.split(_shield(_HANDLE_LINK.sub(r"\1", text))) if piece and piece.strip()]


def names_in_braces(text: str, vocabulary: Vocabulary) -> list[str]:
    """Return the names in `{ Ann van Example }` or `{ann, bob}`, which YAML reads as a mapping; none for a template's words.

    A lone word ("{Stephen}") is none: a template says "{Architect}" as well.
    """
    match = _IN_BRACES.fullmatch(text) if len(text) <= MAX_LENGTH else None
    names = [name.strip() for name in match[1].split(",")] if match else []
    is_name = _HANDLE_OR_FULL_NAME if len(names) == 1 else _NAME
    return names if all(is_name.fullmatch(name) and not _is_stand_in(name, vocabulary) for name in names) else []


def _is_stand_in(name: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a template says so where a name should stand: "name1", "Namen der Entscheider", "decision-makers"."""
    word = re.split(r"[\s\d_]", name, maxsplit=1)[0]
    return (
        fold(name) in vocabulary.placeholders
        or fold(name) in vocabulary.generic_people
        or vocabulary.label(name) in _ROLES
        or vocabulary.label(word) in _ROLES
        or fold(name) in _ROLE_WORDS
        or bool(_TEMPLATE_WORD.search(name))
    )


def _shield(text: str) -> str:
    """Drop commas inside round brackets, so that "Ann (lead, ops)" stays one person."""
    return _PAREN.sub(
        lambda m: " (" + m[1].replace(",", " ").replace(" and ", " ") + ")" if "](" not in m[0] else m[0], text
    )
