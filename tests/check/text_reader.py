"""Text as the engine gets it: read as a file of this path would be."""

from onrecord.adapters.files import decode, read_as_records
from onrecord.check import ReadFile
from onrecord.record.vocabulary import shipped


def read_all(text: str, path: str = "docs/adr/0007-example.md") -> list[ReadFile]:
    """Return the records of a text; usually one."""
    return read_as_records(decode(text.encode()), path, path, shipped())


def read(text: str, path: str = "docs/adr/0007-example.md") -> ReadFile:
    """Return the only record of a text."""
    (file,) = read_all(text, path)
    return file
