"""“No decision here, because …” in the languages of the vocabulary, and `Decision: none`."""

from __future__ import annotations

import pytest

from onrecord.change.body import Description, read_description
from onrecord.record.vocabulary import shipped


def read(body: str) -> Description:
    return read_description("Count calls per shop", body, shipped())


REASON = {
    "No decision: because only a label changes": "only a label changes",
    "No decision needed here: only a label changes.": "only a label changes",
    "No decision is required, as only a label changes": "only a label changes",
    "This PR contains no decision, since only a label changes": "only a label changes",
    "No decision here – only a label changes": "only a label changes",
    "no ADR needed: only a label changes": "only a label changes",
    "Keine Entscheidung: weil sich nur eine Aufschrift ändert.": "sich nur eine Aufschrift ändert",
    "Keine Entscheidung nötig, da sich nur eine Aufschrift ändert": "sich nur eine Aufschrift ändert",
    "Pas de décision : parce que seul un libellé change.": "seul un libellé change",
    "Aucune décision n’est nécessaire, car seul un libellé change": "seul un libellé change",
    "Sin decisión: porque solo cambia una etiqueta": "solo cambia una etiqueta",
    "No hay decisión aquí, ya que solo cambia una etiqueta": "solo cambia una etiqueta",
    "Sem decisão: porque só muda um rótulo": "só muda um rótulo",
    "Nenhuma decisão, pois só muda um rótulo": "só muda um rótulo",
    "Nessuna decisione: perché cambia solo un'etichetta": "cambia solo un'etichetta",
    "Geen beslissing: omdat alleen een label verandert": "alleen een label verandert",
    "Geen besluit nodig, want alleen een label verandert": "alleen een label verandert",
    "Brak decyzji, ponieważ zmienia się tylko etykieta": "zmienia się tylko etykieta",
    "Решение не требуется, потому что меняется только подпись": "меняется только подпись",
    "決定なし：ラベルだけの変更": "ラベルだけの変更",
    "无需决策：只改了一个标签": "只改了一个标签",
    "결정 없음: 라벨만 변경": "라벨만 변경",
    "Decision: none, because only a label changes": "only a label changes",
    "**Decision:** N/A – only a label changes": "only a label changes",
    "Decision: none needed: only a label changes": "only a label changes",
    "Entscheidung: keine, weil sich nur eine Aufschrift ändert": "sich nur eine Aufschrift ändert",
    "## No decision here\n\nOnly a label changes.\n": "Only a label changes",
    "## Decision\n\nNone, because only a label changes.\n": "only a label changes",
    "## Decision\n\nNo decision here, because only a label changes.\n": "only a label changes",
    "## Decision\r\n\r\n- **No decision here**, because only a label changes.\r\n": "only a label changes",
    "## Decision\n\nIt is a label. No decision here, because only a label changes.\n": "only a label changes",
    "## Decision\n\nDecision: No decision here, because only a label changes\nInstead of:\nBecause:\nOwner:\n": "only a label changes",
    "## Decision\n\nDecision:\nInstead of:\nBecause:\nOwner:\n\nNo decision here, because only a label changes.\n": "only a label changes",
    "## Decision\n\nDecision:\nInstead of:\nBecause:\nOwner:\nNo decision here, because only a label changes.\n": "only a label changes",
    "## Décision\n\nAucune décision, car seul un libellé change\n": "seul un libellé change",
    "Decision:\n\nInstead of:\n\nBecause:\n\nOwner:\n\nNo decision here, because only a label changes\n": "only a label changes",
    "Decision: No decision here, because only a label changes": "only a label changes",
    "Decision: none\nInstead of: n/a\nBecause: only a label changes\n": "only a label changes",
    "## Decision\n\nDecision: none\nBecause: only a label changes\n": "only a label changes",
    "No decision here, because:\nonly a label changes\n": "only a label changes",
    "→ No decision here, because only a label changes": "only a label changes",
    "It is a repair.\nNobody sees it.\nNo decision here, because only a label changes": "only a label changes",
    "No decision here, because only\na label changes": "only a label changes",
    "No decision here, because this only changes a label on a page that is\nseen by two people.\n": (
        "this only changes a label on a page that is seen by two people."
    ),
    "## Checklist\n\n- [ ] Tests\n- [x] No decision here: because only\n  a label changes\n": "only a label changes",
    "- [x] **No decision here**, because only a label changes": "only a label changes",
}  # fmt: skip


@pytest.mark.parametrize(("body", "reason"), REASON.items())
def test_its_reason_is_kept(body: str, reason: str) -> None:
    assert (read(body).waived or "").rstrip(".") == reason.rstrip(".")


@pytest.mark.parametrize(
    "body",
    [
        "No decision here.",
        "**No decision**",
        "- [x] No decision here",
        "No decision here, because …",
        "No decision here, because ...\nFixes #12",
        "No decision: TBD",
        "No decision here, because <reason>",
        "No decision here, because [your reason]",
        "Decision: none",
        "## Decision\n\nN/A\n",
        "Keine Entscheidung.",
        "Decision: keine",
        "## Decision\n\nDecision: none\nInstead of: n/a\nBecause: n/a\nOwner: n/a\n",
        "Decision: n/a\nInstead of: n/a\nBecause: n/a\nOwner: n/a\n",
    ],
)
def test_without_a_reason_it_is_empty(body: str) -> None:
    assert read(body).waived == ""


@pytest.mark.parametrize(
    "body",
    [
        "No decision has been reached yet.",
        "No decision about the queue: we wait.",
        "There was no decision here for a year.",
        "- [ ] No decision here, because only a label changes",
        "Keine Entscheidung wurde bisher getroffen.",
        "Pas de décision prise sur la file.",
        "Decision: no retries, because they hide trouble",
        "Decision: none of the queues is kept",
        "> No decision here, because it is a quote",
    ],
)
def test_a_sentence_that_goes_on_is_none(body: str) -> None:
    assert read(body).waived is None


def test_who_waives_has_decided_nothing() -> None:
    found = read("Replaces the label by a picture.\n\nDecision: none, because only a label changes\n")
    assert (found.decision, found.stated) == (None, False)
    assert read("We will show a picture. No decision here, because it is small.").decision
    assert read("We will show a picture.\n\nNo decision here, because it is small.").decision is None


@pytest.mark.parametrize("body", [body for body in REASON if "ecision" in body])
def test_where_it_stands_in_the_place_of_the_decision_none_is_stated(body: str) -> None:
    found = read(body)
    assert (found.decision, found.stated, found.owner, found.alternatives) == (None, False, None, [])


def test_beside_a_decision_of_another_section_both_are_read() -> None:
    found = read(
        "## Decision\n\nPages come from memory.\n\n## Notes\n\nNo decision here, because only a label changes.\n"
    )
    assert (found.stated, found.waived) == (True, "only a label changes")


@pytest.mark.parametrize(
    "text", ["No decisions are stored in the cache; all go to disk.", "None of the queues is kept."]
)
def test_a_decision_that_begins_like_one_stays_a_decision(text: str) -> None:
    found = read(f"## Decision\n\n{text}\n")
    assert found.decision
    assert (found.decision.text, found.stated, found.waived) == (text, True, None)


def test_the_first_reason_counts() -> None:
    assert read("No decision here.\n\nNo decision here, because a.b.\n\nNo decision here, because c.\n").waived == "a.b"
