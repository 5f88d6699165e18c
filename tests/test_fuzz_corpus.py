"""What fuzzing has kept (bench/fuzz) is read again: no fault but the documented ones, and what each target says of an answer.

The inputs were generated; those named `found-…` were findings once.
"""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from fuzz.targets import NAMES, target  # noqa: E402

CORPUS = Path(__file__).with_name("fuzz_corpus")
MOST_BYTES = 300_000  # of all of them: a small corpus that is read in every run, and grows only by what was found


@pytest.mark.parametrize("name", NAMES)
def test_what_fuzzing_has_kept_is_read_without_a_fault(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # targets work in a folder of their own
    monkeypatch.setenv("ONRECORD_DEBUG", "1")
    one = target(name)
    inputs = [seed if isinstance(seed, bytes) else seed.encode() for seed in one.SEEDS]
    for content in (*inputs, *(path.read_bytes() for path in sorted((CORPUS / name).iterdir()))):
        one.read(content)


def test_the_corpus_is_small() -> None:
    sizes = [path.stat().st_size for path in CORPUS.glob("*/*")]
    assert sum(sizes) < MOST_BYTES
    assert {path.name for path in CORPUS.iterdir()} == set(NAMES)
