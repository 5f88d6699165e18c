"""Runs the command line over and over, each time in a copy of itself whose n-th change to a file goes wrong.

A process of its own, so that disk.c can stand before the C library: `python dying.py`, with LD_PRELOAD. It reads one
call a line and answers with one line, both JSON; see `Calls` in conftest.py.
"""

import ctypes
import json
import os
import selectors
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from onrecord.cli.main import main

WARM = ("check", "new X --no-input --output -", "search Redis")


def answer(call: dict[str, Any]) -> dict[str, Any]:
    """Run one call in a copy of this process; return its exit code (below zero: the signal), output, and changes met."""
    told, counted = os.pipe(), os.pipe()
    errors = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(told[1], 1)
        os.dup2(errors[1], 2)
        for end in (told[0], errors[0], counted[0], told[1], errors[1]):
            os.close(end)
        work(call, counted[1])
    for pipe in (told, errors, counted):
        os.close(pipe[1])
    out, err, met = (text.decode("utf-8", "replace") for text in drained(told[0], errors[0], counted[0]))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return {"code": code, "out": out, "err": err, "met": int(met or 0)}


def drained(*ends: int) -> list[bytes]:
    """Read several pipes to their ends."""
    found = dict.fromkeys(ends, b"")
    with selectors.DefaultSelector() as open_ends:
        for end in ends:
            open_ends.register(end, selectors.EVENT_READ)
        while open_ends.get_map():
            for key, _ in open_ends.select():
                piece = os.read(key.fd, 1 << 16)
                found[key.fd] += piece
                if not piece:
                    open_ends.unregister(key.fd)
                    os.close(key.fd)
    return [found[end] for end in ends]


def work(call: dict[str, Any], counted: int) -> None:
    """Be the process that goes wrong; never returns."""
    code = 120
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.stdin, sys.stdout, sys.stderr = Path(os.devnull).open(), open(1, "w"), open(2, "w")  # noqa: SIM115
        os.chdir(call["folder"])
        disk = ctypes.CDLL(None)
        disk.arm.argtypes = (ctypes.c_long, ctypes.c_int)
        disk.changes.restype = ctypes.c_long
        disk.arm(call["after"], call["kind"])
        code = main(call["arguments"])
        sys.stdout.flush(), sys.stderr.flush()
        os.write(counted, b"%d" % disk.changes())
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def serve(folder: str) -> None:
    """Answer until there is nothing left to read. What is loaded and kept in memory by then, each copy has from the start."""
    sys.dont_write_bytecode = True
    home = Path.cwd()
    os.chdir(folder)
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        for arguments in WARM:
            main(arguments.split())
    os.chdir(home)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    serve(sys.argv[1])
