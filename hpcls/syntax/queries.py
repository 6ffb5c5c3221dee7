"""The nodes of a tree that a query of tree-sitter finds; a query is compiled once, since that takes milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from tree_sitter import Language, Node, Query, QueryCursor, Tree

_KINDS = (
    "template_declaration", "namespace_definition", "function_definition", "for_statement", "for_range_loop",
    "while_statement", "do_statement", "if_statement", "switch_statement", "labeled_statement", "catch_clause",
    "compound_statement", "declaration", "field_declaration", "type_definition", "alias_declaration",
    "using_declaration", "namespace_alias_definition", "parameter_list", "parameter_declaration",
    "optional_parameter_declaration", "variadic_parameter_declaration", "type_parameter_declaration",
    "optional_type_parameter_declaration", "variadic_type_parameter_declaration", "lambda_expression",
    "lambda_capture_initializer", "class_specifier", "struct_specifier", "union_specifier", "enum_specifier",
    "field_declaration_list", "base_class_clause", "enumerator", "preproc_def", "preproc_function_def", "preproc_call",
    "operator_cast", "operator_name",
)  # fmt: skip
"""Of two that are all of each other's text the first stands around the other."""
LOST_FUNCTION = "function_declarator"
"""Those alone that stand in text which does not parse: function heads without their body."""


Found = tuple[int, int, str, Node]
"""Where a node starts and ends, its kind, and itself."""


def of_kinds(tree: Tree, *kinds: str) -> Sequence[Node]:
    """The nodes of `tree` of some of the kinds above, in source order, outer ones first."""
    known = _by_kind(tree)
    if len(kinds) == 1:
        return known.get(kinds[0], ())
    return [node for _, _, kind, node in placed(tree) if kind in kinds]


@lru_cache(maxsize=4)
def _by_kind(tree: Tree) -> Mapping[str, Sequence[Node]]:
    known: dict[str, list[Node]] = {}
    for _, _, kind, node in placed(tree):
        known.setdefault(kind, []).append(node)
    return known


@lru_cache(maxsize=4)
def placed(tree: Tree) -> Sequence[Found]:
    """All of them, in source order: found at one go, since a tree of a few thousand lines takes some 10 ms to go
    through.
    """
    there = [kind for kind in _KINDS if tree.language.id_for_node_kind(kind, True) is not None]
    pattern = " ".join(f"({kind}) @{kind}" for kind in there) + f" (ERROR ({LOST_FUNCTION}) @{LOST_FUNCTION})"
    captures = QueryCursor(_query(tree.language, pattern)).captures(tree.root_node)
    kinds = [kind for kind in (*there, LOST_FUNCTION) if kind in captures]
    found = [(node.start_byte, node.end_byte, kind, node) for kind in kinds for node in captures[kind]]
    return sorted(found, key=lambda one: (one[0], -one[1]))


def captured(tree: Tree, pattern: str, inside: Node | None = None) -> dict[str, list[Node]]:
    """The nodes of `tree`, or of it `inside` a node, under each name that `pattern` captures them by, in source order,
    outer ones first.

    Raises QueryError for a bad pattern.
    """
    found = QueryCursor(_query(tree.language, pattern)).captures(inside or tree.root_node)
    # tree-sitter's binding lists them in an order that changes from run to run
    return {name: sorted(nodes, key=_place) for name, nodes in found.items()}


def _place(node: Node) -> tuple[int, int]:
    return node.start_byte, -node.end_byte


@cache
def _query(language: Language, pattern: str) -> Query:
    return Query(language, pattern)
