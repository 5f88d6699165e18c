"""What is made only when it is asked for, or more quickly: a verb's start-up is most of what it takes.

`NamedTuple` is that of `typing` for type checkers. When the program runs it has no use for the types, which `typing`
compiles one by one: there, a class takes four times as long, and loading `typing` as long as thirty of them.
"""

from __future__ import annotations

import re
from collections import namedtuple
from importlib import import_module

TYPE_CHECKING = False  # type checkers know this name, and take it for true wherever it is imported
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, AnyStr
    from typing import NamedTuple as NamedTuple
else:

    class _Maker(type):
        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = namespace.pop("__annotations__", {})
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace.pop("__module__"))
            made.__annotations__ = fields
            for key, value in namespace.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """A class with fields, as `typing.NamedTuple` makes it."""


_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


def opener(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Return the `__getattr__` (PEP 562) of a package: `homes` gives the module of each public name."""

    def look_up(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return look_up


class _Pattern:
    """A pattern that is compiled when it is used first: of those in a module, most runs use few."""

    def __init__(self, source: Any, flags: int) -> None:
        self._source = (source, flags)

    def __getattr__(self, name: str) -> Any:
        made = re.compile(*self._source)
        self.__dict__ |= {method: getattr(made, method) for method in _METHODS}  # from now on as quick as any
        return getattr(made, name)


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what `re.compile` returns, as far as its methods and attributes go; a mistake in it shows at its first use."""
    made: Any = _Pattern(source, flags)
    return made  # type: ignore[no-any-return]
