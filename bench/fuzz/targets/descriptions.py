"""What people write about a change: descriptions, titles, templates, patches, commit messages, and what is promoted."""

# ruff: noqa: S101 - what fuzzing verifies
from __future__ import annotations

import json

from fuzz.places import harmless
from fuzz.targets import records
from onrecord.adapters.shipped import schema
from onrecord.change import Change, ChangedFile, Triggers, judge_change
from onrecord.change.dependencies import is_own_manifest
from onrecord.change.history import Commit, read_commit, unwrap
from onrecord.change.message import comment_prefix, hint_place, read_message
from onrecord.change.template import template_untouched
from onrecord.check import Config, Policy, SchemaJudge
from onrecord.check.change import check_change
from onrecord.cli.pull_request import subject_of
from onrecord.draft.promote import Happened, content_of
from onrecord.record.vocabulary import shipped
from onrecord.render import pull_request as faces
from onrecord.render.comment import render_comment
from onrecord.render.commit import render_hint, render_nudge
from onrecord.render.github import annotate

POLICY = Policy(SchemaJudge(schema("pull-request"), (schema("decision-record"),)))
TEMPLATE = "## Summary\n\n<!-- Say it -->\n\n## Decision\n\n<!-- x -->\n\n- [ ] Tests\n"
SEEDS = (
    "Use Redis\n\n## Decision\n\nWe use Redis.\n\nInstead of: files, because they are slow\nOwner: Ann\n\nFixes #12, see docs/adr/0001-x.md\n",
    "fix: count (#12)\n\n* one (#11)\n\n* two\n\nDecision: Redis\nCo-authored-by: Ann <1+ann@users.noreply.github.com>\n---------\n",
    "Merge pull request #12 from ann/x\n\nUse Redis\n\n- [x] No decision here, because it is a typo\n- [ ] Decision\n",
    "Bump redis from 1.0 to 2.0\n\n<details>\n<summary>Notes</summary>\n\n> x\n\n</details>\n",
    "+++ package.json\n@@ -1,2 +1,3 @@\n \"dependencies\": {\n+  \"redis\": \"^4.0.0\",\n-  \"x\": \"1\"\n }\n",
    "Merge #1 #2\n\n1: A r=bob a=ann\nWe decided.\n\n2: B r=x a=y\nx\n\nCo-authored-by: x <y>\n",
    "x\n# ------------------------ >8 ------------------------\n# no\ndiff --git a/x b/x\n",
)  # fmt: skip
WORDS = (
    *records.WORDS, "Instead of: ", "No decision here", "- [x] ", "- [ ] ", "Owner: ", "Decided-by: Ann\n", "No-decision: x\n", "(#12)", "#12 ", "GH-1",
    "docs/adr/0001-x.md", "https://github.com/a/b/pull/1", "Revert \"", "fixup! ", "Merge branch 'x'\n", "auto merge of #1 : a, r=b\n", "[bot]",
    "@@ -1 +1 @@\n", "+", "-", "diff --git a/x b/x\n", "\"dependencies\": {\n", "[dependencies]\n", "require (\n", "Signed-off-by: x <y>\n", "<summary>",
    "Rather than ", "We decided ", "we chose a over b", "…", "…\n", "Pull request description:\n", "ACKs for top commit:\n",
)  # fmt: skip


def read(data: bytes) -> None:
    """Judge a text as the description of a change, as a commit's message, and as a patch."""
    text = data.decode("utf-8", "replace")
    title, _, body = text.partition("\n")
    names = ("docs/adr/0001-x.md", "package.json", "go.mod", "pyproject.toml", "src/a.py", "Cargo.toml", "README.md")
    files = tuple(ChangedFile(name, "modified", 2, 1, patch=body) for name in names)
    for change in (Change(title, body, "ann", files=files, number=3), Change(title, text, title[:20], files=None)):
        judged = judge_change(change, Triggers(templates=(TEMPLATE,)), shipped())
        findings = check_change(subject_of(judged, Config()), POLICY)
        harmless(faces.render_text(judged.facts, findings, change.title), "pr")
        harmless(faces.render_markdown(judged.facts, findings), "pr --output-format markdown")
        harmless(annotate(findings), "pr --output-format github")
        harmless(render_comment(judged.facts), "comment")
        harmless("\n".join((render_nudge(judged.facts, None), *render_hint(judged.facts))), "commit")
        json.loads(faces.render_json(judged.facts, findings))
        content_of(judged, Happened("2026-02-03"), "2026-02-04", shipped(), (TEMPLATE,), by_title=True)
    template_untouched(body, (TEMPLATE, title), shipped())
    unwrap(text)
    read_commit(Commit("1" * 40, ("2" * 40,), "2026-02-03", title, body[:80], text), files[:2])
    message = read_message(text, comment_prefix(text, "auto"))
    read_message(message.body)
    assert 0 <= hint_place(text, "#") <= len(text)
    is_own_manifest(title)
