"""The arguments of a call that is written without a mistake, read without argparse, which takes longer to load than a rule.

A verb's `add_arguments` says to `PlainCall` what it would say to argparse. Whatever is not plain (a mistake, a help text,
a flag and its value in some rarer form) is left to argparse, so that there is one who explains: then `read` returns None.
"""

from __future__ import annotations

from types import SimpleNamespace

TYPE_CHECKING = False  # a name that type checkers know; `typing` is not loaded for a help text
if TYPE_CHECKING:
    from typing import Any

_KNOWN = frozenset(("action", "nargs", "type", "default", "choices", "required", "metavar", "help"))
_MANY = ("?", "*", "+")


class _Argument:
    """One argument, with what argparse's `add_argument` takes."""

    def __init__(self, names: tuple[str, ...], said: dict[str, Any]) -> None:
        self.is_flag = names[0][:1] == "-"
        long = next((name for name in names if name[:2] == "--"), names[0])
        self.name = long.lstrip("-").replace("-", "_")
        self.action = said.get("action", "store")
        self.many: str | None = said.get("nargs")
        self.type, self.choices = said.get("type"), said.get("choices")
        self.default = said.get("default", False if self.action == "store_true" else None)
        self.is_needed = bool(said.get("required")) or (not self.is_flag and self.many in (None, "+"))
        known = said.keys() <= _KNOWN and self.action in ("store", "store_true", "append")
        shaped = self.many is None if self.is_flag else self.action == "store" and self.many in (None, *_MANY)
        given = isinstance(self.default, str) and (self.type is not None or self.default == "==SUPPRESS==")
        self.is_plain = known and shaped and not given

    def value_of(self, word: str) -> Any:
        """Return what a word stands for; raises ValueError or TypeError when it stands for nothing."""
        value = word if self.type is None else self.type(word)
        if self.choices is not None and value not in self.choices:
            raise ValueError(word)
        return value


class PlainCall:
    """Takes the place of an `ArgumentParser` while a verb declares its arguments."""

    def __init__(self) -> None:
        """Begin with no arguments."""
        self._flags: dict[str, _Argument] = {}
        self._places: list[_Argument] = []
        self._set: dict[str, Any] = {}
        self._is_plain = True

    def add_argument(self, *names: str, **said: Any) -> None:
        """Declare an argument, as argparse takes it."""
        one = _Argument(names, said)
        self._is_plain = self._is_plain and one.is_plain
        if one.is_flag:
            self._flags |= dict.fromkeys(names, one)
        else:
            self._is_plain = self._is_plain and not (self._places and self._places[-1].many)
            self._places.append(one)

    def add_argument_group(self, *_title: str) -> PlainCall:
        """Begin a group, which only a help text shows."""
        return self

    def add_subparsers(self, **_said: Any) -> Any:
        """Say that this verb takes other words, which argparse has to tell apart."""
        raise NotImplementedError

    def set_defaults(self, **values: Any) -> None:
        """Set values that no argument has."""
        self._set |= values

    def read(self, words: list[str]) -> SimpleNamespace | None:
        """Return the values of all arguments by their names, None when argparse has to look at it."""
        try:
            found = self._read(words) if self._is_plain else None
        except (ValueError, TypeError):
            return None
        return None if found is None else SimpleNamespace(**found)

    def _read(self, words: list[str]) -> dict[str, Any] | None:
        flags = {id(one): one for one in self._flags.values()}.values()
        found = {one.name: one.default for one in (*flags, *self._places)} | self._set
        told: set[str] = set()
        rest: list[str] = []
        runs, left = 0, iter(words)
        in_run = False
        for word in left:
            if word[:1] != "-":
                runs += not in_run
                in_run = True
                rest.append(word)
                continue
            in_run = False
            name, has_value, value = word.partition("=")
            one = self._flags.get(name)
            if one is None or (has_value and (one.action == "store_true" or name[:2] != "--")):
                return None
            told.add(one.name)
            if one.action == "store_true":
                found[one.name] = True
                continue
            value = value if has_value else next(left, "-")
            if value[:1] == "-" and not has_value:
                return None
            shown = one.value_of(value)
            found[one.name] = [*(found[one.name] or ()), shown] if one.action == "append" else shown
        if runs > 1 or any(one.is_needed and one.name not in told for one in flags):
            return None
        return found if self._take(rest, found) else None

    def _take(self, words: list[str], found: dict[str, Any]) -> bool:
        """Give the words that are no flags to their arguments; tell whether there are as many as there have to be."""
        for one in self._places:
            if one.many in ("*", "+"):
                if words or one.many == "+" or one.default is None:
                    found[one.name] = [one.value_of(word) for word in words]
                if one.many == "+" and not words:
                    return False
                words = []
            elif words:
                found[one.name] = one.value_of(words[0])
                words = words[1:]
            elif one.many is None:
                return False
        return not words
