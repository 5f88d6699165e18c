"""Add the instruction lines of record templates to the known ones, as fingerprints.

    python bench/template_lines.py TEMPLATE.md …

The texts are other people's and stay out of the repository; only fingerprints are kept
(src/onrecord/record/template_lines.json). Give it templates only, never filled records.
"""

import json
import sys
from pathlib import Path

from onrecord.markdown import parse_document
from onrecord.record.placeholders import template_lines

TARGET = Path(__file__).resolve().parents[1] / "src/onrecord/record/template_lines.json"


def main() -> None:
    """Merge the lines of the named templates into the file."""
    known = set(json.loads(TARGET.read_text("utf-8")))
    for name in sys.argv[1:]:
        known |= template_lines(parse_document(Path(name).read_text("utf-8", errors="replace")))
    TARGET.write_text(json.dumps(sorted(known), indent=0) + "\n", "utf-8")
    print(f"{len(known)} lines are known")


if __name__ == "__main__":
    main()
