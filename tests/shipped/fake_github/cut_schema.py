"""Cut out of GitHub's GraphQL schema what our queries use. Usage: cut_schema.py FULL.graphql schema.graphql

Kept are the types and fields that the queries of `onrecord.adapters` name, every argument of those fields
with its input types and enums whole, and of an interface everybody who implements it. Descriptions are left out, marks of
deprecation stay. A query that the full schema does not accept stops the script.
"""

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_ast_schema,
    get_named_type,
    is_input_object_type,
    is_interface_type,
    is_union_type,
    parse,
    print_ast,
    validate,
    visit,
)

from onrecord.adapters.github_coverage_queries import QUERIES as OF_COVERAGE
from onrecord.adapters.github_issues import KEEPER
from onrecord.adapters.github_queries import QUERIES


class WithoutDescriptions(Visitor):
    """Takes every description off."""

    def enter(self, node: Any, *_: Any) -> Any:
        return replace(node, description=None) if getattr(node, "description", None) else None


class Used(Visitor):
    """Collects the fields and types that a query names."""

    def __init__(self, info: TypeInfo, fields: dict[str, set[str]]) -> None:
        super().__init__()
        self.info, self.fields = info, fields

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        field, parent = self.info.get_field_def(), self.info.get_parent_type()
        if not node.name.value.startswith("__"):
            self.fields[parent.name].add(node.name.value)
        self.fields[get_named_type(field.type).name]  # a type of which only __typename is asked


def used_fields(schema: GraphQLSchema) -> dict[str, set[str]]:
    """Return the used fields by type; those of an interface also for everybody who implements it."""
    fields: dict[str, set[str]] = defaultdict(set)
    for query in (*QUERIES, *OF_COVERAGE, KEEPER):
        document = parse(query)
        if errors := validate(schema, document):
            sys.exit(f"a query does not fit this schema: {errors[0]}")
        info = TypeInfo(schema)
        visit(document, TypeInfoVisitor(info, Used(info, fields)))
    for name in list(fields):
        if is_interface_type(schema.type_map[name]):
            for member in schema.get_possible_types(schema.type_map[name]):
                fields[member.name] |= fields[name]
    return fields


def kept_types(schema: GraphQLSchema, fields: dict[str, set[str]]) -> set[str]:
    """Return the names of all types that stay: those with used fields, and what their arguments and values need."""
    kept, todo = set(), list(fields)
    while todo:
        name = todo.pop()
        if name in kept:
            continue
        kept.add(name)
        kind = schema.type_map[name]
        if is_input_object_type(kind):
            todo += [get_named_type(field.type).name for field in kind.fields.values()]
        elif hasattr(kind, "fields"):
            used = [kind.fields[field] for field in fields[name]]
            todo += [get_named_type(field.type).name for field in used]
            todo += [get_named_type(value.type).name for field in used for value in field.args.values()]
    return kept


def cut(full: DocumentNode) -> str:
    """Return the subset in the schema language."""
    schema = build_ast_schema(full, assume_valid=True)  # GitHub's own breaks a few rules of the specification
    fields = used_fields(schema)
    kept = kept_types(schema, fields)
    definitions = [each for each in full.definitions if each.name.value in kept and hasattr(each, "directives")]
    return "\n\n".join(print_ast(_cut_down(each, schema, kept, fields)) for each in definitions) + "\n"


def _cut_down(definition: Any, schema: GraphQLSchema, kept: set[str], fields: dict[str, set[str]]) -> Any:
    definition = visit(definition, WithoutDescriptions())
    name = definition.name.value
    if is_union_type(schema.type_map[name]):
        return replace(definition, types=tuple(one for one in definition.types if one.name.value in kept))
    if not hasattr(definition, "interfaces"):
        return definition
    return replace(
        definition,
        interfaces=tuple(one for one in definition.interfaces or () if one.name.value in kept),
        fields=tuple(field for field in definition.fields if field.name.value in fields[name]),
    )


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(cut(parse(source.read_text("utf-8"), no_location=True)), "utf-8")
