"""What objects do that no call shows: conversion functions (C++20 [class.conv.fct]), `operator double() const { … }`,
and first values of members ([class.base.init]), `int number = counted++;`.
"""

from __future__ import annotations

import re

from tree_sitter import Node, Tree

from hpcls.syntax.lower_expressions import text
from hpcls.syntax.qualified import space_around
from hpcls.syntax.queries import captured
from hpcls.syntax.source import Source

_EFFECT = "[(assignment_expression) (update_expression) (call_expression) (new_expression) (delete_expression)] @node"

_CHANGE = "[(assignment_expression left: (_) @target) (update_expression argument: (_) @target)]"
_LOCAL = (
    "[(declaration declarator: [(identifier) @name (init_declarator declarator: (identifier) @name)])"
    " (parameter_declaration declarator: (identifier) @name)]"
)
_ASSIGNS = re.compile(r"^(?:=|[^=<>!]+=|<<=|>>=|\(\)|\[\]|\+\+|--)$")
"""Operators that are there to change their object, or to lead to a part of it."""
_WORD = re.compile(r"\w+")
_GENERATIONS = 8


def acting_conversions(source: Source) -> frozenset[str]:
    """The classes with a conversion function that may do more than to return a value, by their plain names."""
    found = {_owner(one) for one in source.nodes("operator_cast") if not _is_calm(source.tree, one)}
    return frozenset(_with_heirs(source, found - {""}))


def acting_operators(source: Source) -> frozenset[tuple[str, str]]:
    """Class and operator of the member operators in view, assignments apart, that change something besides variables
    of their own: `operator*` of an iterator that counts how often it is asked.
    """
    functions = ((node, text(node).removeprefix("operator").strip()) for node in source.nodes("operator_name"))
    return frozenset((_owner(node), sign) for node, sign in functions if _may_act(node, sign, source))


def _may_act(operator: Node, sign: str, source: Source) -> bool:
    definition = _definition(operator)
    if _ASSIGNS.match(sign) or definition is None or definition.type != "function_definition":
        return False
    own = {text(name) for name in captured(source.tree, _LOCAL, definition).get("name", ())}
    return any(_root(one) not in own for one in captured(source.tree, _CHANGE, definition).get("target", ()))


def _root(target: Node) -> str:
    """The name that the text of what is changed begins with."""
    first = target
    while first.named_children:
        first = first.named_children[0]
    return text(first)


def _with_heirs(source: Source, classes: set[str]) -> set[str]:
    """`classes` and those that inherit from them."""
    clauses = source.nodes("base_class_clause") if classes else ()
    for _ in range(_GENERATIONS):
        heirs = (one.parent for one in clauses if not classes.isdisjoint(_WORD.findall(text(one))))
        names = {text(name) for one in heirs if one and (name := one.child_by_field_name("name"))}
        if names <= classes:
            break
        classes = classes | names
    return classes


def acting_first_values(source: Source) -> frozenset[str]:
    """The classes whose members are given first values that may have effects, by their plain names."""
    fields = source.nodes("field_declaration")
    values = (value for field in fields for value in field.children_by_field_name("default_value"))
    owners = (_class_around(one) for one in values if captured(source.tree, _EFFECT, one))
    return frozenset(text(name) for one in owners if one and (name := one.child_by_field_name("name")))


def _class_around(value: Node) -> Node | None:
    node = value.parent
    while node is not None and node.type not in ("class_specifier", "struct_specifier", "union_specifier"):
        node = node.parent
    return node


def _is_calm(tree: Tree, function: Node) -> bool:
    """Whether the definition is here and only computes; a mere declaration may stand for anything."""
    definition = _definition(function)
    body = definition.child_by_field_name("body") if definition else None
    return body is not None and not captured(tree, _EFFECT, body)


def _definition(function: Node) -> Node | None:
    """The definition or the declaration that the name of a function stands in."""
    found = function.parent
    while found is not None and not found.type.endswith(("definition", "declaration")):
        found = found.parent
    return found


def _owner(function: Node) -> str:
    """The class that it is a member of, by its qualified name or by where it stands."""
    parent = function.parent
    scope = parent.child_by_field_name("scope") if parent and parent.type == "qualified_identifier" else None
    name = text(scope).partition("<")[0] if scope else space_around(function)
    return name.rpartition("::")[2]
