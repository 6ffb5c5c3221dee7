"""tree-sitter's statement nodes to `statements`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tree_sitter import Node

from hpcls.syntax.declarations import is_zero_assigned
from hpcls.syntax.expressions import Expression
from hpcls.syntax.lower_declarations import declarators, declared_array, lower_declaration, lower_zero_assigned
from hpcls.syntax.lower_expressions import identifiers, lower_expression, opaque, text
from hpcls.syntax.range_for import counted
from hpcls.syntax.silent import is_silent
from hpcls.syntax.statements import (
    Alternatives,
    Block,
    Case,
    Declare,
    Evaluate,
    If,
    Jump,
    JumpKind,
    Label,
    Loop,
    LoopForm,
    Pragma,
    Statement,
    Switch,
    Unreadable,
)
from hpcls.syntax.unbraced import with_bodies

_UNREAD = {
    "ERROR": "code that could not be read",
    "function_definition": "a function in a block, or a macro with a block of its own,",
    "preproc_include": "an included text",
    "type_definition": "a type whose size has effects",
    "alias_declaration": "a type whose size has effects",
}


def lower_statement(node: Node) -> Statement:
    """The statement at `node`; what does not parse, or is not understood, is Unreadable."""
    lower = _LOWER.get(node.type)
    if lower:
        return lower(node)
    if node.type in _JUMPS:
        return _jump(node, _JUMPS[node.type])
    if node.is_named and node.type.endswith("_expression"):
        return Evaluate(node.start_byte, node.end_byte, lower_expression(node))
    return _unreadable(node)


def _unreadable(node: Node) -> Statement:
    what = _UNREAD.get(node.type, node.type.replace("_", " "))
    return Unreadable(node.start_byte, node.end_byte, what, identifiers(node))


def lower_block(node: Node, nodes: Iterable[Node]) -> Block:
    """A block of those of `nodes` that are statements; the place is that of `node`."""
    statements = with_bodies(lower_statement(child) for child in nodes if not is_silent(child))
    return Block(node.start_byte, node.end_byte, statements)


def _compound(node: Node) -> Block:
    return lower_block(node, node.children)


def _inner(node: Node, name: str) -> Statement:
    child = node.child_by_field_name(name)
    if child is None:
        return Unreadable(node.start_byte, node.end_byte, "code that could not be read", ())
    return lower_statement(child)


def _expression(node: Node, name: str) -> Expression:
    child = node.child_by_field_name(name)
    return lower_expression(child) if child else opaque(node, "text that could not be read")


def _optional(node: Node, name: str) -> Expression | None:
    child = node.child_by_field_name(name)
    return lower_expression(child) if child else None


def _evaluate(node: Node) -> Statement:
    span = node.start_byte, node.end_byte
    inner = [child for child in node.named_children if child.type != "comment"]
    if not inner:
        return Block(*span, ())
    if len(inner) > 1 or inner[0].type == "ERROR":
        return Unreadable(*span, "code that could not be read", identifiers(node))
    expression = lower_expression(inner[0])
    declared = declared_array(expression)
    return Declare(*span, (declared,)) if declared else Evaluate(*span, expression)


def _if(node: Node) -> Statement:
    condition = node.child_by_field_name("condition")
    initial, test = _condition(condition) if condition else (None, opaque(node, "text that could not be read"))
    otherwise = node.child_by_field_name("alternative")
    inner = [c for c in otherwise.named_children if c.type != "comment"] if otherwise else []
    rest = lower_statement(inner[0]) if inner else None
    return If(node.start_byte, node.end_byte, initial, test, _inner(node, "consequence"), rest)


def _condition(node: Node) -> tuple[Statement | None, Expression]:
    """C++ wraps a condition; it may hold an initialiser or declare what it tests."""
    start = node.child_by_field_name("initializer")
    value = node.child_by_field_name("value") if node.type == "condition_clause" else node
    initial = _compound(start) if start else None
    if value is not None and value.type == "declaration":
        declared = lower_declaration(value)
        return declared, opaque(value, "a declared condition")
    return initial, lower_expression(value or node)


def _for(node: Node) -> Statement:
    start = node.child_by_field_name("initializer")
    initial: Statement | None = None
    if start is not None:
        expression = start.type != "declaration"
        initial = (
            Evaluate(start.start_byte, start.end_byte, lower_expression(start))
            if expression
            else lower_declaration(start)
        )
    test, update = _optional(node, "condition"), _optional(node, "update")
    broken = node.has_error and any(child.type == "ERROR" for child in node.children)
    body = _unread_body(node) if broken else _inner(node, "body")
    return Loop(node.start_byte, node.end_byte, "for", initial, test, update, body)


def _unread_body(node: Node) -> Statement:
    """What is behind the head of a loop, so that what the head does is not taken for part of an iteration."""
    head = (node.child_by_field_name(name) for name in ("update", "condition", "initializer"))
    start = next((one.end_byte for one in head if one), node.start_byte)
    return Unreadable(start, node.end_byte, "a loop that could not be read", identifiers(node))


def _range_for(node: Node) -> Statement:
    declarator = node.child_by_field_name("declarator")
    found = declarators(node, declarator) if declarator else None
    if not found or any(child.type == "init_statement" for child in node.children):
        where = declarator or node
        what = "a range-based loop that declares more than its elements"
        found = Unreadable(where.start_byte, where.end_byte, what, identifiers(where))
    return counted(node.start_byte, node.end_byte, found, _expression(node, "right"), _inner(node, "body"))


def _while(node: Node) -> Statement:
    form: LoopForm = "do" if node.type == "do_statement" else "while"
    condition = node.child_by_field_name("condition")
    initial, test = _condition(condition) if condition else (None, opaque(node, "text that could not be read"))
    return Loop(node.start_byte, node.end_byte, form, initial, test, None, _inner(node, "body"))


def _switch(node: Node) -> Statement:
    condition = node.child_by_field_name("condition")
    initial, test = _condition(condition) if condition else (None, opaque(node, "text that could not be read"))
    switch = Switch(node.start_byte, node.end_byte, test, _inner(node, "body"))
    return Block(node.start_byte, node.end_byte, (initial, switch)) if initial else switch


def _case(node: Node) -> Statement:
    value = node.child_by_field_name("value")
    label = Case(node.start_byte, node.start_byte, lower_expression(value) if value else None)
    rest = [c for c in node.children if c != value and not is_silent(c) and c.type not in ("case", "default", ":")]
    return Block(node.start_byte, node.end_byte, (label, *with_bodies(lower_statement(child) for child in rest)))


def _labeled(node: Node) -> Statement:
    name = node.child_by_field_name("label")
    label = Label(node.start_byte, node.start_byte, text(name) if name else "")
    rest = [child for child in node.named_children if child != name and not is_silent(child)]
    return Block(node.start_byte, node.end_byte, (label, *(lower_statement(child) for child in rest)))


def _jump(node: Node, kind: JumpKind) -> Statement:
    inner = [c for c in node.named_children if c.type not in ("comment", "statement_identifier")]
    return Jump(node.start_byte, node.end_byte, kind, lower_expression(inner[0]) if inner else None)


def _pragma(node: Node) -> Statement:
    return Pragma(node.start_byte, node.end_byte, text(node))


def _preprocessor_if(node: Node) -> Statement:
    branches: list[Block] = []
    current: Node | None = node
    last = node
    while current is not None:
        following = current.child_by_field_name("alternative")
        skipped = (current.child_by_field_name("condition"), current.child_by_field_name("name"), following)
        whole = lower_block(current, [c for c in current.named_children if c not in skipped])
        # in the tree a half goes on to the `#endif`, the others in it
        branches.append(Block(whole.start, following.start_byte if following else whole.end, whole.statements))
        last, current = current, following
    return Alternatives(node.start_byte, node.end_byte, tuple(branches), last.type == "preproc_else")


def _try(node: Node) -> Statement:
    """The body may stop anywhere and a handler go on: none of it is sure to run."""
    body = node.child_by_field_name("body")
    handlers = [child.child_by_field_name("body") for child in node.named_children if child.type == "catch_clause"]
    branches = [lower_block(part, part.children) for part in (body, *handlers) if part]
    return Alternatives(node.start_byte, node.end_byte, tuple(branches), complete=False)


def _attributed(node: Node) -> Statement:
    return lower_statement(node.named_children[-1])


def _function(node: Node) -> Statement:
    return lower_zero_assigned(node) if is_zero_assigned(node) else _unreadable(node)


_JUMPS: dict[str, JumpKind] = {
    "break_statement": "break",
    "continue_statement": "continue",
    "return_statement": "return",
    "goto_statement": "goto",
    "throw_statement": "throw",
}
_LOWER: dict[str, Callable[[Node], Statement]] = {
    "compound_statement": _compound,
    "expression_statement": _evaluate,
    "declaration": lower_declaration,
    "function_definition": _function,
    "if_statement": _if,
    "for_statement": _for,
    "for_range_loop": _range_for,
    "while_statement": _while,
    "do_statement": _while,
    "switch_statement": _switch,
    "case_statement": _case,
    "labeled_statement": _labeled,
    "preproc_call": _pragma,
    "preproc_if": _preprocessor_if,
    "preproc_ifdef": _preprocessor_if,
    "preproc_else": _compound,
    "attributed_statement": _attributed,
    "try_statement": _try,
}
