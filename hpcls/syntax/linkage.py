"""Which functions of a file the others may call (C17 6.2.2, C++20 [basic.link])."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from tree_sitter import Node

from hpcls.syntax.functions import Functions
from hpcls.syntax.headers.view import View
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.lower_expressions import text

_AROUND_C = ("translation_unit", "declaration_list", "linkage_specification", "preproc_ifdef", "preproc_if")


class Linkage(Enum):
    """What a file means to others that call a function by its name."""

    OWN = "own"
    """It keeps its function of that name to itself."""
    EXTERNAL = "external"
    UNSURE = "unsure"
    """It may define the function, perhaps in a way that is not read."""


def linkage_of(view: View, functions: Functions, name: str, caller: LanguageName) -> Linkage:
    """What the definitions of `name` in `view`, whose text seems to have one, are to a file in `caller`."""
    end = view.source.tree.root_node.end_byte
    nodes = [node for node in functions.nodes(name) if node.start_byte < end]
    declared = [one for one in view.scopes.symbols if one.name == name]
    is_macro = name in view.macros or any(one.kind == "macro" for one in declared)
    if not nodes or is_macro or _is_weak(view, name):
        return Linkage.UNSURE
    # a later declaration without `static` changes nothing (C17 6.2.2, paragraph 5)
    if any(one.kind == "function" and "static" in one.storage for one in declared) or all(map(_is_internal, nodes)):
        return Linkage.OWN
    seen = [node for node in nodes if not _is_internal(node)]
    if len(seen) < len(nodes) or not all(map(_is_plain, seen)):
        return Linkage.UNSURE
    if caller == "c" and view.source.language == "cpp":
        return Linkage.EXTERNAL if all(map(_has_c_linkage, seen)) else Linkage.UNSURE
    return Linkage.EXTERNAL


def line_of(view: View, functions: Functions, name: str) -> int:
    """The line at which the first definition of `name` begins."""
    return view.source.line(functions.nodes(name)[0].start_byte)


def _is_weak(view: View, name: str) -> bool:
    """Whether another definition may take its place (GCC, Common Function Attributes, `weak`)."""
    if "weak" not in view.source.text:
        return False
    near, plain = r"[^;{}]{0,400}", rf"\b{re.escape(name)}\b"
    return re.search(rf"weak{near}{plain}|{plain}{near}weak", view.source.text) is not None


def _is_internal(node: Node) -> bool:
    is_anonymous = (one.type == "namespace_definition" and not one.child_by_field_name("name") for one in _around(node))
    return "static" in _specifiers(node) or any(is_anonymous)


def _is_plain(node: Node) -> bool:
    """Whether it is an ordinary function that its name alone, in no name space, is enough to find."""
    return "inline" not in _specifiers(node) and all(one.type in _AROUND_C for one in _around(node))


def _has_c_linkage(node: Node) -> bool:
    return any(one.type == "linkage_specification" for one in _around(node))


def _specifiers(node: Node) -> frozenset[str]:
    return frozenset(text(one) for one in node.children if one.type == "storage_class_specifier")


def _around(node: Node) -> Iterator[Node]:
    while (around := node.parent) is not None:
        yield around
        node = around
