"""Links to decision records in a description: as written, each once, and no standards of others."""

from __future__ import annotations

import pytest

from onrecord.change.body import read_description
from onrecord.record.vocabulary import shipped


def links(body: str, title: str = "Count calls per shop") -> list[str]:
    return read_description(title, body, shipped()).record_links


def links_to_own(body: str) -> list[str]:
    """Read as a team does that keeps its records in docs/architecture."""
    return read_description(
        "Count calls per shop", body, shipped(), is_record=lambda path: path.startswith("docs/architecture/")
    ).record_links


HOME = "https://github.com/acme/shop"
LINKS = {
    "path": ("See docs/adr/0012-use-kafka.md.", "docs/adr/0012-use-kafka.md"),
    "path above": ("See [why](../decisions/0012-use-kafka.md#context).", "../decisions/0012-use-kafka.md"),
    "path from the root": ("See [why](/docs/adr/0012-use-kafka.md).", "/docs/adr/0012-use-kafka.md"),
    "path with a query": ("See docs/adr/0012-use-kafka.md?plain=1.", "docs/adr/0012-use-kafka.md?plain=1"),
    "path in code": ("See `docs/adr/use-kafka.md`.", "docs/adr/use-kafka.md"),
    "path in a list": ("- docs/rfcs/0003-pages.rst\n", "docs/rfcs/0003-pages.rst"),
    "path in a table": ("| a | b |\n|---|---|\n| x | docs/adr/0012-use-kafka.md |\n", "docs/adr/0012-use-kafka.md"),
    "bare file": ("As in 0012-use-kafka.md.", "0012-use-kafka.md"),
    "file on GitHub": (f"See {HOME}/blob/main/docs/adr/0012-use-kafka.md#context.", f"{HOME}/blob/main/docs/adr/0012-use-kafka.md"),
    "file of another repository": ("<https://github.com/acme/rules/blob/main/docs/decisions/0004-x.md>", "https://github.com/acme/rules/blob/main/docs/decisions/0004-x.md"),
    "published page": ("See https://acme.example.org/adr/0012-use-kafka/.", "https://acme.example.org/adr/0012-use-kafka/"),
    "wrapped label": ("See [the record\non Kafka](docs/adr/0012-use-kafka.md).", "docs/adr/0012-use-kafka.md"),
    "link by name": ("See [RFC 31].\n\n[RFC 31]: https://acme.example.org/rfcs/0031-keys.html#why\n", "https://acme.example.org/rfcs/0031-keys.html"),
    "link by another name": ("See [the keys][k].\n\n[k]: https://acme.example.org/rfcs/0031-keys.html\n", "https://acme.example.org/rfcs/0031-keys.html"),
    "mention": ("Implements ADR-12.", "ADR-12"),
    "mention with a space": ("Implements ADR 0012, and more.", "ADR 0012"),
    "pull request of a records repository": ("RFC: acme/rfcs#31", "acme/rfcs#31"),
    "address of one": ("See https://github.com/acme/decision-records/pull/31.", "https://github.com/acme/decision-records/pull/31"),
    "page of a records repository": ("See https://github.com/acme/decision-records/wiki/Use-Kafka.", "https://github.com/acme/decision-records/wiki/Use-Kafka"),
    "discussion that is named": (f"[ADR 12]({HOME}/discussions/31)", f"{HOME}/discussions/31"),
    "pull request that is named": ("Decision record: #31", "#31"),
    "a key in bold": (f"**ADR:** {HOME}/pull/31", f"{HOME}/pull/31"),
    "document that is named": ("See [RFC 852 on pages](https://docs.example.org/document/d/15XJ/edit).", "https://docs.example.org/document/d/15XJ/edit"),
    "raw HTML": ('<p>See <a href="docs/adr/0012-use-kafka.md">why</a></p>', "docs/adr/0012-use-kafka.md"),
}  # fmt: skip

NONE = [
    "Implements RFC 9111 and PEP 517.",
    "See [RFC 9111](https://www.rfc-editor.org/rfc/rfc9111.html).",
    "See [RFC 9111](https://datatracker.ietf.org/doc/html/rfc9111).",
    "See [PEP 517](https://peps.python.org/pep-0517/).",
    "See #31 and acme/shop#32.",
    f"See {HOME}/pull/31.",
    f"See [the discussion]({HOME}/discussions/31).",
    "Removes the stale record in #31.",
    "See docs/adr/README.md and docs/adr/template.md.",
    "See [all of them](docs/adr/).",
    "See https://github.com/acme/decision-records/wiki/Template and https://github.com/acme/decision-records/wiki.",
    "Adds changes/0463-ann.md.",
    "Create 3463-ann.md.",
    "The QUADR-12 board, the cadre/plan.md, madr/x.",
    "- [x] I read docs/adr/0001-x.md\n- [ ] and ADR-2\n",
    "> See docs/adr/0012-use-kafka.md.",
    "```\ndocs/adr/0012-use-kafka.md\n```",
    "<!-- docs/adr/0012-use-kafka.md -->",
    "Write to adr@decisions/x.md, ftp://adr/0001-x.md",
]


@pytest.mark.parametrize(("body", "link"), LINKS.values(), ids=LINKS.keys())
def test_a_record_is_linked(body: str, link: str) -> None:
    assert links(body) == [link]


@pytest.mark.parametrize("body", NONE)
def test_no_record_is_linked(body: str) -> None:
    assert links(body) == []


def test_each_stands_once_and_in_order() -> None:
    body = "ADR-7, see [one](docs/adr/0002-b.md#x), docs/adr/0001-a.md and docs/adr/0002-b.md. Again ADR-7.\n"
    assert links(body) == ["ADR-7", "docs/adr/0002-b.md", "docs/adr/0001-a.md"]


def test_a_label_is_not_read_a_second_time() -> None:
    assert links("[ADR-12](docs/adr/0012-use-kafka.md)") == ["docs/adr/0012-use-kafka.md"]


def test_one_in_the_title_and_one_in_a_heading() -> None:
    assert links("## As in ADR-3\n\nText.", title="Use Kafka (ADR-2)") == ["ADR-2", "ADR-3"]


@pytest.mark.parametrize("address", ["https://[adr/0001-x.md", "http://", "https://:x/adr/0001-x.md", "https:///adr/1"])
def test_a_broken_address_is_no_trouble(address: str) -> None:
    assert links(f"See {address} and ADR-1.")[-1] == "ADR-1"
    assert links(f"See [ADR 2]({address}) and ADR-1.") == ["ADR-1"]


LIMITS = "docs/architecture/limits.md"
OWN = {
    "path": (f"See {LIMITS}.", LIMITS),
    "path in code": (f"See `{LIMITS}`.", LIMITS),
    "path behind a number": (f"[029]({LIMITS}#why)", LIMITS),
    "path from another folder": (f"[029](../../{LIMITS})", f"../../{LIMITS}"),
    "path from the root": (f"[029](/{LIMITS})", f"/{LIMITS}"),
    "address": (f"{HOME}/blob/main/{LIMITS}", f"{HOME}/blob/main/{LIMITS}"),
    "address in brackets": (f"<{HOME}/blob/main/{LIMITS}>", f"{HOME}/blob/main/{LIMITS}"),
    "address behind words": (f"[the limits]({HOME}/blob/main/{LIMITS})", f"{HOME}/blob/main/{LIMITS}"),
    "address without a scheme": (f"See github.com/acme/shop/blob/main/{LIMITS}.", f"github.com/acme/shop/blob/main/{LIMITS}"),
    "branch with a slash": (f"{HOME}/blob/ann/limits/{LIMITS}", f"{HOME}/blob/ann/limits/{LIMITS}"),
    "page on GitLab": (f"https://gitlab.com/a/b/shop/-/blob/main/{LIMITS}", f"https://gitlab.com/a/b/shop/-/blob/main/{LIMITS}"),
    "link by name": (f"See [the limits].\n\n[the limits]: {LIMITS}\n", LIMITS),
}  # fmt: skip


@pytest.mark.parametrize(("body", "link"), OWN.values(), ids=OWN.keys())
def test_a_record_where_the_team_keeps_them_is_linked_whatever_it_is_called(body: str, link: str) -> None:
    assert links_to_own(body) == [link]
    assert links(body) == []


@pytest.mark.parametrize(
    "body",
    [
        f"> {LIMITS}",
        f"```\n{LIMITS}\n```",
        f"https://acme.example.org/{LIMITS}",
        f"src/{LIMITS}",
        "docs/architecture/",
        f"Not related to `{LIMITS}`.",
    ],
)
def test_what_leads_elsewhere_is_none_of_the_team_s_records(body: str) -> None:
    assert links_to_own(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Not related to ADR-29.",
        "Unrelated to ADR-29 and ADR 30.",
        "This does not affect ADR-29, ADR-30 or ADR-31.",
        "It doesn't touch the decision in [ADR-29](docs/adr/0029-x.md).",
        "This has nothing to do with **ADR-29**.",
        "This changes a label\nwithout touching docs/adr/0029-x.md.",
    ],
)
def test_a_record_that_the_change_leaves_alone_is_no_link(body: str) -> None:
    assert links(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "Related to ADR-29.",
        "Not only related to ADR-29.",
        "Does not change anything, see ADR-29.",
        "We do not need Redis, ADR-29.",
        "Not related to ADR-30, see ADR-29.",
        "Not related to the cache. See ADR-29.",
    ],
)
def test_another_no_in_front_of_it_is_not_about_the_link(body: str) -> None:
    assert links(body) == ["ADR-29"]
