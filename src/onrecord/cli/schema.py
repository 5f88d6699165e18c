"""`onrecord schema NAME`: a shipped JSON Schema, for editors and for a team's own schema to extend."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from onrecord.adapters.shipped import SCHEMAS, schema, schema_text

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("name", choices=SCHEMAS)


def run(options: argparse.Namespace) -> int:
    """Print the schema as it is shipped; others that it refers to come along, so that it can be used alone."""
    text = schema_text(options.name)
    others = [name for name in SCHEMAS if name != options.name and f'"{name}.schema.json#' in text]
    if others:
        whole = json.loads(text)
        whole["$defs"] = whole.get("$defs", {}) | {name: schema(name) for name in others}
        text = json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
    sys.stdout.write(text)
    return 0
