"""Whether a loop stands in a member function that may change its object."""

from __future__ import annotations

from tree_sitter import Node

from hpcls.suggest.legality import Site

_MEMBER_NAMES = ("field_identifier", "qualified_identifier", "operator_name", "destructor_name")


def may_change_its_object(site: Site) -> bool:
    """Whether the function around the loop is a member of a class, and is not `const`: what it calls by an unqualified
    name may be another member, and change the object."""
    declarator = _declarator(site)
    if declarator is None or any(one.text == b"const" for one in declarator.named_children):
        return False
    name = declarator.child_by_field_name("declarator")
    return name is not None and name.type in _MEMBER_NAMES


def _declarator(site: Site) -> Node | None:
    """What names the function around the loop and its parameters."""
    body = site.verdict.loop.unit.body
    node = site.source.tree.root_node.descendant_for_byte_range(body.start, body.end)
    while node is not None and node.type != "function_definition":
        node = node.parent
    found = node.child_by_field_name("declarator") if node else None
    while found is not None and found.type != "function_declarator":  # of a result that is a pointer or a reference
        found = found.child_by_field_name("declarator") or next(iter(found.named_children), None)
    return found
