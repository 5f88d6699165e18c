"""supersedes-one-sided: one record says that it replaces another, or is replaced, and the other one does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from onrecord.log.graph import Edge
from onrecord.log.links import name_of
from onrecord.record import DecisionRecord
from onrecord.record.edit.model import Fix
from onrecord.rules.model import Example, FileExample, Hit, LogSubject, Rule, Severity, place_of
from onrecord.rules.samples import nygard

Field: TypeAlias = Literal["supersedes", "superseded_by"]
_OLD = FileExample("docs/adr/0003-keep-csv.md", *(2 * (nygard().replace("# 7. Keep invoices", "# 3. Keep a copy"),)))
_MARKED = nygard("Superseded by ADR-0007").replace("# 7. Keep invoices", "# 3. Keep a copy")
_ANSWERED = FileExample("docs/adr/0003-keep-csv.md", _MARKED, _MARKED)
_SUPERSEDES = nygard("Accepted\n\nSupersedes [ADR-0003](0003-keep-csv.md)")


def _check_log(subject: LogSubject) -> Iterator[tuple[str, Hit]]:
    for edge in subject.graph.supersessions():
        if edge.is_linked:
            continue
        says, silent = (edge.source, edge.target) if edge.by_source else (edge.target, edge.source)
        if not subject.checks(says) or _is_open(edge.source) or _holds_on(edge):
            continue
        did = "supersedes" if edge.by_source else "is superseded by"
        field = "supersedes" if edge.by_source else "superseded_by"
        seen = f"it says that it {did} {name_of(silent)}, and that one does not say so"
        yield says.path, Hit(place_of(says, field, "status"), seen, fix=_fix(says, silent, subject, edge))


def _fix(says: DecisionRecord, silent: DecisionRecord, subject: LogSubject, edge: Edge) -> Fix | None:
    """Return the line for the silent one, in the words of the one that says it; none where either side leaves a doubt."""
    from onrecord.log.references import follow
    from onrecord.record.edit.relation import add_relation, is_stated
    from onrecord.record.edit.wording import reference_to
    from onrecord.record.relations import read_references
    from onrecord.record.vocabulary import shipped

    text, own = subject.documents.get(silent.path), subject.documents.get(says.path)
    here: Field = "supersedes" if edge.by_source else "superseded_by"
    there: Field = "superseded_by" if edge.by_source else "supersedes"
    if text is None or own is None or says.path == silent.path or (getattr(silent, there) and edge.by_source):
        return None
    log = subject.log
    if any(follow(name, silent, log) is says for name in getattr(silent, here)):
        return None  # each says that it replaces the other
    for name in getattr(says, here):
        if follow(name, says, log) is silent and is_stated(says, own, here, name):
            reference = reference_to(says, name, own, silent)
            if reference and (edit := add_relation(silent, text, there, reference)):
                added = read_references(reference, shipped())
                return Fix((edit,)) if all(follow(one, silent, log) is says for one in added) else None
    return None


def _is_open(newer: DecisionRecord) -> bool:
    """Tell whether a successor does not hold yet, or never will: then nobody needs to answer."""
    return newer.status is not None and newer.status.value in ("proposed", "draft", "rejected")


def _holds_on(edge: Edge) -> bool:
    """Tell whether the old one was never in force, or says itself that it still is: then nothing needs an answer."""
    status = edge.target.status.value if edge.target.status else ""
    return status == "rejected" or (status == "accepted" and edge.by_target)


RULE = Rule(
    id="supersedes-one-sided",
    scope="log",
    severity=Severity.NOTICE,
    summary="One record says that it replaces another, or is replaced by it, and the other one does not say so.",
    why="A reader reaches only one of the two, and it is often the old one.",
    help="Add the line to the other record too, for example “Superseded by ADR-0012” or “Supersedes ADR-0007”.",
    check_log=_check_log,
    good=(
        Example("Both say it.", _SUPERSEDES, files=(_ANSWERED,), others=("docs/adr/0003-keep-csv.md",)),
        Example(
            "Only a part is replaced.",
            nygard("Accepted\n\nSupersedes parts of ADR-0003"),
            files=(_OLD,),
        ),
        Example(
            "It is only proposed.",
            nygard("Proposed\n\nSupersedes ADR-0003"),
            files=(_OLD,),
        ),
    ),
    bad=(
        Example("The old one does not know.", _SUPERSEDES, files=(_OLD,), others=("docs/adr/0003-keep-csv.md",)),
        Example("The new one does not know.", nygard("Superseded by ADR-0003"), files=(_OLD,)),
    ),
)
