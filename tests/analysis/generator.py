"""Random small programs, drawn from anything with the interface of random.Random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from tests.analysis.programs import (
    Assign,
    Choice,
    Comma,
    Declare,
    DeclareArray,
    DeclarePointer,
    Element,
    Expression,
    For,
    If,
    Jump,
    Number,
    Operation,
    Program,
    ShortCircuit,
    Statement,
    Switch,
    Target,
    Use,
    Variable,
    Walker,
    While,
)

T = TypeVar("T")
_RELATIONS = {True: ("<", "<=", "!="), False: (">", ">=", "!=")}


@dataclass(frozen=True)
class _Scope:
    counters: tuple[Variable, ...]
    """Those of the loops around."""
    scalars: tuple[Variable, ...]
    vectors: tuple[Variable, ...]
    depth: int
    in_switch: bool = False


class Generator:
    """Draws one program."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._most = 1 + random.randrange(3)
        self.bounds = (Variable("n"), Variable("m"))
        self.globals = (Variable("g"), Variable("h"))
        self.parameters = (*self.bounds, Variable("p"), Variable("q"))
        self.locals = (Variable("t"), Variable("u"), Variable("i"), Variable("j"), Variable("k"))
        self.vectors = (Variable("a"), Variable("b"), Variable("c"))
        self.matrices = (Variable("A"), Variable("B"))

    def program(self) -> Program:
        """One program."""
        scalars = (*self.globals[: self._few(2)], *self.parameters[2:], *self.locals[:2])
        scope = _Scope((), scalars, self.vectors, 0)
        body: list[Statement] = []
        for v in self.locals:
            if self._chance(0.95 if v in scope.scalars else 0.6):
                body.append(Assign(Use(v), "=", Number(self._pick((0, 1, 3)))))
        for _ in range(1 + self._few(self._most - 1)):
            start, scope = self._opening(scope)
            body += [*start, self._for(scope), *self._reads_after(scope)]
        arrays = [(v, 1, i != 1) for i, v in enumerate(self.vectors)] + [
            (v, 2, i != 1) for i, v in enumerate(self.matrices)
        ]
        return Program(self.globals, self.parameters, tuple(arrays), tuple(body), self.locals)

    def _opening(self, scope: _Scope) -> tuple[list[Statement], _Scope]:
        found: list[Statement] = []
        for variable in scope.scalars:
            if self._chance(0.4):
                found.append(Assign(Use(variable), "=", self._leaf(scope)))
        if self._chance(0.3):
            declaration, scope = self._declaration(scope)
            found.append(declaration)
        return found, scope

    def _reads_after(self, scope: _Scope) -> list[Statement]:
        reads = [v for v in scope.scalars if self._chance(0.3)]
        reads += [v for v in self.locals[2:] if self._chance(0.1)]
        return [Assign(Element(self.vectors[0], (Number(60 + k),)), "=", Use(v)) for k, v in enumerate(reads)]

    # statements

    def _for(self, scope: _Scope) -> For:
        is_declared, counter = self._counter(scope)
        scope = self._shadowed(scope, counter)
        step = self._pick((1, 1, 1, 1, 2, 3, -1, -2))
        relation = self._pick(_RELATIONS[step > 0][: 3 if abs(step) == 1 and self._chance(0.2) else 2])
        low, high = self._low(scope), self._high(scope)
        lower, upper = (low, high) if step > 0 else (high, low)
        inner = replace(scope, counters=(*scope.counters, counter), depth=scope.depth + 1)
        if isinstance(counter, Walker):
            inner = replace(inner, vectors=(*inner.vectors, counter, counter))
        return For(counter, is_declared, lower, relation, upper, step, self._body(inner))

    def _counter(self, scope: _Scope) -> tuple[bool, Variable]:
        taken = {v.name for v in scope.counters}
        if self._chance(0.15):
            name = self._pick(("z", "v"))
            walker = Walker(name, self._pick(self.vectors))
            if name not in taken:
                return True, walker
        free = [v for v in self.locals[2:] if v.name not in taken]
        if not free or (taken and self._chance(0.03)):
            return False, self._pick(scope.counters)
        counter = self._pick(free)
        return (True, Variable(counter.name)) if self._chance(0.5) else (False, counter)

    def _low(self, scope: _Scope) -> Expression:
        if scope.counters and self._chance(0.25):
            return self._shift(Use(self._pick(scope.counters)), (0, 0, 1, -1))
        if scope.counters and self._chance(0.05):
            return Operation("%", Use(self._pick(scope.counters)), Number(self._pick((2, 3))))
        return Number(self._pick((0, 0, 0, 1, 2, -1)))

    def _high(self, scope: _Scope) -> Expression:
        if scope.counters and self._chance(0.06):
            counter, most = Use(self._pick(scope.counters)), Number(self._pick((2, 3, 4)))
            return Choice(Operation("<", counter, most), counter, most)
        if scope.counters and self._chance(0.2):
            return self._shift(Use(self._pick(scope.counters)), (0, 0, 1, 2))
        if self._chance(0.4):
            return self._shift(Use(self._pick(self.bounds)), (0, 0, 0, 1, -1))
        if scope.scalars and self._chance(0.05):
            return Use(self._pick(scope.scalars))
        return Number(self._pick((2, 3, 4, 5, 6)))

    def _body(self, scope: _Scope) -> tuple[Statement, ...]:
        found: list[Statement] = []
        if scope.depth < 3 and self._chance(0.45):
            found.append(self._for(scope))
        for _ in range(1 + self._few(self._most)):
            if self._chance(0.2):
                declaration, scope = self._declaration(scope)
                found.append(declaration)
            found.insert(
                self._random.randrange(len(found) + 1) if self._is_plain(found) else len(found), self._statement(scope)
            )
        return tuple(found)

    def _is_plain(self, body: list[Statement]) -> bool:
        return not any(isinstance(s, (Declare, DeclareArray, DeclarePointer)) for s in body)

    def _declaration(self, scope: _Scope) -> tuple[Statement, _Scope]:
        kind = self._random.randrange(6)
        if kind == 0:
            vector = Variable("w")
            scope = self._shadowed(scope, vector)
            return DeclareArray(vector, 8), replace(scope, vectors=(*scope.vectors, vector))
        if kind == 1:
            row = Variable("r")
            scope = self._shadowed(scope, row)
            declaration = DeclarePointer(row, self._pick(scope.vectors), self._index(scope))
            return declaration, replace(scope, vectors=(*scope.vectors, row))
        scalar = Variable(self._pick(("x", "y", "t")))
        scope = self._shadowed(scope, scalar)
        value = self._value(scope) if kind != 2 else None
        return Declare(scalar, value), replace(scope, scalars=(*scope.scalars, scalar))

    def _shadowed(self, scope: _Scope, by: Variable) -> _Scope:
        """The scope without the variables that `by` hides or that share its name."""
        scalars, counters, vectors = (
            tuple(v for v in group if v.name != by.name) for group in (scope.scalars, scope.counters, scope.vectors)
        )
        return replace(scope, scalars=scalars, counters=counters, vectors=vectors)

    def _statement(self, scope: _Scope) -> Statement:
        kind = self._random.randrange(24)
        match kind:
            case 0 | 1 | 2:
                return self._accumulate(scope)
            case 3 | 4:
                return If(self._test(scope), self._some(scope), self._some(scope) if self._chance(0.4) else ())
            case 5:
                return (
                    If(self._test(scope), (Jump(self._pick(("continue", "continue", "break"))),), ())
                    if not scope.in_switch
                    else self._assign(scope)
                )
            case 6:
                return ShortCircuit(self._test(scope), self._assign(scope))
            case 7:
                return Comma(self._assign(scope), self._assign(scope))
            case 8:
                return self._switch(scope)
            case 9:
                return self._while(scope)
            case 10 | 11 | 12:
                return self._extreme(scope)
            case _:
                return self._assign(scope)

    def _some(self, scope: _Scope) -> tuple[Statement, ...]:
        inner = replace(scope, depth=scope.depth + 1)
        statements = [
            self._statement(inner) if scope.depth < 3 else self._assign(inner) for _ in range(1 + self._few(1))
        ]
        return tuple(statements)

    def _switch(self, scope: _Scope) -> Statement:
        if scope.depth > 2:
            return self._assign(scope)
        inner = replace(scope, in_switch=True, depth=scope.depth + 1)
        labels = [*range(self._few(2) + 1), *([None] if self._chance(0.6) else [])]
        cases = [(label, self._some(inner), self._chance(0.7)) for label in labels]
        return Switch(Operation("&", self._leaf(scope), Number(3)), tuple(cases))

    def _while(self, scope: _Scope) -> Statement:
        if not scope.scalars or scope.depth > 2:
            return self._assign(scope)
        count = self._pick(scope.scalars)
        step = Assign(Use(count), "+=", Number(1))
        inner = replace(scope, depth=scope.depth + 1, in_switch=True)
        test = Operation("<", Use(count), Number(self._pick((2, 4))))
        return While(test, (*self._some(inner), step), self._chance(0.4))

    def _assign(self, scope: _Scope) -> Assign:
        if scope.scalars and self._chance(0.4):
            return Assign(Use(self._pick(scope.scalars)), "=", self._value(scope))
        operator = self._pick(("=", "=", "=", "+="))
        return Assign(self._element(scope), operator, self._value(scope))

    def _accumulate(self, scope: _Scope) -> Statement:
        target = self._target(scope)
        value = self._value(scope)
        operator = self._pick(("+", "+", "+", "-", "*", "&", "|", "^"))
        match self._random.randrange(4):
            case 0 | 1:
                return Assign(target, f"{operator}=", value)
            case 2:
                return Assign(target, "=", Operation(operator, target, value))
            case _:
                return Assign(target, "=", Operation("+", value, target))

    def _target(self, scope: _Scope) -> Target:
        return Use(self._pick(scope.scalars)) if scope.scalars and self._chance(0.8) else self._element(scope)

    def _extreme(self, scope: _Scope) -> Statement:
        if not scope.scalars:
            return self._assign(scope)
        best = Use(self._pick(scope.scalars))
        value = self._value(scope)
        test = Operation(self._pick(("<", "<=", ">", ">=")), best, value)
        if self._chance(0.5):
            return If(test, (Assign(best, "=", value),), ())
        pair = (best, value) if self._chance(0.5) else (value, best)
        return Assign(best, "=", Choice(test, *pair))

    # expressions

    def _value(self, scope: _Scope) -> Expression:
        match self._random.randrange(6):
            case 0 | 1:
                return Operation(self._pick(("+", "-", "*")), self._leaf(scope), self._leaf(scope))
            case 2 if self._chance(0.3):
                return Choice(self._test(scope), self._leaf(scope), self._leaf(scope))
            case _:
                return self._leaf(scope)

    def _leaf(self, scope: _Scope) -> Expression:
        kind = self._random.randrange(6)
        if kind == 0:
            return Number(self._pick((0, 1, 2, -1, 3)))
        if kind == 1 and scope.counters:
            return Use(self._pick(scope.counters))
        if kind <= 3 and scope.scalars:
            return Use(self._pick(scope.scalars))
        return self._element(scope)

    def _test(self, scope: _Scope) -> Expression:
        left = self._leaf(scope) if self._chance(0.5) or not scope.counters else Use(self._pick(scope.counters))
        return Operation(self._pick(("<", ">", "==", "!=", ">=")), left, Number(self._pick((0, 1, 2, 3))))

    def _element(self, scope: _Scope) -> Element:
        if self._chance(0.3):
            return Element(self._pick(self.matrices), (self._index(scope), self._index(scope)))
        vector = self._pick(scope.vectors)
        near = isinstance(vector, Walker) and self._chance(0.9)
        return Element(vector, (Number(self._pick((0, 0, 0, 1, -1))) if near else self._index(scope),))

    def _index(self, scope: _Scope) -> Expression:
        if not scope.counters:
            return Number(self._pick((0, 1, 2)))
        if scope.scalars and self._chance(0.06):
            return Use(self._pick(scope.scalars))
        if self._chance(0.04):
            odd = self._pick(scope.counters)
            other = self._pick((Use(odd), Number(2), *map(Use, scope.counters)))
            return Operation(self._pick(("*", "*", "%")), Use(odd), other)
        if len(scope.counters) > 1 and self._chance(0.3):
            row, column = self._pick(scope.counters), self._pick(scope.counters)
            widths = (*self.bounds, *self.bounds, *self.parameters[2:], *scope.counters)
            width = Use(self._pick(widths)) if self._chance(0.5) else Number(self._pick((2, 4, 6, 8)))
            return self._shift(Operation("+", Operation("*", Use(row), width), Use(column)), (0, 0, 1))
        term: Expression = Use(self._pick(scope.counters[-1:] if self._chance(0.5) else scope.counters))
        if self._chance(0.15):
            term = Operation("*", Number(self._pick((2, 3, -1))), term)
        if self._chance(0.08):
            term = Operation(self._pick("+-"), term, Use(self._pick((*scope.counters, *self.bounds))))
        return self._shift(term, (0, 0, 0, 1, -1, 2, -2)) if self._chance(0.95) else Number(3)

    def _shift(self, expression: Expression, by: tuple[int, ...]) -> Expression:
        amount = self._pick(by)
        if not amount:
            return expression
        return Operation("+" if amount > 0 else "-", expression, Number(abs(amount)))

    # draws

    def _chance(self, share: float) -> bool:
        return self._random.randrange(100) < 100 * share

    def _few(self, most: int) -> int:
        return self._random.randrange(most + 1)

    def _pick(self, items: Sequence[T]) -> T:
        return items[self._random.randrange(len(items))]
