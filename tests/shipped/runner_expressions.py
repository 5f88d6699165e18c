"""The part of GitHub's expression language that an action file of ours may use.

What is not known here raises `ExpressionError`. GitHub turns a misspelled name into an empty string; a test must not.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

EXPRESSION = re.compile(r"\$\{\{((?:[^'}]|'[^']*'|\}(?!\}))*)\}\}")
TOKEN = re.compile(r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<name>[A-Za-z_][\w-]*)|(?P<operator>==|!=|&&|\|\||[!().]))")
ZERO_LIKE = re.compile(r"[\s0box.+-]+", re.IGNORECASE)  # GitHub may hold such a text equal to nothing
LITERALS = {"true": True, "false": False}
STATUS_FUNCTIONS: dict[str, Callable[[str], bool]] = {
    "always": lambda _status: True,
    "success": lambda status: status == "success",
    "failure": lambda status: status == "failure",
    "cancelled": lambda _status: False,  # nobody cancels a run of ours
}


class ExpressionError(ValueError):
    """An expression that GitHub would reject, or that this runner does not model."""


class Closed(dict[str, Any]):
    """A context whose names are all known: asking for another one is an error, not an empty string."""


class CaseSensitive(dict[str, Any]):
    """A context in which `a` and `A` differ: `env`, on Linux and macOS."""


def interpolate(text: str, contexts: Mapping[str, Any], status: str = "success") -> str:
    """Replace every `${{ }}` in `text` by its value, as GitHub does in `env`, `run` and `outputs`."""
    if "${{" in EXPRESSION.sub("", text):
        raise ExpressionError(f"unclosed expression in {text!r}")
    return EXPRESSION.sub(lambda match: _as_text(_Parser(match[1], contexts, status).value()), text)


def is_met(condition: str, contexts: Mapping[str, Any], status: str) -> bool:
    """Tell whether a step with this `if:` runs; without a status function, `success()` is implied."""
    expression = condition.strip()
    if whole := EXPRESSION.fullmatch(expression):
        expression = whole[1]
    elif "${{" in expression:
        raise ExpressionError(f"text around an expression makes this condition always true: {condition!r}")
    if not expression.strip():
        return status == "success"
    parser = _Parser(expression, contexts, status)
    met = _is_true(parser.value())
    return met if parser.asked_status else met and status == "success"


class _Parser:
    """Recursive descent that evaluates as it reads; `||` binds weakest, then `&&`, `==` and `!=`, `!`."""

    def __init__(self, expression: str, contexts: Mapping[str, Any], status: str) -> None:
        self.asked_status = False
        self._expression, self._contexts, self._status = expression, contexts, status
        self._tokens = _tokens(expression)

    def value(self) -> Any:
        """Evaluate the whole expression."""
        value = self._either()
        if self._tokens:
            raise self._error(f"unexpected {self._tokens[0][1]!r}")
        return value

    def _error(self, what: str) -> ExpressionError:
        return ExpressionError(f"{what} in {self._expression!r}")

    def _take(self, *operators: str) -> str | None:
        if self._tokens and self._tokens[0][0] == "operator" and self._tokens[0][1] in operators:
            return self._tokens.pop(0)[1]
        return None

    def _close(self) -> None:
        if not self._take(")"):
            raise self._error("')' expected")

    def _either(self) -> Any:
        value = self._both()
        while self._take("||"):
            other = self._both()
            value = value if _is_true(value) else other
        return value

    def _both(self) -> Any:
        value = self._equality()
        while self._take("&&"):
            other = self._equality()
            value = other if _is_true(value) else value
        return value

    def _equality(self) -> Any:
        value = self._negation()
        while operator := self._take("==", "!="):
            value = _equal(value, self._negation()) == (operator == "==")
        return value

    def _negation(self) -> Any:
        return not _is_true(self._negation()) if self._take("!") else self._primary()

    def _primary(self) -> Any:
        if self._take("("):
            value = self._either()
            self._close()
            return value
        kind, text = self._tokens.pop(0) if self._tokens else ("end", "end")
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind != "name":
            raise self._error(f"unexpected {text!r}")
        if self._take("("):
            return self._call(text)
        return LITERALS[text] if text in LITERALS else self._lookup(text)

    def _call(self, name: str) -> bool:
        self._close()
        if name.lower() not in STATUS_FUNCTIONS:
            raise self._error(f"unknown function {name!r}")
        self.asked_status = True
        return STATUS_FUNCTIONS[name.lower()](self._status)

    def _lookup(self, name: str) -> Any:
        value = _member(Closed(self._contexts), name)
        while self._take("."):
            kind, text = self._tokens.pop(0) if self._tokens else ("end", "end")
            if kind != "name":
                raise self._error(f"unexpected {text!r}")
            value = _member(value, text)
        return value


def _tokens(expression: str) -> list[tuple[str, str]]:
    tokens = []
    rest = expression.strip()
    while rest:
        match = TOKEN.match(rest)
        if match is None or match.lastgroup is None:
            raise ExpressionError(f"not understood: {rest!r} in {expression!r}")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        rest = rest[match.end() :]
    return tokens


def _member(value: Any, name: str) -> Any:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ExpressionError(f"{name!r} asked of something without members")
    for key, member in value.items():
        if key == name or (key.lower() == name.lower() and not isinstance(value, CaseSensitive)):
            return member
    if isinstance(value, Closed):
        raise ExpressionError(f"unknown name {name!r}; known: {', '.join(value)}")
    return None


def _is_true(value: Any) -> bool:
    return value not in (None, False, 0, "")


def _equal(left: Any, right: Any) -> bool:
    """Compare as GitHub does, texts without regard to case; most mixed types would be coerced there, so are refused."""
    texts = ["" if value is None else value for value in (left, right)]
    if None in (left, right) and any(isinstance(text, str) and ZERO_LIKE.fullmatch(text) for text in texts):
        raise ExpressionError(f"comparison of nothing with {texts}")
    if all(isinstance(text, str) for text in texts):
        return bool(texts[0].lower() == texts[1].lower())
    if type(left) is not bool or type(right) is not bool:
        raise ExpressionError(f"comparison of {left!r} with {right!r}")
    return left == right


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | None):
        raise ExpressionError(f"{type(value).__name__} as text")
    return "" if value is None else str(value)
