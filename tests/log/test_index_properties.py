"""For any titles and any style: one fix is enough, nothing outside the markers moves, nothing breaks out of the list."""

import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.log.index.entry import escaped, find_links
from onrecord.log.index.listing import Fault
from onrecord.log.index.regions import Revision, find_regions, revise_index
from onrecord.markdown import parse_document
from onrecord.record import DecisionRecord
from onrecord.record.model import Status
from onrecord.record.vocabulary import shipped
from onrecord.render.index import rewritten

INDEX = "docs/adr/README.md"
OPEN, CLOSE = "<!-- onrecord:index -->", "<!-- /onrecord:index -->"
HOSTILE = (
    "a | b", "[x](https://evil.example)", "](x) (accepted)", "<!-- /onrecord:index -->", "<script>", "*bold* _it_ `code",
    "- 1. # x", "2 phase commit", "ADR-0007: x", "back\\", "tail (superseded)", "a\u202eb", "&lt;b&gt;", "![i](j)",
    "accepted", "x — Draft", "`|`", "2026-01-01", "snake_case __init__ ~~x~~", "#", "\\[", "Ünïcode 決定", "a\nb",
)  # fmt: skip
titles = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(min_size=1, max_size=25),
    st.lists(st.sampled_from(HOSTILE), max_size=2).map(" ".join),
)
statuses = st.sampled_from(("accepted", "proposed", "superseded", "deprecated", "unknown", None))
STYLES = (
    "- [ADR-{n:04}]({p}) - {t}", "* [{t}]({p})", "1. [{t}]({p}) ({s})", "- [{n}. {t}](./{p})", "| {n:04} | [{t}]({p}) | {s} |",
    "| [ADR-{n}]({p}) | {t} | {s} |", "- [ ] {n:03}: [{t}](/docs/adr/{p}) — {s}", "- **[{t}]({p})** some words of its own",
    "- [2026-01-31 {t}]({p})", "* [2026.01.31: {n}. {t}]({p}) ({s})",
)  # fmt: skip


@st.composite
def logs(draw: st.DrawFn) -> list[DecisionRecord]:
    """Draw a log of up to six records, whose number, status, date and people may be unknown."""
    out = []
    for number in draw(st.lists(st.integers(1, 30), unique=True, min_size=1, max_size=6)):
        name = draw(st.sampled_from(("x", "keep it", "a(b)", "größe", "100%")))
        record = DecisionRecord(f"docs/adr/{number:04}-{name}.md", number=draw(st.sampled_from((str(number), None))))
        record.title = " ".join(draw(titles).split()) or None
        status = draw(statuses)
        record.status = Status(status, draw(titles)) if status else None
        record.date = draw(st.sampled_from(("2026-01-13", "2026-11", None)))
        record.decision_makers = draw(st.lists(titles, max_size=2))
        out.append(record)
    return out


@st.composite
def indexes(draw: st.DrawFn, log: list[DecisionRecord]) -> str:
    """Draw an index: a head, a list of some of the records in one style, as it was before some of them changed."""
    style = draw(st.sampled_from((None, *STYLES)))
    rows = []
    for record in draw(st.permutations(log))[: draw(st.integers(0, len(log)))] if style else []:
        title = draw(st.sampled_from((record.title or "none", "Another title", "Old (accepted)")))
        title = re.sub(r"[\n\r|\[\]<>`\\]", "", title)
        number = int(re.findall(r"\d{4}", record.path)[0])
        path = re.sub(r"[ ()%]", lambda m: f"%{ord(m[0]):02X}", record.path.rsplit("/", 1)[-1])
        rows.append(
            style.format(n=number, p=path, t=title, s=draw(st.sampled_from(("Accepted", "Proposed", "superseded"))))
        )
    if style and style.startswith("|"):
        rows = ["| ADR | Title | Status |", "|---|---|---|", *rows]
    before = draw(st.sampled_from(("# Decisions\n\n", "", "~~~\n" + OPEN + "\n~~~\n", "---\nx: 1\n---\n")))
    after = draw(st.sampled_from(("", "\n", "\nMore `words`.\n\n- [a](b)\n")))
    gap = draw(st.sampled_from(("\n", "\n\n")))
    return f"{before}{OPEN}{gap}{''.join(row + chr(10) for row in rows)}{gap if rows else ''}{CLOSE}{after}"


def revise(content: bytes, log: list[DecisionRecord]) -> list[Revision]:
    paths = {record.path for record in log}
    return revise_index(INDEX, parse_document(content.decode("utf-8-sig")), log, paths.__contains__, shipped())


@given(st.data())
def test_one_fix_is_enough_and_nothing_else_moves(data: st.DataObject) -> None:
    log = data.draw(logs())
    text = data.draw(indexes(log))
    ending = data.draw(st.sampled_from(("\n", "\r\n")))
    content = data.draw(st.sampled_from((b"", b"\xef\xbb\xbf"))) + text.replace("\n", ending).encode()
    try:
        revisions = revise(content, log)
    except Fault:
        return
    once = rewritten(content, revisions)
    assert len(find_regions(parse_document(once.decode("utf-8-sig")))) == 1
    again = revise(once, log)
    assert [(change.kind, change.parts) for change in again[0].changes] == []
    assert rewritten(once, again) == once
    mark, end = OPEN.encode() + ending.encode(), CLOSE.encode()
    assert once.split(mark)[0] == content.split(mark)[0]
    assert once.rsplit(end, 1)[1] == content.rsplit(end, 1)[1]
    listed = [link.target for line in again[0].lines for link in find_links(line)]
    assert len(listed) >= len(log)


@given(titles)
def test_a_title_opens_no_cell_link_or_tag(title: str) -> None:
    said = escaped(title)
    assert "\n" not in said
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<\[\]]", said)
