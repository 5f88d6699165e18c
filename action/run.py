"""Start OnRecord inside the GitHub Action.

A launcher, because `python -m onrecord` puts the current folder first on `sys.path`. There the current folder is the
checkout of a pull request, whose `yaml.py` would then run in place of ours. Only the Action's own sources and the
hash-locked packages of this run belong in front.
"""

import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), os.environ["ONRECORD_SITE"]]

from onrecord.cli.main import main  # noqa: E402

sys.exit(main(["action"]))
