"""`onrecord graph`: which record replaces, amends or relates to which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.adapters.settings import load_config
from onrecord.cli.common import file_exists, repository, say, write_out
from onrecord.cli.main import NOTHING
from onrecord.cli.selection import select_files
from onrecord.render.words import counted

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "--output-format",
        choices=("mermaid", "dot", "text"),
        default="mermaid",
        help="default: mermaid, which GitHub draws in Markdown; dot is for Graphviz, text for a terminal",
    )
    parser.add_argument("--output", metavar="FILE", help="write the graph to a file")


def run(options: argparse.Namespace) -> int:
    """Print the relations of the records below the current folder; return the exit code."""
    from onrecord.log.graph import build_graph
    from onrecord.render.graph import render_dot, render_mermaid, render_relations

    root = repository()
    selection = select_files([], root, load_config(root, None))
    records = [file.record for file in selection.files if file.record.kind == "record"]
    if not records:
        say(["no decision record was found"])
        return NOTHING
    graph = build_graph(
        [file.record for file in selection.files], file_exists(root), selection.folders, selection.unread
    )
    render = {"mermaid": render_mermaid, "dot": render_dot, "text": render_relations}[options.output_format]
    write_out(render(graph), options.output)
    if not graph.edges:
        read = counted(len(records), "record")
        say([f"no relation is written in {read}; “onrecord link” and “onrecord supersede” write one into both"])
    return 0
