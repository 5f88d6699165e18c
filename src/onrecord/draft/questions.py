"""What is asked for a part that was not said: one question each, short enough to answer in a sentence."""

from __future__ import annotations

QUESTIONS = {
    "decision": "What is decided, in one sentence?",
    "choices": "Instead of what? One line for each alternative, or “none considered, because …”.",
    "because": "Why this one?",
    "context": "What made a decision necessary?",
    "consequences": "What gets easier, and what gets harder?",
    "decision_makers": "Who decides? A person, by name or handle.",
    "consulted": "Who has input?",
    "decide_by": "Until when is it decided? (YYYY-MM-DD)",
    "review_by": "When is it looked at again? (YYYY-MM-DD)",
    "tasks": "Who does what next, until when?",
    "whole": "Which part of the whole is it about?",
    "neglected": "“and neglected …”: instead of what?",
    "assumptions": "What is taken for granted?",
    "constraints": "What cannot be changed?",
}


def asked(part: str) -> str:
    """Return the question for a part as a comment, which stands where the answer goes."""
    return f"<!-- {QUESTIONS[part]} -->"
