"""Nodes of a block that do nothing when it runs, and what hides in those that only look so."""

from __future__ import annotations

from tree_sitter import Node

from hpcls.syntax.declarations import is_zero_assigned

_SILENT = frozenset(
    "comment { } ; preproc_include preproc_def preproc_function_def preproc_directive type_definition "
    "using_declaration alias_declaration static_assert_declaration attributed_declarator "
    "#if #ifdef #ifndef #endif \n ( ) function_definition linkage_specification namespace_definition "
    "template_declaration class_specifier struct_specifier enum_specifier union_specifier".split(" ")
)
_TYPES = frozenset(("type_definition", "alias_declaration"))
_PLACED = frozenset(("function_definition", "preproc_include"))
"""What stands in a file as a matter of course, and in a block for something else: `EACH(x, list) { … }`, or an included
text that is part of the block."""
_CHANGES = frozenset(("update_expression", "assignment_expression"))
_EXTENTS = frozenset(("array_declarator", "abstract_array_declarator"))


def is_silent(node: Node) -> bool:
    """Whether nothing happens at `node` when the block that it stands in runs."""
    if node.type not in _SILENT or is_zero_assigned(node):
        return False
    if node.type in _PLACED:
        return not _is_in_block(node)
    return not (node.type in _TYPES and may_act(node))


def may_act(node: Node) -> bool:
    """Whether a type or the operand of sizeof changes something where the size of an array in it is no constant
    (C17 6.5.3.4, 6.7.6.2): `sizeof(double[n++])`.
    """
    pending = [(node, False)]
    while pending:
        current, is_extent = pending.pop()
        if current.type in _CHANGES or (is_extent and current.type == "call_expression"):
            return True
        inside = is_extent or current.type in _EXTENTS
        pending.extend((child, inside) for child in current.named_children)
    return False


def _is_in_block(node: Node) -> bool:
    around = node.parent
    while around is not None and around.type.startswith("preproc_"):
        around = around.parent
    return around is not None and around.type in ("compound_statement", "case_statement", "labeled_statement")
