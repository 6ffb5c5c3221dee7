"""Conversion functions, which no call shows (C++20 [class.conv.fct]): `operator double() const { … }`."""

from __future__ import annotations

from tree_sitter import Node, Tree

from hpcls.syntax.lower_expressions import text
from hpcls.syntax.qualified import space_around
from hpcls.syntax.queries import captured
from hpcls.syntax.source import Source

_EFFECT = "[(assignment_expression) (update_expression) (call_expression) (new_expression) (delete_expression)] @node"


def acting_conversions(source: Source) -> frozenset[str]:
    """The classes with a conversion function that may do more than to return a value, by their plain names."""
    found: set[str] = set()
    for tree in filter(None, (source.tree, source.headers)):
        functions = captured(tree, "(operator_cast) @node").get("node", ())
        found |= {_owner(one) for one in functions if not _is_calm(tree, one)}
    return frozenset(found - {""})


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
