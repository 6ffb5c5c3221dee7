"""Runs the small programs, in source order with a record of what each iteration touches, or with the iterations of one
loop in another order under the data-sharing classes of a verdict.
"""

from __future__ import annotations

import operator
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from zlib import crc32

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
    Loop,
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

Cell = tuple[Variable, int, tuple[int, ...]]
Location = Variable | Cell
BUDGET = 5_000
"""Statements that a run may execute."""


class Undefined(Exception):
    """The program has no meaning for this input: it reads a value never given, or does not end."""


class _Leave(Exception):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass
class Iteration:
    """What one iteration touches: for each location whether its first touch is a write, and what is written."""

    first: dict[Location, bool] = field(default_factory=dict[Location, bool])
    written: set[Location] = field(default_factory=set[Location])
    own: set[Location] = field(default_factory=set[Location])


@dataclass(frozen=True)
class Classes:
    """What a verdict says of a loop's scalars, and the order in which to run its iterations."""

    loop: For
    private: frozenset[Variable]
    firstprivate: frozenset[Variable]
    lastprivate: frozenset[Variable]
    reductions: tuple[tuple[str, Variable], ...]
    order: Callable[[list[int]], list[int]]


def wrap(value: int) -> int:
    """`value` as a 32-bit int."""
    return (value + 2**31) % 2**32 - 2**31


def _remainder(left: int, right: int) -> int:
    if right == 0:
        raise Undefined
    return left - right * int(left / right)


OPERATORS: dict[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "&": lambda left, right: left & right,
    "|": lambda left, right: left | right,
    "^": lambda left, right: left ^ right,
    "%": _remainder,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
    "max": max,
    "min": min,
    "&&": lambda left, right: int(left != 0 and right != 0),
    "||": lambda left, right: int(left != 0 or right != 0),
    "set &&": lambda left, right: left if right else 0,
    "set ||": lambda left, right: 1 if right else left,
}
_IDENTITY = {
    **{"+": 0, "*": 1, "&": -1, "|": 0, "^": 0, "max": -(2**31), "min": 2**31 - 1},
    **{"&&": 1, "||": 0, "set &&": 1, "set ||": 0},
}


def before(place: Location, seed: int) -> int:
    """What a cell of an array holds before anything is written."""
    return 0 if isinstance(place, Variable) else crc32(f"{seed} {place[0].name} {place[2]}".encode()) % 13 - 4


class Machine:
    """One run of one program."""

    def __init__(
        self,
        program: Program,
        values: dict[Variable, int],
        seed: int,
        classes: Classes | None = None,
        paths: random.Random | None = None,
        *,
        budget: int = BUDGET,
    ) -> None:
        self._program = program
        self._values = dict(values)
        self._cells: dict[Cell, int] = {}
        self._arrays = {array: (array, 0, 0) for array, _, _ in program.arrays}
        self._instances = 0
        self._seed = seed
        self._classes, self._paths = classes, paths
        self._counters: list[Variable] = []
        self._garbage = random.Random(seed + 1)
        self._left = budget * (2 if classes else 1)
        self._active: list[Iteration] = []
        self.trace: dict[Loop, list[list[Iteration]]] = {}
        self.before: dict[Loop, list[dict[Variable, int]]] = {}
        """For each loop its executions, each a list of iterations, and the scalars before each."""

    def run(self) -> dict[Location, int]:
        """What outlives the program.  Raises Undefined."""
        try:
            self._block(self._program.body)
        except _Leave as leave:
            raise Undefined from leave
        kept = {array for array, _, _ in self._program.arrays}
        memory: dict[Location, int] = {cell: v for cell, v in self._cells.items() if cell[0] in kept}
        return memory | {v: self._values[v] for v in self._program.globals}

    def _block(self, body: tuple[Statement, ...]) -> None:
        for statement in body:
            self._left -= 1
            if self._left < 0:
                raise Undefined
            self._execute(statement)

    def _execute(self, statement: Statement) -> None:
        match statement:
            case Assign():
                self._assign(statement)
            case ShortCircuit(test=test, assign=assign):
                if self._test(test):
                    self._assign(assign)
            case Comma(first=first, second=second):
                self._assign(first)
                self._assign(second)
            case Declare() | DeclareArray() | DeclarePointer():
                self._declare(statement)
            case If(test=test, then=then, otherwise=otherwise):
                self._block(then if self._test(test) else otherwise)
            case Switch():
                self._switch(statement)
            case For() if self._classes and statement is self._classes.loop:
                self._reordered(statement, self._classes)
            case For():
                self._for(statement)
            case While():
                self._while(statement)
            case Jump(kind=kind):
                raise _Leave(kind)

    def _declare(self, statement: Declare | DeclareArray | DeclarePointer) -> None:
        variable = statement.variable
        for iteration in self._active:
            iteration.own.add(variable)
        match statement:
            case Declare(value=None):
                self._values.pop(variable, None)
            case Declare(value=value) if value is not None:
                self._write(variable, self._value(value))
            case DeclareArray():
                self._instances += 1
                self._arrays[variable] = (variable, self._instances, 0)
            case DeclarePointer(array=array, offset=offset):
                root, instance, base = self._first(array)
                self._arrays[variable] = (root, instance, base + self._value(offset))
            case _:
                raise AssertionError(statement)

    def _switch(self, switch: Switch) -> None:
        labels = [label for label, _, _ in switch.cases]
        value = self._value(switch.test)
        if self._paths and not self._is_counted(switch.test):
            value = self._paths.choice([-1, *(label for label in labels if label is not None)])
        start = labels.index(value) if value in labels else labels.index(None) if None in labels else None
        for _, body, breaks in switch.cases[start:] if start is not None else ():
            try:
                self._block(body)
            except _Leave as leave:
                if leave.kind != "break":
                    raise
                return
            if breaks:
                return

    def _for(self, loop: For) -> None:
        if loop.is_declared:
            for iteration in self._active:
                iteration.own.add(loop.counter)
        self._write(loop.counter, self._value(loop.lower))
        test = Operation(loop.relation, Use(loop.counter), loop.upper)
        update = Assign(Use(loop.counter), "+=", Number(loop.step))
        self._counters.append(loop.counter)
        self._sequential(loop, lambda: self._value(test) != 0, lambda: self._assign(update))
        self._counters.pop()

    def _while(self, loop: While) -> None:
        once = [loop.is_do]
        self._sequential(loop, lambda: bool(once and once.pop()) or self._test(loop.test), lambda: None)

    def _sequential(self, loop: Loop, goes_on: Callable[[], bool], update: Callable[[], None]) -> None:
        iterations: list[Iteration] = []
        self.trace.setdefault(loop, []).append(iterations)
        self.before.setdefault(loop, []).append(dict(self._values))
        while goes_on():
            iterations.append(Iteration())
            self._active.append(iterations[-1])
            try:
                left = self._body(loop.body)
            finally:
                self._active.pop()
            if left:
                return
            update()

    def _body(self, body: tuple[Statement, ...]) -> bool:
        """Runs an iteration; whether a break ended it."""
        try:
            self._block(body)
        except _Leave as leave:
            if leave.kind not in ("break", "continue"):
                raise
            return leave.kind == "break"
        return False

    def _reordered(self, loop: For, classes: Classes) -> None:
        counts = self._counts(loop)
        before = dict(self._values)
        copies = classes.private | classes.lastprivate
        kept: dict[Variable, int] = {}
        totals = {v: before.get(v) for _, v in classes.reductions}
        for count in classes.order(counts):
            self._left -= 1
            self._values[loop.counter] = count
            for variable in copies - {loop.counter}:
                self._values[variable] = self._noise()
            for variable in classes.firstprivate & before.keys():
                self._values[variable] = before[variable]
            for kind, variable in classes.reductions:
                self._values[variable] = _IDENTITY[kind]
            assert not self._body(loop.body), "a break leaves the loop"
            for kind, variable in classes.reductions:
                total = totals[variable]
                if total is not None:
                    totals[variable] = wrap(OPERATORS[kind](total, self._values[variable]))
            if count == counts[-1]:
                kept = {v: self._values[v] for v in classes.lastprivate if v in self._values}
        self._finish(loop, classes, counts, before, kept)
        self._values.update({v: total for v, total in totals.items() if total is not None})

    def _finish(
        self, loop: For, classes: Classes, counts: list[int], before: dict[Variable, int], kept: dict[Variable, int]
    ) -> None:
        for variable in classes.private | classes.firstprivate | {loop.counter}:
            self._values[variable] = self._noise()
        for variable in classes.lastprivate & before.keys():
            self._values[variable] = before[variable]
        self._values.update(kept)
        if loop.counter in classes.lastprivate:
            self._values[loop.counter] = counts[-1] + loop.step if counts else self._value(loop.lower)

    def _counts(self, loop: For) -> list[int]:
        count, bound = self._value(loop.lower), self._value(loop.upper)
        counts: list[int] = []
        while OPERATORS[loop.relation](count, bound):
            counts.append(count)
            count += loop.step
            if len(counts) > BUDGET:
                raise Undefined
        return counts

    def _noise(self) -> int:
        return self._garbage.choice((self._garbage.randrange(-(2**31), 2**31), self._garbage.randrange(-9, 9)))

    def _assign(self, assign: Assign) -> None:
        value = self._value(assign.value)
        place = self._place(assign.target)
        if assign.operator != "=":
            value = OPERATORS[assign.operator.removesuffix("=")](self._read(place), value)
        self._write(place, wrap(value))

    def _place(self, target: Target) -> Location:
        if isinstance(target, Use):
            return target.variable
        root, instance, base = self._first(target.array)
        first, *rest = (self._value(index) for index in target.indices)
        return root, instance, (base + first, *rest)

    def _first(self, array: Variable) -> tuple[Variable, int, int]:
        """The array that a pointer leads into, which of those by that name, and the index of its first element."""
        if not isinstance(array, Walker):
            return self._arrays[array]
        root, instance, base = self._first(array.over)
        return root, instance, base + self._read(array)

    def _value(self, expression: Expression) -> int:
        match expression:
            case Number(value=value):
                return value
            case Use() | Element():
                return self._read(self._place(expression))
            case Operation(operator="&&" | "||" as kind, left=left, right=right):
                first = self._value(left) != 0
                return int(first) if first == (kind == "||") else int(self._value(right) != 0)
            case Operation(operator=kind, left=left, right=right):
                return wrap(OPERATORS[kind](self._value(left), self._value(right)))
            case Choice(test=test, yes=yes, no=no):
                return self._value(yes if self._test(test) else no)

    def _test(self, test: Expression) -> bool:
        """The outcome of a test; any outcome, if `paths` are drawn, unless counters alone decide it."""
        outcome = self._value(test) != 0
        return self._paths.random() < 0.5 if self._paths and not self._is_counted(test) else outcome

    def _is_counted(self, test: Expression) -> bool:
        match test:
            case Use(variable=variable):
                return variable in self._counters
            case Operation(left=left, right=right):
                parts = [part for part in (left, right) if not isinstance(part, Number)]
                return bool(parts) and all(self._is_counted(part) for part in parts)
            case _:
                return False

    def _read(self, place: Location) -> int:
        self._touch(place, is_write=False)
        if isinstance(place, Variable):
            if place not in self._values:
                raise Undefined
            return self._values[place]
        if place not in self._cells:
            if place[1]:
                raise Undefined
            self._cells[place] = before(place, self._seed)
        return self._cells[place]

    def _write(self, place: Location, value: int) -> None:
        self._touch(place, is_write=True)
        if isinstance(place, Variable):
            self._values[place] = value
        else:
            self._cells[place] = value

    def _touch(self, place: Location, *, is_write: bool) -> None:
        for iteration in self._active:
            if place not in iteration.own:
                iteration.first.setdefault(place, is_write)
                if is_write:
                    iteration.written.add(place)


def clashes(executions: list[list[Iteration]]) -> set[Location]:
    """Locations that one iteration writes and another iteration of the same execution touches."""
    found: set[Location] = set()
    for iterations in executions:
        touched: dict[Location, int] = {}
        written: set[Location] = set()
        for iteration in iterations:
            written |= iteration.written
            for place in iteration.first:
                touched[place] = touched.get(place, 0) + 1
        found |= {place for place in written if touched[place] > 1}
    return found
