"""The nodes of a tree that a query of tree-sitter finds; a query is compiled once, since that takes milliseconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from tree_sitter import Language, Node, Query, QueryCursor, Tree

_KINDS = (
    "function_definition", "for_statement", "while_statement", "do_statement", "for_range_loop", "field_declaration",
    "class_specifier", "struct_specifier", "union_specifier", "base_class_clause", "operator_cast", "operator_name",
)  # fmt: skip


def of_kinds(tree: Tree, *kinds: str) -> Sequence[Node]:
    """The nodes of `tree` of some of the kinds above, in source order, outer ones first."""
    known = _by_kind(tree)
    if len(kinds) == 1:
        return known.get(kinds[0], ())
    return sorted((node for kind in kinds for node in known.get(kind, ())), key=_place)


@lru_cache(maxsize=4)
def _by_kind(tree: Tree) -> Mapping[str, Sequence[Node]]:
    """Found at one go, since a tree of a few thousand lines takes some 10 ms to go through."""
    there = [kind for kind in _KINDS if tree.language.id_for_node_kind(kind, True) is not None]
    return captured(tree, " ".join(f"({kind}) @{kind}" for kind in there))


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
