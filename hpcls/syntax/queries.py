"""The nodes of a tree that a query of tree-sitter finds; a query is compiled once, since that takes milliseconds."""

from __future__ import annotations

from functools import cache

from tree_sitter import Language, Node, Query, QueryCursor, Tree


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
