"""`onrecord schema NAME`: a shipped JSON Schema, for editors and for a team's own schema to extend."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from onrecord.adapters.shipped import SCHEMAS, schema_text

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument("name", choices=SCHEMAS)


def run(options: argparse.Namespace) -> int:
    """Print the schema as it is shipped."""
    sys.stdout.write(schema_text(options.name))
    return 0
