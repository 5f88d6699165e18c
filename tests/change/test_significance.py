"""Signs of a decision: each alone, their weight, and when they are worth a hint."""

from __future__ import annotations

import time
from typing import Any

import pytest

from onrecord.change import Change, ChangedFile, Triggers, judge_change
from onrecord.change.significance import Signs, count_words, is_hint, read_signs
from onrecord.record.vocabulary import shipped

PLAIN = "Count calls per shop"


def signs(title: str = PLAIN, prose: str = "", *files: ChangedFile) -> Signs:
    return read_signs(Change(title, "", "ann", files=files), prose)


def file(path: str, lines: int = 1, status: str = "modified", patch: str | None = None) -> ChangedFile:
    return ChangedFile(path, status, lines, 0, patch=patch)


def test_a_plain_change_shows_none() -> None:
    assert signs(PLAIN, "The gateway counts calls.", file("src/a.py")) == Signs(0, ())
    assert read_signs(Change(PLAIN, "", "ann", files=None), "") == Signs(0, ())
    assert signs("", "") == Signs(0, ())


class TestFiles:
    @pytest.mark.parametrize(
        ("changed", "seen"),
        [
            (file("api/v1.proto"), "it changes a public contract (api/v1.proto)"),
            (file("db/migrations/0001.py", status="removed"), "it changes a public contract (db/migrations/0001.py)"),
            (file("libs/x/package.json", status="added"), "it adds a package (libs/x/package.json)"),
        ],
    )
    def test_two_points(self, changed: ChangedFile, seen: str) -> None:
        assert signs(PLAIN, "", changed) == Signs(2, (seen,))

    @pytest.mark.parametrize(
        "changed",
        [
            file("tests/v1.proto"),
            file("docs/schema.json"),
            file("src/a.py"),
            file("libs/x/package.json"),
            file("tests/x/package.json", status="added"),
            file("vendor/x/go.mod", status="added"),
            file("requirements.txt", status="added"),
        ],
    )
    def test_what_only_looks_like_one(self, changed: ChangedFile) -> None:
        assert signs(PLAIN, "", changed) == Signs(0, ())

    def test_many_contracts_are_one_sign(self) -> None:
        assert signs(PLAIN, "", file("a.proto"), file("b.proto")).score == 2

    @pytest.mark.parametrize(("lines", "score"), [(49, 0), (50, 1), (199, 1), (200, 2), (9_000, 2)])
    def test_lines_of_code(self, lines: int, score: int) -> None:
        found = signs(PLAIN, "", ChangedFile("src/a.py", additions=lines // 2, deletions=lines - lines // 2))
        assert found == Signs(score, (f"it changes {lines} lines of code",) if score else ())

    @pytest.mark.parametrize("path", ["tests/a.py", "docs/a.md", "uv.lock", "src/a_generated.py", "vendor/a.go"])
    def test_lines_beside_the_code_do_not_count(self, path: str) -> None:
        assert signs(PLAIN, "", file(path, 9_000)).score == 0

    def test_a_dependency_that_comes_or_goes(self) -> None:
        new = file("package.json", patch='@@ -1 +1,2 @@\n+    "left-pad": "^1.3.0",')
        old = file("package.json", patch='@@ -1,2 +1 @@\n-    "left-pad": "^1.3.0",')
        assert signs(PLAIN, "", new) == Signs(1, ("it adds a dependency (left-pad)",))
        assert signs(PLAIN, "", old) == Signs(1, ("it drops a dependency (left-pad)",))
        assert signs(PLAIN, "", file("package.json")) == Signs(0, ())


class TestTitle:
    @pytest.mark.parametrize(
        ("title", "score", "seen"),
        [
            ("perf!: faster", 2, "the title marks a breaking change (“perf!:”)"),
            ("fix(api)!: paging", 2, "the title marks a breaking change (“fix(api)!:”)"),
            ("feat: paging", 2, "the title says “feat”"),
            ("feature/paging of orders", 2, "the title says “feature”"),
            ("[Feature] paging", 2, "the title says “[Feature”"),
        ],
    )
    def test_two_points(self, title: str, score: int, seen: str) -> None:
        assert signs(title) == Signs(score, (seen,))

    @pytest.mark.parametrize(
        "title",
        [
            "Replace the queue",
            "[shop] replace the queue",
            "refactor(shop): Replace the queue",
            "[a][b] x: y: replace it",
        ],
    )
    def test_a_verb_behind_any_prefix(self, title: str) -> None:
        assert "the title says “replace”" in [s.lower() for s in signs(title).seen]

    @pytest.mark.parametrize(
        "title", ["Replacement parts", "Addition of calls", "The queue: we count", "a: " * 7 + "add it", "user: news"]
    )
    def test_no_verb(self, title: str) -> None:
        assert signs(title).score == 0

    @pytest.mark.parametrize(
        "title",
        ["fix: use the queue", "Fixes: the queue", "[shop] bugfix in paging", "shop: fix paging", "x fix(api): y"],
    )
    def test_a_fix_weighs_two_less(self, title: str) -> None:
        assert (
            signs(title, "", file("a.proto", 200)).score
            - signs(title.replace("fix", "mend").replace("Fix", "Mend"), "", file("a.proto", 200)).score
            == -2
        )

    @pytest.mark.parametrize("kind", ["test", "docs", "ci", "chore", "style", "perf"])
    def test_upkeep_weighs_one_less(self, kind: str) -> None:
        assert signs(f"{kind}: count", "", file("a.proto")).score == 1
        assert signs(f"{kind}(shop): count", "", file("a.proto")).score == 1
        assert signs(f"{kind}!: count", "", file("a.proto")).score == 4

    @pytest.mark.parametrize("title", ["prefix(api) of calls", "Fixture of calls", "choreography: count", "Suffixes"])
    def test_what_only_looks_like_upkeep(self, title: str) -> None:
        assert signs(title, "", file("a.proto")).score == 2


WORDS = [
    ("We looked at two alternatives.", "alternatives", 2),
    ("The trade-off is memory.", "trade-off", 2),
    ("One caveat: it is slow.", "caveat", 2),
    ("Sessions were rejected because of cost.", "rejected because", 2),
    ("This is a breaking change.", "breaking change", 1),
    ("Not backwards-compatible? It is backwards incompatible.", "backwards incompatible", 1),
    ("The queue is deprecated.", "deprecated", 1),
    ("The queue no longer supports plain text.", "no longer support", 1),
    ("It removes the old flag.", "removes the old flag", 1),
    ("Counted by default.", "by default", 1),
    ("It is behind a flag.", "behind a flag", 1),
    ("Shops can opt-in.", "opt-in", 1),
    ("The queue is read instead.", "instead", 1),
    ("In favour of memory.", "In favour of", 1),
    ("We decided it.", "We decided", 1),
    ("Good enough for now.", "for now", 1),
    ("I'm not sure.", "I'm not sure", 1),
    ("An architectural step.", "architectural", 1),
    ("It replaces the orders.", "replaces", 1),
    ("It splits out a second module.", "splits out a second module", 1),
    ("A new endpoint counts.", "new endpoint", 1),
    ("It is user-facing.", "user-facing", 1),
    ("Telemetry is sent.", "Telemetry", 1),
    ("Tokens expire.", "expire", 1),
    ("It needs authentication.", "authentication", 1),
]
NO_WORDS = [
    "Nothing to note.",
    "The altitude of a trade.",
    "Rejected orders stay visible.",
    "The default branch moves.",
    "Steady as it goes, insteadof aside.",
    "We decode it. I think so.",
    "Undecided calls.",
    "It removes dust from the counter.",
    "The author counts.",
    "A new counter.",
    "See https://example.com/deprecated/telemetry?alternative=security",
    "A non-breaking change, not a breaking change: no breaking changes, no line breaking.",
]


class TestWords:
    @pytest.mark.parametrize(("prose", "word", "weight"), WORDS)
    def test_in_the_description(self, prose: str, word: str, weight: int) -> None:
        assert signs(PLAIN, prose) == Signs(weight, (f"the description says “{word}”",))

    @pytest.mark.parametrize(("prose", "word", "weight"), WORDS)
    def test_in_the_title(self, prose: str, word: str, weight: int) -> None:
        assert signs(f"So {prose}") == Signs(weight, (f"the title says “{word}”",))

    @pytest.mark.parametrize("prose", NO_WORDS)
    def test_none(self, prose: str) -> None:
        assert signs(PLAIN, prose) == Signs(0, ())

    def test_a_sign_counts_once_wherever_it_stands(self) -> None:
        assert signs("So we count by default", "The default is counted by default. " * 3).score == 1

    def test_the_same_word_is_said_once_and_the_heaviest_comes_first(self) -> None:
        found = signs("Replace the queue", "There are alternatives.", file("src/a.py", 60))
        assert found.score == 5
        assert found.seen == (
            "the description says “alternatives”",
            "the title says “Replace”",
            "it changes 60 lines of code",
        )

    def test_what_is_quoted_is_one_short_line(self) -> None:
        path = "api/" + "x" * 5_000 + "\n::error::y.proto"
        (seen,) = signs(PLAIN, "", file(path)).seen
        assert len(seen) < 150
        assert "\n" not in seen
        assert seen.endswith("y.proto)")


class TestHint:
    @pytest.mark.parametrize(("hints", "least"), [("narrow", 5), ("wide", 4)])
    def test_enough_signs(self, hints: Any, least: int) -> None:
        assert is_hint(Signs(least, ()), "", hints) is True
        assert is_hint(Signs(least - 1, ()), "", hints) is False

    @pytest.mark.parametrize("hints", ["narrow", "wide"])
    def test_silent_once_a_reason_is_written(self, hints: Any) -> None:
        assert is_hint(Signs(9, ()), "word " * 24, hints) is True
        assert is_hint(Signs(9, ()), "word " * 25, hints) is False

    def test_never_when_off(self) -> None:
        assert is_hint(Signs(99, ()), "", "off") is False

    @pytest.mark.parametrize(
        ("prose", "words"),
        [
            ("", 0),
            ("  \n ", 0),
            ("one two\nthree", 3),
            ("well-known — it's 3.5 …", 3),
            ("see https://example.com/a/b-c?d=e&f=g now", 3),
            ("我们决定使用队列", 5),
            ("Очередь хранит заказы", 3),
            ("- * | ---", 0),
        ],
    )
    def test_words_a_reader_sees(self, prose: str, words: int) -> None:
        assert count_words(prose) == words


class TestJudged:
    def judge(
        self, body: str = "", hints: Any = "narrow", title: str = "feat!: migrate orders to the queue", **more: Any
    ) -> dict[str, Any]:
        return judge_change(Change(title, body, "ann", **more), Triggers(hints=hints), shipped()).facts

    def test_a_hint_names_its_signs(self) -> None:
        facts = self.judge()
        assert facts["hint"] is True
        assert "the title says “feat”" in facts["signs"]
        assert (facts["asks"], facts["nudge"]) == (False, True)

    @pytest.mark.parametrize("body", ["No decision here, because it is agreed.", "See ADR-0012.", "word " * 25])
    def test_silent_where_it_is_answered(self, body: str) -> None:
        facts = self.judge(body)
        assert (facts["hint"], facts["signs"], facts["nudge"]) == (False, [], False)

    def test_silent_when_off_or_exempt(self) -> None:
        assert self.judge(hints="off")["hint"] is False
        assert self.judge(draft=True)["hint"] is False

    def test_one_point_less_hints_only_when_wide(self) -> None:
        title = "feat!: count calls"
        assert self.judge(title=title)["hint"] is False
        assert self.judge(title=title, hints="wide")["hint"] is True


PIECES = [
    "a", " ", "a ", "[", "[a]", "a:", "a(", "feat/x ", "remove the ", "removes a-", "rejected ", "split", "split a ", "@a and i ",
    "rename", "until ", "http://", "new public ", "env var", "\n", "-", "I am not ", "replace", "RFC ", "é", "switch(", "!:",
]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("piece", PIECES)
def test_64_kilobytes_take_no_time(piece: str) -> None:
    text = piece * (64_000 // len(piece))
    start = time.process_time()
    found = signs(text, text, file(text))
    is_hint(found, text, "wide")
    signs(f"fix {text}", f"removed {text}")
    assert time.process_time() - start < 2
