"""The host runner itself: what GitHub's runner would do, it does; what it does not know, it refuses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import host_runner
import pytest
from host_runner import ActionResult, Annotation, UnsupportedActionError, run_action
from runner_expressions import CaseSensitive, Closed, ExpressionError, interpolate, is_met

Run = Callable[..., ActionResult]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the text of an action file; further arguments go to `run_action`."""

    def run_text(action: str, **arguments: Any) -> ActionResult:
        (tmp_path / "action").mkdir()
        (tmp_path / "action/action.yml").write_text(action, encoding="utf-8")
        (tmp_path / "workspace/docs").mkdir(parents=True)
        given = {"inputs": {}, "event_name": "push", "event": {}} | arguments
        return run_action(tmp_path / "action", workspace=tmp_path / "workspace", temp=tmp_path / "temp", **given)

    return run_text


@pytest.fixture
def run_script(run: Run) -> Run:
    """Run bash scripts as the steps s1, s2, ... of an action whose outputs are `x` and `y` of the first."""

    def run_scripts(*scripts: str, **arguments: Any) -> ActionResult:
        steps = [
            f"    - id: s{number}\n      shell: bash\n      run: |\n"
            + "".join(f"        {line}\n" for line in script.split("\n"))
            for number, script in enumerate(scripts, 1)
        ]
        outputs = "".join(f"  {name}: {{value: '${{{{ steps.s1.outputs.{name} }}}}'}}\n" for name in "xy")
        return run(f"outputs:\n{outputs}runs:\n  using: composite\n  steps:\n{''.join(steps)}", **arguments)

    return run_scripts


def messages(result: ActionResult, level: str) -> list[str]:
    return [annotation.message for annotation in result.annotations if annotation.level == level]


INPUTS = """
inputs:
  given: {default: unused}
  left-out: {default: "${{ github.event_name }} of ${{ github.event.number }}"}
  empty: {description: no default}
  old: {deprecationMessage: use given}
outputs:
  seen: {value: "${{ inputs.given }}|${{ inputs.left-out }}|${{ inputs.empty }}"}
runs:
  using: composite
  steps:
    - shell: bash
      env: {GIVEN: "${{ inputs.Given }}"}
      run: |
        echo "given is ${GIVEN}"
        env | grep ^INPUT_ || echo "no INPUT variables"
"""


def test_inputs_have_defaults_and_reach_steps_only_through_env(run: Run) -> None:
    result = run(INPUTS, inputs={"GIVEN": "a value"}, event={"number": 7})
    assert result.outputs == {"seen": "a value|push of 7|"}
    assert result.log == "given is a value\nno INPUT variables\n"
    assert result.annotations == []


def test_unknown_and_deprecated_inputs_are_warnings(run: Run) -> None:
    result = run(INPUTS, inputs={"typo": "1", "old": "2"})
    deprecated, unexpected = messages(result, "warning")
    assert deprecated == "Input 'old' has been deprecated with message: use given"
    assert unexpected == "Unexpected input(s) 'typo', valid inputs are ['given', 'left-out', 'empty', 'old']"
    assert result.conclusion == "success"


def test_environment_is_built_from_scratch(run_script: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEAK", "from the parent")
    monkeypatch.setenv("GITHUB_LEAK", "from the parent")
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    result = run_script('echo "${LEAK-}${GITHUB_LEAK-} ${PIP_INDEX_URL} ${JOB} ${GITHUB_REPOSITORY}"', env={"JOB": "j"})
    assert result.log == " https://index.example/simple j octocat/hello-world\n"


def test_the_runner_speaks_for_github_and_the_job_may_replace_it(run_script: Run, tmp_path: Path) -> None:
    pull = {"number": 3, "head": {"ref": "fix"}, "base": {"ref": "main"}, "merge_commit_sha": "abc"}
    result = run_script(
        'echo "$GITHUB_REF $GITHUB_HEAD_REF $GITHUB_BASE_REF $GITHUB_SHA $GITHUB_REPOSITORY"',
        'echo "$PWD $RUNNER_TEMP $GITHUB_ACTION_PATH"; cat "$GITHUB_EVENT_PATH"',
        event_name="pull_request",
        event={"pull_request": pull},
        env={"GITHUB_REPOSITORY": "our/repo"},
    )
    assert result.log.splitlines() == [
        "refs/pull/3/merge fix main abc our/repo",
        f"{tmp_path}/workspace {tmp_path}/temp {tmp_path}/action",
        '{"pull_request": {"number": 3, "head": {"ref": "fix"}, "base": {"ref": "main"}, "merge_commit_sha": "abc"}}',
    ]


CONDITIONS = """
outputs:
  outcome: {value: "${{ steps.broken.outcome }} ${{ steps.broken.conclusion }} ${{ steps.after.outcome }}"}
runs:
  using: composite
  steps:
    - {id: broken, shell: bash, continue-on-error: "CONTINUE", run: exit 7}
    - {id: after, shell: bash, run: echo implicit}
    - {shell: bash, if: "github.event_name == 'push'", run: echo condition without status}
    - {shell: bash, if: "${{ failure() }}", run: echo failure}
    - {shell: bash, if: "always()", run: echo always}
    - {shell: bash, if: "false", run: echo never}
"""


def test_a_failed_step_skips_the_rest_unless_it_asks_to_run(run: Run) -> None:
    result = run(CONDITIONS.replace("CONTINUE", "false"))
    assert result.log == "##[error]Process completed with exit code 7.\nfailure\nalways\n"
    assert (result.exit_code, result.conclusion) == (7, "failure")
    assert result.outputs == {"outcome": "failure failure skipped"}
    assert messages(result, "error") == ["Process completed with exit code 7."]


def test_continue_on_error_keeps_the_action_going(run: Run) -> None:
    result = run(CONDITIONS.replace("CONTINUE", "${{ github.event_name == 'push' }}"))
    assert result.log.splitlines()[1:] == ["implicit", "condition without status", "always"]
    assert (result.exit_code, result.conclusion) == (0, "success")
    assert result.outputs == {"outcome": "failure success success"}


@pytest.mark.parametrize("script", ["false\necho reached", "false | true\necho reached"])
def test_bash_stops_at_the_first_failure(run_script: Run, script: str) -> None:
    result = run_script(script)
    assert (result.exit_code, "reached" in result.log) == (1, False)


def test_a_step_that_leaves_something_running_is_ended(run_script: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host_runner, "STEP_SECONDS", 0.5)
    with pytest.raises(UnsupportedActionError, match="running"):
        run_script("sleep 20 &")


def test_env_and_working_directory_of_a_step(run: Run) -> None:
    result = run(
        """
runs:
  using: composite
  steps:
    - shell: bash
      working-directory: ${{ github.event.folder }}
      env: {PLAIN: yes, NUMBER: 010, FROM_JOB: "${{ env.JOB }}", GITHUB_REF: lost}
      run: echo "${PWD##*/} $PLAIN $NUMBER $FROM_JOB $GITHUB_REF ${{ env.PLAIN }} ${{ env.plain }}"
""",
        event={"folder": "docs"},
        env={"JOB": "job"},
    )
    assert result.log == "docs yes 010 job refs/heads/main yes \n"


@pytest.mark.parametrize(
    "step",
    [
        "uses: actions/checkout@v7",
        "{shell: sh, run: true}",
        "{run: true}",
        "{shell: bash, run: true, timeout-minutes: 1}",
        "{shell: bash, run: false, continue-on-error: maybe}",
    ],
)
def test_what_is_not_modelled_is_refused(run: Run, step: str) -> None:
    with pytest.raises(UnsupportedActionError):
        run(f"runs:\n  using: composite\n  steps:\n    - {step}\n")


@pytest.mark.parametrize("name", ["inputs.typo", "github.typo", "runner.typo", "steps.typo.outputs.x", "secrets.x"])
def test_a_name_that_cannot_exist_is_refused(run: Run, name: str) -> None:
    with pytest.raises(ExpressionError, match="unknown name"):
        run(f'runs: {{using: composite, steps: [{{id: a, shell: bash, run: "${{{{ {name} }}}}"}}]}}')


def test_only_composite_actions_are_run(run: Run) -> None:
    with pytest.raises(UnsupportedActionError):
        run("runs: {using: node24, main: index.js}")


CONTEXTS = {
    "github": Closed(event_name="push", event={"flag": True, "number": 5, "text": "it's"}),
    "env": CaseSensitive(Name="value"),
    "steps": Closed(late=None),
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a ${{ github.event_name }} b ${{ github.event.number }}", "a push b 5"),
        ("${{ github.event.missing.deeper }}${{ steps.late.outputs.x }}", ""),
        ("${{ env.Name }}${{ env.name }}", "value"),
        ("${{ 'it''s }}' }}", "it's }}"),
        ("${{ github.EVENT_NAME == 'PUSH' }}", "true"),
        ("${{ github.event.missing != '' }}", "false"),
        ("${{ github.event.missing || 'default' }}", "default"),
        ("${{ github.event.text && 'then' || 'else' }}", "then"),
        ("${{ github.event.missing && 'then' || 'else' }}", "else"),
        ("${{ '' || 'default' }}", "default"),
        ("${{ !github.event.flag }}", "false"),
        ("${{ !github.event.text == false }}", "true"),
        ("${{ (true || true) && false }}", "false"),
        ("${{ true || false && false }}", "true"),
        ("${{ cancelled() }}", "false"),
    ],
)
def test_expression(text: str, value: str) -> None:
    assert interpolate(text, CONTEXTS) == value


@pytest.mark.parametrize(
    "expression",
    [
        *("inputs.x", "github.typo", "steps.typo.outputs.x", "steps.late outputs", "github.event['text']"),
        *(
            "format('a')",
            "toJSON()",
            "success(1)",
            "1 == 1",
            "github.event.number > 4",
            "github.event",
            "github.event_name.x",
        ),
        *("github.event.flag == 'true'", "github.event.missing == '0'", "(true", "'open", "true &&", ""),
    ],
)
def test_unknown_expression_is_refused(expression: str) -> None:
    with pytest.raises(ExpressionError):
        interpolate("${{ " + expression + " }}", CONTEXTS)


@pytest.mark.parametrize("text", ["${{ 'a' ", "${{ it's }}"])
def test_unclosed_expression_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError, match="unclosed"):
        interpolate(text, CONTEXTS)


def test_a_condition_with_text_around_its_expression_is_refused() -> None:
    with pytest.raises(ExpressionError, match="always true"):
        is_met("${{ github.event_name }} == 'pull_request'", CONTEXTS, "success")


def test_output_file_forms(run_script: Run) -> None:
    lines = ["z<<E=D", "E=D", "x<<E=D", "first", "", "y=not a pair", " E=D", "E=D", "", "y=a<<b=c"]
    result = run_script("printf '%s\\n' " + " ".join(f"'{line}'" for line in lines) + ' > "$GITHUB_OUTPUT"')
    assert result.outputs == {"x": "first\n\ny=not a pair\n E=D", "y": "a<<b=c"}


def test_an_output_file_may_start_with_a_mark_and_hold_broken_utf8(run_script: Run) -> None:
    result = run_script("printf '\\xEF\\xBB\\xBFx=caf\\xC3\\xA9 \\xFF\\n' > \"$GITHUB_OUTPUT\"")
    assert result.outputs["x"] == "café \ufffd"


def test_a_newline_in_a_plain_value_sets_another_output(run_script: Run) -> None:
    result = run_script('title=$(printf "harmless\\ny=injected"); echo "x=$title" >> "$GITHUB_OUTPUT"')
    assert result.outputs == {"x": "harmless", "y": "injected"}


@pytest.mark.parametrize("fault", ["y<<END\\nvalue\\n", "y\\n", "y<<\\n", "=v\\n", "<<END\\nv\\nEND\\n"])
@pytest.mark.parametrize("file", ["OUTPUT", "ENV", "STATE"])
def test_a_malformed_file_fails_the_step_but_earlier_pairs_count(run_script: Run, file: str, fault: str) -> None:
    result = run_script(f'echo x=kept >> "$GITHUB_OUTPUT"; printf "{fault}" >> "$GITHUB_{file}"')
    assert (result.exit_code, result.conclusion) == (1, "failure")
    assert result.outputs == {"x": "kept", "y": ""}
    assert messages(result, "error")[0] == f"Unable to process file command '{file.lower()}' successfully."


def test_env_and_path_files_reach_later_steps_only(run_script: Run, tmp_path: Path) -> None:
    result = run_script(
        "mkdir a b; for d in a b; do printf 'echo %s' $d > $d/tool; chmod +x $d/tool; done\n"
        'printf "%s\\n" "$PWD/a" "$PWD/b" "" >> "$GITHUB_PATH"\n'
        'printf "NAME=set\\nGITHUB_REF=forged\\nNODE_OPTIONS=-r evil\\n" >> "$GITHUB_ENV"; echo "now: ${NAME-}"',
        'echo "then: $NAME $GITHUB_REF ${NODE_OPTIONS-} ${{ env.NAME }} $(tool)"; echo "${PATH%"${PATH#*:*:}"}"',
        env={"NAME": ""},
    )
    then = "then: set refs/heads/main  set b"
    path = f"{tmp_path}/workspace/b:{tmp_path}/workspace/a:"
    assert result.log.splitlines() == ["now: ", f"##[error]{messages(result, 'error')[0]}", then, path]
    assert messages(result, "error") == ["Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command."]


def test_summaries_add_up_and_one_over_a_mebibyte_is_dropped(run_script: Run) -> None:
    write = 'head -c {} /dev/zero | tr "\\0" x >> "$GITHUB_STEP_SUMMARY"'
    result = run_script('echo "# One" >> "$GITHUB_STEP_SUMMARY"', write.format(1048576), write.format(1048577))
    assert result.summary == "# One\n" + "x" * 1048576 + "\n"
    assert result.conclusion == "success"
    assert [message.split(",")[0] for message in messages(result, "error")] == ["$GITHUB_STEP_SUMMARY upload aborted"]


def test_commands_are_read_from_both_streams_after_any_blank(run_script: Run) -> None:
    result = run_script(
        "printf '\\t\\u00a0::warning file=a%%252C.md,LINE=2,title=%%3A%%2C%%0A::50%%250A %%0Aof all\\n'\n"
        "echo '::Error::on stderr' >&2\n"
        "printf 'text\\r::notice::after a lone carriage return\\n'\n"
        "echo 'text ::error::inside a line'\n"
        "echo '::unknown::shown'; echo '::error'"
    )
    assert sorted(result.annotations, key=lambda annotation: annotation.level) == [
        Annotation("error", "on stderr", {}),
        Annotation("notice", "after a lone carriage return", {}),
        Annotation("warning", "50%0A \nof all", {"file": "a%2C.md", "line": "2", "title": ":,\n"}),
    ]
    assert sorted(result.commands) == ["error", "notice", "warning"]
    shown = [line for line in result.log.splitlines() if ":" in line and "#" not in line]
    assert shown == ["text ::error::inside a line", "::unknown::shown", "::error"]


def test_version_one_commands_work_inside_a_line(run_script: Run) -> None:
    result = run_script(
        "echo 'fine ##[set-output name=x]leaked%5D' >&2; echo 'so ##[error file=a.md;line=2]bad'; echo '##[nothing]'"
    )
    assert result.outputs["x"] == "leaked]"
    assert result.annotations == [Annotation("error", "bad", {"file": "a.md", "line": "2"})]
    assert sorted(result.commands) == ["error", "set-output"]
    assert result.log == "##[error]bad\n##[nothing]\n"


def test_the_output_file_wins_over_a_printed_output(run_script: Run) -> None:
    result = run_script('echo x=ours >> "$GITHUB_OUTPUT"; echo "::set-output name=X::theirs"')
    assert result.outputs["x"] == "ours"


@pytest.mark.parametrize(
    "line",
    [
        *("::set-env name=A::b", "::add-path::/tmp", "a ##[set-env name=A]b", "::set-output::no name"),
        *("::stop-commands::", "::stop-commands::error", "::stop-commands::Pause-Logging"),
    ],
)
def test_a_refused_command_fails_the_step(run_script: Run, line: str) -> None:
    result = run_script(f"echo '{line}'; echo '::notice::still read'")
    assert (result.exit_code, result.commands) == (1, ["notice"])
    assert messages(result, "error")[0] == f"Unable to process command '{line}' successfully."


def test_stop_commands_silences_until_its_token_or_the_end_of_the_step(run_script: Run) -> None:
    result = run_script(
        "echo '::stop-commands::zZ'\necho '::error::silenced'; echo 'a ##[set-output name=x]silenced'\n"
        "echo '::ZZ::'; echo '::error::first'\n"
        "echo '::zz::'; echo '::error::second'\necho '::stop-commands::again'\necho '::error::silenced too'",
        "echo '::error::next step'",
    )
    assert messages(result, "error") == ["first", "second", "next step"]
    assert result.commands == ["stop-commands", "error", "error", "stop-commands", "error"]
    assert result.outputs["x"] == ""
    assert "::error::silenced\n" in result.log


def test_a_long_stop_token_is_masked_in_the_log_but_not_listed(run_script: Run) -> None:
    result = run_script(
        "echo '::stop-commands::0123456'; echo 'hostile'; echo 'and ##[0123456]'; echo '::notice::back'"
    )
    assert result.log == "::stop-commands::***\nhostile\nand ##[***]\n##[notice]back\n"
    assert result.masks == []


def test_ten_annotations_of_a_level_for_the_whole_action(run_script: Run) -> None:
    print_seven = "for i in 1 2 3 4 5 6 7; do echo \"::error::$i\"; done; echo '::notice::n'"
    result = run_script(print_seven, print_seven + "; exit 1")
    assert messages(result, "error") == list("1234567123")
    assert messages(result, "notice") == ["n", "n"]
    assert result.annotations_dropped == 5
    assert "##[error]7\n##[notice]n\n##[error]Process completed with exit code 1.\n" in result.log


def test_messages_are_cut_and_blank_ones_dropped(run_script: Run) -> None:
    result = run_script("printf '::error::%5000s\\n' end | tr ' ' x; echo '::warning:: '; echo '::debug::hidden'")
    assert [len(message) for message in messages(result, "error")] == [4096]
    assert (messages(result, "warning"), result.annotations_dropped) == ([], 1)
    assert result.commands == ["error", "warning", "debug"]
    assert "hidden" not in result.log


def test_add_mask_hides_a_value_and_each_of_its_lines_from_then_on(run_script: Run) -> None:
    result = run_script(
        "echo 'secret before'; echo '::add-mask::secret%0Abab'; echo '::add-mask::'\n"
        "echo 'a secretbabab z'; echo '::error title=secret::secret'",
        'echo secret >> "$GITHUB_STEP_SUMMARY"',
    )
    warning = "Can't add *** mask for empty string in ##[add-mask] command."
    assert result.masks == ["secret\nbab", "secret", "bab"]
    assert result.log == f"secret before\n##[warning]{warning}\na *** z\n##[error]***\n"
    assert messages(result, "error") == ["***"]
    assert result.summary == "***\n"


def test_groups_are_shown_without_colons(run_script: Run) -> None:
    result = run_script("echo '::group::Details'; echo inside; echo '::endgroup::ignored'")
    assert result.log == "##[group]Details\ninside\n##[endgroup]\n"
    assert result.commands == ["group", "endgroup"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("line=1,endLine=2,title=t", {"line": "1", "endLine": "2", "title": "t"}),
        ("endLine=2", {"line": "2", "endLine": "2"}),
        ("line=3,endLine=2", {}),
        ("line=1,endLine=2,col=1,endColumn=2", {"line": "1", "endLine": "2"}),
        ("col=1", {}),
        ("line=1,endColumn=2", {"line": "1", "endColumn": "2", "col": "2"}),
        ("line=1,col=3,endColumn=2", {"line": "1"}),
        ("=file,line=,col==,a==1", {"a": "1"}),
        ("file=$GITHUB_WORKSPACE/docs/a.md", {"file": "docs/a.md"}),
        ("file=/elsewhere/a.md", {"file": "/elsewhere/a.md"}),
    ],
)
def test_the_place_of_an_annotation_is_corrected(run_script: Run, given: str, kept: dict[str, str]) -> None:
    result = run_script(f'echo "::error {given}::message"')
    assert result.annotations == [Annotation("error", "message", kept)]


def test_outputs_are_set_after_a_failure_too(run_script: Run) -> None:
    result = run_script('echo x=set >> "$GITHUB_OUTPUT"; exit 3', "echo skipped")
    assert (result.exit_code, result.outputs) == (3, {"x": "set", "y": ""})


def test_a_script_with_an_expression_runs_what_the_expression_says(run: Run) -> None:
    action = 'runs: {using: composite, steps: [{shell: bash, run: "echo ${{ github.event.title }}"}]}'
    assert run(action, event={"title": "a; echo injected"}).log == "a\ninjected\n"
