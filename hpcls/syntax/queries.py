"""The nodes of a tree that a query of tree-sitter finds; a query is compiled once, since that takes milliseconds."""

from __future__ import annotations

from functools import cache

from tree_sitter import Language, Node, Query, QueryCursor, Tree


def captured(tree: Tree, pattern: str) -> dict[str, list[Node]]:
    """The nodes of `tree` under each name that `pattern` captures them by; raises QueryError for a bad pattern."""
    return QueryCursor(_query(tree.language, pattern)).captures(tree.root_node)


@cache
def _query(language: Language, pattern: str) -> Query:
    return Query(language, pattern)
