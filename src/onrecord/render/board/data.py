"""The page, style sheet and script of the board: they belong to the code. Reading them is like an import."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from pkgutil import get_data


def shipped(name: str) -> str:
    """Return the text of the file `name` that is shipped beside this module; raises FileNotFoundError."""
    return (get_data(__package__ or "onrecord.render.board", name) or b"").decode()


def digest(text: str) -> str:
    """Return what a content security policy calls an inline text by ("sha256-…")."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
