"""Conditions over integers: what bounds, guards and remainders say of the values in a nest."""

from __future__ import annotations

from collections.abc import Callable, Hashable
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


def decided(condition: Condition) -> bool | None:
    """Whether it holds; None where that depends on values."""
    if isinstance(condition, Atom):
        value = condition.form.value
        return None if value is None else value >= 0 if condition.relation == ">=" else value == 0
    parts, settles = [decided(part) for part in condition.parts], isinstance(condition, Either)
    if settles in parts:
        return settles
    return None if None in parts else not settles


def facts_of(condition: Condition) -> tuple[Atom, ...]:
    """The atoms that hold wherever it does."""
    match condition:
        case Atom():
            return (condition,)
        case Both(parts=parts):
            return tuple(atom for part in parts for atom in facts_of(part))
        case Either():
            return ()


def is_natural(form: Polynomial, facts: tuple[Atom, ...]) -> bool:
    """Whether it is surely 0 or more where `facts` hold: it is a number, or a fact times a number and more."""
    if form.value is not None:
        return form.value >= 0
    return any(_is_multiple(form, fact.form) for fact in facts)


def _is_multiple(form: Polynomial, known: Polynomial) -> bool:
    """Whether `form` is `known` times a positive number, or more."""
    mine, theirs = next(pair for pair in form.terms.items() if pair[0]), known.terms
    by, factor = mine[1], theirs.get(mine[0], 0)
    left = form * Polynomial.constant(abs(factor)) - known * Polynomial.constant(abs(by))
    return factor * by > 0 and left.value is not None and left.value >= 0


def alternatives(condition: Condition, most: int) -> list[tuple[Atom, ...]] | None:
    """The condition as atoms that all hold, in one case or another; None where that makes more than `most` cases."""
    if isinstance(condition, Atom):
        return [(condition,)]
    cases: list[tuple[Atom, ...]] = [()] if isinstance(condition, Both) else []
    for part in condition.parts:
        found = alternatives(part, most)
        if found is None or len(cases) * len(found) > most or len(cases) + len(found) > most:
            return None
        cases = [(*case, *one) for case in cases for one in found] if isinstance(condition, Both) else [*cases, *found]
    return cases


def forms_of(condition: Condition) -> list[Polynomial]:
    """Every polynomial in it."""
    if isinstance(condition, Atom):
        return [condition.form]
    return [form for part in condition.parts for form in forms_of(part)]


def shape_of(condition: Condition, show: Callable[[Polynomial], Hashable]) -> Hashable:
    """Equal for conditions that are built alike of polynomials that `show` makes equal."""
    if isinstance(condition, Atom):
        return condition.relation, show(condition.form)
    return type(condition), tuple(shape_of(part, show) for part in condition.parts)


def written(condition: Condition, show: Callable[[Polynomial], str]) -> str:
    """The condition in isl's notation (isl manual, Input and Output), each polynomial as `show` has it."""
    match condition:
        case Atom(form=form, relation=relation):
            return f"{show(form)} {relation} 0"
        case Both(parts=parts):
            return " and ".join(f"({written(part, show)})" for part in parts) or "true"
        case Either(parts=parts):
            return " or ".join(f"({written(part, show)})" for part in parts) or "false"
