"""Work that goes on beside the rest: git takes its time while code is loaded and records are read."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def beside(work: Callable[[], T]) -> Future[T]:
    """Do work in a thread of its own, and return what will hold its result; nobody has to wait for it."""
    future: Future[T] = Future()

    def do() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    Thread(target=do, daemon=True).start()
    return future
