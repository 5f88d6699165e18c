"""What a pull request's author reads about a decision: where it was found."""

import pytest

from onrecord.change import Change, Triggers, judge_change
from onrecord.record.vocabulary import shipped
from onrecord.render.pull_request import render_markdown, render_text

TITLE = "feat(shop)!: enforce a limit of calls"
TELLING = "One call per second is the default from now on, and a flag lifts it for legacy shops that need more."


def shown(body: str) -> tuple[str, str]:
    change = Change(TITLE, body, "ann", labels=("decision",))
    facts = judge_change(change, Triggers(labels=frozenset(("decision",))), shipped()).facts
    return render_text(facts, (), TITLE), render_markdown(facts, ())


@pytest.mark.parametrize(("body", "noted"), [(TELLING, True), ("Decision: Enforce a limit of calls\n", False)])
def test_a_decision_that_only_the_title_tells_is_marked(body: str, noted: bool) -> None:
    text, page = shown(body)
    assert ("enforce a limit of calls (from the title)" in text) is noted
    assert ("enforce a limit of calls (from the title)" in page) is noted
