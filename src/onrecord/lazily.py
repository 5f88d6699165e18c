"""What is made only when it is asked for: rooms whose door opens one name at a time, and patterns that nobody may need."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
