"""Conditions over integers: what bounds, guards and remainders say of the values in a nest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from hpcls.analysis.affine import Polynomial


@dataclass(frozen=True)
class Atom:
    """`form >= 0` or `form = 0`."""

    form: Polynomial
    relation: Literal[">=", "="]


@dataclass(frozen=True)
class Both:
    """All of them hold; true if there are none."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    """At least one of them holds."""

    parts: tuple[Condition, ...]


Condition = Atom | Both | Either
TRUE = Both(())


def at_least(left: Polynomial, right: Polynomial) -> Atom:
    """`left >= right`."""
    return Atom(left - right, ">=")


def equal(left: Polynomial, right: Polynomial) -> Atom:
    """`left = right`."""
    return Atom(left - right, "=")


def below(left: Polynomial, right: Polynomial) -> Atom:
    """`left < right`."""
    return at_least(right, left + Polynomial.constant(1))


def negated(condition: Condition) -> Condition:
    """What holds where `condition` does not."""
    zero = Polynomial.constant(0)
    match condition:
        case Atom(form=form, relation=">="):
            return below(form, zero)
        case Atom(form=form):
            return Either((below(form, zero), below(zero, form)))
        case Both(parts=parts):
            return Either(tuple(map(negated, parts)))
        case Either(parts=parts):
            return Both(tuple(map(negated, parts)))


def forms_of(condition: Condition) -> list[Polynomial]:
    """Every polynomial in it."""
    if isinstance(condition, Atom):
        return [condition.form]
    return [form for part in condition.parts for form in forms_of(part)]


def written(condition: Condition, show: Callable[[Polynomial], str]) -> str:
    """The condition in isl's notation (isl manual, Input and Output), each polynomial as `show` has it."""
    match condition:
        case Atom(form=form, relation=relation):
            return f"{show(form)} {relation} 0"
        case Both(parts=parts):
            return " and ".join(f"({written(part, show)})" for part in parts) or "true"
        case Either(parts=parts):
            return " or ".join(f"({written(part, show)})" for part in parts) or "false"
