"""Draw findings of every log and upkeep rule over real clones, to be read by eye: is what they say right?

    python bench/findings.py [--each 50] [--seed 0] [--today DATE] REPOSITORY... > findings.jsonl

Each line is one finding with the text around it: {"repository", "rule", "severity", "path", "line", "message",
"text"}. Where a rule speaks more often than `--each`, as many are drawn from each repository in turn. Standard error
gets the table of counts. Rules that are off by default are switched on.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord.rules import ALL_RULES, Severity, load_rule

AROUND = 4  # lines of context


def rules_of(*scopes: str) -> list[str]:
    """Return the rules of these scopes, and link-broken, which is about the log although it reads one record."""
    return [rule for rule in ALL_RULES if load_rule(rule).scope in scopes or rule == "link-broken"]


def findings(root: Path, config: Path, verb: list[str]) -> list[dict[str, Any]]:
    """Run one verb in a clone and return its findings, each with the text around its line."""
    command = [sys.executable, "-m", "onrecord", *verb, "--config", str(config), "--output-format", "json"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        print(f"{root.name}: {done.stderr.strip()}", file=sys.stderr)
        return []
    told = json.loads(done.stdout)
    found = told["findings"] if "findings" in told else [one for row in told["entries"] for one in row["findings"]]
    return [one | {"text": around(root / one["path"], one["line"])} for one in found]


def around(path: Path, line: int) -> str:
    """Return the lines around one, numbered."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    start = max(0, line - 1 - AROUND)
    return "\n".join(f"{start + n + 1}: {text[:300]}" for n, text in enumerate(lines[start : line + AROUND]))


def draw(found: dict[str, list[dict[str, Any]]], each: int, chance: random.Random) -> list[dict[str, Any]]:
    """Return up to `each` findings, in turn from every repository."""
    piles = [chance.sample(pile, len(pile)) for _, pile in sorted(found.items())]
    chance.shuffle(piles)
    drawn: list[dict[str, Any]] = []
    while any(piles) and len(drawn) < each:
        drawn += [pile.pop() for pile in piles if pile][: each - len(drawn)]
    return drawn


def main() -> None:
    """Run over all clones, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repositories", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--today", default="2026-11-22")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311
    wanted = rules_of("log", "upkeep")
    loud = {rule: "notice" for rule in wanted if load_rule(rule).severity == Severity.OFF}
    by_rule: dict[str, dict[str, list[dict[str, Any]]]] = {rule: {} for rule in wanted}
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch) / "onrecord.yml"
        config.write_text(json.dumps({"rules": loud}), "utf-8")
        for root in options.repositories:
            told = findings(root, config, ["check", "--today", options.today])
            told += findings(root, config, ["review", "--limit", "0", "--today", options.today])
            for one in told:
                if one["rule"] in by_rule:
                    by_rule[one["rule"]].setdefault(root.name, []).append(one)
    for rule, found in by_rule.items():
        counts = Counter({name: len(pile) for name, pile in found.items()})
        print(f"{rule}: {counts.total()} in {len(found)} repositories {dict(counts.most_common(8))}", file=sys.stderr)
        for one in draw({n: [f | {"repository": n} for f in pile] for n, pile in found.items()}, options.each, chance):
            print(json.dumps(one, ensure_ascii=False))


if __name__ == "__main__":
    main()
