"""Runs git's hooks without a new interpreter for each, which takes half a second to import what then runs in a moment.

A process that has imported everything waits at a socket, and splits (fork) into one more for each hook. That one has the
hook's folder, environment, arguments and standard streams, and its exit code becomes the hook's.
"""

from __future__ import annotations

import os
import socket
import sys

# Nothing else is imported at the top: a hook starts this file, too, as its call.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

STREAMS = ("stdin", "stdout", "stderr")


def serving() -> Iterator[str]:
    """Yield the beginning of a shell command that a hook's name and arguments follow."""
    import subprocess
    import tempfile

    if not (hasattr(os, "fork") and hasattr(socket, "AF_UNIX")):
        yield f'"{sys.executable}" -m onrecord'
        return
    with tempfile.TemporaryDirectory(prefix="hooks-") as folder:
        address = os.path.join(folder, "door")  # noqa: PTH118
        command = [sys.executable, __file__, "--serve", address]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
            assert server.stdout
            assert server.stdout.readline() == b"ready\n"
            yield f'"{sys.executable}" -IS "{__file__}" "{address}"'
            server.communicate()  # the end of its input is its end


def call(address: str, arguments: list[str]) -> int:
    """Have a hook run, and return its exit code."""
    environment = [f"{name}={value}" for name, value in os.environ.items()]
    told = "\0".join([os.getcwd(), str(len(arguments)), *arguments, *environment])  # noqa: PTH109
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(address)
        socket.send_fds(door, [b"."], list(range(len(STREAMS))))
        door.sendall(os.fsencode(told))
        door.shutdown(socket.SHUT_WR)
        return door.recv(1)[0]


def serve(address: str) -> None:
    """Run the hooks that are called for, one after the other, until standard input ends."""
    import select

    warm_up()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen()
        print("ready", flush=True)
        while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
            caller, _ = door.accept()
            with caller:
                streams = socket.recv_fds(caller, 1, len(STREAMS))[1]
                told = b"".join(iter(lambda: caller.recv(65_536), b""))  # noqa: B023
                child = os.fork()
                if child == 0:
                    os._exit(run(os.fsdecode(told).split("\0"), streams))
                for stream in streams:
                    os.close(stream)
                caller.sendall(bytes([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])]))


def warm_up() -> None:
    """Import all that a hook does, lazily or not, by doing the same."""
    import onrecord.cli.commit
    import onrecord.cli.commit_msg
    import onrecord.cli.prepare_commit_msg  # noqa: F401
    from onrecord.adapters.shipped import schema
    from onrecord.change import Change, Triggers, judge_change
    from onrecord.check import parse_config
    from onrecord.markdown.yaml_source import read_yaml
    from onrecord.record.vocabulary import shipped

    parse_config(read_yaml("fail-on: never").value, "onrecord.yml", schema("config"))
    judge_change(Change("Swap the queue", "Decision: Kafka", "Ann Example"), Triggers(), shipped())


def run(told: list[str], streams: list[int]) -> int:
    """Become the hook, and return its exit code."""
    from onrecord.cli.main import main

    folder, count, *words = told
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(word.split("=", 1) for word in words[int(count) :])
    for number, (name, stream) in enumerate(zip(STREAMS, streams, strict=True)):
        os.dup2(stream, number)
        setattr(sys, name, open(number, "w" if number else "r", closefd=False))  # noqa: SIM115
    try:
        return main(words[: int(count)])
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    if sys.argv[1] == "--serve":
        serve(sys.argv[2])
    else:
        sys.exit(call(sys.argv[1], sys.argv[2:]))
