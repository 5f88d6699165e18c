"""What GitHub's runner reads back from a step: workflow commands on its output, and its command files.

Modelled on `ActionCommand.cs`, `ActionCommandManager.cs` and `FileCommandManager.cs` of actions/runner at 258d6c8. Not
modelled: problem matchers and `echo` (recorded only), and encoded variants of masked values.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ANNOTATIONS_PER_LEVEL = 10
MESSAGE_CHARACTERS = 4096
SUMMARY_BYTES = 1024 * 1024
LEVELS = {"error", "warning", "notice"}
DISABLED = {"set-env", "add-path"}
RECORDED_ONLY = {"debug", "echo", "save-state", "add-matcher", "remove-matcher"}
REGISTERED = LEVELS | DISABLED | RECORDED_ONLY | {"stop-commands", "set-output", "add-mask", "group", "endgroup"}
PROPERTY_SPELLING = {name.lower(): name for name in ("file", "line", "endLine", "col", "endColumn", "title")}
# What .NET trims; Python's own lstrip() would also take U+001C to U+001F.
BLANKS = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
V1_ESCAPES = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%25": "%"}
V2_DATA_ESCAPES = {"%0D": "\r", "%0A": "\n", "%25": "%"}
V2_PROPERTY_ESCAPES = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}


class CommandError(ValueError):
    """A command or command file that makes the runner fail the step."""


@dataclass(frozen=True)
class Annotation:
    """What GitHub shows on the run: `level` is error, warning or notice; `properties` as in the command."""

    level: str
    message: str
    properties: Mapping[str, str] = field(default_factory=dict)


class Command(NamedTuple):
    """A workflow command as parsed; the name in lower case, property names in their usual spelling."""

    name: str
    properties: dict[str, str]
    data: str


class Journal:
    """Everything a composite action made visible; shared by its steps, because the runner pools them.

    `masks` holds what `add-mask` asked for. Long stop tokens are masked in the log too, as on GitHub, but not listed.
    """

    def __init__(self) -> None:
        self.annotations: list[Annotation] = []
        self.dropped = 0
        self.commands: list[str] = []
        self.masks: list[str] = []
        self.summary = ""
        self.lines: list[str] = []
        self._asked = dict.fromkeys(LEVELS, 0)
        self._hidden: list[str] = []

    def write(self, line: str) -> None:
        """Show a line in the log."""
        self.lines.append(self.masked(line))

    def annotate(self, level: str, message: str, properties: Mapping[str, str] | None = None) -> None:
        """Log a message and show it, unless ten of its level came before or it is blank."""
        message = self.masked(message)[:MESSAGE_CHARACTERS]
        self.write(f"##[{level}]{message}")
        self._asked[level] += 1
        if self._asked[level] > ANNOTATIONS_PER_LEVEL or not message.strip():
            self.dropped += 1
        else:
            self.annotations.append(Annotation(level, message, dict(properties or {})))

    def hide(self, value: str) -> None:
        """Mask a value from now on without listing it."""
        self._hidden.append(value)

    def mask(self, data: str) -> None:
        """Mask a value and each of its lines from now on."""
        for value in (data, *(line.strip() for line in re.split(r"[\r\n]", data))):
            if value and value not in self.masks:
                self.masks.append(value)
                self.hide(value)

    def masked(self, text: str) -> str:
        """Replace each run of characters that belong to a hidden value by three stars."""
        covered = bytearray(len(text))
        for value in self._hidden:
            start = text.find(value)
            while start >= 0:
                covered[start : start + len(value)] = b"\x01" * len(value)
                start = text.find(value, start + 1)
        runs = re.finditer(rb"\x00+|\x01+", covered)
        return "".join("***" if covered[run.start()] else text[run.start() : run.end()] for run in runs)

    def add_summary(self, content: bytes) -> None:
        """Take over a step's summary, or drop it with an error if it is over one MiB."""
        if len(content) > SUMMARY_BYTES:
            sizes = f"{SUMMARY_BYTES // 1024}k, got {len(content) // 1024}k"
            self.annotate("error", f"$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of {sizes}.")
        else:
            lines = io.StringIO(decoded(content), newline=None)
            self.summary += "".join(self.masked(line.removesuffix("\n")) + "\n" for line in lines)


class StepOutput:
    """Reads the lines of one step. `stop-commands` ends with the step, as it does on GitHub."""

    def __init__(self, journal: Journal, workspace: Path, set_output: Callable[[str, str], None]) -> None:
        self.failed = False
        self._journal, self._workspace, self._set_output = journal, workspace, set_output
        self._registered = set(REGISTERED)
        self._stop_token: str | None = None

    def feed(self, line: str) -> None:
        """Obey the line if it is a command that counts now, else show it."""
        command = parse_command(line, self._registered)
        if command is None:
            self._journal.write(line)
        elif self._stop_token is None:
            self._try(command, line)
        else:
            if command.name == self._stop_token:
                self._registered.discard(self._stop_token)
                self._stop_token = None
            self._journal.write(line)

    def _try(self, command: Command, line: str) -> None:
        try:
            self._obey(command, line)
        except CommandError as error:
            self._journal.annotate("error", f"Unable to process command '{line}' successfully.")
            self._journal.annotate("error", str(error))
            self.failed = True
        else:
            self._journal.commands.append(command.name)

    def _obey(self, command: Command, line: str) -> None:
        name, properties, data = command
        if name in DISABLED:
            raise CommandError(f"The `{name}` command is disabled.")
        if name in LEVELS:
            self._journal.annotate(name, data, _placed(properties, self._workspace))
        elif name == "stop-commands":
            self._stop(data, line)
        elif name == "set-output":
            self._set_output(_required_name(command), data)
        elif name == "add-mask":
            self._add_mask(data)
        elif name in ("group", "endgroup"):
            self._journal.write(f"##[{name}]{data if name == 'group' else ''}")

    def _stop(self, token: str, line: str) -> None:
        if not token or token.lower() in self._registered or token.lower() == "pause-logging":
            raise CommandError("You cannot use an endToken that is empty, 'pause-logging' or another command.")
        self._stop_token = token.lower()
        self._registered.add(self._stop_token)
        if len(token) > 6:
            self._journal.hide(token)
        self._journal.write(line)

    def _add_mask(self, data: str) -> None:
        if data.strip():
            self._journal.mask(data)
        else:
            self._journal.annotate("warning", "Can't add secret mask for empty string in ##[add-mask] command.")


def parse_command(line: str, registered: set[str]) -> Command | None:
    """Read `::name k=v,k=v::data` after leading blanks or, failing that, `##[name k=v;k=v]data` anywhere."""
    trimmed = line.lstrip(BLANKS)
    if trimmed.startswith("::"):
        header, separator, data = trimmed[2:].partition("::")
        name, _, properties = header.partition(" ")
        if separator and name.lower() in registered:
            pairs = _properties(properties.strip(BLANKS), ",", V2_PROPERTY_ESCAPES)
            return Command(name.lower(), pairs, _unescaped(data, V2_DATA_ESCAPES))
    header, separator, data = line.partition("##[")[2].partition("]")
    name, _, properties = header.partition(" ")
    if separator and name.lower() in registered:
        return Command(name.lower(), _properties(properties, ";", V1_ESCAPES), _unescaped(data, V1_ESCAPES))
    return None


def _properties(text: str, separator: str, escapes: Mapping[str, str]) -> dict[str, str]:
    properties = {}
    for pair in text.split(separator):
        key, _, value = pair.lstrip("=").partition("=")
        if value := value.lstrip("="):
            properties[PROPERTY_SPELLING.get(key.lower(), key)] = _unescaped(value, escapes)
    return properties


def _unescaped(text: str, escapes: Mapping[str, str]) -> str:
    for code, character in escapes.items():  # the percent sign comes last
        text = text.replace(code, character)
    return text


def _required_name(command: Command) -> str:
    for key, value in command.properties.items():
        if key.lower() == "name":
            return value
    raise CommandError(f"Required field 'name' is missing in ##[{command.name}] command.")


def _placed(given: Mapping[str, str], workspace: Path) -> dict[str, str]:
    """Correct an annotation's place as the runner does: relative file, sound ranges, columns on one line only."""
    place = dict(given)
    if "file" in place and Path(place["file"]).is_relative_to(workspace):
        place["file"] = Path(place["file"]).relative_to(workspace).as_posix()
    for start, end in (("line", "endLine"), ("col", "endColumn")):
        if _number(place, end) is not None and _number(place, start) is None:
            place[start] = place[end]
    spans_lines = _number(place, "endLine") is not None and place["line"] != place["endLine"]
    if _number(place, "line") is None or spans_lines:
        _drop(place, "col", "endColumn")
    for start, end in (("line", "endLine"), ("col", "endColumn")):
        first, last = _number(place, start), _number(place, end)
        if first is not None and last is not None and last < first:
            _drop(place, start, end)
    return place


def _number(place: Mapping[str, str], name: str) -> int | None:
    text = place.get(name, "")
    return int(text) if re.fullmatch(r"\s*[+-]?[0-9]+\s*", text) else None


def _drop(place: dict[str, str], *names: str) -> None:
    for name in names:
        place.pop(name, None)


def decoded(content: bytes) -> str:
    """Text of a command file: UTF-8, a leading byte order mark dropped, broken sequences replaced."""
    return content.decode("utf-8-sig", errors="replace")


def parse_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pairs of GITHUB_OUTPUT or GITHUB_ENV: `k=v`, or `k<<DELIM`, lines, `DELIM`.

    Pairs before a fault are yielded, and so take effect, before `CommandError` is raised.
    """
    lines = text.split("\n")
    position = 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if not line:
            continue
        key, equals, value = line.partition("=")
        if "<<" in key or not equals:
            key, _, delimiter = line.partition("<<")
            if not delimiter:
                raise CommandError(f"Invalid format '{line}'")
            if delimiter not in lines[position:]:
                raise CommandError(f"Invalid value. Matching delimiter not found '{delimiter}'")
            end = lines.index(delimiter, position)
            value = "\n".join(lines[position:end])
            position = end + 1
        if not key:
            raise CommandError(f"Invalid format '{line}'. Name must not be empty")
        yield key, value
