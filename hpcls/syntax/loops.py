"""The loop forest of a file: each loop's place, induction variable, bounds, nesting, and the jumps out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from hpcls.syntax.expressions import Assign, Binary, Cast, Expression, Literal, Name, Step, Unary
from hpcls.syntax.openmp_text import parse_directive
from hpcls.syntax.source import Source
from hpcls.syntax.statements import Block, Declare, Evaluate, Jump, Loop, Pragma, Statement, Switch
from hpcls.syntax.units import Unit, units

_MARKS_A_PLACE = re.compile(r"#\s*pragma\s+(?:scop|endscop|region|endregion|mark|message|(?:GCC|clang)\s+diagnostic)\b")
"""Pragmas that govern no statement: the bounds of a static control part (Clan, pet), editors' folds, diagnostics."""


@dataclass(frozen=True)
class Induction:
    """`for (variable = lower; variable relation upper; variable += step)`."""

    variable: str
    offset: int
    """Where the variable stands in the initialisation."""
    is_declared_here: bool
    lower: Expression
    relation: str
    """`< <= > >= !=`, with the variable on its left."""
    upper: Expression
    step: int | None
    """None where it is no literal."""
    step_expression: Expression | None
    """What is added; None for `++` and `--`."""

    @property
    def name(self) -> str:
        """What people are told that it is called: the counter of a range-based loop is nowhere in the text."""
        return self.variable.partition("@")[0]


@dataclass(frozen=True, eq=False)
class LoopFacts:
    """One loop."""

    statement: Loop
    unit: Unit
    parent: LoopFacts | None
    depth: int
    """0 for the outermost."""
    induction: Induction | None
    """None where the loop is not counted by one variable."""
    jumps: tuple[Jump, ...]
    """Those that leave the loop before its end."""
    pragma: Pragma | None
    """What governs the loop: of the pragmas right above it the last of OpenMP, or else the first."""

    @property
    def only_child(self) -> Loop | None:
        """The inner loop of a perfect nest: the only statement of the body."""
        inner: Statement = self.statement.body
        while isinstance(inner, Block) and len(inner.statements) == 1:
            inner = inner.statements[0]
        return inner if isinstance(inner, Loop) else None


def loops_of(source: Source) -> tuple[LoopFacts, ...]:
    """Every loop of `source` that could be read, in source order, outer ones before inner ones."""
    found = [loop for unit in units(source) for loop in loops_in(unit)]
    return tuple(sorted(found, key=lambda loop: loop.statement.start))


def loops_in(unit: Unit) -> Iterator[LoopFacts]:
    """Every loop of `unit`, in source order."""
    leaving = _leaving(unit.body)
    pending: list[tuple[Statement, LoopFacts | None, Pragma | None]] = [(unit.body, None, None)]
    while pending:
        statement, parent, pragma = pending.pop()
        if isinstance(statement, Loop):
            depth = parent.depth + 1 if parent else 0
            parent = LoopFacts(
                statement, unit, parent, depth, induction_of(statement), tuple(leaving.get(statement, ())), pragma
            )
            yield parent
        pending.extend(reversed([(part, parent, above) for part, above in _with_pragmas(statement)]))


def _with_pragmas(statement: Statement) -> Iterator[tuple[Statement, Pragma | None]]:
    above: Pragma | None = None
    for part in statement.parts:
        if isinstance(part, Pragma) and part.is_openmp and _stands_alone(part):
            above = None
        elif isinstance(part, Pragma):
            is_first = above is None and not _MARKS_A_PLACE.match(part.text.lstrip())
            above = part if part.text.split()[1:2] == ["omp"] or is_first else above
        else:
            yield part, above
            above = None


def _stands_alone(pragma: Pragma) -> bool:
    """Whether it governs nothing, as `barrier` does."""
    directive = parse_directive(pragma.text)
    return directive is not None and directive.stands_alone


def _leaving(body: Statement) -> dict[Loop, list[Jump]]:
    """The jumps out of each loop, in source order."""
    found: dict[Loop, list[Jump]] = {}
    pending: list[tuple[Statement, tuple[Loop, ...], bool]] = [(body, (), False)]
    while pending:
        statement, loops, in_switch = pending.pop()
        if isinstance(statement, Jump) and statement.kind != "continue":
            ended = loops if statement.kind != "break" else () if in_switch else loops[-1:]
            for loop in ended:
                found.setdefault(loop, []).append(statement)
        if isinstance(statement, Loop):
            loops, in_switch = (*loops, statement), False
        in_switch = in_switch or isinstance(statement, Switch)
        pending.extend((part, loops, in_switch) for part in reversed(statement.parts))
    return found


@lru_cache(maxsize=256)
def induction_of(loop: Loop) -> Induction | None:
    """The variable that counts `loop`, where one does (OpenMP 5.2, 4.4.1, canonical loop nest form)."""
    if loop.form not in ("for", "range-for") or loop.test is None or loop.update is None:
        return None
    change = _change(loop.update)
    if change is None:
        return None
    variable, step, step_expression = change
    start = _initial(loop.initial, variable)
    bound = _bound(loop.test, variable)
    if start is None or bound is None:
        return None
    offset, declared, lower = start
    return Induction(variable, offset, declared, lower, bound[0], bound[1], step, step_expression)


def _change(update: Expression) -> tuple[str, int | None, Expression | None] | None:
    match update:
        case Step(operator=operator, target=Name(name=name)):
            return name, 1 if operator == "++" else -1, None
        case Assign(operator=("+=" | "-=") as operator, target=Name(name=name), value=value):
            return name, _signed(value, operator == "-="), value
        case Assign(
            operator="=", target=Name(name=name), value=Binary(operator=("+" | "-") as operator, left=left, right=right)
        ):
            if isinstance(left, Name) and left.name == name:
                return name, _signed(right, operator == "-"), right
            if operator == "+" and isinstance(right, Name) and right.name == name:
                return name, _signed(left, False), left
            return None
        case _:
            return None


def _signed(value: Expression, negative: bool) -> int | None:
    number = integer(value)
    return None if number is None else -number if negative else number


def integer(expression: Expression) -> int | None:
    """The value of an integer literal."""
    match expression:
        case Unary(operator="-", operand=operand):
            number = integer(operand)
            return None if number is None else -number
        case Cast(operand=operand):
            return integer(operand)
        case Literal(text=text):
            digits = text.rstrip("uUlLzZ").replace("'", "")
            try:
                return int(digits, 8) if digits.startswith("0") and digits.isdigit() else int(digits, 0)
            except ValueError:
                return None
        case _:
            return None


def _initial(statement: Statement | None, variable: str) -> tuple[int, bool, Expression] | None:
    match statement:
        case Evaluate(expression=Assign(operator="=", target=Name(name=name, start=start), value=value)) if (
            name == variable
        ):
            return start, False, value
        case Declare(declarators=(declarator,)) if declarator.name == variable and declarator.initial:
            return declarator.start, True, declarator.initial
        case _:
            return None


_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "!=": "!="}


def _bound(test: Expression, variable: str) -> tuple[str, Expression] | None:
    match test:
        case Binary(operator=operator, left=Name(name=name), right=right) if name == variable and operator in _MIRRORED:
            return operator, right
        case Binary(operator=operator, left=left, right=Name(name=name)) if name == variable and operator in _MIRRORED:
            return _MIRRORED[operator], left
        case _:
            return None
