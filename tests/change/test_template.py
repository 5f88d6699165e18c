"""Is a description the team's template as it was?"""

from __future__ import annotations

import pytest

from onrecord.change.template import template_untouched
from onrecord.record.vocabulary import shipped

TEMPLATE = """\
## Summary

<!-- Say what changes and why. -->

## Test plan

Please say how the change was tested, and by whom, before you ask for a review.

<!--
- [ ] Read the guide for people who contribute
Fixes #12345
-->

## Checklist

- [ ] The tests pass on my machine
- [ ] The documentation says what is new
"""
BARE = "<!-- Describe your change here -->\n\n---\n\nThank you for the work! Please run the linter.\n"
OTHER = "## What\n\n## Why\n"


def untouched(body: str, *templates: str) -> bool:
    return template_untouched(body, templates or (TEMPLATE,), shipped())


SAME = {
    "as it is": TEMPLATE,
    "CRLF": TEMPLATE.replace("\n", "\r\n"),
    "ticked": TEMPLATE.replace("[ ]", "[x]"),
    "without comments": "## Summary\n\n## Test plan\n\n## Checklist\n",
    "half of its headings": "## Summary\n\n## Test plan\n",
    "wrapped anew": TEMPLATE.replace("and by whom, before", "and by\nwhom, before"),
    "another version of a line": TEMPLATE.replace("before you ask for a review", "before you ask us for a review"),
    "a link to an issue": TEMPLATE.replace("<!-- Say", "Fixes https://github.com/acme/shop/issues/12\n\n<!-- Say"),
    "a number of an issue": TEMPLATE.replace("<!-- Say", "Closes acme/shop#12, SHOP-13\n\n<!-- Say"),
    "empty words": TEMPLATE.replace("<!--", "N/A\n\n<!--").replace("## Check", "N/A\n\n## Check"),
    "a comment that lost its opening": TEMPLATE.replace("<!--\n- [ ] Read", "- [ ] Read"),
    "a comment that lost its end": TEMPLATE.replace("why. -->", "why."),
    "headings behind a comment without an end": "## Summary\n\n<!-- Say what changes and why.\n\n## Test plan\n\n## Checklist\n",
    "a summary by a tool below": f"{TEMPLATE}\n<!-- CURSOR_SUMMARY -->\n\n> Long words about what was done here today.\n",
    "a prompt in details": f"{TEMPLATE}\n<details>\n\nPlease add a counter for each shop, and test it well.\n\n</details>\n",
    "signatures": f"{TEMPLATE}\nCo-authored-by: Ann <ann@example.org>\n",
    "twice": f"{TEMPLATE}\n{TEMPLATE}",
    "beside another template": f"{TEMPLATE}\n{OTHER}",
}  # fmt: skip

CHANGED = {
    "empty": "",
    "one's own words": "The gateway counts calls per shop.",
    "filled in": TEMPLATE.replace("<!-- Say", "Counts calls per shop.\n\n<!-- Say"),
    "a few words": TEMPLATE.replace("<!-- Say", "counts the calls\n\n<!-- Say"),
    "a picture": TEMPLATE.replace("<!-- Say", "![before](https://example.org/a.png)\n\n<!-- Say"),
    "a symbol": TEMPLATE.replace("<!-- Say", "👀\n\n<!-- Say"),
    "a quarter of its headings": "## Summary\n",
    "a link alone": "Fixes #12",
    "a tail behind a comment": TEMPLATE.replace("why. -->", "why. --> Counts calls per shop"),
}


@pytest.mark.parametrize("body", SAME.values(), ids=SAME.keys())
def test_it_is_the_template(body: str) -> None:
    assert untouched(body, TEMPLATE, OTHER)


@pytest.mark.parametrize("body", CHANGED.values(), ids=CHANGED.keys())
def test_it_is_not(body: str) -> None:
    assert not untouched(body, TEMPLATE)


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("tests guide", True),  # a few words, all known: moved about, not written
        ("tests counted", True),  # one new word among them
        ("tests counted twice anew", False),
        (
            "who was asked before how, by whom",
            False,
        ),  # as many known words in another order are a sentence of one's own
        (
            "how the change was tested and by whom, before you ask somebody",
            True,
        ),  # a long line that is nearly one of the template's
    ],
)
def test_words_of_the_template_in_another_line(line: str, same: bool) -> None:
    assert untouched(TEMPLATE.replace("<!-- Say", f"{line}\n\n<!-- Say")) is same


def test_a_template_in_quotes() -> None:
    template = "> Say what changes, and why.\n"
    assert untouched(template, template)
    assert not untouched("> Somebody said this.\n", template)


def test_without_templates_nothing_is_one() -> None:
    assert not template_untouched(TEMPLATE, (), shipped())


def test_a_template_without_headings_has_to_be_there() -> None:
    assert untouched(BARE, BARE)
    assert untouched("<!-- Describe your change here -->\n\nFixes #12\n", BARE)
    assert not untouched("Fixes #12\n", BARE)
