"""What `onrecord init` proposes: configuration, workflow, hooks, a section for the pull-request template; all as text.

Every function is pure. One that changes an existing text returns None where it cannot be certain to change nothing else.
"""

from onrecord.render.setup.config import config_text
from onrecord.render.setup.pre_commit import HookEntry, add_hooks, entry_text, has_hooks, hooks_text, unknown_folders
from onrecord.render.setup.show import Outcome, Proposal, next_steps, pin_hint, render_diff, render_homes
from onrecord.render.setup.template import add_section, has_section, section_text, template_text
from onrecord.render.setup.workflow import workflow_text

__all__ = [
    "HookEntry",
    "Outcome",
    "Proposal",
    "add_hooks",
    "add_section",
    "config_text",
    "entry_text",
    "has_hooks",
    "has_section",
    "hooks_text",
    "next_steps",
    "pin_hint",
    "render_diff",
    "render_homes",
    "section_text",
    "template_text",
    "unknown_folders",
    "workflow_text",
]
