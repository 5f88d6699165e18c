"""Who opened a change: an automation that nobody can ask, or a person, also through an agent or a merging robot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.change.model import Change

# Agents write what a person asked them for: somebody decides there. Names as in an event, in GraphQL, and in git.
_AGENTS = frozenset(
    ("copilot", "copilot-swe-agent", "github-copilot", "github copilot", "devin-ai-integration", "devin ai", "cursor",
     "cursoragent", "cursor-agent", "cursor agent", "claude", "claude code", "claude-code", "anthropic-claude",
     "chatgpt-codex-connector", "codex", "openai-codex", "google-labs-jules", "jules", "gemini-cli",
     "gemini-code-assist", "openhands", "openhands-agent", "openhands-ai", "sweep-ai", "sweep-ai-deprecated",
     "amazon-q-developer", "codegen-sh", "factory-droid", "roomote", "kiro-agent", "ellipsis-dev", "jetbrains-junie",
     "windsurf-bot", "augmentcode", "lovable-dev", "gpt-engineer-app", "bolt-new-by-stackblitz", "replit-agent", "v0")
)  # fmt: skip
# They only merge what others opened: the description tells who that was.
_MERGERS = re.compile(
    r"(?:\S{0,20}[- ])?(?:bors|homu)(?:[- ]\S{0,20})?|\S{0,30}[- ]?merge[- ]?(?:ro)?bot|(?:github[- ])?merge[- ]queue|\S{0,30} prow robot",
    re.IGNORECASE,
)
_AUTOMATIONS = frozenset(
    ("dependabot", "dependabot-preview", "renovate", "renovate-approve", "mend-for-github-com", "whitesource-bolt",
     "whitesource-bolt-for-github", "snyk-io", "greenkeeper", "greenkeeperio", "depfu", "scala-steward", "updatecli",
     "pyup", "github-actions", "github actions", "pre-commit-ci", "mergify", "kodiakhq", "pull", "imgbot",
     "imgbotapp", "allcontributors", "restyled-io", "deepsource-autofix", "deepsource-io", "deepsourcebot",
     "sonatype-lift", "lgtm-com", "autofix-ci", "codefactor-io", "sourcery-ai", "step-security", "stepsecurity-app",
     "weblate", "hosted weblate", "crowdin", "transifex-integration", "transifex", "lokalise", "localazy",
     "translatewiki", "translatewiki.net", "poeditor", "copybara-service", "copybara-github", "google-oss-prow",
     "release-please", "release-plz", "semantic-release", "elasticmachine", "kibanamachine", "apmmachine",
     "dotnet-maestro", "vscodebot", "msftbot", "azure-sdk", "azuresdkautomation", "brewtestbot", "r-ryantm",
     "conda-forge-admin", "conda-forge-webservices", "conda-forge-curator", "red-hat-konflux", "jenkins",
     "fluttergithubbot", "skia-flutter-autoroll", "engine-flutter-autoroll", "zaniebot", "metamaskbot")
)  # fmt: skip
_AUTOMATION = re.compile(r"(?:\[bot\]|[-_ ](?:ro)?bot|[-_ ]auto-?roll(?:er)?|[-_ ]automation)\Z", re.IGNORECASE)
_APP = re.compile(r"\Aapp/|\[bot\]\Z")  # “app/renovate” and “renovate[bot]” are one account
_MARK = re.compile(
    r"\[Mend\sRenovate|\bapp\.renovatebot\.com/images|<!--\s?renovate-debug:|\bI\shave\screated\sa\srelease\s\*beep\*"
    r"|^This\sPR\scontains\sthe\sfollowing\supdates:\s{1,4}\|\s?Package\b"
    r"|^Dependabot\swill\sresolve|/dependabot-preview\b|^updated-dependencies:"
    r"|^Bumps\s(?:\[|the\s\S{1,60}\sgroup\b|(?:\S{1,80}\s){1,3}from\s\S{1,40}\sto\s)"
    r"|^(?:I\s)?[Rr]an\snpm-check-updates|\bSnyk\shas\screated\sthis\sPR|^Depfu\swill\sautomatically\skeep\sthis"
    r"|^This\s(?:PR\s)?is\san\sauto(?:mated|matic|-?generated)\s(?:PR|pull\srequest|release|update)\b"
    r"|^Translations\supdate\sfrom\s\[|^Automated\schanges\sby\s\[create-pull-request\]"
    r"|^Automatic\supdate\sgenerated\sby\s\[nixpkgs-update\]|\broll\shas\scaused\sa\sbreakage",
    re.MULTILINE,
)
_MADE = re.compile(
    r"\bThis\s(?:PR|pull\srequest)\s(?:was|has\sbeen|is)\s(?P<auto>auto-?|automatically\s)?(?:created|generated|opened)"
    r"(?:\s(?P<late>automatically)\b)?(?:\s(?:by|with|using)\s(?P<maker>[^\n]{1,80}))?"
)
_TOOL = re.compile(
    r"\b(?:bot|robot|action|workflow|script|automat\w{1,8}|schedule\w?|cron\w{0,4}|job|pipeline|ci|renovate|tool|release)\b|\A\[",
    re.IGNORECASE,
)
_AGENT = re.compile(
    r"\b(?:ai|llm|agents?|assistant|claude|codex|copilot|cursor|devin|jules|gemini|(?:chat)?gpt|openhands|aider|junie)\b",
    re.IGNORECASE,
)


def is_automated(change: Change) -> bool:
    """Tell whether nobody stands behind a change who could be asked.

    Known accounts, account types and suffixes count, and marks that tools leave in a description. Agents count as the
    person who sent them; what a merging robot brings is judged by the description alone.
    """
    author = change.author.strip()[:100]
    name = _APP.sub("", author).casefold()
    if name in _AGENTS:
        return False
    by_account = change.is_bot or name in _AUTOMATIONS or bool(_AUTOMATION.search(author))
    return (by_account and not _MERGERS.fullmatch(name)) or _has_mark(change.body)


def is_machine(name: str) -> bool:
    """Tell whether a name is that of a known account of a program, an agent's included, and none of a person."""
    known = _APP.sub("", name.strip()[:100].removeprefix("@")).casefold()
    return known in _AGENTS or known in _AUTOMATIONS or bool(_AUTOMATION.search(name.strip()[:100]))


def _has_mark(body: str) -> bool:
    """Tell whether a description carries the mark of a tool that opens pull requests by itself."""
    return bool(_MARK.search(body)) or any(_is_tool(made) for made in _MADE.finditer(body))


def _is_tool(made: re.Match[str]) -> bool:
    maker = made["maker"] or ""
    by_itself = made["auto"] or made["late"] or _TOOL.search(maker)
    return bool(by_itself) and not _AGENT.search(maker)
