"""JSON pointers (RFC 6901), by which values and their places find each other."""


def escape_pointer(token: str) -> str:
    """Escape one token of a JSON pointer."""
    return token.replace("~", "~0").replace("/", "~1")
