"""What a team writes for us: configuration in YAML and TOML, its schema, baseline, vocabulary, CODEOWNERS, ratchet."""

from __future__ import annotations

import contextlib
import json

from fuzz.places import empty, write
from onrecord.adapters.codeowners import parse_code_owners
from onrecord.adapters.settings import load_baseline, load_config, make_policy
from onrecord.check import ConfigFault, check
from onrecord.check.model import ReadFile
from onrecord.cli.common import vocabulary_of
from onrecord.coverage.gate import read_best
from onrecord.markdown import parse_document
from onrecord.record import read_records
from onrecord.record.globs import matches

RECORD = "# 1. Use Redis\n\n## Status\n\nAccepted\n\n## Beschluss\n\nWe use Redis.\n"
PATHS = ("docs/adr/0001-x.md", "src/a/b/c.py", "x" * 60 + "/y")
SEEDS = (
    "onrecord.yml\nrecords: [docs/adr/**]\nexclude:\n  - docs/adr/old/*\nfail-on: warning\nrules:\n  owner-missing: off\npull-requests:\n  paths: ['src/**']\n  mode: require\n  since: '2026-01-01'\ncoverage:\n  exempt: [x]\n",
    "onrecord.yml\nvocabulary:\n  sections:\n    decision: [Beschluss]\n  statuses:\n    accepted: [gilt]\nschema: own.json\nbaseline: own.json\n",
    "pyproject.toml\n[tool.onrecord]\nrecords = [\"docs/**\"]\nfail-on = \"never\"\n[tool.onrecord.rules]\nowner-missing = \"error\"\n",
    "own.json\n" + json.dumps({"$id": "urn:x:y", "$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [{"$ref": "https://onrecord.example/x"}], "required": ["title"], "x-rule": "own-title", "x-message": "x", "x-severity": "error", "properties": {"title": {"pattern": "^(a+)+$", "maxLength": 3}}}),
    "own.json\n" + json.dumps({"version": 1, "findings": [{"rule": "owner-missing", "path": "a", "line": "0" * 16, "count": 1}], "k": 3, "n": 4, "sha": "1", "day": "2026-01-01", "config": "x"}),
    "CODEOWNERS\n# x\n* @a/b ann@x.example\n/docs/**/adr/ @c\nsrc/\\#a @d # e\n[Section][2] @x\n!no\n",
)  # fmt: skip
WORDS = (
    "onrecord.yml\n", "own.json\n", "pyproject.toml\n", "CODEOWNERS\n", "records:", "exclude:", "rules:\n  ", "schema: own.json\n", "baseline: own.json\n", "vocabulary:\n", "sections:", "statuses:",
    "pull-requests:\n", "- ", "[", "]", "{", "}", "&a ", "*a", "<<: ", "!!set ", "? ", "|\n", ">\n", "---\n", "...\n", "%YAML 1.1\n", "'", '"', "\\", "#", ": ", "null", "~", "on", "1_0", "0x1F", "2026-01-01", ".inf",
    "9" * 5000, "**", "*/", "?", "[a-z]", "{a,b}", "!", "../", "/", "@a/b ", "x@y.z ", "\t", "\u2028", "\ufeff", "$ref", "$id", "x-rule", "pattern", "anyOf", "not", "#/$defs/x", "$dynamicRef", "\"\"\"", "[[a]]\n", "a.b = ",
)  # fmt: skip


def read(data: bytes) -> None:
    """Lay the text out as the file that its first line names, and load what there is; only ConfigFault may come of it."""
    name, _, text = data.partition(b"\n")
    root = empty()
    names = {b"pyproject.toml": "pyproject.toml", b"own.json": "own.json", b"CODEOWNERS": "CODEOWNERS"}
    write(names.get(name, "onrecord.yml"), text)
    if name == b"own.json":
        write("onrecord.yml", b"schema: own.json\nbaseline: own.json\n")
    elif b"own.json" in text:
        write("own.json", b'{"type": "object"}')
    with contextlib.suppress(ConfigFault):
        config = load_config(root, None)
        matches(PATHS[0], (*config.records, *config.exclude, *config.pull_requests.paths))
        document = parse_document(RECORD)
        read_files = [ReadFile(document, one) for one in read_records(document, PATHS[0], vocabulary_of(config))]
        check(read_files, make_policy(root, config), "2026-02-03", lambda _: True)
    with contextlib.suppress(ConfigFault):
        load_baseline(root, load_config(root, None)._replace(baseline="own.json"))
    owners = parse_code_owners(text)
    for path in PATHS:
        owners.owners_of(path)
    with contextlib.suppress(ValueError, RecursionError):
        read_best(json.loads(text))
