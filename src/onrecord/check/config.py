"""A team's configuration, from the mapping that stands in its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from onrecord.check.compiled import Compiler
from onrecord.rules import ALL_RULES, Severity
from onrecord.rules.model import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onrecord.change.model import Hints


class PullRequestConfig(NamedTuple):
    """Which pull requests ask for a decision, which never do, and how they are told."""

    paths: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    skip_labels: tuple[str, ...] = ()
    skip_authors: tuple[str, ...] = ()
    code_owners: tuple[str, ...] = ()
    record_repositories: tuple[str, ...] = ()
    governed: bool = False
    since: str = ""
    hints: Hints = "narrow"
    mode: Literal["nudge", "require"] = "nudge"
    comment: Literal["when-missing", "never"] = "when-missing"


class CoverageConfig(NamedTuple):
    """What a coverage report leaves out: `exempt` are globs of source files that no decision is expected of."""

    exempt: tuple[str, ...] = ()


class Config(NamedTuple):
    """The settings of one repository; `path` is the file they came from, None for the defaults."""

    path: str | None = None
    records: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    fail_on: Severity | None = Severity.ERROR
    rules: dict[str, Severity] = {}  # noqa: RUF012 - never changed
    schema: str | None = None
    baseline: str | None = None
    vocabulary: dict[str, Any] | None = None
    pull_requests: PullRequestConfig = PullRequestConfig()
    coverage: CoverageConfig = CoverageConfig()


_DATE = "“{}” is no date; a date is written like 2026-11-22"
_TYPES = {"array": "a list", "object": "a mapping", "string": "text", "integer": "a number", "boolean": "true or false"}


class ConfigFault(Exception):
    """The configuration is wrong: what and where, for people."""


def parse_config(value: Any, path: str, schema: Mapping[str, Any]) -> Config:
    """Validate a configuration against `schema` and return it; raises ConfigFault with the place and the nearest name.

    With a team's own schema, names of rules are verified once that is read (`verify_rules`).
    """
    if value is None:
        value = {}
    if not Compiler(schema).test(schema, schema)(value):
        from jsonschema import Draft7Validator  # only it says what is wrong

        for error in sorted(
            Draft7Validator(dict(schema)).iter_errors(value), key=lambda e: [str(p) for p in e.absolute_path]
        ):
            raise ConfigFault(_explain(error, path))
    config = Config(
        path,
        tuple(value.get("records", ())),
        tuple(value.get("exclude", ())),
        severity_or_never(value.get("fail-on", "error")),
        {rule: Severity[word.upper()] for rule, word in value.get("rules", {}).items()},
        value.get("schema"),
        value.get("baseline"),
        value.get("vocabulary"),
        _pull_requests(value.get("pull-requests", {})),
        CoverageConfig(tuple(value.get("coverage", {}).get("exempt", ()))),
    )
    if config.schema is None:
        verify_rules(config)
    return config


def _pull_requests(settings: Mapping[str, Any]) -> PullRequestConfig:
    """Return the settings by their names; what they may hold, the schema has said already."""
    named: dict[str, Any] = {
        key.replace("-", "_"): tuple(setting) if isinstance(setting, list) else setting
        for key, setting in settings.items()
    }
    return PullRequestConfig(**named)


def verify_rules(config: Config, own: Iterable[str] = ()) -> None:
    """Refuse a configured rule that does not exist, neither here nor among the team's own; raises ConfigFault."""
    known = (*ALL_RULES, *own)
    for rule in config.rules:
        if rule not in known:
            raise ConfigFault(f"{config.path}: rules: there is no rule “{rule}”{nearest(rule, known)}")


def severity_or_never(word: str) -> Severity | None:
    """Return the severity a word names; None for "never"."""
    return None if word == "never" else Severity[word.upper()]


def _explain(error: Any, path: str) -> str:
    place = ": ".join(str(step) for step in error.absolute_path)
    where = f"{path}: {place}: " if place else f"{path}: "
    if error.validator == "additionalProperties":
        known = list(error.schema.get("properties", {}))
        unknown = next(key for key in error.instance if key not in known)
        near = nearest(str(unknown), known) or f"; there are {', '.join(known)}"
        return f"{where}there is no setting “{unknown}”{near}"
    if error.validator == "enum":
        return f"{where}“{error.instance}” is none of {', '.join(str(v) for v in error.validator_value)}"
    if error.validator == "type":
        return (
            f"{where}“{str(error.instance)[:60]}” should be {_TYPES.get(error.validator_value, error.validator_value)}"
        )
    if error.validator == "pattern" and place.endswith("since"):
        return where + _DATE.format(str(error.instance)[:60])
    return f"{where}{error.message}"
