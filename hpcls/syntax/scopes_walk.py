"""One pass over a tree, in document order."""

from __future__ import annotations

from collections import Counter
from functools import cache

from tree_sitter import Node, Query, QueryCursor

from hpcls.errors import HpclsError
from hpcls.syntax.languages import LanguageName, parser_for
from hpcls.syntax.scopes_handlers import HANDLERS
from hpcls.syntax.scopes_state import Sweep
from hpcls.syntax.source import Source
from hpcls.syntax.unbraced import end_of

_SCOPES = (
    "compound_statement", "for_statement", "if_statement", "while_statement", "switch_statement", "function_definition",
    "parameter_list", "field_declaration_list",
)  # fmt: skip
_CPP_SCOPES = (
    "for_range_loop", "lambda_expression", "template_declaration", "catch_clause", "namespace_definition",
)  # fmt: skip
_DECLARATIONS = (
    "declaration", "parameter_declaration", "field_declaration", "type_definition", "struct_specifier",
    "union_specifier", "enum_specifier", "enumerator", "preproc_def", "preproc_function_def", "preproc_call",
    "labeled_statement",
)  # fmt: skip
_CPP_DECLARATIONS = (
    "optional_parameter_declaration", "variadic_parameter_declaration", "class_specifier", "alias_declaration",
    "type_parameter_declaration", "optional_type_parameter_declaration", "variadic_type_parameter_declaration",
    "lambda_capture_initializer", "namespace_alias_definition", "using_declaration",
)  # fmt: skip
_OPENS = frozenset(_SCOPES + _CPP_SCOPES)


@cache
def _query(language: LanguageName) -> Query:
    """The nodes that declare something or open a scope; function heads whose function does not parse."""
    types = _SCOPES + _DECLARATIONS + ((_CPP_SCOPES + _CPP_DECLARATIONS) if language == "cpp" else ())
    grammar = parser_for(language).language
    if grammar is None:
        raise HpclsError(f"no grammar for {language}")
    pattern = "[" + " ".join(f"({name})" for name in types) + "] @node\n(ERROR (function_declarator) @node)"
    return Query(grammar, pattern)


def sweep(source: Source) -> Sweep:
    """All that `source` declares, found in one pass over its tree."""
    captures = QueryCursor(_query(source.language)).captures(source.tree.root_node)
    nodes = [(node.start_byte, node.end_byte, node.type, node) for node in captures.get("node", ())]
    nodes.sort(key=lambda item: (item[0], -item[1]))
    state = Sweep(source, _open_namespaces(source, nodes))
    is_broken = source.tree.root_node.has_error
    for start, end, node_type, node in nodes:
        state.leave(start)
        handler = HANDLERS.get(node_type)
        if handler is not None:
            handler(state, node)
        if node_type in _OPENS and not (node_type == "namespace_definition" and _is_open(state, node)):
            state.enter(node_type, start, end_of(node) if is_broken else end)
    return state


def _open_namespaces(source: Source, nodes: list[tuple[int, int, str, Node]]) -> frozenset[str]:
    """Namespaces that stand twice in the file, or that a `using namespace` names."""
    opened = Counter(_namespace_name(source, node) for _, _, kind, node in nodes if kind == "namespace_definition")
    texts = [source.text_of(node).split() for _, _, kind, node in nodes if kind == "using_declaration"]
    used = {words[2].rstrip(";") for words in texts if words[1:2] == ["namespace"] and len(words) > 2}
    return frozenset(used | {name for name, times in opened.items() if times > 1})


def _is_open(state: Sweep, node: Node) -> bool:
    """Whether the names of a namespace are visible behind it too, as those of an unnamed one are."""
    name = _namespace_name(state.source, node)
    return not name or name in state.open_namespaces


def _namespace_name(source: Source, node: Node) -> str:
    name = node.child_by_field_name("name")
    return "" if name is None else source.text_of(name)
