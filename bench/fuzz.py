"""Feed arbitrary bytes to everything that reads foreign text, guided by coverage (atheris).

    python bench/fuzz.py -max_total_time=600 -max_len=65536 CORPUS_FOLDER

Any exception, a span outside the text, or a different reading of CRLF and LF is a finding.
"""

import sys

import atheris

with atheris.instrument_imports(include=["onrecord"]):
    from onrecord.change import Change, Triggers, judge_change
    from onrecord.markdown import parse_document
    from onrecord.markdown.rst import rst_as_markdown
    from onrecord.record import parse_record, read_records, record_facts
    from onrecord.record.vocabulary import shipped

PATHS = ("docs/adr/0007-x.md", "README.md", "notes/x.md", "ODH-ADR-Ops-0001-x.md")


def read(data: bytes) -> None:
    """Read one input in every way there is."""
    text = data.decode("utf-8", "replace")
    path = PATHS[len(data) % len(PATHS)]
    record = parse_record(text, path)
    facts = record_facts(record)
    total = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for pointer, span in facts.spans.items():
        assert 1 <= span.start <= span.end <= max(total, 1), (pointer, span, total)  # noqa: S101
    if "\r" not in text:
        other = record_facts(parse_record(text.replace("\n", "\r\n"), path))
        assert other.value == facts.value, "CRLF and LF are read differently"  # noqa: S101
    read_records(parse_document(rst_as_markdown(text)), path, shipped())
    judge_change(Change(text[:100], text, "someone"), Triggers(), shipped())


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
