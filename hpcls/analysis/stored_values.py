"""What an assignment or a declaration gives: where its value is an assignment itself, and where it is new memory."""

from __future__ import annotations

from dataclasses import replace

from hpcls.syntax.expressions import Assign, Call, Cast, Expression, Name, Opaque


def stored_value(value: Expression) -> Expression:
    """What is given a name by an assignment of `value`: in `p = q = malloc(n)` p is given q (C17 6.5.16)."""
    match value:
        case Assign(target=target):
            return target
        case Cast(operand=operand):
            inner = stored_value(operand)
            return value if inner is operand else replace(value, operand=inner)
        case _:
            return value


def allocates(value: Expression) -> bool:
    """Whether `value` is memory that nothing else leads to yet."""
    match value:
        case Cast(operand=operand):
            return allocates(operand)
        case Call(function=Name(name=name)):
            return name in ("malloc", "calloc", "aligned_alloc", "alloca")
        case Opaque(what=what):
            return what == "an allocation with new"
        case _:
            return False
