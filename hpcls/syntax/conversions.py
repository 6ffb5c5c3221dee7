"""What objects do that no call shows: conversion functions (C++20 [class.conv.fct]), `operator double() const { … }`,
and first values of members ([class.base.init]), `int number = counted++;`.
"""

from __future__ import annotations

from tree_sitter import Node, Tree

from hpcls.syntax.lower_expressions import text
from hpcls.syntax.qualified import space_around
from hpcls.syntax.queries import captured
from hpcls.syntax.source import Source

_EFFECT = "[(assignment_expression) (update_expression) (call_expression) (new_expression) (delete_expression)] @node"

_FIRST_VALUE = "(field_declaration default_value: (_) @value)"


def acting_conversions(source: Source) -> frozenset[str]:
    """The classes with a conversion function that may do more than to return a value, by their plain names."""
    found: set[str] = set()
    for tree in filter(None, (source.tree, source.headers)):
        functions = captured(tree, "(operator_cast) @node").get("node", ())
        found |= {_owner(one) for one in functions if not _is_calm(tree, one)}
    return frozenset(found - {""})


def acting_first_values(source: Source) -> frozenset[str]:
    """The classes whose members are given first values that may have effects, by their plain names."""
    found: set[str] = set()
    for tree in filter(None, (source.tree, source.headers)):
        values = captured(tree, _FIRST_VALUE).get("value", ())
        owners = (_class_around(one) for one in values if captured(tree, _EFFECT, one))
        found |= {text(name) for one in owners if one and (name := one.child_by_field_name("name"))}
    return frozenset(found)


def _class_around(value: Node) -> Node | None:
    node = value.parent
    while node is not None and node.type not in ("class_specifier", "struct_specifier", "union_specifier"):
        node = node.parent
    return node


def _is_calm(tree: Tree, function: Node) -> bool:
    """Whether the definition is here and only computes; a mere declaration may stand for anything."""
    definition = function.parent
    while definition is not None and not definition.type.endswith(("definition", "declaration")):
        definition = definition.parent
    body = definition.child_by_field_name("body") if definition else None
    return body is not None and not captured(tree, _EFFECT, body)


def _owner(function: Node) -> str:
    """The class that it is a member of, by its qualified name or by where it stands."""
    parent = function.parent
    scope = parent.child_by_field_name("scope") if parent and parent.type == "qualified_identifier" else None
    name = text(scope).partition("<")[0] if scope else space_around(function)
    return name.rpartition("::")[2]
