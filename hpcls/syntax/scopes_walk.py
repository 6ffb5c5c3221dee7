"""One pass over a tree, in document order."""

from __future__ import annotations

from collections import Counter

from tree_sitter import Node

from hpcls.syntax.queries import of_kinds, placed
from hpcls.syntax.scopes_handlers import HANDLERS
from hpcls.syntax.scopes_state import Sweep
from hpcls.syntax.source import Source
from hpcls.syntax.unbraced import end_of

_OPENS = frozenset(
    "compound_statement for_statement if_statement while_statement switch_statement function_definition parameter_list "
    "field_declaration_list for_range_loop lambda_expression template_declaration catch_clause "
    "namespace_definition".split()
)


def sweep(source: Source) -> Sweep:
    """All that `source` declares, found in one pass over its tree."""
    state = Sweep(source, _open_namespaces(source))
    is_broken = source.tree.root_node.has_error
    for start, end, kind, node in placed(source.tree):
        handler, opens = HANDLERS.get(kind), kind in _OPENS
        if handler is None and not opens:
            continue
        state.leave(start)
        if handler is not None:
            handler(state, node)
        if opens and not (kind == "namespace_definition" and _is_open(state, node)):
            state.enter(kind, start, end_of(node) if is_broken else end)
    return state


def _open_namespaces(source: Source) -> frozenset[str]:
    """Namespaces that stand twice in the file, or that a `using namespace` names."""
    named = of_kinds(source.tree, "namespace_definition")
    opened = Counter(_namespace_name(source, node) for node in named)
    texts = [source.text_of(node).split() for node in of_kinds(source.tree, "using_declaration")]
    used = {words[2].rstrip(";") for words in texts if words[1:2] == ["namespace"] and len(words) > 2}
    return frozenset(used | {name for name, times in opened.items() if times > 1})


def _is_open(state: Sweep, node: Node) -> bool:
    """Whether the names of a namespace are visible behind it too, as those of an unnamed one are."""
    name = _namespace_name(state.source, node)
    return not name or name in state.open_namespaces


def _namespace_name(source: Source, node: Node) -> str:
    name = node.child_by_field_name("name")
    return "" if name is None else source.text_of(name)
