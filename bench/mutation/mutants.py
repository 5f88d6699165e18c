"""Every small change to a Python file that may be tried: mutmut's, and a few that it has not.

Ours: a condition turned round, a return without its value, a call whose value nobody uses left out, a slice without one of its
ends, a comprehension without its condition, a function without a decorator (a cache is no behavior, so it stays). As with mutmut,
only functions are changed; besides, a call does not lose a positional argument (that nearly always is a TypeError).
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_swap_op

TYPED = ("len", "isinstance")  # mutmut leaves these calls alone: without an argument they can only fail
OPERATIONS = (cst.BinaryOperation, cst.UnaryOperation, cst.BooleanOperation, cst.ComparisonTarget, cst.AugAssign)
CACHES = ("cache", "lru_cache")


class Mutant(NamedTuple):
    """One change: in which file and line, of what kind, and the node of the parsed file that another takes the place of."""

    source: Path
    line: int
    kind: str
    module: cst.Module
    old: cst.CSTNode
    new: cst.CSTNode | cst.RemovalSentinel

    def text(self) -> str:
        """Return the whole file with the change in it."""
        return self.module.deep_replace(self.old, self.new).code  # type: ignore[arg-type, union-attr]

    def diff(self) -> str:
        """Return the changed lines, old ones with a minus, new ones with a plus."""
        lines = difflib.unified_diff(self.module.code.splitlines(), self.text().splitlines(), n=0, lineterm="")
        return "\n".join(line for line in list(lines)[2:] if not line.startswith("@@"))


def mutants_of(source: Path) -> list[Mutant]:
    """Return every mutant of a file, also those that cannot be compiled or change nothing."""
    wrapper = MetadataWrapper(cst.parse_module(source.read_text("utf-8")), unsafe_skip_copy=True)
    visitor = _Visitor(source, wrapper.module)
    wrapper.visit(visitor)
    return visitor.found


def statements(text: str) -> dict[int, range]:
    """Return, for each line, the lines of the innermost statement there; of `if`, `for`, `def` … only the head."""
    spans: dict[int, range] = {}
    for node in ast.walk(ast.parse(text)):  # outer ones come first
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if body else node.end_lineno
            span = range(node.lineno, max(end or 0, node.lineno) + 1)
            spans.update(dict.fromkeys(span, span))
    return spans


def called_at_import(text: str) -> set[str]:
    """Return the functions that are only called where the module is loaded, as are those that make a rule's examples."""
    called: dict[bool, set[str]] = {True: set(), False: set()}  # by whether that is outside every function
    tree = ast.parse(text)
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in tree.body:
        is_outside = not isinstance(node, ast.FunctionDef | ast.ClassDef)
        callees = {id(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)} if is_outside else set()
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and one.id in names and isinstance(one.ctx, ast.Load):
                called[is_outside and id(one) in callees].add(one.id)
    return called[True] - called[False]


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, source: Path, module: cst.Module) -> None:
        super().__init__()
        self.source, self.module = source, module
        self.found: list[Mutant] = []
        self.depth = 0  # of functions around: tables of words and patterns are left to the tests that read them
        self.left_out = called_at_import(module.code)

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Decorator) or _is_left_alone(node):
            return False
        if isinstance(node, cst.FunctionDef) and not self.depth and node.name.value in self.left_out:
            self.depth += 1  # as if it were entered: it is left all the same
            return False
        if isinstance(node, cst.FunctionDef):
            self.depth += 1
        if self.depth:
            for kind, new in _changes(node):
                line = self.get_metadata(PositionProvider, node).start.line
                self.found.append(Mutant(self.source, line, kind, self.module, node, new))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if isinstance(original_node, cst.FunctionDef):
            self.depth -= 1


def _is_left_alone(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Arg):
        return node.keyword is not None and node.keyword.value == "strict"
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Name):
        return node.func.value in (*TYPED, "cast")
    return False


def _changes(node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode | cst.RemovalSentinel]]:
    for kind, operator in mutation_operators:
        if isinstance(node, OPERATIONS if operator is operator_swap_op else kind):
            for new in operator(node):
                if not _only_fails(node, new):
                    yield operator.__name__.removeprefix("operator_"), new
    yield from _own_changes(node)


def _own_changes(node: cst.CSTNode) -> Iterator[tuple[str, cst.CSTNode | cst.RemovalSentinel]]:
    match node:
        case cst.If() | cst.While():
            yield "condition", node.with_changes(test=_negated(node.test))
        case cst.Return(value=cst.BaseExpression() as value) if not _is_none(value):
            yield "return", node.with_changes(value=cst.Name("None"))
        case cst.Expr(value=cst.Call()):
            yield "call", cst.Pass()
        case cst.CompFor(ifs=[_, *_]):
            yield "filter", node.with_changes(ifs=[])
        case cst.Slice():
            yield from (("slice", node.with_changes(**{end: None})) for end in ("lower", "upper") if getattr(node, end))
        case cst.FunctionDef():
            for one in node.decorators:
                if not any(cache in cst.Module([]).code_for_node(one) for cache in CACHES):
                    yield "decorator", node.with_changes(decorators=[d for d in node.decorators if d is not one])


def _only_fails(old: cst.CSTNode, new: cst.CSTNode) -> bool:
    """Tell a call that has lost a positional argument, or `strict` of a zip, which only asserts."""
    if not (isinstance(old, cst.Call) and isinstance(new, cst.Call)):
        return False
    lost = [argument for argument in old.args if argument not in new.args]
    asserts = any(argument.keyword and argument.keyword.value == "strict" for argument in lost)
    return asserts or (len(new.args) < len(old.args) and not any(argument.keyword for argument in lost))


def _negated(test: cst.BaseExpression) -> cst.UnaryOperation:
    inside = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.UnaryOperation(cst.Not(), inside)


def _is_none(value: cst.BaseExpression) -> bool:
    return isinstance(value, cst.Name) and value.value == "None"
