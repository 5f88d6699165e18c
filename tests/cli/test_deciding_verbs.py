"""`accept`, `reject`, `deprecate`, `supersede`, `amend`, `link`: both sides, only their lines, and nobody is guessed."""

from pathlib import Path
from typing import Any

import pytest

from onrecord.adapters.apply import alone
from onrecord.record import parse_record
from onrecord.record.draft_hash import seal
from onrecord.rules.samples import madr, nygard

DAY = ("--today", "2026-11-22")
ANN = ("--by", "Ann Example")
PG, KAFKA = "docs/adr/0007-pg.md", "docs/adr/0012-kafka.md"


def record(title: str, status: str, **parts: str) -> str:
    return nygard(status, **parts).replace("# 7. Keep invoices in PostgreSQL", f"# {title}")


@pytest.fixture
def log(repo: Any) -> Any:
    """Return a repository with an accepted record (7) and a proposed one (12)."""
    repo.write_all({PG: record("7. Keep PostgreSQL", "Accepted"), KAFKA: record("12. Use Kafka", "Proposed")})
    return repo


def read(log: Any, path: str) -> Any:
    return parse_record(text(log, path), path)


def text(log: Any, path: str) -> str:
    return (log.folder / path).read_bytes().decode()


class TestAccepting:
    def test_status_day_and_name_are_written_and_nothing_else(self, log: Any, run: Any) -> None:
        before = text(log, KAFKA)
        outcome = run("accept", "12", *ANN, *DAY)
        assert outcome.code == 0
        assert outcome.out == f"{KAFKA}: accepted on 2026-11-22 by Ann Example (was proposed)\n"
        assert text(log, KAFKA) == before.replace("Proposed", "Accepted").replace(
            "Date: 2026-03-01\n", "Date: 2026-11-22\n\nDeciders: Ann Example\n"
        )

    @pytest.mark.parametrize(
        "notice",
        [
            "Draft from transcript, not a decision; a model chose the quotes",
            "Draft from the notes of a meeting, not a decision",
        ],
    )
    def test_it_is_no_longer_said_to_be_a_draft(self, log: Any, run: Any, notice: str) -> None:
        said = "> Draft from the shelf, and a decision.\n\n"
        log.write(KAFKA, text(log, KAFKA).replace("Date:", f"> {notice}.\n\n{said}Date:"))
        assert run("accept", "12", *ANN, *DAY).code == 0
        assert notice not in text(log, KAFKA)
        assert said in text(log, KAFKA)

    def test_a_second_time_nothing_changes(self, log: Any, run: Any) -> None:
        run("accept", "12", *ANN, *DAY)
        before = text(log, KAFKA)
        outcome = run("accept", "12", "--by", "Bo Li", "--today", "2026-12-01")
        assert (outcome.code, text(log, KAFKA)) == (0, before)
        assert "already" in outcome.out
        assert "Bo Li was not added" in outcome.out

    def test_diff_shows_it_and_writes_nothing(self, log: Any, run: Any) -> None:
        before = text(log, KAFKA)
        outcome = run("accept", "12", *ANN, *DAY, "--diff")
        assert "-Proposed\n+Accepted\n" in outcome.out
        assert (outcome.code, text(log, KAFKA)) == (0, before)

    def test_nobody_is_taken_from_git(self, log: Any, run: Any) -> None:
        log.git("config", "user.name", "Ann Example")
        outcome = run("accept", "12", *DAY)
        assert outcome.code == 2
        assert "nobody is named as having decided" in outcome.err
        assert "Proposed" in text(log, KAFKA)

    @pytest.mark.parametrize(
        "name", ["dependabot[bot]", "the team", "me", "TBD", "@renovate", " ", "Ann\nLee", "{name}"]
    )
    def test_a_name_that_is_nobodys_is_refused(self, log: Any, run: Any, name: str) -> None:
        outcome = run("accept", "12", "--by", name, *DAY)
        assert outcome.code == 2
        assert "--by" in outcome.err
        assert "Proposed" in text(log, KAFKA)

    def test_who_stands_in_the_record_is_enough_and_is_not_repeated(self, log: Any, run: Any) -> None:
        log.write(KAFKA, madr(status="status: proposed", owner='["Ann Example"]'))
        assert run("accept", KAFKA, "--by", "@bo", "--by", "Ann Example", *DAY).code == 0
        assert read(log, KAFKA).decision_makers == ["Ann Example", "@bo"]
        log.write(KAFKA, madr(status="status: proposed", owner='["Ann Example"]'))
        assert run("accept", KAFKA, *DAY).code == 0

    @pytest.mark.parametrize("name", ["ann", "Lee", "@ann"])
    def test_a_part_of_a_name_that_is_there_is_asked_about(self, log: Any, run: Any, name: str) -> None:
        log.write(KAFKA, madr(status="status: proposed", owner='["Ann Lee", "Bo Li"]'))
        outcome = run("accept", KAFKA, "--by", name, *DAY)
        assert outcome.code == 2
        assert f"“{name}” may be Ann Lee: write the whole name" in outcome.err
        assert run("accept", KAFKA, "--by", "Ann Poe", *DAY).code == 0
        assert read(log, KAFKA).decision_makers == ["Ann Lee", "Bo Li", "Ann Poe"]

    @pytest.mark.parametrize("status", ["Rejected", "Superseded by ADR-0007", "Deprecated", "Achieved"])
    def test_what_is_settled_or_unknown_is_not_accepted(self, log: Any, run: Any, status: str) -> None:
        log.write(KAFKA, record("12. Use Kafka", status))
        outcome = run("accept", "12", *ANN, *DAY)
        assert outcome.code == 2
        assert status in text(log, KAFKA)

    @pytest.mark.parametrize("decision", ["", "TBD"])
    def test_an_empty_decision_is_not_accepted(self, log: Any, run: Any, decision: str) -> None:
        log.write(KAFKA, record("12. Use Kafka", "Proposed", decision=decision))
        outcome = run("accept", "12", *ANN, *DAY)
        assert outcome.code == 2
        assert "decision-" in outcome.err
        assert "Proposed" in text(log, KAFKA)

    def test_a_draft_that_nobody_has_worked_on_is_not_accepted(self, log: Any, run: Any) -> None:
        log.write(KAFKA, seal(record("12. Use Kafka", "Proposed")))
        assert "nobody has worked on" in run("accept", "12", *ANN, *DAY).err
        log.write(KAFKA, text(log, KAFKA).replace("We will", "We shall"))
        assert run("accept", "12", *ANN, *DAY).code == 0

    def test_marks_and_line_ends_stay(self, log: Any, run: Any) -> None:
        before = b"\xef\xbb\xbf" + record("12. Use Kafka", "Proposed").replace("\n", "\r\n").encode()
        log.write(KAFKA, before)
        assert run("accept", "12", *ANN, *DAY).code == 0
        after = (log.folder / KAFKA).read_bytes()
        assert after.startswith(b"\xef\xbb\xbf#")
        assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 2


class TestOtherMoves:
    def test_a_proposal_is_rejected_with_its_reason(self, log: Any, run: Any) -> None:
        assert run("reject", "Kafka", *ANN, "--because", "Nobody runs it", *DAY).code == 0
        assert "\nRejected\n\nNobody runs it\n" in text(log, KAFKA)
        assert (read(log, KAFKA).status.value, read(log, KAFKA).date) == ("rejected", "2026-11-22")

    def test_what_held_is_not_rejected_and_what_never_held_is_not_retired(self, log: Any, run: Any) -> None:
        assert run("reject", "7", *ANN).code == 2
        assert run("deprecate", "12").code == 2
        assert "Accepted" in text(log, PG)

    def test_what_held_is_retired(self, log: Any, run: Any) -> None:
        outcome = run("deprecate", "7", "--because", "The product is gone")
        assert outcome.out == f"{PG}: deprecated (was accepted)\n"
        assert "\nDeprecated\n\nThe product is gone\n" in text(log, PG)
        assert read(log, PG).date == "2026-03-01"


class TestTies:
    def test_both_sides_say_it(self, log: Any, run: Any) -> None:
        log.write(KAFKA, record("12. Use Kafka", "Accepted"))
        assert run("supersede", "7", "12").code == 0
        assert "\nSuperseded by [ADR-0012](0012-kafka.md)\n" in text(log, PG)
        assert "\nAccepted\n\nSupersedes [ADR-0007](0007-pg.md)\n" in text(log, KAFKA)
        before = text(log, PG), text(log, KAFKA)
        assert run("supersede", "7", "12").code == 0
        assert (text(log, PG), text(log, KAFKA)) == before
        assert "supersedes" not in run("check", "--select", "supersedes-one-sided,supersedes-premature").out

    def test_a_proposal_replaces_nothing_until_it_is_accepted(self, log: Any, run: Any) -> None:
        outcome = run("supersede", "7", "12")
        assert "accept" in outcome.out
        assert "\nAccepted\n" in text(log, PG)
        assert run("accept", "12", *ANN, *DAY).code == 0
        assert read(log, PG).superseded_by == ["0012-kafka.md"]
        assert read(log, KAFKA).status.value == "accepted"

    def test_a_part_leaves_the_old_one_in_force(self, log: Any, run: Any) -> None:
        log.write(KAFKA, madr(status="status: accepted"))
        assert run("supersede", "--partly", "7", KAFKA).code == 0
        old, new = read(log, PG), read(log, KAFKA)
        assert (old.status.value, old.partly, new.partly) == ("accepted", ["0012-kafka.md"], ["0007-pg.md"])

    def test_it_links_as_the_log_does(self, log: Any, run: Any) -> None:
        log.write("docs/adr/0001-old.md", record("1. Old", "Replaced by [7. Keep PostgreSQL](./0007-pg.md)"))
        log.write(KAFKA, record("12. Use Kafka", "Accepted"))
        assert run("supersede", "7", "12").code == 0
        assert "\nReplaced by [12. Use Kafka](./0012-kafka.md)\n" in text(log, PG)

    def test_amending_and_linking_tell_both_and_once(self, log: Any, run: Any) -> None:
        for verb in ("amend", "link", "amend", "link"):
            assert run(verb, "7", "12").code == 0
        assert text(log, PG).count("Amended by [ADR-0012](0012-kafka.md)") == 1
        assert text(log, KAFKA).count("Amends [ADR-0007](0007-pg.md)") == 1
        assert read(log, KAFKA).amends == read(log, KAFKA).relates_to == ["0007-pg.md"]
        assert read(log, PG).relates_to == ["0012-kafka.md"]

    def test_a_circle_is_refused(self, log: Any, run: Any) -> None:
        log.write(KAFKA, record("12. Use Kafka", "Accepted"))
        run("supersede", "7", "12")
        assert run("supersede", "12", "7").code == 2
        assert run("supersede", "7", "7").code == 2

    def test_when_one_side_cannot_be_written_neither_is(self, log: Any, run: Any) -> None:
        log.write(KAFKA, record("12. Use Kafka", "Accepted"))
        (log.folder / KAFKA).chmod(0o444)
        outcome = run("supersede", "7", "12")
        assert (outcome.code, "read-only" in outcome.err) == (2, True)
        assert "Superseded" not in text(log, PG)


class TestNames:
    def test_several_records_are_listed(self, log: Any, run: Any) -> None:
        log.write("docs/adr/0013-kafka.md", record("13. Use Kafka for logs", "Proposed"))
        outcome = run("accept", "use kafka f", *ANN)
        assert outcome.code == 0
        log.write("docs/adr/0014-kafka.md", record("14. Use Kafka for metrics", "Proposed"))
        outcome = run("accept", "kafka for", *ANN)
        assert outcome.code == 2
        assert "0013-kafka.md" in outcome.err
        assert "0014-kafka.md" in outcome.err

    def test_nothing_goes_by_the_name(self, log: Any, run: Any) -> None:
        assert "no record goes by" in run("accept", "99", *ANN).err
        assert "Proposed" in text(log, KAFKA)

    def test_what_is_no_record_of_this_repository_is_refused(self, log: Any, run: Any, tmp_path_factory: Any) -> None:
        outside: Path = tmp_path_factory.mktemp("outside") / "0001-x.md"
        outside.write_text(nygard("Proposed"))
        (log.folder / "docs/adr/0020-x.md").symlink_to(outside)
        log.write("docs/adr/README.md", "# Decisions\n\nRead me.\n")
        for name in (str(outside), "docs/adr/0020-x.md", "docs/adr/README.md"):
            assert run("accept", name, *ANN).code == 2, name
        assert outside.read_text() == nygard("Proposed")

    def test_a_kept_list_is_named_as_the_next_step(self, log: Any, run: Any) -> None:
        log.write("docs/adr/README.md", "# Decisions\n\n<!-- onrecord:index -->\n<!-- /onrecord:index -->\n")
        assert run("accept", "12", *ANN).out.endswith("onrecord index --fix brings the list of records up to date.\n")


def test_the_lock_is_free_afterwards(log: Any, run: Any) -> None:
    run("accept", "12", "--by", "me")
    waited: list[int] = []
    with alone(log.folder / ".git", lambda: waited.append(1)):
        assert waited == []


class TestWords:
    def test_a_second_successor_is_told_of_the_first(self, log: Any, run: Any) -> None:
        log.write("docs/adr/0013-nats.md", record("13. Use NATS", "Accepted\n\nSupersedes [ADR-0007](0007-pg.md)"))
        log.write(PG, record("7. Keep PostgreSQL", "Superseded by [ADR-0013](0013-nats.md)"))
        log.write(KAFKA, record("12. Use Kafka", "Proposed\n\nSupersedes [ADR-0007](0007-pg.md)"))
        outcome = run("accept", "12", *ANN, *DAY)
        assert outcome.code == 0
        assert f"{PG}: it is already superseded by ADR-0013, so it stays as it is." in outcome.out

    def test_a_file_that_holds_nothing_yet_is_named_as_such(self, log: Any, run: Any) -> None:
        path = "docs/adr/0020-later.md"
        log.write(path, "---\nstatus: proposed\n---\n\n# Later\n\n## Decision\n\n<!-- What? -->\n")
        for name in ("20", path, "0020-later"):
            assert "it holds nothing yet (stub)" in run("accept", name, *ANN).err, name

    @pytest.mark.usefixtures("log")
    def test_a_near_name_is_offered_in_a_sentence_of_its_own(self, run: Any) -> None:
        assert "did you mean “Use Kafka”? “onrecord search”" in run("accept", "Use Kafak", *ANN).err
        assert "no record goes by “99”; “onrecord search”" in run("accept", "99", *ANN).err


class TestJustWritten:
    """What `onrecord new` wrote a minute ago, and git does not track yet."""

    SAID = ("--decision", "We keep it.", "--because", "It is known here.", "--none-considered", "it is there", *DAY)

    def test_records_that_git_does_not_track_yet_are_found(self, repo: Any, run: Any) -> None:
        for title in ("Use Redis", "Use Kafka", "Use Go"):
            run("new", title, *self.SAID)
        assert run("accept", "1", *ANN, *DAY).code == 0
        assert run("link", "1", "2").code == run("link", "1", "3").code == 0
        assert run("amend", "1", "2").code == run("amend", "1", "3").code == 0
        first = read(repo, "docs/decisions/0001-use-redis.md")
        assert first.status.value == "accepted"
        assert first.relates_to == ["0002-use-kafka.md", "0003-use-go.md"]
        assert "amended-by: [0002-use-kafka.md, 0003-use-go.md]" in text(repo, first.path)

    def test_the_brief_form_has_a_place_for_the_reason_of_a_no(self, repo: Any, run: Any) -> None:
        run("new", "Use Redis", *self.SAID)
        path = "docs/decisions/0001-use-redis.md"
        assert run("reject", "1", *ANN, *DAY).code == 0
        before = read(repo, path)
        outcome = run("reject", "1", "--because", "nobody runs it.")
        assert outcome.out == f"{path}: it is rejected already; the reason was added\n"
        assert text(repo, path).endswith("\n## More Information\n\nRejected because nobody runs it.\n")
        after = read(repo, path)
        assert (after.considered_options, after.decision.text) == (before.considered_options, before.decision.text)
        whole = text(repo, path)
        assert "says why" in run("reject", "1", "--because", "another reason").out
        assert text(repo, path) == whole
