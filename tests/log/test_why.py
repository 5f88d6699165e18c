"""From what is known about a place to the decisions behind it."""

import pytest

from onrecord.log.place import Place
from onrecord.log.shortlist import keys_of, shortlist, shortlist_of
from onrecord.log.sighting import defined_in
from onrecord.log.titles import heading_words
from onrecord.log.why import Answer, Known, Source, explain
from onrecord.markdown import parse_document
from onrecord.record import read_record
from onrecord.record.vocabulary import shipped

CODE = """\
import redis

class SessionStore:
    # As ADR-3 has it.
    def keep_alive(self, key):
        return self.redis.expire(key, 600)


def other():
    pass
"""


def known(path: str, body: str = "", front: str = "", status: str = "accepted", title: str = "") -> Known:
    """Return a record with a decision and some more text."""
    text = (
        f"---\nstatus: {status}\ndate: 2026-03-01\n{front}---\n\n# {title or path.rsplit('/', 1)[-1]}\n\n"
        f"## Context and Problem Statement\n\nSessions are lost at each deploy.\n\n{body}\n\n"
        '## Decision Outcome\n\nChosen option: "Redis", because it keeps data across restarts.\n'
    )
    return Known(read_record(parse_document(text), path, shipped()), text)


def source(via: str = "line", sha: str = "a" * 40, **said: object) -> Source:
    return Source(sha, via, "Keep sessions", "ann", "2026-03-02", **said)  # type: ignore[arg-type]


def place(line: int = 0, path: str = "src/session/store.py", text: str = CODE) -> Place:
    return Place(path, line, lines=tuple(text.split("\n")))


def paths(answers: list[Answer]) -> list[str | None]:
    return [answer.record.path if answer.record else None for answer in answers]


def kinds(answer: Answer) -> list[str]:
    return [evidence.kind for evidence in answer.evidence]


BYSTANDER = known("docs/adr/0099-paint-it-blue.md", "Colors of buttons.")


class TestEvidence:
    def test_a_scope_that_governs_the_file(self) -> None:
        governing = known("docs/adr/0001-a.md", front="scope: ['src/session/**']\n")
        [answer] = explain(place(), [governing, BYSTANDER], [])
        assert (answer.record, kinds(answer)) == (governing.record, ["scope"])
        assert answer.evidence[0].detail == "src/session/**"
        assert explain(place(path="web/a.py"), [governing], []) == []

    @pytest.mark.parametrize(
        ("body", "word"),
        [
            ("See `src/session/store.py`.", "src/session/store.py"),
            ("All of it lives in src/session/ now.", "src/session"),
            ("The `SessionStore` keeps them.", "SessionStore"),
            ("What `keep_alive` does.", "keep_alive"),
        ],
    )
    def test_a_text_that_names_the_place(self, body, word) -> None:
        [answer] = explain(place(6), [known("docs/adr/0001-a.md", body), BYSTANDER], [])
        assert kinds(answer) == ["named"]
        assert answer.evidence[0].detail == word

    @pytest.mark.parametrize(
        "body", ["See src/session/store.pyx.", "In src/session/other/thing.py.", "`SessionStores`", "restore it", "key"]
    )
    def test_a_text_that_names_something_else(self, body) -> None:
        assert explain(place(6), [known("docs/adr/0001-a.md", body)], []) == []

    def test_what_a_line_lies_in_counts_only_there(self) -> None:
        log = [known("docs/adr/0001-a.md", "What `keep_alive` does.")]
        assert explain(place(6), log, [])
        assert explain(place(10), log, []) == []

    def test_a_word_that_many_share_says_less(self) -> None:
        def weight(others: int) -> float:
            log = [known(f"docs/adr/{n:04}-a.md", "The `SessionStore`.") for n in range(11, others + 12)]
            return explain(place(6), log, [])[0].weight

        assert weight(0) > weight(3)

    def test_a_comment_near_the_line_says_more_than_one_far_away(self) -> None:
        log = [known("docs/adr/0003-c.md"), known("docs/adr/0004-d.md")]
        text = "# docs/adr/0004-d.md\n" + "\n" * 60 + CODE
        near, far = explain(place(65, text=text), log, [])
        assert (near.record, near.evidence[0].line) == (log[0].record, 65)
        assert (far.record, far.evidence[0].line) == (log[1].record, 1)

    def test_a_number_that_two_records_have_says_nothing(self) -> None:
        assert explain(place(6), [known("a/adr/0003-c.md"), known("b/adr/0003-d.md")], []) == []

    def test_records_that_came_with_the_line(self) -> None:
        log = [known("docs/adr/0001-a.md"), known("docs/adr/0002-b.md"), known("docs/adr/0005-c.md"), BYSTANDER]
        files = (("modified", "docs/adr/0002-b.md"), ("added", "docs/adr/0001-a.md"))
        answers = explain(place(1), log, [source(files=files, links=("ADR-5", "ADR-77"))])
        assert [(a.record, kinds(a)) for a in answers] == [
            (log[2].record, ["linked"]),
            (log[0].record, ["added"]),
            (log[1].record, ["edited"]),
        ]

    def test_a_record_that_was_moved_since(self) -> None:
        log = [known("docs/decisions/0001-a.md"), known("docs/decisions/0002/README.md")]
        files = (("added", "doc/adr/0001-a.md"), ("added", "doc/adr/0002/README.md"), ("added", "doc/README.md"))
        assert paths(explain(place(1), log, [source(files=files)])) == [one.record.path for one in log]

    def test_one_of_many_records_in_a_commit_says_less(self) -> None:
        log = [known(f"docs/adr/{n:04}-a.md") for n in range(11, 24)]
        files = tuple(("added", one.record.path) for one in log)
        alone, crowded = (explain(place(1), log, [source(files=f)])[0].weight for f in (files[:1], files))
        assert crowded < alone / 2

    @pytest.mark.parametrize(("via", "status"), [("line", "added"), ("line", "edited"), ("merge", "edited")])
    def test_one_of_very_many_files_in_a_commit_says_less(self, via, status) -> None:
        files = ((status, BYSTANDER.record.path),)
        few, many = (explain(place(1), [BYSTANDER], [source(via, files=files, size=n)])[0] for n in (50, 490))
        assert many.weight < few.weight
        assert (few.is_guess, many.is_guess) == (False, status == "edited")

    def test_an_earlier_commit_to_very_many_files_says_nothing(self) -> None:
        came = source("file", files=(("added", BYSTANDER.record.path),), size=490)
        assert explain(place(), [BYSTANDER], [came]) == []
        assert explain(place(), [BYSTANDER], [came._replace(size=50)])

    @pytest.mark.parametrize("said", [{"links": ("ADR-99",)}, {"decision": "We keep them.", "stated": True}])
    def test_what_a_commit_to_very_many_files_says_is_not_about_each(self, said) -> None:
        few, many = (explain(place(1), [BYSTANDER], [source(size=n, **said)])[0].weight for n in (50, 490))
        assert many < few

    def test_a_broad_folder_says_nothing_about_a_file_in_it(self) -> None:
        log = [known("docs/adr/0001-a.md", "All of `src/session` is new.")]
        many = [f"src/session/f{n}.py" for n in range(30)]
        others = [f"web/f{n}.ts" for n in range(200)]
        assert explain(place(), log, [], [*many, *others])
        assert explain(place(), log, [], many) == []
        assert explain(Place("src/session", is_folder=True), log, [], many)

    @pytest.mark.parametrize("line", ["        Objects.requireNonNull(manager);", "    public Store build() {"])
    def test_words_of_a_language_say_nothing(self, line) -> None:
        log = [known("docs/adr/0001-a.md", "As `requireNonNull` in `build` has it.")]
        assert explain(place(2, "src/a.java", f"class A {{\n{line}\n"), log, []) == []

    def test_what_the_repository_calls_a_file_says_more_than_any_name(self) -> None:
        log = [known("docs/adr/0001-a.md", "As `KeyGuard` has it.")]
        at = place(1, "src/a.py", "return KeyGuard(3)\n")
        own, foreign = (explain(at, log, [], files)[0] for files in (["src/KeyGuard.java"], ["src/a.py"]))
        assert (own.is_guess, foreign.is_guess) == (False, True)

    def test_a_name_in_a_block_of_code_may_be_an_example_in_passing(self) -> None:
        def weight(times: int) -> float:
            block = f"```python\n{'SessionStore().run()' * times}\n```"
            return explain(place(3), [known("docs/adr/0001-a.md", block)], [])[0].weight

        assert weight(1) < weight(3)

    def test_a_shared_word_alone_is_a_guess(self) -> None:
        log = [known("docs/adr/0001-a.md", "In session-keeper."), known("docs/adr/0002-b.md")]
        came = source(files=(("added", log[1].record.path),))
        sure, guess = explain(place(1, "src/session-keeper/a.py"), log, [came])
        assert (sure.record, sure.is_guess) == (log[1].record, False)
        assert (guess.record, guess.is_guess) == (log[0].record, True)
        weak = source("file", files=(("modified", log[1].record.path),))
        assert [a.is_guess for a in explain(place(1, "src/session-keeper/a.py"), log, [weak])] == [False, True]

    def test_a_decision_in_the_message_itself_unless_it_cites_a_record(self) -> None:
        said = {"decision": "We keep sessions in Redis. It is fast.", "stated": True, "owner": "Bo"}
        [answer] = explain(place(1), [BYSTANDER], [source(pull=7, **said)])
        assert (answer.record, answer.decision, kinds(answer)) == (None, "We keep sessions in Redis.", ["stated"])
        [answer] = explain(place(1), [BYSTANDER], [source(links=("ADR-99",), **said)])
        assert answer.record is BYSTANDER.record

    def test_a_record_does_not_explain_itself(self) -> None:
        own = known("docs/adr/0001-a.md", "See docs/adr/0001-a.md.")
        assert explain(Place("docs/adr/0001-a.md"), [own], []) == []

    def test_a_folder(self) -> None:
        log = [known("docs/adr/0001-a.md", "All in src/session/ now."), known("docs/adr/0002-b.md", "In src/sessions.")]
        assert paths(explain(Place("src/session", is_folder=True), log, [])) == ["docs/adr/0001-a.md"]


class TestRank:
    def test_the_last_successor_is_named_and_a_cycle_ends(self) -> None:
        log = [
            known("docs/adr/0001-a.md", "`SessionStore`", "superseded-by: ADR-2\n", "superseded"),
            known("docs/adr/0002-b.md", "", "superseded-by: ADR-3\n", "superseded"),
            known("docs/adr/0003-c.md"),
        ]
        answers = explain(place(6, text=CODE.replace("ADR-3", "")), log, [])
        assert [(a.record, a.successor) for a in answers] == [(log[0].record, log[2].record)]
        log[2].record.superseded_by.append("ADR-1")
        assert explain(place(6, text=CODE.replace("ADR-3", "")), log, [])[0].successor is log[2].record

    def test_a_rejected_record_comes_after_an_accepted_one(self) -> None:
        log = [
            known("docs/adr/0001-a.md", "`SessionStore`", status="rejected"),
            known("docs/adr/0002-b.md", "`SessionStore`"),
        ]
        assert paths(explain(place(3), log, [])) == ["docs/adr/0002-b.md", "docs/adr/0001-a.md"]

    def test_order_does_not_depend_on_that_of_the_log(self) -> None:
        log = [known(f"docs/adr/{n:04}-a.md", "`SessionStore`") for n in range(1, 5)]
        assert paths(explain(place(6), log, [])) == paths(explain(place(6), log[::-1], []))


class TestTitles:
    """A title with the words of the place's names."""

    FILES = ("src/Filters/IFunctionCallFilter.cs", *(f"src/Kernel{n}.cs" for n in range(40)))

    def test_a_title_weighs_more_than_an_example(self) -> None:
        log = [
            known("docs/adr/0001-a.md", "```\nadd<IFunctionCallFilter>();\n```", title="Connect memory"),
            known("docs/adr/0002-b.md", title="Kernel filters"),
        ]
        answers = explain(Place(self.FILES[0]), log, [], self.FILES)
        assert paths(answers) == ["docs/adr/0002-b.md", "docs/adr/0001-a.md"]
        assert all(answer.is_guess for answer in answers)
        assert answers[0].evidence[0].in_title
        assert answers[0].evidence[0].detail == "filters"

    def test_a_guess_comes_after_what_is_known(self) -> None:
        log = [known("docs/adr/0001-a.md", title="Filters"), known("docs/adr/0002-b.md")]
        came = source("file", files=(("edited", log[1].record.path),))
        answers = explain(Place("src/Filters", is_folder=True), log, [came], self.FILES)
        assert paths(answers) == ["docs/adr/0002-b.md", "docs/adr/0001-a.md"]

    def test_two_words_are_more_than_a_guess(self) -> None:
        [answer] = explain(Place("src/session_store.py"), [known("docs/adr/0001-a.md", title="Store of sessions")], [])
        assert not answer.is_guess

    def test_the_short_list_has_them(self) -> None:
        texts = {
            "a.md": "# Kernel Filters\n",
            "b.md": "Filters\n===\n",
            "c.md": "---\ntitle: Filter\n---\n",
            "d.md": "# X\n",
        }
        assert shortlist(Place(self.FILES[0]), texts, (), headings(texts), self.FILES) == {"a.md", "b.md", "c.md"}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("def keep(self):", "keep"),
        ("export default async function keepAlive() {", "keepAlive"),
        ("func (s *Store) KeepAlive() error {", "KeepAlive"),
        ("    public static final List<String> keepAlive(String key) {", "keepAlive"),
        ("pub(crate) fn keep_alive(&self)", "keep_alive"),
        ("    return keep_alive(key)", ""),
        ("", ""),
    ],
)
def test_defined_names(line, name) -> None:
    assert defined_in(line) == name


def scoped(texts: dict[str, str]) -> list[str]:
    """Return the texts that may say by `scope` what they are about."""
    return [path for path, text in texts.items() if any(shipped().label(key) == "scope" for key in keys_of(text))]


def headings(texts: dict[str, str]) -> dict[str, list[str]]:
    """Return the words of their headings."""
    return {path: heading_words(text) for path, text in texts.items()}


class TestShortlist:
    """What is not read cannot be an answer: the short list must hold every answer that the whole log gives."""

    LOG = (
        known("docs/adr/0001-a.md", front="scope: ['src/session/**']\n"),
        known("docs/adr/0002-b.md", "The `SessionStore` keeps them."),
        known("docs/adr/0003-c.md"),
        known("docs/adr/use-d.md", title="ADR-0004: Use D"),
        known("docs/adr/0005-e.md"),
        known("docs/adr/0006-f.md"),
        known("docs/adr/geltung.md", front="Geltungsbereich: ['src/session/store.py']\n"),
        BYSTANDER,
    )
    SOURCES = (source(files=(("added", "old/place/0006-f.md"),), links=("ADR-4", "../docs/adr/0005-e.md")),)

    def test_holds_every_answer(self) -> None:
        texts = {one.record.path: one.text for one in self.LOG}
        chosen = shortlist(place(6), texts, scoped(texts), headings(texts)) | shortlist_of(self.SOURCES, texts)
        whole = explain(place(6), self.LOG, self.SOURCES)
        assert len(whole) == 7
        assert set(paths(whole)) <= chosen
        assert paths(explain(place(6), [one for one in self.LOG if one.record.path in chosen], self.SOURCES)) == paths(
            whole
        )

    def test_is_short(self) -> None:
        texts = {one.record.path: one.text for one in self.LOG}
        assert BYSTANDER.record.path not in (
            shortlist(place(6), texts, scoped(texts), headings(texts)) | shortlist_of(self.SOURCES, texts)
        )
