"""Package data: word lists that belong to the code. Reading them is like an import, not like a user's file."""

from __future__ import annotations

import json
from pkgutil import get_data
from typing import Any


def load(name: str) -> Any:
    """Return the JSON file `name` that is shipped beside this module."""
    content = get_data(__package__ or "onrecord.record", name)
    return json.loads(content or b"null")
