"""tree-sitter's expression nodes to `expressions`."""

from __future__ import annotations

from collections.abc import Callable

from tree_sitter import Node

from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Binary,
    Call,
    Cast,
    Conditional,
    Dereference,
    Expression,
    Items,
    Literal,
    Member,
    Name,
    Opaque,
    Step,
    Subscript,
    Unary,
)
from hpcls.syntax.silent import may_act

_CASTS = frozenset(("static_cast", "const_cast", "reinterpret_cast", "dynamic_cast"))
_LITERALS = (
    "number_literal string_literal char_literal concatenated_string raw_string_literal true false null nullptr "
    "user_defined_literal".split()
)
_NAMES = "identifier qualified_identifier this field_identifier type_identifier primitive_type".split()
_IDENTIFIERS = frozenset(("identifier", "type_identifier", "field_identifier", "this"))
_WITHOUT_EFFECT = "sizeof_expression alignof_expression offsetof_expression type_descriptor".split()


def text(node: Node) -> str:
    """The text of `node`."""
    return (node.text or b"").decode("utf-8", "replace")


def identifiers(node: Node) -> tuple[str, ...]:
    """Every identifier in `node`, each once, in source order."""
    found: dict[str, None] = {}
    pending = [node]
    while pending:
        current = pending.pop()
        if current.type in _IDENTIFIERS:
            found[text(current)] = None
        pending.extend(reversed(current.children))
    return tuple(found)


def opaque(node: Node, what: str) -> Opaque:
    """`node` as something not looked into."""
    return Opaque(node.start_byte, node.end_byte, what, identifiers(node))


def lower_expression(node: Node) -> Expression:
    """The expression at `node`; what does not parse, or is not understood, is Opaque."""
    kind = node.type
    leaf = _LEAVES.get(kind)
    if leaf is not None:
        return leaf(node)
    lower = _LOWER.get(kind)
    if lower is None:
        return opaque(node, _DESCRIPTIONS.get(kind, "text that could not be read"))
    if node.has_error and any(child.type == "ERROR" or child.is_missing for child in node.children):
        return opaque(node, "text that could not be read")
    return lower(node)


def _name(node: Node) -> Expression:
    return Name(node.start_byte, node.end_byte, text(node))


def _literal(node: Node) -> Expression:
    return Literal(node.start_byte, node.end_byte, text(node))


def _size(node: Node) -> Expression:
    return opaque(node, "a size that may have effects") if may_act(node) else _literal(node)


def _field(node: Node, name: str) -> Expression:
    child = node.child_by_field_name(name)
    return lower_expression(child) if child else opaque(node, "text that could not be read")


def _operator(node: Node) -> str:
    child = node.child_by_field_name("operator")
    return child.type if child else ""


def _named(node: Node) -> tuple[Expression, ...]:
    return tuple([lower_expression(child) for child in node.named_children if child.type != "comment"])


def _parenthesised(node: Node) -> Expression:
    inner = _named(node)
    return inner[0] if len(inner) == 1 else opaque(node, "a statement expression")


def _binary(node: Node) -> Expression:
    # `a + b + c …` leans left: a loop, not recursion, goes down its spine
    spine: list[Node] = []
    left: Node | None = node
    while left is not None and left.type == "binary_expression" and not left.has_error:
        spine.append(left)
        left = left.child_by_field_name("left")
    if left is None or not spine:
        return opaque(node, "text that could not be read")
    result = lower_expression(left)
    for part in reversed(spine):
        result = Binary(part.start_byte, part.end_byte, *_operated(part, result))
    return result


def _operated(node: Node, left: Expression | None = None) -> tuple[str, Expression, Expression]:
    """The operator between two operands, and these; `left` may be there already."""
    parts = node.children
    if len(parts) == 3:  # no comment among them: to ask for fields takes longer
        return parts[1].type, left or lower_expression(parts[0]), lower_expression(parts[2])
    return _operator(node), left or _field(node, "left"), _field(node, "right")


def _unary(node: Node) -> Expression:
    return Unary(node.start_byte, node.end_byte, _operator(node), _field(node, "argument"))


def _step(node: Node) -> Expression:
    return Step(node.start_byte, node.end_byte, _operator(node), _field(node, "argument"))


def _assign(node: Node) -> Expression:
    return Assign(node.start_byte, node.end_byte, *_operated(node))


def _conditional(node: Node) -> Expression:
    test = _field(node, "condition")
    yes = _field(node, "consequence") if node.child_by_field_name("consequence") else test
    return Conditional(node.start_byte, node.end_byte, test, yes, _field(node, "alternative"))


def _subscript(node: Node) -> Expression:
    base = _field(node, "argument")
    index = node.child_by_field_name("indices") or node.child_by_field_name("index")
    if index is None:
        return opaque(node, "text that could not be read")
    if index.type != "subscript_argument_list":
        return Subscript(node.start_byte, node.end_byte, base, lower_expression(index))
    inner = _named(index)
    if len(inner) != 1:
        return opaque(node, "a subscript of several values")
    return Subscript(node.start_byte, node.end_byte, base, inner[0])


def _member(node: Node) -> Expression:
    field = node.child_by_field_name("field")
    name = text(field) if field else ""
    return Member(node.start_byte, node.end_byte, _field(node, "argument"), name, _operator(node) == "->")


def _pointer(node: Node) -> Expression:
    shape = Dereference if _operator(node) == "*" else AddressOf
    return shape(node.start_byte, node.end_byte, _field(node, "argument"))


def _call(node: Node) -> Expression:
    function, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if function is None or arguments is None or (arguments.has_error and _broken(arguments)):
        return opaque(node, "text that could not be read")
    if function.type == "identifier" and text(function) == "typeid":
        return opaque(node, "a typeid, which evaluates only what has virtual functions,")
    values = _named(arguments)
    if function.type == "template_function":
        name = function.child_by_field_name("name")
        if name and text(name) in _CASTS and len(values) == 1:
            return Cast(node.start_byte, node.end_byte, _converted_to(function), values[0])
        return Call(
            node.start_byte, node.end_byte, Name(function.start_byte, function.end_byte, text(name or function)), values
        )
    if function.type == "primitive_type" and len(values) == 1:
        return Cast(node.start_byte, node.end_byte, text(function), values[0])
    if _is_bracketed_name(function) and len(values) == 1:
        # `(real)(x)`: a cast if real names a type; who knows the declarations decides
        return Cast(node.start_byte, node.end_byte, text(function), values[0])
    return Call(node.start_byte, node.end_byte, lower_expression(function), values)


def _converted_to(function: Node) -> str:
    """The type in `static_cast<type>`."""
    listed = function.child_by_field_name("arguments")
    return text(listed)[1:-1].strip() if listed else ""


def _is_bracketed_name(function: Node) -> bool:
    inner = function.named_children
    return function.type == "parenthesized_expression" and len(inner) == 1 and inner[0].type == "identifier"


def _broken(arguments: Node) -> bool:
    return any(child.type == "ERROR" for child in arguments.children)


def _cast(node: Node) -> Expression:
    kind = node.child_by_field_name("type")
    return Cast(node.start_byte, node.end_byte, text(kind) if kind else "", _field(node, "value"))


def _comma(node: Node) -> Expression:
    return Binary(node.start_byte, node.end_byte, ",", _field(node, "left"), _field(node, "right"))


def _items(node: Node) -> Expression:
    return Items(node.start_byte, node.end_byte, _named(node))


def _designated(node: Node) -> Expression:
    return _field(node, "value")


def _compound_literal(node: Node) -> Expression:
    """`(struct pair){1, 2}` of C is its values; `Pair{1, 2}` of C++ may call a constructor."""
    if node.children[0].type == "(":
        return _field(node, "value")
    return _cast(node)


_LEAVES: dict[str, Callable[[Node], Expression]] = {
    **dict.fromkeys(_NAMES, _name),
    **dict.fromkeys(_LITERALS, _literal),
    **dict.fromkeys(_WITHOUT_EFFECT, _size),
}
_LOWER: dict[str, Callable[[Node], Expression]] = {
    "parenthesized_expression": _parenthesised,
    "condition_clause": _parenthesised,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "update_expression": _step,
    "assignment_expression": _assign,
    "conditional_expression": _conditional,
    "subscript_expression": _subscript,
    "field_expression": _member,
    "pointer_expression": _pointer,
    "call_expression": _call,
    "cast_expression": _cast,
    "comma_expression": _comma,
    "initializer_list": _items,
    "argument_list": _items,
    "initializer_pair": _designated,
    "compound_literal_expression": _compound_literal,
}
_DESCRIPTIONS = {
    "lambda_expression": "a lambda",
    "new_expression": "an allocation with new",
    "delete_expression": "a delete",
    "gnu_asm_expression": "assembler",
    "generic_expression": "a _Generic selection",
    "compound_statement": "a statement expression",
    "co_await_expression": "a coroutine",
    "throw_statement": "a throw",
    "fold_expression": "a fold expression",
}
