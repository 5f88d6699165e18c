"""The relations of a log as a picture (Mermaid, DOT) or as text for a terminal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.log.links import name_of
from onrecord.render.safe import for_terminal
from onrecord.render.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.log.graph import Edge, Graph
    from onrecord.record import DecisionRecord

_WIDEST = 60  # characters of a label: a picture with whole sentences in it cannot be read
_PLAIN = re.compile(r"[^\w \-.,/]")
_RETIRED = frozenset(("superseded", "deprecated", "rejected"))
_SAID = {"supersedes": "supersedes", "amends": "amends", "relates-to": "relates to"}


def render_mermaid(graph: Graph) -> str:
    """Return a Mermaid flowchart; what is no letter or digit in a label is written as its character code."""
    names = _names(graph)
    lines = ["flowchart LR"]
    for record, name in names:
        lines.append(
            f'    {name}["{_PLAIN.sub(_entity, _label(record))}"]{":::retired" if _is_retired(record) else ""}'
        )
    known = {id(record): name for record, name in names}
    for edge in graph.edges:
        arrow = {"supersedes": "-->", "amends": "-.->", "relates-to": "---"}[edge.kind]
        lines.append(f"    {known[id(edge.source)]} {arrow}|{_words(edge)}| {known[id(edge.target)]}")
    lines.append("    classDef retired stroke-dasharray: 4,color:#666")
    return "\n".join(lines) + "\n"


def render_dot(graph: Graph) -> str:
    """Return a Graphviz digraph; labels are quoted strings without any escape of theirs."""
    names = _names(graph)
    lines = ["digraph decisions {", "    rankdir=LR;", "    node [shape=box];"]
    for record, name in names:
        style = ", style=dashed" if _is_retired(record) else ""
        lines.append(f'    {name} [label="{_quoted(_label(record))}"{style}];')
    known = {id(record): name for record, name in names}
    for edge in graph.edges:
        style = {"supersedes": "", "amends": ", style=dashed", "relates-to": ", style=dotted, dir=none"}[edge.kind]
        lines.append(f'    {known[id(edge.source)]} -> {known[id(edge.target)]} [label="{_words(edge)}"{style}];')
    return "\n".join([*lines, "}"]) + "\n"


def render_relations(graph: Graph) -> str:
    """Return what each record replaces, amends and relates to, and what could not be found, as plain text."""
    lines = []
    for record, _ in _names(graph):
        own = [edge for edge in graph.edges if edge.source is record]
        if own:
            lines += [_title(record), *(f"  {_words(edge)} {_title(edge.target)}" for edge in own), ""]
    missing = [one for one in graph.unresolved if one.reason != "elsewhere"]
    if missing:
        lines.append("Named and not found:")
        for one in missing:
            lines.append(f"  {for_terminal(one.record.path)}: {for_terminal(one.text[:_WIDEST])} ({one.reason})")
        lines.append("")
    ends = len(_names(graph))
    return "\n".join([*lines, f"{counted(len(graph.edges), 'relation')} between {counted(ends, 'record')}."]) + "\n"


def _names(graph: Graph) -> list[tuple[DecisionRecord, str]]:
    """Return the records that have a relation, in order of their paths, each with a name of our own."""
    found = {id(end): end for edge in graph.edges for end in (edge.source, edge.target)}
    return [(record, f"r{i}") for i, record in enumerate(_in_order(found.values()), 1)]


def _in_order(records: Iterable[DecisionRecord]) -> list[DecisionRecord]:
    return sorted(records, key=lambda record: (record.path, record.span))


def _label(record: DecisionRecord) -> str:
    name = name_of(record) if record.number and record.title else record.title or record.path
    text = " ".join(name.split())
    return for_terminal(text if len(text) <= _WIDEST else text[: _WIDEST - 1].rstrip() + "…")


def _title(record: DecisionRecord) -> str:
    status = f" ({record.status.value})" if record.status and record.status.value != "unknown" else ""
    return f"{_label(record)}{status}"


def _words(edge: Edge) -> str:
    return f"{_SAID[edge.kind]}{' a part of' if edge.is_partial else ''}"


def _is_retired(record: DecisionRecord) -> bool:
    return record.status is not None and record.status.value in _RETIRED


def _entity(character: re.Match[str]) -> str:
    return f"#{ord(character[0])};"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
