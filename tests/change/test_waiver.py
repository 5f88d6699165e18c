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
    "No decision here, because:\nonly a label changes\n": "only a label changes",
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


def test_the_first_reason_counts() -> None:
    assert read("No decision here.\n\nNo decision here, because a.b.\n\nNo decision here, because c.\n").waived == "a.b"
