"""The workflow of layout 1 (docs/action.md): it runs on `pull_request`, and so on pull requests from forks too."""

from __future__ import annotations

CHECKOUT = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0"
_READS = "read # to read the description as it is now, not as it was when the run was started"
_COMMENTS = "write # for the one comment; without it there is the summary only"
_WORKFLOW = """\
name: Decisions
on:
  pull_request:
    types: [opened, edited, synchronize, reopened, ready_for_review, labeled, unlabeled]
  merge_group:
    types: [checks_requested]

permissions: {}

concurrency:
  group: ${{ github.workflow }}-${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: true

jobs:
  onrecord:
    name: Decisions on record
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      contents: read # to read the records
      pull-requests: <pull-requests>
    steps:
      - uses: <checkout>
        with:
          fetch-depth: 2 # so that only the records this pull request changes are checked
          persist-credentials: false
      - uses: <action>
"""


def workflow_text(action: str, may_comment: bool) -> str:
    """Return a workflow that uses `action` ("owner/name@commit # version", or "owner/name@tag")."""
    return (
        _WORKFLOW.replace("<checkout>", CHECKOUT)
        .replace("<pull-requests>", _COMMENTS if may_comment else _READS)
        .replace("<action>", action)
    )
