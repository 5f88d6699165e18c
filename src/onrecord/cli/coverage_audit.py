"""`onrecord coverage --sample N`: a sheet to judge pull requests by hand, and what the answers in it say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.adapters.files import MAX_BYTES
from onrecord.cli.common import screen, wants_color, write_out
from onrecord.cli.main import UsageFault
from onrecord.coverage.audit import Size, correct, draw

if TYPE_CHECKING:
    import argparse

    from onrecord.coverage.report import Report

_SIZE = re.compile(r"(?P<whole>\d{1,6})|(?P<flagged>\d{1,6})\+(?P<rest>\d{1,6})")
_FORMATS = ("text", "markdown", "json")


def add_effect_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of what stands beside the report: whether it works, and whether its counts are right."""
    parser.add_argument(
        "--effect",
        action="store_true",
        help="does it work? Time until a decision is on record, stuck proposals, owners, and whether a search finds them",
    )
    parser.add_argument(
        "--sample",
        type=_size,
        metavar="N",
        help="print a sheet of N merged pull requests to judge by hand, or A+B: asked or hinted ones, and others (try 30+60)",
    )
    parser.add_argument(
        "--seed", type=_seed, default=1, metavar="S", help="draw other ones with another number (default: 1)"
    )
    parser.add_argument("--answers", metavar="FILE", help="read the filled-in sheet back, and correct the share by it")


def verify_effect_arguments(options: argparse.Namespace) -> None:
    """Refuse what cannot be had together; raises UsageFault."""
    if options.answers and not options.sample:
        raise UsageFault("--answers: “--sample” and “--seed” tell which sheet it is; its first lines name them")
    if options.ratchet_update and not options.ratchet:
        raise UsageFault("--ratchet-update: --ratchet names the file")
    if not options.effect and not options.sample:
        return
    own = "--effect" if options.effect else "--sample"
    for other in ("sample", "compare", "trend", "fail_under", "ratchet"):
        if getattr(options, other, None) is not None and own != f"--{other}":
            raise UsageFault(f"{own} --{other.replace('_', '-')}: one of them at a time")
    if options.output_format not in _FORMATS:
        raise UsageFault(f"{own}: --output-format is one of {', '.join(_FORMATS)}")


def print_audit(report: Report, options: argparse.Namespace) -> int:
    """Print the sheet, or what its answers say; return the exit code. Raises UsageFault with the place of what is wrong."""
    from onrecord.render.coverage_audit import Sheet, audit_json, render_audit, sheet_lines, sheet_markdown

    sample = draw(report.pulls, options.sample, options.seed)
    sheet = Sheet(report, sample, _command(options))
    if not options.answers:
        write_out(sheet_lines(sheet) if options.output_format == "json" else sheet_markdown(sheet), options.output)
        return 0
    from onrecord.coverage.audit_answers import Unreadable, read_answers

    try:
        answers = read_answers(_text(options.answers), sample.numbers, report.sha)
    except Unreadable as error:
        raise UsageFault(f"{options.answers}:{error}") from error
    covered = frozenset(pull.number for pull in report.pulls.pulls if pull.state == "covered")
    audit = correct(sample, answers, covered)
    if options.output_format == "json":
        from onrecord.cli.coverage import as_json

        write_out(as_json(audit_json(sheet, audit, answers)), options.output)
    else:
        is_text = options.output_format == "text"
        face = (screen(options.output), wants_color(options.output)) if is_text else None
        write_out(render_audit(sheet, audit, face), options.output)
    return 0


def _command(options: argparse.Namespace) -> str:
    """Return the call that draws the same sample from the same commit."""
    told = [f"--sample {options.sample.told()}", f"--seed {options.seed}"]
    names = ("last", "since", "until", "today", "github", "config")
    told += [f"--{name} {value}" for name in names if (value := getattr(options, name))]
    return f"onrecord coverage {' '.join(told)}"


def _text(name: str) -> str:
    try:
        path = Path(name)
        if path.stat().st_size > MAX_BYTES:
            raise UsageFault(f"--answers {name}: it is larger than {MAX_BYTES} bytes")
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageFault(f"--answers {name}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UsageFault(f"--answers {name}: it is not UTF-8 at byte {error.start}") from error


def _size(text: str) -> Size:
    match = _SIZE.fullmatch(text)
    if not match or not sum(int(part) for part in match.groups() if part):
        raise UsageFault(f"--sample {text}: a whole number from 1 on, or two like 30+60")
    if match["whole"]:
        return Size(int(match["whole"]))
    return Size(int(match["flagged"]) + int(match["rest"]), int(match["flagged"]))


def _seed(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise UsageFault(f"--seed {text}: a whole number from 0 on")
    return int(text)
