"""tree-sitter's declarations of variables to `statements`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tree_sitter import Node

from hpcls.syntax.declarations import behind_macro
from hpcls.syntax.expressions import (
    AddressOf,
    Assign,
    Call,
    Cast,
    Dereference,
    Expression,
    Items,
    Literal,
    Name,
    Subscript,
)
from hpcls.syntax.lower_expressions import identifiers, lower_expression, opaque, text
from hpcls.syntax.silent import may_act
from hpcls.syntax.statements import Declarator, Declare, Evaluate, Statement, Unreadable
from hpcls.syntax.unbraced import is_lost_else

_BINDING = "structured_binding_declarator"


def lower_declaration(node: Node) -> Statement:
    """The variables that the declaration at `node` declares, with what they are given."""
    kind = node.child_by_field_name("type")
    if kind is not None and kind.type == "macro_type_specifier" and may_act(kind):
        return Unreadable(node.start_byte, node.end_byte, "a type whose size has effects", identifiers(node))
    if is_lost_else(node):
        what = "an `else` that the grammar finds no `if` for"
        return Unreadable(node.start_byte, node.end_byte, what, identifiers(node))
    found: list[Declarator] = []
    for declarator in node.children_by_field_name("declarator"):
        names = declarators(node, declarator)
        if names is None:
            what = "a structured binding to something that may be written through it"
            return Unreadable(node.start_byte, node.end_byte, what, identifiers(node))
        found += names
    if len(found) == 1 and found[0].initial is None and (value := _given_behind(node)) is not None:
        found = [replace(found[0], initial=lower_expression(value))]
    return Declare(node.start_byte, node.end_byte, tuple(found))


def _given_behind(declaration: Node) -> Node | None:
    """The first value that the grammar does not take for part of a declarator."""
    values = declaration.children_by_field_name("default_value") or declaration.children_by_field_name("value")
    return values[0] if values else None


def lower_zero_assigned(node: Node) -> Statement:
    """That assignment."""
    declared = node.child_by_field_name("declarator")
    function = declared.child_by_field_name("declarator") if declared else None
    listed = declared.child_by_field_name("parameters") if declared else None
    given = _arguments(listed) if listed else None
    start, end = node.start_byte, node.end_byte
    if declared is None or function is None or function.type != "identifier" or given is None:
        return Unreadable(start, end, "an assignment that reads like a virtual function", identifiers(node))
    arguments = given.items if isinstance(given, Items) else (given,)
    target = Call(declared.start_byte, declared.end_byte, lower_expression(function), arguments)
    return Evaluate(start, end, Assign(start, end, "=", target, Literal(end, end, "0")))


def declared_array(expression: Expression) -> Declarator | None:
    """The variable that `double (&b)[9] = x;` or `double (*b)[9] = x;` declares (C++20 [stmt.ambig]).

    The grammar takes it for an element of what a conversion gives, to which nothing could be assigned.
    """
    value = expression.value if isinstance(expression, Assign) and expression.operator == "=" else None
    current = expression.target if isinstance(expression, Assign) else expression
    extents: list[Expression] = []
    while isinstance(current, Subscript):
        extents[:0] = [current.index]
        current = current.base
    match current:
        case Cast(type_text=kind, operand=AddressOf(operand=Name() as name) | Dereference(operand=Name() as name)):
            is_reference = isinstance(current.operand, AddressOf)
            is_array = bool(extents) and "*" not in kind
            return Declarator(name.name, name.start, value, tuple(extents), False, is_reference) if is_array else None
        case _:
            return None


def declarators(declaration: Node, declarator: Node) -> tuple[Declarator, ...] | None:
    """The variables of one declarator of `declaration`, none where it declares something else.

    None for a structured binding by reference to what is no constant: names for parts of other memory.
    """
    kept = any(c.type == "storage_class_specifier" and c.text == b"static" for c in declaration.children)
    wrappers = tuple(_wrappers(declarator))
    innermost = behind_macro(wrappers[-1], declaration, declaration.text or b"", declaration.start_byte)
    wrappers = (*wrappers[:-1], innermost)
    single = _declarator(declarator, wrappers, kept)
    if innermost.type != _BINDING:
        return (single,) if single else ()
    if any(one.type == "reference_declarator" for one in wrappers) and not _is_constant(declaration):
        return None
    names = (child for child in innermost.named_children if child.type == "identifier")
    value = _initial(wrappers)
    return tuple(Declarator(text(name), name.start_byte, value, (), kept, False, is_part=True) for name in names)


def _is_constant(declaration: Node) -> bool:
    return any(child.type == "type_qualifier" and child.text == b"const" for child in declaration.children)


def _wrappers(node: Node) -> Iterator[Node]:
    """The declarator and those inside it, the name or the names last."""
    current: Node | None = node
    while current is not None:
        yield current
        if current.type in ("identifier", _BINDING):
            return
        inner = current.child_by_field_name("declarator")
        current = inner or next(
            (c for c in current.named_children if c.type.endswith(("declarator", "identifier"))), None
        )


def _declarator(node: Node, wrappers: tuple[Node, ...], is_static: bool) -> Declarator | None:
    name = wrappers[-1]
    if name.type != "identifier":
        return None
    extents: list[Expression] = []
    for wrapper in wrappers:
        extent = wrapper.child_by_field_name("size") if wrapper.type == "array_declarator" else None
        extents[:0] = [lower_expression(extent)] if extent else []
    reference = any(wrapper.type == "reference_declarator" for wrapper in wrappers)
    initial = _initial(wrappers)
    if isinstance(initial, Items) and node.children[-1].type == "argument_list":
        initial = initial.items[0] if len(initial.items) == 1 else initial
    return Declarator(text(name), name.start_byte, initial, tuple(extents), is_static, reference)


def _initial(wrappers: tuple[Node, ...]) -> Expression | None:
    """What is given in the declarator itself."""
    given = [one.child_by_field_name("value") for one in wrappers if one.type == "init_declarator"]
    if given:
        return lower_expression(given[-1]) if given[-1] else None
    taken = [one for one in wrappers if one.type == "function_declarator"]
    listed = taken[-1].child_by_field_name("parameters") if taken else None
    return _arguments(listed) if listed else None


def _arguments(listed: Node) -> Expression | None:
    """The values in `T x(a, b);`, which the grammar takes for the types of a function's parameters.

    A function that is declared in a block gets them too: nothing reads it as a variable.
    """
    types = [one.child_by_field_name("type") for one in listed.named_children if one.type == "parameter_declaration"]
    if not any(one is not None and one.type == "type_identifier" for one in types):
        return None
    plain = [one for one in types if one is not None and one.type == "type_identifier" and _is_whole(one)]
    if len(plain) != len(listed.named_children):
        return opaque(listed, "values that read like the parameters of a function")
    names = tuple(map(lower_expression, plain))
    return names[0] if len(names) == 1 else Items(listed.start_byte, listed.end_byte, names)


def _is_whole(kind: Node) -> bool:
    return kind.parent is not None and kind.parent.child_count == 1
