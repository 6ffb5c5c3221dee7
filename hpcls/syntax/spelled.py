"""The text of an expression, made from what it is: after macros and accessors are put in their place, the source has
other text there.
"""

from __future__ import annotations

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

_BINARY = (("*", "/", "%"), ("+", "-"), ("<<", ">>"), ("<", "<=", ">", ">="), ("==", "!="), ("&",), ("^",), ("|",))
_TIGHT = {operator: 12 - level for level, operators in enumerate(_BINARY) for operator in operators}
_UNARY, _POSTFIX = 14, 15


def spelled(expression: Expression) -> str:
    """`expression` without white space, with the parentheses that it needs (C17 6.5): no two different ones alike."""
    return _text(expression)[0]


def _text(expression: Expression) -> tuple[str, int]:
    """The text, and how tightly its outermost operator binds."""
    match expression:
        case Name(name=text) | Literal(text=text):
            return text, _POSTFIX
        case Member(base=base, field=field, arrow=arrow):
            return f"{_within(base, _POSTFIX)}{'->' if arrow else '.'}{field}", _POSTFIX
        case Subscript(base=base, index=index):
            return f"{_within(base, _POSTFIX)}[{spelled(index)}]", _POSTFIX
        case Call(function=function, arguments=arguments):
            return f"{_within(function, _POSTFIX)}({','.join(map(spelled, arguments))})", _POSTFIX
        case Items(items=items):
            return f"{{{','.join(map(spelled, items))}}}", _POSTFIX
        case Step(operator=operator, target=target):
            return f"{_within(target, _POSTFIX)}{operator}", _POSTFIX
        case Opaque(what=what):
            return f"<{what} {expression.start}:{expression.end}>", _POSTFIX
        case _:
            return _of_operator(expression)


def _of_operator(expression: Expression) -> tuple[str, int]:
    match expression:
        case Unary(operator=operator, operand=operand):
            return operator + _within(operand, _UNARY + 1), _UNARY
        case Dereference(operand=operand):
            return "*" + _within(operand, _UNARY), _UNARY
        case AddressOf(operand=operand):
            return "&" + _within(operand, _UNARY), _UNARY
        case Cast(type_text=kind, operand=operand):
            return f"({kind}){_within(operand, _UNARY)}", _UNARY
        case Binary(operator=operator, left=left, right=right):
            level = _TIGHT.get(operator, 3)
            return f"{_within(left, level)}{operator}{_within(right, level + 1)}", level
        case Conditional(test=test, yes=yes, no=no):
            return f"{_within(test, 3)}?{spelled(yes)}:{_within(no, 2)}", 2
        case Assign(operator=operator, target=target, value=value):
            return f"{_within(target, 3)}{operator}{_within(value, 1)}", 1
        case _:
            return f"<{expression.start}:{expression.end}>", _POSTFIX


def _within(expression: Expression, least: int) -> str:
    text, level = _text(expression)
    return text if level >= least else f"({text})"
