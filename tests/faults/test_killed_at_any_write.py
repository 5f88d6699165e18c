"""Every verb that writes, killed at each change it makes to a file: nothing is left half done, and the next run heals."""

import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from disks import BROKEN, DAY, DECIDING, FULL, KILLED_HALFWAY, NEVER, Calls, Outcome, tree

WRITING = {
    "check --fix": ("check", "--fix", "--fail-on", "never"),
    "index --fix": ("index", "--fix"),
    **DECIDING,
    "agenda": ("agenda", "6", "--output", "page.md"),
    "migrate": ("migrate", "--to", "madr-4"),
    "touch": ("touch", "docs/adr/0005-mail.md", "docs/adr/0007-pg.md", "--by", "Ann Lee", "--today", DAY),
    "baseline": ("baseline",),
    "check --output": (
        "check",
        "--output",
        "report.json",
        "--no-cache",
        "--output-format",
        "json",
        "--fail-on",
        "never",
    ),
    "coverage --output": ("coverage", "--output", "new.json", "--output-format", "json"),
    "survey --output": ("survey", ".", "--output", "reports", "--output-format", "json"),
    "prepare-commit-msg": ("prepare-commit-msg", "message"),
    "search": ("search", "Redis"),
    "why": ("why", "src/cart.py:1"),
    "check": ("check", "--fail-on", "never"),
}
READING = (
    "search",
    "why",
    "check",
)  # they keep what they worked out, and answer the same whether that went well or not
ALL_OR_NOTHING = {"check --fix", "accept", "reject", "deprecate", "supersede", "amend", "link", "migrate"}
COPY = re.compile(r"(?:^|/)\.[^/]+\.[0-9a-f]{8}$|\.onrecord$")
MOVED = {"docs/adr/0007-redis.md": "docs/adr/0008-redis.md"}  # by --fix: written first, and then moved
SOME = [  # of what was torn once: a new record, a report, an index, links of a record that was moved
    ("new", -3, KILLED_HALFWAY),
    ("check --output", 1, KILLED_HALFWAY),
    ("search", -9, KILLED_HALFWAY),
    ("check --fix", 12, FULL),
]


class Normal(NamedTuple):
    """What a verb comes to when nothing goes wrong: the files, what it said, and its exit code when it is called again."""

    tree: dict[str, bytes]
    outcome: Outcome
    again: int


@pytest.fixture(scope="module")
def normal(calls: Calls, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Normal]:
    """Return what a verb comes to."""

    @cache
    def found(verb: str) -> Normal:
        shop = Path(shutil.copytree(model, tmp_path_factory.mktemp("normal") / "shop"))
        outcome = calls(shop, *WRITING[verb], after=NEVER)
        return Normal(tree(shop), outcome, calls(shop, *WRITING[verb]).code)

    return found


@pytest.mark.parametrize(("verb", "after", "kind"), SOME)
def test_a_few_of_them(
    calls: Calls, model: Path, shop: Path, normal: Callable[[str], Normal], verb: str, after: int, kind: int
) -> None:
    met = normal(verb).outcome.met
    assert met > 4, normal(verb).outcome
    hurt_and_heal(calls, model, shop, verb, normal(verb), after % met, kind)


@pytest.mark.thorough
@pytest.mark.parametrize("kind", [KILLED_HALFWAY, FULL, BROKEN], ids=["killed", "full", "broken"])
@pytest.mark.parametrize("verb", WRITING)
def test_at_each_of_them(
    calls: Calls, model: Path, tmp_path: Path, normal: Callable[[str], Normal], verb: str, kind: int
) -> None:
    for after in range(normal(verb).outcome.met + 1):
        shop = Path(shutil.copytree(model, tmp_path / f"{after}" / "shop"))
        hurt_and_heal(calls, model, shop, verb, normal(verb), after, kind)


def hurt_and_heal(calls: Calls, model: Path, shop: Path, verb: str, normal: Normal, after: int, kind: int) -> None:
    """Let a verb go wrong after so many changes, and call it again; no file is ever half old and half new."""
    where = f"{verb} after {after}"
    before = tree(model)
    outcome = calls(shop, *WRITING[verb], after=after, kind=kind)
    now = visible(shop)
    for name in now.keys() | before.keys():
        assert now.get(name) in (before.get(name), normal.tree.get(name), normal.tree.get(MOVED.get(name, name))), where
    is_done = now == normal.tree
    if kind != KILLED_HALFWAY:
        assert "internal error" not in outcome.err, where
        refused = (0,) if verb == "prepare-commit-msg" else (2, 3)  # that one never keeps a commit from being made
        assert (outcome.code in refused and outcome.err) or (outcome.code == normal.outcome.code and is_done), where
    if kind == FULL and verb in ALL_OR_NOTHING:
        assert now in (before, normal.tree), where
    if kind == FULL:
        assert now == tree(shop), f"{where}: nothing is left behind"
    if verb in READING and kind != KILLED_HALFWAY:
        assert outcome._replace(met=0) == normal.outcome._replace(met=0), where
    healed = calls(shop, *WRITING[verb])
    assert healed.code == (normal.again if is_done else normal.outcome.code), where
    assert normal.tree.items() <= tree(shop).items(), where
    assert is_done or tree(shop) == normal.tree, where
    assert not [path for path in (shop / ".git").glob("onrecord-fix.json") if path.exists()], where
    if verb in READING:
        assert (healed.out, healed.err) == (normal.outcome.out, normal.outcome.err), where


def visible(shop: Path) -> dict[str, bytes]:
    """Return the files of a working tree without the copies that a killed run may leave."""
    return {name: content for name, content in tree(shop).items() if not COPY.search(name)}
