"""Free functions that only compute a value, in a file or a header in view: those of one `return`, such as
`int at(int i, int j, int n) { return i * n + j; }`.
"""

from __future__ import annotations

from collections.abc import Mapping

from tree_sitter import Node

from hpcls.syntax.functions import Functions, declarator_of
from hpcls.syntax.member_functions import MemberFunction, ValueParameter, parameter_of, type_of, value_of

Key = tuple[str, int]
"""The name and the number of parameters."""
_MOST = 3
"""Statements and comments of a body that is looked into."""


def free_functions(functions: Functions) -> Mapping[Key, MemberFunction]:
    """Those that are sure to be what a call means: defined once, and no template.  Their `owner` is empty."""
    found: dict[Key, MemberFunction] = {}
    for name, nodes in functions.by_name.items():
        is_plain = len(nodes) == 1 and _is_short(nodes[0]) and functions.named(name)
        read = _read(nodes[0]) if is_plain else None
        if read is not None:
            found[name, len(read.parameters)] = read
    return found


def _is_short(node: Node) -> bool:
    """Whether the function may have nothing but a `return`."""
    body = node.child_by_field_name("body")
    if body is None or body.named_child_count > _MOST:
        return False
    return any(child.type == "return_statement" for child in body.named_children)


def _read(node: Node) -> MemberFunction | None:
    declarator = declarator_of(node)
    listed = declarator.child_by_field_name("parameters") if declarator else None
    if listed is None or node.child_by_field_name("declarator") != declarator:
        return None
    parameters = [parameter_of(child) for child in listed.named_children if child.type != "comment"]
    known = tuple[ValueParameter, ...](one for one in parameters if one is not None)
    value = value_of(node)
    is_template = node.parent is not None and node.parent.type == "template_declaration"
    if value is None or len(known) != len(parameters) or not known or is_template:
        return None
    return MemberFunction("", "", known, value, type_of(node))
