"""Runs git's hooks without a new interpreter for each, which takes half a second to import what then runs in a moment.

One process waits at a named pipe. A hook tells it the folder, the arguments and what git put into the environment; a
second pipe brings back the exit code and all that was shown.
"""

import io
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

LONGEST_S = 600  # nobody waits any more, if a test run broke off

SCRIPT = """\
#!/bin/sh
(pwd; printf '%s\\n' {name} "$@"; env | grep ^GIT_) > '{folder}/asked'
(read -r code; cat; exit "$code") < '{folder}/answered'
"""


def hook_scripts() -> Iterator[str]:
    """Yield the text of a hook, where `{name}` stands for its name, as long as there is somebody to run it."""
    if not hasattr(os, "mkfifo"):
        yield new_interpreter()
        return
    with tempfile.TemporaryDirectory(prefix="hooks-") as folder:
        for name in ("asked", "answered"):
            os.mkfifo(Path(folder, name))
        with subprocess.Popen([sys.executable, __file__, folder]) as server:
            yield SCRIPT.replace("{folder}", folder)
            server.terminate()


def new_interpreter() -> str:
    """Return the text of a hook that starts one, as it is for people."""
    return f'#!/bin/sh\nexec "{sys.executable}" -m onrecord {{name}} "$@"\n'


def serve(folder: Path) -> None:
    """Run the hooks that are asked for, one after the other."""
    from onrecord.cli.main import main

    signal.alarm(LONGEST_S)
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    while True:
        place, *lines = (folder / "asked").read_text("utf-8").splitlines()
        os.chdir(place)
        os.environ.clear()
        os.environ.update(own | dict(line.split("=", 1) for line in lines if line.startswith("GIT_")))
        shown = io.StringIO()
        with redirect_stdout(shown), redirect_stderr(shown):
            code = main([line for line in lines if not line.startswith("GIT_")])
        (folder / "answered").write_text(f"{code}\n{shown.getvalue()}", "utf-8")


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
