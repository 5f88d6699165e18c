"""Where the configuration, the team's schema and the baseline come from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.adapters.config_file import NAMES as NAMES
from onrecord.adapters.config_file import config_file
from onrecord.adapters.files import MAX_BYTES, Unreadable, read_bytes
from onrecord.adapters.shipped import schema
from onrecord.check import Config, ConfigFault, Policy, SchemaFault, SchemaJudge, parse_config, read_baseline
from onrecord.check.config import verify_rules

if TYPE_CHECKING:
    from collections import Counter

DEFAULT_BASELINE = ".github/onrecord-baseline.json"
_BASELINE_BYTES = 50_000_000  # 6,000 findings have 1 MB; GitHub warns of a file that is larger than this


def load_config(root: Path, named: str | None, named_from: Path | None = None) -> Config:
    """Return the repository's configuration: the named file, else the first that is there, else the defaults.

    The name is relative to `named_from`, by default to the current folder.
    """
    found = config_file(root, named, named_from)
    return _from_file(*found, root) if found else Config()


def _from_file(path: Path, shown: str, root: Path) -> Config:
    text = _text(path, shown, root)
    try:
        said = _toml(text, shown) if path.suffix == ".toml" else _yaml(text, shown)
        return parse_config(said, shown, schema("config"))
    except RecursionError as error:
        raise ConfigFault(f"{shown}: it is nested too deeply") from error


def _text(path: Path, shown: str, root: Path, most: int = MAX_BYTES) -> str:
    """Return the text of a file of the team's; a symlink out of the repository is not followed."""
    try:
        content = read_bytes(path, root, most + 1)
        if len(content) > most:
            raise ConfigFault(f"{shown}: it is larger than {most // 1_000_000} MB")
        return content.decode("utf-8-sig")
    except (Unreadable, UnicodeDecodeError) as error:
        raise ConfigFault(f"{shown}: it cannot be read: {error}") from error


def _inside(path: Path, shown: str, root: Path, most: int = MAX_BYTES) -> str:
    """Return the text of a file that the configuration names; one outside of the repository is not opened."""
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        raise ConfigFault(f"{shown}: it leads out of the repository")
    return _text(path, shown, root, most)


def _toml(text: str, shown: str) -> Any:
    import tomllib

    try:
        loaded = tomllib.loads(text)
    except ValueError as error:  # besides what is no TOML, a number that nobody can read
        raise ConfigFault(f"{shown}: {error}") from error
    tool, whole = loaded.get("tool"), loaded if shown != "pyproject.toml" else {}
    return tool.get("onrecord", whole) if isinstance(tool, dict) else whole


def _yaml(text: str, shown: str) -> Any:
    from onrecord.markdown.yaml_source import read_yaml

    tree = read_yaml(text)
    for problem in tree.problems:
        raise ConfigFault(f"{shown}:{problem.line + 1}: {problem.message}")
    return None if tree.value == "" else tree.value  # a file that says nothing means the defaults


def make_policy(root: Path, config: Config, select: str | None = None, ignore: str | None = None) -> Policy:
    """Return what a run asks for; raises ConfigFault when the team's schema cannot be used."""
    judge = _judge(root, config)
    verify_rules(config, judge.rules)
    return Policy(judge, config.rules, frozenset(words_of(select)), frozenset(words_of(ignore)), config.schema)


def _judge(root: Path, config: Config) -> SchemaJudge:
    if config.schema is None:
        return SchemaJudge(schema("decision-record"))
    path = root / config.schema
    try:
        own = json.loads(_inside(path, config.schema, root))
        if not isinstance(own, dict):
            raise ConfigFault(f"{config.schema}: a schema is a JSON object")
        judge = SchemaJudge(own, (schema("decision-record"),))
        judge.verify()
    except json.JSONDecodeError as error:
        raise ConfigFault(f"{config.schema}:{error.lineno}: not valid JSON: {error.msg}") from error
    except RecursionError as error:
        raise ConfigFault(f"{config.schema}: it is nested too deeply") from error
    except SchemaFault as fault:
        raise ConfigFault(f"{config.schema}: {fault.pointer or '/'}: {fault.message}") from fault
    except (ValueError, AttributeError) as error:  # a number without end, or an $id that is no address
        raise ConfigFault(f"{config.schema}: this cannot be used as a schema: {error}") from error
    return judge


def baseline_path(root: Path, config: Config) -> Path:
    """Return where the baseline is, or would be."""
    return root / (config.baseline or DEFAULT_BASELINE)


def load_baseline(root: Path, config: Config) -> Counter[tuple[str, str, str]] | None:
    """Return the known findings: the configured baseline, else the default one if it is there."""
    path = baseline_path(root, config)
    if not path.is_file():
        if config.baseline:
            raise ConfigFault(f"{config.baseline}: no such baseline; “onrecord baseline” writes one")
        return None
    try:
        return read_baseline(json.loads(_inside(path, path.name, root, _BASELINE_BYTES)))
    except (ValueError, RecursionError) as error:
        raise ConfigFault(f"{path.name}: the baseline cannot be read: {error}") from error


def words_of(option: str | None) -> list[str]:
    """Return the words of an option that takes several, with commas or spaces between them; none where it was not given."""
    return (option or "").replace(",", " ").split()
