"""What is counted over merged pull requests, and what may be set after it."""

from typing import Any

import pytest

from onrecord.change import Asked, Change, ChangedFile, Triggers, judge_change
from onrecord.change.calibration import TRIED, Sample, Sampling, Share, Tally, calibrate
from onrecord.change.suggestion import suggest
from onrecord.record.globs import matches
from onrecord.record.vocabulary import shipped

AUTHOR = Asked("author", "decision")
DECIDED = "## Decision\n\nCount calls in Redis, because a shop could exceed its limit.\n"
WHOLE = DECIDED + "\n## Considered options\n\n- Redis\n- Sticky sessions, which a busy shop would wear out\n"
BUSY = {"title": "feat!: add a public api for counters", "files": (ChangedFile("api/v1.proto", "added", 300),)}


def change(number: int, *paths: str, title: str = "Count calls per shop", body: str = "", **more: Any) -> Change:
    files = more.pop("files", tuple(ChangedFile(path) for path in paths))
    return Change(title, body, more.pop("author", "ann"), files=files, number=number, **more)


def asking(*globs: str, **more: Any) -> Triggers:
    """Return triggers as a configuration makes them: of a path, the first glob that matches."""

    def asked(path: str) -> Asked | None:
        return next((Asked("path", glob, path) for glob in globs if matches(path, (glob,))), None)

    return Triggers(asked_by_path=asked, is_record=lambda path: path.startswith("docs/adr/"), **more)


def tally(changes: list[Change], *globs: str, known: bool = True, **more: Any) -> Tally:
    configured = [AUTHOR, *(Asked("path", glob) for glob in globs)]
    return calibrate([(one, known) for one in changes], asking(*globs, **more), configured, shipped(), Sampling())


def many(count: int, *paths: str, start: int = 100, **more: Any) -> list[Change]:
    return [change(start + i, *(paths or ("src/a.py",)), **more) for i in range(count)]


class TestCounts:
    def test_what_is_exempt_is_counted_by_reason_and_left_out(self) -> None:
        found = tally(
            [
                change(1, "src/a.py", author="renovate[bot]", is_bot=True),
                change(2, "src/a.py", author="dependabot[bot]", is_bot=True),
                change(3, "tests/test_a.py"),
                change(4, "src/a.py"),
            ]
        ).calibration
        assert found.read == 4
        assert found.exempted == (
            ("opened by an automation", 2),
            ("only tests, documentation or lock files", 1),
        )
        assert (found.left, found.described, found.asks) == (1, 1, Share(0, 1))

    def test_the_date_of_adoption_exempts_nothing_here(self) -> None:
        assert tally([change(1, "src/a.py", created="2020-01-01")], since="2026-01-01").calibration.left == 1

    def test_each_trigger_by_itself_also_where_another_is_told_of(self) -> None:
        found = tally(
            [change(1, "api/v1.py"), change(2, "api/b.txt", "src/a.py")], "api/**", "src/**", "api/*.py", "web/**"
        )
        assert [(t.by, t.what, t.share.part) for t in found.calibration.triggers] == [
            ("author", "decision", 0),
            ("path", "api/**", 2),
            ("path", "src/**", 1),
            ("path", "api/*.py", 1),
            ("path", "web/**", 0),
        ]
        assert found.calibration.asks == Share(2, 2)
        assert found.fired == (frozenset(), {0, 1}, {1}, {0}, frozenset())

    def test_the_author_labels_and_code_owners(self) -> None:
        triggers = Triggers(
            labels=frozenset(("decision",)),
            asked_by_path=lambda path: Asked("code-owner", "@acme/core", path) if path.startswith("core/") else None,
        )
        found = calibrate(
            [(change(1, "core/a.py", labels=("Decision",)), True), (change(2, "src/a.py", body=DECIDED), True)],
            triggers,
            [AUTHOR, Asked("label", "decision")],
            shipped(),
            Sampling(),
        ).calibration
        assert [(t.by, t.what, t.share.part) for t in found.triggers] == [
            ("author", "decision", 1),
            ("label", "decision", 1),
            ("code-owner", "@acme/core", 1),
        ]
        assert found.triggers[0].samples[0].why.startswith("Count calls in Redis")
        assert found.triggers[2].samples == (Sample(1, "Count calls per shop", "core/a.py"),)

    def test_what_is_answered_is_no_nudge(self) -> None:
        found = tally(
            [
                change(1, "api/a.py"),
                change(2, "api/a.py", body=WHOLE),
                change(3, "api/a.py", files=(ChangedFile("api/a.py"), ChangedFile("docs/adr/0007-count.md", "added"))),
                change(4, "api/a.py", body="See docs/adr/0007-count.md.\n"),
                change(5, "api/a.py", body="No decision here, because the shape was agreed last week.\n"),
            ],
            "api/**",
        ).calibration
        assert (found.asks, found.nudges, found.unknown) == (Share(5, 5), Share(1, 5), 0)
        assert found.answers == (1, 1, 1, 1)

    def test_without_a_description_an_answer_may_be_missing(self) -> None:
        found = tally([change(1, "api/a.py"), change(2, "src/a.py")], "api/**", known=False).calibration
        assert (found.nudges, found.unknown, found.described) == (Share(1, 2), 1, 0)


class TestHints:
    @pytest.mark.parametrize("setting", TRIED)
    def test_they_are_what_the_judge_says(self, setting: Any) -> None:
        reason = "It counts them in one place so that a shop with several processes is held to its limit. " * 4
        changes = [
            change(1, **BUSY),
            change(2, **BUSY, body=reason),
            change(3, **BUSY, body=WHOLE),
            change(4, "src/a.py"),
            change(5, "api/x.proto", title="feat: add counters"),
            change(6, **BUSY, body="See docs/adr/0007-count.md.\n"),
            change(7, **BUSY, body="No decision here, because it was agreed last week.\n"),
        ]
        facts = [judge_change(one, asking(hints=setting), shipped()).facts for one in changes]
        trial = tally(changes).calibration.trials[TRIED.index(setting)]
        assert trial.share == Share(sum(one["hint"] for one in facts), 7)
        assert trial.share.part > 0
        assert trial.silenced == 1
        assert [s for s in trial.samples if s.number == 1] == [Sample(1, BUSY["title"], "; ".join(facts[0]["signs"]))]

    def test_only_known_descriptions_count(self) -> None:
        changes = [(change(1, **BUSY), True), (change(2, **BUSY), False)]
        found = calibrate(changes, asking(), [], shipped(), Sampling()).calibration
        assert [trial.share for trial in found.trials] == [Share(1, 1), Share(1, 1)]

    def test_too_few_descriptions_tell_nothing(self) -> None:
        def told(known: int, unknown: int) -> bool:
            changes = [(one, i < known) for i, one in enumerate(many(known + unknown))]
            return calibrate(changes, asking(), [], shipped(), Sampling()).calibration.tells_of_hints

        assert told(10, 10)
        assert not told(10, 11)
        assert not told(9, 0)


class TestLoud:
    @pytest.mark.parametrize(
        ("part", "of", "loud"),
        [(3, 20, False), (4, 20, True), (2, 10, True), (9, 9, False), (0, 0, False), (15, 100, False)],
    )
    def test_above_fifteen_percent_of_ten_or_more(self, part: int, of: int, loud: bool) -> None:
        assert Share(part, of).is_loud is loud


class TestSamples:
    def test_the_same_for_a_seed_whatever_the_order(self) -> None:
        samples = [Sample(number, f"Change {number}", "") for number in range(40)]
        picked = Sampling(5, 7).pick(samples)
        assert picked == Sampling(5, 7).pick(samples[::-1])
        assert len(picked) == 5
        assert picked != Sampling(5, 8).pick(samples)

    def test_none_and_fewer_than_wanted(self) -> None:
        assert Sampling(0).pick([Sample(1, "x", "")]) == ()
        assert Sampling(9).pick([Sample(None, "x\ud800", "")]) == (Sample(None, "x\ud800", ""),)


class TestSuggestion:
    def test_the_folder_whose_changes_change_contracts(self) -> None:
        found = suggest(tally([*many(3, "proto/shop/v1/calls.proto"), *many(27, start=200)]))
        assert found.paths == (("proto/**", Share(3, 30), 3, 0),)
        assert found.asks == Share(3, 30)

    def test_the_folder_whose_changes_bring_records(self) -> None:
        brings = (ChangedFile("core/store/a.py"), ChangedFile("docs/adr/0007-count.md", "added"))
        changes = [
            *many(3, files=brings),
            change(1, "core/b.py"),
            *many(5, "core/b.py", start=150),
            *many(31, start=200),
        ]
        found = suggest(tally(changes))
        assert [(c.glob, c.share, c.contracts, c.records) for c in found.paths] == [
            ("core/store/**", Share(3, 40), 0, 3)
        ]

    def test_nothing_that_is_loud_rare_or_mostly_something_else(self) -> None:
        assert suggest(tally([*many(5, "proto/a.proto"), *many(25, start=200)])).paths == ()
        assert suggest(tally([*many(2, "proto/a.proto"), *many(25, start=200)])).paths == ()
        mixed = [*many(3, "api/a.proto"), *many(4, "api/a.txt2", start=150), *many(60, start=200)]
        assert suggest(tally(mixed)).paths == ()
        half = [*many(3, "api/a.proto"), *many(3, "api/a.txt2", start=150), *many(60, start=200)]
        assert [(c.glob, c.share.part, c.contracts) for c in suggest(tally(half)).paths] == [("api/**", 6, 3)]

    def test_no_more_than_five(self) -> None:
        changes = [one for n in range(7) for one in many(3, f"part{n}/a.proto", start=10 * n)]
        found = suggest(tally([*changes, *many(150, start=200)]))
        assert [(c.glob, c.share.part) for c in found.paths] == [(f"part{n}/**", 3) for n in range(5)]

    def test_what_would_be_too_much_is_passed_over(self) -> None:
        changes = [*many(5, "one/a.proto"), *many(4, "two/a.proto", start=150), *many(21, start=200)]
        assert [c.glob for c in suggest(tally(changes)).paths] == ["two/**"]

    def test_all_together_stay_below_the_alarm_rate(self) -> None:
        changes = [*many(4, "one/a.proto"), *many(4, "two/a.proto", start=150), *many(32, start=200)]
        found = suggest(tally(changes))
        assert [c.glob for c in found.paths] == ["one/**"]
        assert found.asks == Share(4, 40)

    def test_what_asks_already_counts_but_for_the_team_s_own_loud_paths(self) -> None:
        changes = [*many(4, "proto/a.proto"), *many(3, "web/a.ts", start=150), *many(33, start=200)]
        assert suggest(tally(changes, "web/**")).paths == ()
        assert suggest(tally(changes, "src/**")).asks == Share(4, 40)

    def test_a_folder_and_one_around_it_are_not_both_named(self) -> None:
        changes = [*many(5, "api/v1/a.proto"), *many(2, "api/notes.py", start=150), *many(53, start=200)]
        assert [c.glob for c in suggest(tally(changes)).paths] == ["api/v1/**"]

    def test_a_folder_that_asks_already_is_not_named_again(self) -> None:
        assert suggest(tally([*many(3, "proto/a.proto"), *many(27, start=200)], "proto/*")).paths == ()

    def test_names_that_would_mean_something_else_are_left_out(self) -> None:
        odd = (
            "proto/[id]/a.proto",
            "pro*to/a.proto",
            "pro\nto/a.proto",
            'pro"to/a.proto',
            "pro#to/a.proto",
            "`p`/a.proto",
        )
        for path in odd:
            globs = [c.glob for c in suggest(tally([*many(3, path), *many(27, start=200)])).paths]
            assert globs in ([], ["proto/**"])

    def test_tests_documents_and_records_make_no_folder(self) -> None:
        files = (ChangedFile("src/a.sql"), ChangedFile("tests/data/a.proto"), ChangedFile("docs/a.md"))
        globs = [c.glob for c in suggest(tally([*many(3, files=files), *many(27, "lib/a.py", start=200)])).paths]
        assert globs == ["src/**"]

    @pytest.mark.parametrize(
        "path", [".github/actions/build/action.yml", "packages/openapi/src/a.ts", "src/rest/OpenApiReader.cs"]
    )
    def test_what_only_looks_like_a_contract_makes_no_folder(self, path: str) -> None:
        assert suggest(tally([*many(3, path), *many(27, start=200)])).paths == ()

    def test_what_such_a_tool_describes_does(self) -> None:
        assert suggest(tally([*many(3, "web/openapi.yaml"), *many(27, start=200)])).paths[0].glob == "web/**"

    @pytest.mark.parametrize(
        ("busy", "known", "hints"), [(0, True, "narrow"), (2, True, "narrow"), (5, True, "off"), (5, False, None)]
    )
    def test_the_hints_that_stay_quiet(self, busy: int, known: bool, hints: str | None) -> None:
        changes = [*many(busy, **BUSY), *many(20 - busy, start=200)]
        assert suggest(tally(changes, known=known)).hints == hints

    def test_wide_hints_where_they_add_something_and_stay_quiet(self) -> None:
        nearly = {"title": "feat: add counters", "files": (ChangedFile("src/a.py", "modified", 60),)}
        assert suggest(tally([*many(5, **nearly), *many(60, start=200)])).hints == "wide"
        assert suggest(tally([*many(4, **nearly), *many(60, start=200)])).hints == "narrow", (
            "too few to tell them apart"
        )
        assert suggest(tally([*many(6, **nearly), *many(20, start=200)])).hints == "narrow"

    def test_nothing_is_left(self) -> None:
        assert suggest(tally([])) == (None, (), Share(0, 0))
