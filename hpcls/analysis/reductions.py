"""Statements that accumulate into a scalar by an operator that OpenMP can reduce (OpenMP 5.2, 5.5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hpcls.syntax.expressions import (
    Assign,
    Binary,
    Call,
    Cast,
    Conditional,
    Expression,
    Literal,
    Member,
    Name,
    Step,
    Subscript,
    Unary,
    names_in,
    walk,
)
from hpcls.syntax.statements import Block, Evaluate, If, Statement

_COMPOUND = {"+=": "+", "-=": "+", "*=": "*", "&=": "&", "|=": "|", "^=": "^"}
EXTREMES = {
    **dict.fromkeys(("max", "fmax", "fmaxf", "fmaxl", "std::max", "MAX", "Max", "FMAX", "imax"), "max"),
    **dict.fromkeys(("min", "fmin", "fminf", "fminl", "std::min", "MIN", "Min", "FMIN", "imin"), "min"),
}
"""Functions and macros that take the larger or the smaller of two values."""
_OPPOSITE = {"max": "min", "min": "max"}


@dataclass(frozen=True, slots=True)
class Accumulation:
    """One accumulating statement: every access to the variable between `start` and `end` belongs to it."""

    name: Name
    operator: str
    start: int
    end: int
    value: Expression | None = None
    """What is assigned; None for a step or a branch."""
    extreme: Expression | None = None
    """What the variable is compared with, if it takes over the larger or the smaller one."""


@dataclass(frozen=True, slots=True)
class Update:
    """An accumulation into an element: every access to the array between `start` and `end` belongs to it."""

    subscripts: tuple[Expression, ...]
    operator: str
    start: int
    end: int
    value: Expression | None = None
    """What is accumulated; None for a step."""


def update_of(expression: Expression) -> Update | None:
    """What `expression`, such as `h[k] += v`, accumulates into an element; None if it is no such expression."""
    match expression:
        case Step(target=Subscript() as target):
            return Update(_subscripts(target), "+", expression.start, expression.end)
        case Assign(operator=compound, target=Subscript() as target, value=value) if compound in _COMPOUND:
            return Update(_subscripts(target), _COMPOUND[compound], expression.start, expression.end, value)
        case Assign(
            operator="=", target=Subscript() as target, value=Binary(operator="+" | "*" as operator, left=a, right=b)
        ):
            if same(target, a) or same(target, b):
                added = b if same(target, a) else a
                return Update(_subscripts(target), operator, expression.start, expression.end, added)
            return None
        case _:
            return None


def _subscripts(target: Subscript) -> tuple[Expression, ...]:
    found: list[Expression] = []
    base: Expression = target
    while isinstance(base, Subscript):
        found.append(base.index)
        base = base.base
    return tuple(found)


def accumulation(statement: Statement) -> Accumulation | None:
    """What `statement` accumulates; None if it is no such statement."""
    match statement:
        case Evaluate(expression=expression):
            return of_expression(expression)
        case If(initial=None, test=test, then=then, otherwise=None):
            return _extreme_by_if(statement, test, then)
        case _:
            return None


def in_sequence(expression: Expression) -> Iterator[Expression]:
    """The operands of commas, each where it has a place of its own: what comes of a macro has not."""
    match expression:
        case Binary(operator=",", left=left, right=right) if left.end <= right.start:
            yield from in_sequence(left)
            yield from in_sequence(right)
        case _:
            yield expression


def of_expression(expression: Expression) -> Accumulation | None:
    """What the assignment `expression` accumulates."""
    match expression:
        case Step(target=Name() as name):
            return Accumulation(name, "+", expression.start, expression.end)
        case Assign(operator="=", target=Name() as name, value=value):
            operator = _self_update(name.name, value)
        case Assign(operator=compound, target=Name() as name, value=value) if name.name not in names_in(value):
            operator = _COMPOUND.get(compound)
        case _:
            return None
    if operator is None:
        return None
    extreme = value if operator in _OPPOSITE else None
    return Accumulation(name, operator, expression.start, expression.end, value, extreme)


def _self_update(name: str, value: Expression) -> str | None:
    match value:
        case Cast(operand=operand):
            return _self_update(name, operand)
        case Binary(operator="+" | "-"):
            return "+" if _once_in_sum(name, value) else None
        case Binary(operator="&&" | "||") if _changes(value):
            # a copy that starts from the identity would evaluate what the value so far skips
            return None
        case Binary(operator="*" | "&" | "|" | "^" | "&&" | "||" as operator):
            return operator if _once_in_chain(name, operator, value) else None
        case Call(function=Name(name=function), arguments=(left, right)) if function in EXTREMES:
            return EXTREMES[function] if _exactly_one_is(name, left, right) else None
        case Conditional(test=test, yes=yes, no=no):
            return _extreme_by_choice(name, test, yes, no) or _conditional_update(name, test, yes, no)
        case _:
            return None


def _once_in_sum(name: str, value: Expression) -> bool:
    """Whether `value` is a sum in which `name` stands once, added, and nowhere else."""
    found = 0
    pending: list[tuple[Expression, bool]] = [(value, True)]
    while pending:
        term, added = pending.pop()
        match term:
            case Binary(operator="+" | "-" as operator, left=left, right=right):
                pending += [(left, added), (right, added == (operator == "+"))]
            case Name(name=other) if other == name:
                if not added:
                    return False
                found += 1
            case _:
                if name in names_in(term):
                    return False
    return found == 1


def _once_in_chain(name: str, operator: str, value: Expression) -> bool:
    found = 0
    pending = [value]
    while pending:
        factor = pending.pop()
        match factor:
            case Binary(operator=other, left=left, right=right) if other == operator:
                pending += [left, right]
            case Name(name=other) if other == name:
                found += 1
            case _:
                if name in names_in(factor):
                    return False
    return found == 1


def _exactly_one_is(name: str, left: Expression, right: Expression) -> bool:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Name) and one.name == name and name not in names_in(other):
            return True
    return False


def _conditional_update(name: str, test: Expression, yes: Expression, no: Expression) -> str | None:
    if name in names_in(test):
        return None
    for kept, changed in ((yes, no), (no, yes)):
        if isinstance(kept, Name) and kept.name == name:
            return _self_update(name, changed)
    return None


def _extreme_by_choice(name: str, test: Expression, yes: Expression, no: Expression) -> str | None:
    """`a > m ? a : m`."""
    order = _order(test)
    if order is None:
        return None
    for kept, changed, when in ((no, yes, True), (yes, no, False)):
        if isinstance(kept, Name) and kept.name == name and name not in names_in(changed):
            return _which(name, order, changed, when)
    return None


def _extreme_by_if(statement: If, test: Expression, then: Statement) -> Accumulation | None:
    """`if (a > m) m = a;`."""
    while isinstance(then, Block) and len(then.statements) == 1:
        then = then.statements[0]
    match then:
        case Evaluate(expression=Assign(operator="=", target=Name() as target, value=value)):
            order = _order(test)
            operator = _which(target.name, order, value, True) if order and target.name not in names_in(value) else None
            if operator is None:
                return None
            return Accumulation(target, operator, statement.start, statement.end, extreme=value)
        case _:
            return None


def _order(test: Expression) -> tuple[Expression, Expression] | None:
    """(smaller, larger) as the comparison `test` claims."""
    match test:
        case Binary(operator="<" | "<=", left=left, right=right):
            return left, right
        case Binary(operator=">" | ">=", left=left, right=right):
            return right, left
        case _:
            return None


def _changes(value: Expression) -> bool:
    """Whether it changes something when it is evaluated, calls apart."""
    return any(isinstance(part, (Assign, Step)) for part in walk(value))


def _which(name: str, order: tuple[Expression, Expression], taken: Expression, when: bool) -> str | None:
    if _changes(taken):
        # evaluated twice, it is another value each time
        return None
    smaller, larger = order
    for old, new, kind in ((smaller, larger, "max"), (larger, smaller, "min")):
        if isinstance(old, Name) and old.name == name and same(new, taken):
            return kind if when else _OPPOSITE[kind]
    return None


def smaller_of(value: Expression) -> tuple[Expression, ...]:
    """The two values that `value` is the smaller one of; none where it is something else."""
    match value:
        case Call(function=Name(name=function), arguments=(left, right)) if EXTREMES.get(function) == "min":
            return left, right
        case (
            Conditional(test=Binary(operator="<" | "<=", left=left, right=right), yes=yes, no=no)
            | Conditional(test=Binary(operator=">" | ">=", left=left, right=right), yes=no, no=yes)
        ) if same(left, yes) and same(right, no):
            return left, right
        case _:
            return ()


def same(left: Expression, right: Expression) -> bool:
    """Whether two expressions are written alike."""
    if type(left) is not type(right):
        return False
    if isinstance(left, Name) and isinstance(right, Name):
        return left.name == right.name
    if isinstance(left, Literal) and isinstance(right, Literal):
        return left.text == right.text
    a, b = left.operands, right.operands
    if len(a) != len(b) or _label(left) != _label(right):
        return False
    return all(same(x, y) for x, y in zip(a, b, strict=True))


def _label(expression: Expression) -> str:
    match expression:
        case Binary(operator=label) | Assign(operator=label) | Step(operator=label) | Unary(operator=label):
            return label
        case Member(field=label):
            return label
        case _:
            return ""
